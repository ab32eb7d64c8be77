"""The deletion calendar: each kind of data with its time, what is due, what comes next, what went, what must stay."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from network.activity import Activity
from network.association import keeping
from network.association.keeping import Kept
from network.i18n import N_, _, local
from network.office import deletion, holding
from network.office.tables import DeletionPart, DeletionRun
from network.office.things import names_of_actors
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Due
from network.web.kinds import Back

GRACE = timedelta(days=2)  # the night's jobs may be late; what should have gone before is overdue


@dataclass(frozen=True, slots=True)
class Gone:
    """What the activity tells of a kind's forgetting: when last, and how many this year and the year before."""

    last_on: date | None = None
    this_year: int = 0
    last_year: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    kept: Kept
    due: int = 0
    overdue: int = 0
    coming: int = 0  # become due until the end of the year
    next_on: date | None = None
    gone: Gone = field(default_factory=Gone)
    back: list[Back] = field(default_factory=list)

    @property
    def state(self) -> tuple[str, str]:
        """The mark and the words."""
        if self.overdue and not self.kept.yearly:
            return "bad", _("overdue")
        if self.due:
            return ("warn", _("waits for the yearly run")) if self.kept.yearly else ("info", _("goes tonight"))
        return "ok", _("nothing is due")

    def counted(self, number: int) -> str:
        return self.kept.forgetting.counted(number)


async def lines(day: date) -> tuple[list[Line], list[Kept]]:
    """The kinds whose time runs, and those that are kept as long as something lasts."""
    kinds = await keeping.all_kept(holding.kinds())
    gone = await gone_by_verb(day)
    return [await line(one, day, gone) for one in kinds if one.term], [one for one in kinds if not one.term]


async def line(one: Kept, day: date, gone: dict[str, Gone]) -> Line:
    forgetting, limit = one.forgetting, one.limit(day)
    due = await forgetting.due(limit)
    following = await forgetting.next_after(limit)
    return Line(
        kept=one,
        due=due,
        overdue=await forgetting.due(one.limit(day - GRACE)) if due else 0,
        coming=await forgetting.due(one.limit(date(day.year, 12, 31))) - due,
        next_on=one.due_on(following) if following else None,
        gone=gone.get(forgetting.verb, Gone()),
        back=await forgetting.held_back(),
    )


async def gone_by_verb(day: date) -> dict[str, Gone]:
    """From the activity: the number stands in the detail of each line."""
    verbs = [kind.forgetting.verb for kind in holding.kinds() if kind.forgetting]
    rows = await (
        Activity.select(Activity.verb, Activity.at, Activity.detail)
        .where(Activity.verb.is_in(verbs))
        .order_by(Activity.id)
    )
    last: dict[str, date] = {}
    years: dict[tuple[str, int], int] = defaultdict(int)
    for row in rows:
        on = local(row["at"])
        last[row["verb"]] = on
        years[row["verb"], on.year] += number_in(row["detail"])
    return {verb: Gone(last[verb], years[verb, day.year], years[verb, day.year - 1]) for verb in last}


def number_in(detail: str) -> int:
    """Such as "143"; an older line of the mailing list says "3 + 12", of which the first is the kind's own."""
    first = detail.partition(" ")[0]
    return int(first) if first.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Run:
    """A run as pages tell it."""

    row: DeletionRun
    parts: list[tuple[str, DeletionPart]]  # with the title of their kind
    approved_by: str

    @property
    def told(self) -> str:
        return deletion.in_words({part.kind: part.done for _title, part in self.parts})

    @property
    def expected(self) -> str:
        return deletion.in_words({part.kind: part.expected for _title, part in self.parts})

    @property
    def done(self) -> int:
        return sum(part.done for _title, part in self.parts)

    @property
    def whole(self) -> int:
        return sum(max(part.expected, part.done) for _title, part in self.parts)


async def told(run: DeletionRun) -> Run:
    titles = {kind.key: _(kind.title) for kind in holding.kinds()}
    names = await names_of_actors([run.approved_by])
    parts = [(titles.get(part.kind, part.kind), part) for part in await deletion.parts_of(run)]
    return Run(run, parts, names[run.approved_by])


async def due(viewer: Viewer, day: date) -> list[Due]:
    """For whoever may approve it: the yearly run, until it has been approved this year."""
    if not deletion.may_approve(viewer):
        return []
    runs = await deletion.runs()
    if any(run.day.year == day.year for run in runs):
        return []
    numbers = {one.kept.key: one.number for one in await deletion.preview(day) if one.number}
    if not numbers:
        return []
    place = url("/office/privacy/runs/new")
    return [
        Due(
            title=_("Yearly deletion run: %(what)s", what=deletion.in_words(numbers)),
            url=place,
            day=date(day.year, 1, 31) if day.month == 1 else None,
            kind="warn",
            state=_("waits for your approval"),
            reason=_("Their time is over, and they go only after somebody has looked at the numbers."),
            action=_("Look at the numbers"),
            action_url=place,
        )
    ]


MEASURES = (
    N_("Whoever works here signs in by a link that comes by e-mail and works once; there are no passwords."),
    N_("Each role has a first and a last day; what somebody may do is asked with every deed."),
    N_("Who did what, and who read private details, stands in the activity."),
    N_("Health data are seen by the event's team alone and deleted after 30 days."),
    N_("Links in letters are random and stored as fingerprints where they open something."),
    N_("The pages load nothing from elsewhere; visitors are not counted by others."),
)
