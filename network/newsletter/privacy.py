"""What the mailing list holds about a reader: the entry, the evidence of each consent, how many issues came."""

from collections.abc import Sequence
from datetime import date

from mailing import lists, readers
from mailing.addresses import address_key
from mailing.readers import Condition
from mailing.tables import Consent, Subscriber
from network.i18n import LANGUAGE_NAMES, N_, _, format_moment, local, ngettext
from network.members.lands import land_name
from network.newsletter import audience, joining
from network.newsletter.rules import state_label, status_label
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Back, Forgetting, Kind, Portion, Term

MOST = 40
ENDED = {
    "link": N_("by the link in a letter"),
    "one-click": N_("by the button of the mail program"),
    "office": N_("by the office"),
    "bounce": N_("because the address could not be reached"),
}


async def known_as(words: Sequence[str]) -> list[Trace]:
    wanted: Condition = Subscriber.id > 0
    for word in words:
        wanted &= Subscriber.search.like(f"%{word}%")
    rows = await Subscriber.objects().where(wanted).order_by(Subscriber.id).limit(MOST)
    where = _("Entry in the mailing list")
    return [Trace(f"address:{row.email}", row.name or row.email, where, row.email) for row in rows]


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    keys = sorted(subject.keys)
    rows = await Subscriber.objects().where(Subscriber.email_key.is_in(keys)).order_by(Subscriber.id) if keys else []
    return [held for row in rows for held in (await entry_held(row), *await consents_held(row))]


async def entry_held(row: Subscriber) -> Held:
    facts = [
        (_("E-mail address"), row.email),
        (_("Name"), row.name),
        (_("Language"), LANGUAGE_NAMES.get(row.locale, row.locale)),
        (_("State"), state_label(readers.state_of(row))),
        (_("Provider under § 60 SGB IX"), status_label(row.provider_status) if row.provider_status else ""),
        (_("Land"), land_name(row.land)),
        (_("Issues received"), str(len(await audience.received(row)))),
    ]
    return Held(READERS, facts)


async def consents_held(row: Subscriber) -> list[Held]:
    rows = await Consent.objects().where(Consent.subscriber == row.id).order_by(Consent.id)
    sources = await audience.sources_in_words(rows)
    return [consent_held(one, sources[one.source]) for one in rows]


def consent_held(row: Consent, source: str) -> Held:
    facts = [
        (_("Where"), source),
        (_("Asked"), format_moment(row.asked_at)),
        (_("Asked from (IP address)"), row.asked_from),
        (_("Confirmed"), format_moment(row.confirmed_at) if row.confirmed_at else ""),
        (_("Confirmed from (IP address)"), row.confirmed_from),
        (_("Ended"), _(ENDED[row.ended_by]) if row.ended_by in ENDED else row.ended_by),
        (_("Wording"), row.wording),
        (_("The e-mail as it came"), row.raw_request),
    ]
    return Held(CONSENTS, facts)


async def erase(subject: Subject, actor: str) -> None:
    for email in subject.emails:
        if await Subscriber.exists().where(Subscriber.email_key == address_key(email)):
            await joining.erase(actor, email)


# Forgotten -----------------------------------------------------------------------------------------------------------


async def forget_ended(limit: date) -> Portion:
    return Portion(await lists.forget_ended(limit), "list:")


async def still_proving() -> list[Back]:
    """Evidence of consents that have ended, and that the time for claims still keeps."""
    found: dict[date, int] = {}
    for row in await Consent.select(Consent.ended_at).where(Consent.ended_at != None):
        year_end = date(local(row["ended_at"]).year + lists.EVIDENCE_YEARS, 12, 31)
        found[year_end] = found.get(year_end, 0) + 1
    return [
        Back(
            number,
            ngettext(
                "%(num)s consent that has ended is still to be proved",
                "%(num)s consents that have ended are still to be proved",
                number,
            ),
            until,
        )
        for until, number in sorted(found.items())
    ]


def counted_consents(number: int) -> str:
    return ngettext("%(num)s consent", "%(num)s consents", number)


READERS = Kind(
    key="newsletter.readers",
    room=N_("Mailing list"),
    title=N_("Entry in the mailing list"),
    whose=N_("Readers of the newsletter"),
    what=N_("E-mail address, name, language, Land, whether somebody is a provider under § 60 SGB IX, issues received"),
    purpose=N_("To send the newsletter"),
    ground=N_("Consent, Art. 6 (1) a GDPR"),
    recipients=N_("Nobody but the office"),
    lasts=N_("As long as somebody reads"),
    then=N_("Then only a fingerprint stays, so that nobody writes by mistake"),
)
CONSENTS = Kind(
    key="newsletter.consents",
    room=N_("Mailing list"),
    title=N_("Evidence of a consent"),
    whose=N_("Readers of the newsletter, and those who were"),
    what=N_("What was asked when and where, the answer, the IP addresses, the e-mail as it came"),
    purpose=N_("To prove the consent"),
    ground=N_("Art. 6 (1) f and 7 (1) GDPR, § 7 UWG"),
    source=N_("§§ 195, 199 BGB: claims expire three years after the end of the year"),
    then=N_("Only a fingerprint stays"),
    forgetting=Forgetting(
        term=Term(lists.EVIDENCE_YEARS, "years"),
        after=N_("after the end of the year in which somebody left"),
        counted=counted_consents,
        verb=N_("evidence of consents forgotten"),
        due=lists.evidence_left,
        next_after=lists.next_evidence,
        forget=forget_ended,
        yearly=True,
        held_back=still_proving,
    ),
)
REQUESTS = Kind(
    key="newsletter.requests",
    room=N_("Mailing list"),
    title=N_("Requests that nobody confirmed"),
    whose=N_("Whoever was entered into the form"),
    what=N_("E-mail address, name, when and from where it was asked"),
    purpose=N_("So that nobody is put on the list by others"),
    ground=N_("Art. 6 (1) f GDPR"),
    source=N_("Said in the letter that asks"),
    forgetting=Forgetting(
        term=Term(lists.CONFIRM_DAYS, "days"),
        after=N_("after it was asked"),
        counted=lambda number: ngettext("%(num)s request", "%(num)s requests", number),
        verb=joining.TIDIED,
        due=lists.requests_left,
        next_after=lists.next_request,
    ),
)
FINGERPRINTS = Kind(
    key="newsletter.fingerprints",
    room=N_("Mailing list"),
    title=N_("Fingerprints of addresses"),
    whose=N_("Whoever was erased from the list"),
    what=N_("A number from which nobody can read the address"),
    purpose=N_("So that nobody writes to the address by mistake again"),
    ground=N_("Art. 6 (1) f and 21 (3) GDPR, § 7 UWG"),
    lasts=N_("For good, or until the address itself joins again"),
)
PRIVACY = Privacy(known_as, held_about, erase, (READERS, CONSENTS, REQUESTS, FINGERPRINTS))
