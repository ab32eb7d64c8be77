"""What representing hands up to the office: proposals to decide, the yearly question, and both on a member's page."""

from datetime import date, datetime

from network.i18n import _, local, ngettext
from network.members.organisation import by_reference
from network.people.viewer import Viewer
from network.representing import check, proposal
from network.representing.tally import Tally, tally
from network.web.addresses import url
from network.web.handed import Card, Due

SINGLY = 3  # so many proposals have a line each
JANUARY = 1
CHECKS = "/office/members/checks"


async def waiting_for(viewer: Viewer) -> int:
    """Proposals that nobody has decided."""
    return await proposal.count_open() if viewer.is_office else 0


async def due(viewer: Viewer, day: date) -> list[Due]:
    if not viewer.is_office:
        return []
    return [*await proposals(), *await question(day)]


async def proposals() -> list[Due]:
    count = await proposal.count_open()
    if count > SINGLY:
        place = url("/office/members/proposals")
        title = ngettext("One proposal of a member", "%(num)s proposals of members", count)
        return [Due(title, place, kind="warn", state=_("to decide"), action=_("Look at them"), action_url=place)]
    return [
        Due(
            title=_("%(member)s proposes: %(field)s", member=one.organisation.name, field=one.field),
            url=place_of(one),
            kind="warn",
            state=_("to decide"),
            reason=one.new,
            action=_("Accept or decline"),
            action_url=place_of(one),
        )
        for one in await proposal.open_ones()
    ]


def place_of(one: proposal.Told) -> str:
    return url(f"/office/members/proposals/{one.row.reference}")


async def question(day: date) -> list[Due]:
    """In January the round wants to be begun; later on it is told who has not answered."""
    told = await tally(day.year)
    if not told.asked and told.members and day.month == JANUARY:
        place = url(f"{CHECKS}/new")
        return [
            Due(
                title=_("Is this still right? Ask all members for %(year)s", year=day.year),
                url=place,
                state=_("once a year"),
                action=_("Look whom it goes to"),
                action_url=place,
            )
        ]
    return [*unreached(told), *still_silent(told, day)]


def unreached(told: Tally) -> list[Due]:
    """Whom no letter can reach, while a round is under way."""
    if not told.unreached:
        return []
    title = ngettext(
        "One member cannot be asked: no address", "%(num)s members cannot be asked: no address", told.unreached
    )
    place = url(f"{CHECKS}/new")
    return [Due(title, place, kind="warn", state=_("no address"), action=_("Who it is"), action_url=place)]


def still_silent(told: Tally, day: date) -> list[Due]:
    if told.first is None:
        return []
    return [
        Due(
            title=ngettext(
                "One of %(asked)s members has not answered yet",
                "%(num)s of %(asked)s members have not answered yet",
                told.silent,
                asked=told.asked,
            ),
            url=url(CHECKS),
            day=last_reminder(told.first, day),
            state=_("Is this still right?"),
            reason=_("The first reminder goes out by itself after 14 days, the second after 21."),
            action=_("Who it is"),
            action_url=url(CHECKS),
        )
    ]


def last_reminder(first: datetime, day: date) -> date | None:
    """When the second reminder goes to those who were asked first; after that nothing happens by itself."""
    then = local(first + check.SECOND_REMINDER)
    return then if then >= day else None


async def beside(viewer: Viewer, reference: str) -> list[Card]:
    """On a member's page: when it last confirmed its details, and what it proposes."""
    row = await by_reference(reference) if viewer.is_office else None
    if row is None:
        return []
    waiting, confirmed = await proposal.open_ones(row), await check.confirmed_on(row)
    asked = await check.latest_of(row)
    if not (waiting or asked):
        return []
    return [Card("representing/beside", {"proposals": waiting, "confirmed_on": confirmed, "asked": asked})]
