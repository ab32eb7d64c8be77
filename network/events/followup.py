"""The follow-up of an event: what stays is copied, the number rises, and the open questions go along."""

from datetime import UTC, datetime, timedelta

from network import clock
from network.activity import record
from network.clock import BERLIN
from network.database import DB
from network.events.event import check_times, co_organisers_of, free_slug, put_co_organisers, thing, usual_deadline
from network.events.facts import title
from network.events.report import questions, report_of
from network.events.series import following
from network.events.tables import Event, Report
from network.i18n import N_, _, speaking
from network.references import new_reference

YEAR = timedelta(weeks=52)
STAYS = ("lead_de", "lead_en", "description_de", "description_en", "mode", "venue", "street", "postal_code", "town",
         "access_de", "access_en", "closing_de", "closing_en", "costs_de", "costs_en", "seats",
         "waiting_list", "smaller_may_pass", "ring_days", "most_people", "contact_name",
         "contact_email", "contact_phone")  # fmt: skip


async def follow_up(event: Event, *, actor: str) -> Event:
    """Begin the next event of the series as a draft, a year later on the same weekday and at the same hours."""
    async with DB.transaction():
        years = 1
        while event.starts_at + years * YEAR <= clock.now():
            years += 1
        starts_at, ends_at, deadline = (later(at, years) for at in (event.starts_at, event.ends_at, event.deadline))
        check_times(starts_at, ends_at, deadline)
        deadline = deadline if deadline > clock.now() else usual_deadline(starts_at)
        ordinal = await next_ordinal(event)
        new = Event(
            reference=new_reference(),
            slug=await free_slug(following(event.title_de, ordinal), starts_at),
            series=event.series,
            ordinal=ordinal,
            follows=event.id,
            title_de=following(event.title_de, ordinal),
            title_en=following(event.title_en, ordinal),
            starts_at=starts_at,
            ends_at=ends_at,
            deadline=deadline,
            created_at=clock.now(),
            **{name: getattr(event, name) for name in STAYS},
        )
        await carry_questions(event, new)
        await new.save()
        await put_co_organisers(new, await co_organisers_of(event))
        await record(actor, N_("follow-up created"), thing(new), new.title_de, event.title_de)
    return new


def later(moment: datetime, years: int) -> datetime:
    """The same hour by Berlin's clocks."""
    return (moment.astimezone(BERLIN) + years * YEAR).astimezone(UTC)


async def next_ordinal(event: Event) -> int | None:
    """One more than the highest number of the series."""
    if not event.series or event.ordinal is None:
        return None
    rows = await Event.raw("SELECT MAX(ordinal) AS last FROM event WHERE series = {}", event.series)
    return int(rows[0]["last"] or 0) + 1


async def carry_questions(event: Event, new: Event) -> None:
    """What the last event left open is where the next one begins."""
    report: Report | None = await report_of(event)
    if report is None:
        return
    new.description_de = with_questions(new.description_de, "de", report, event)
    if new.description_en and report.open_questions_en:  # alone they would hide the German description
        new.description_en = with_questions(new.description_en, "en", report, event)


def with_questions(description: str, language: str, report: Report, event: Event) -> str:
    with speaking(language):
        listed = "\n".join(f"- {question}" for question in questions(report))
        heading = _("Open questions of “%(title)s”", title=title(event))
    return f"{description}\n\n## {heading}\n\n{listed}".strip() if listed else description
