"""What the mailing list hands up to the office: dead addresses, sendings that rest, readers found, a sending's way."""

from datetime import date

from mailing import campaigns, readers
from mailing.readers import State
from mailing.tables import MailingList, SendingState, Subscriber
from network import clock
from network.folding import folded
from network.i18n import _, ngettext
from network.newsletter import audience, promise, writing
from network.newsletter.audience import Filter
from network.newsletter.promise import SLUG
from network.newsletter.rules import state_label
from network.newsletter.tables import Issue
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Card, Due, Found

MOST_FOUND = 10
SHOWN_DAYS = 3  # so long a finished sending stays on Today


async def waiting_for(viewer: Viewer) -> int:
    """The number in the rail: how many things need somebody."""
    return len(await due(viewer, clock.today()))


async def due(viewer: Viewer, day: date) -> list[Due]:
    del day
    if not viewer.is_office:
        return []
    found = [resting(issue) for issue in await resting_issues()]
    number = await Subscriber.count().where(readers.in_state(State.BOUNCED) & (Subscriber.list._.slug == SLUG))
    return [*found, unreachable(number)] if number else found


async def resting_issues() -> list[Issue]:
    rows = await Issue.raw(
        "SELECT issue.id FROM issue JOIN sending ON sending.reference = issue.sending WHERE sending.state = {}",
        SendingState.PAUSED,
    )
    ids = [row["id"] for row in rows]
    return await Issue.objects().where(Issue.id.is_in(ids)).order_by(Issue.id) if ids else []


def resting(issue: Issue) -> Due:
    place = url(f"/office/newsletter/{issue.reference}")
    return Due(
        title=_("“%(subject)s” rests half-way", subject=issue.subject_de),
        url=place,
        kind="warn",
        state=_("paused"),
        reason=_("The sending goes on only when somebody lets it."),
        action=_("Look"),
        action_url=place,
    )


def unreachable(number: int) -> Due:
    place = url("/office/newsletter/readers?state=bounced")
    return Due(
        title=ngettext(
            "One address in the mailing list cannot be reached any more",
            "%(num)s addresses in the mailing list cannot be reached any more",
            number,
        ),
        url=place,
        kind="bad",
        state=_("returned"),
        reason=_("Nothing more is sent there. Perhaps somebody knows the new address and can ask them to join again."),
        action=_("Look"),
        action_url=place,
    )


async def found(viewer: Viewer, text: str) -> list[Found]:
    """Readers by name and address, issues by their subject."""
    mailing_list = await MailingList.objects().get(MailingList.slug == SLUG) if viewer.is_office else None
    if mailing_list is None:
        return []
    people = await audience.page_of(Filter(q=text).condition(mailing_list.id), 1, MOST_FOUND)
    hits = [
        Found(
            _("Reader"),
            one.name or veiled(one.email),
            url(f"/office/newsletter/readers/{one.reference}"),
            f"{veiled(one.email)} · {state_label(readers.state_of(one))}",
        )
        for one in people["items"]
    ]
    wanted = folded(text)
    name = promise.title(mailing_list)
    kind = _("Mailing list")
    if wanted in folded(f"{mailing_list.title_de} {mailing_list.title_en} {kind}"):
        hits.insert(0, Found(kind, name, url("/office/newsletter")))
    issues = [one for one in await writing.listed() if wanted in folded(f"{one.subject_de} {one.subject_en}")]
    return hits + [issue_found(one) for one in issues[:MOST_FOUND]]


def veiled(email: str) -> str:
    """Enough to tell readers apart: reading the address itself is noted, on the reader's page."""
    local, _at, domain = email.rpartition("@")
    return f"{local[:2]}…@{domain}"


def issue_found(issue: Issue) -> Found:
    state = _("sent") if issue.sent_at else _("draft")
    return Found(_("Issue"), issue.subject_de, url(f"/office/newsletter/{issue.reference}"), state)


async def cards(viewer: Viewer) -> list[Card]:
    """The latest sending, while it runs and a few days after."""
    if not viewer.is_office:
        return []
    issue = await (
        Issue.objects()
        .where((Issue.sent_at != None) & (Issue.sending != ""))
        .order_by(Issue.sent_at, ascending=False)
        .first()
    )
    progress = await campaigns.progress(issue.sending) if issue else None
    if issue is None or progress is None:
        return []
    live = progress.state in (SendingState.QUEUED, SendingState.SENDING)
    if not live and issue.sent_at < clock.ago(days=SHOWN_DAYS):
        return []
    return [Card("newsletter/card", {"issue": issue, "progress": progress, "live": live})]
