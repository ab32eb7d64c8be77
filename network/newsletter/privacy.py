"""What the mailing list holds about a reader: the entry, the evidence of each consent, how many issues came."""

from mailing import readers
from mailing.tables import Consent, Subscriber
from network.i18n import N_, _, format_moment
from network.members.lands import land_name
from network.newsletter import audience, joining
from network.newsletter.rules import state_label, status_label
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject

MOST = 20
ENDED = {
    "link": N_("by the link in a letter"),
    "one-click": N_("by the button of the mail program"),
    "office": N_("by the office"),
    "bounce": N_("because the address could not be reached"),
}


async def known_as(text: str) -> list[Subject]:
    rows = await Subscriber.objects().where(Subscriber.search.like(f"%{text}%")).order_by(Subscriber.id).limit(MOST)
    return [Subject(row.email, row.name) for row in rows]


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    rows = await Subscriber.objects().where(Subscriber.email_key == subject.key) if subject.key else []
    return [held for row in rows for held in (await entry_held(row), *await consents_held(row))]


async def entry_held(row: Subscriber) -> Held:
    facts = [
        (_("E-mail address"), row.email),
        (_("Name"), row.name),
        (_("Language"), row.locale),
        (_("State"), state_label(readers.state_of(row))),
        (_("Provider under § 60 SGB IX"), status_label(row.provider_status) if row.provider_status else ""),
        (_("Land"), land_name(row.land)),
        (_("Issues received"), str(len(await audience.received(row)))),
    ]
    basis = _("Consent (Art. 6 (1) a GDPR). Afterwards only a fingerprint stays, so that nobody writes by mistake.")
    return Held(room(), _("Entry in the mailing list"), facts, basis)


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
    basis = _("Proof of the consent, for three years to the end of the year in which it ended (§§ 195, 199 BGB).")
    return Held(room(), _("Evidence of a consent"), facts, basis)


async def erase(subject: Subject, actor: str) -> None:
    if subject.key and await Subscriber.exists().where(Subscriber.email_key == subject.key):
        await joining.erase(actor, subject.email)


def room() -> str:
    return _("Mailing list")


PRIVACY = Privacy(known_as, held_about, erase)
