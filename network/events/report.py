"""The report of an event: it drafts itself from the figures, is edited, and stays under a permanent address."""

from datetime import date, datetime, time
from typing import Any

from network import clock, documents
from network.activity import record
from network.association.profile import known_profile
from network.database import DB, locked
from network.errors import Refused
from network.events import facts, rules
from network.events.figures import Figures, figures_of
from network.events.tables import Event, Mode, Report
from network.i18n import N_, _, format_day, locale, ngettext, speaking
from network.web.addresses import link

ROUNDED_FROM = 20
STEP = 10


async def report_of(event: Event) -> Report | None:
    return await Report.objects().get(Report.event == event.id)


async def published_report_of(event: Event) -> Report | None:
    return await Report.objects().get((Report.event == event.id) & (Report.published_at != None))


async def draft(event: Event, author: str) -> dict[str, Any]:
    """What the report begins with: the figures in a sentence, and what the announcement said."""
    figures = await figures_of(event)
    values = {"author": author, "written_on": clock.today(), "open_questions_de": "", "title_en": "", "body_en": ""}
    for language in ("de", "en") if event.title_en else ("de",):
        with speaking(language):
            values[f"title_{language}"] = _("Report: %(title)s", title=facts.title(event))
            values[f"body_{language}"] = beginning(event, figures)
    return values


def beginning(event: Event, figures: Figures) -> str:
    people = figures.present or figures.seated
    organisations = figures.organisations_present if figures.present else figures.organisations
    where = _("online") if event.mode == Mode.ONLINE else _("in %(town)s", town=event.town)
    told = [_("%(people)s took part on %(day)s %(where)s.", people=attendance(people, organisations),
              day=facts.day(event), where=where)]  # fmt: skip
    if description := facts.text(event, "description"):
        heading = _("What it was about")
        told += [f"## {heading}", description]
    return "\n\n".join(told) + "\n"


def attendance(people: int, houses: int) -> str:
    """The association's manner: "Über 60 Teilnehmende aus 40 Organisationen"."""
    words = _(
        "%(participants)s from %(organisations)s",
        participants=ngettext("one participant", "%(about)s participants", people, about=about(people)),
        organisations=ngettext("a single organisation", "%(about)s organisations", houses, about=about(houses)),
    )
    return words[:1].upper() + words[1:]


def about(number: int) -> str:
    """From 20 on rounded down to tens, with "over" only if it is more; small numbers as they are."""
    if number < ROUNDED_FROM:
        return str(number)
    tens = number // STEP * STEP
    return _("over %(num)s", num=tens) if number > tens else str(tens)


async def write(event_id: int, *, actor: str, written_on: date, publish: bool = False, **values: str) -> Report:
    """Keep what was written; with `publish` everybody can read it from now on. Refused before the event is over."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        if rules.state_of(event, clock.now()) != rules.EventState.OVER:
            raise Refused(_("The report can be written when the event is over."))
        report = await report_of(event) or Report(event=event.id, written_at=clock.now())
        for name, value in values.items():
            setattr(report, name, value)
        report.written_at = clock.berlin(written_on, time(12))
        first = publish and report.published_at is None
        if first:
            report.published_at = clock.now()
        await report.save()
        verb = N_("report published") if first else N_("report written")
        await record(actor, verb, f"event:{event.reference}", facts.title(event))
    return report


def said(report: Report, field: str) -> str:
    """`field` is "title", "body" or "open_questions", in the language being spoken; English falls back to German."""
    english = getattr(report, f"{field}_en") if locale() == "en" else ""
    return str(english or getattr(report, f"{field}_de"))


def foreign(report: Report, field: str) -> bool:
    return locale() == "en" and not getattr(report, f"{field}_en")


def questions(report: Report) -> list[str]:
    """A line each, in the language being spoken."""
    lines = (line.strip(" -–*\t") for line in said(report, "open_questions").splitlines())
    return [line for line in lines if line]


async def as_pdf(event: Event, report: Report) -> bytes:
    """The same words as a tagged document with the association's Impressum.

    Its language is that of the text, which may have fallen back to German.
    """
    language = "de" if foreign(report, "body") else locale()
    association = await known_profile()
    with speaking(language):
        return await documents.pdf(
            "report",
            {
                "language": language,
                "title": said(report, "title"),
                "association": association.full_name,
                "facts": [[_("When"), facts.when(event)], [_("Where"), facts.where(event)]],
                "byline": byline(report.author, report.written_at),
                "body": documents.blocks(said(report, "body")),
                "questions": questions(report),
                "questions_title": _("Open questions"),
                "questions_language": "de" if foreign(report, "open_questions") else language,
                "stands_at": _("This report stands for good at"),
                "address": link(f"/events/{event.slug}/report"),
                "imprint": association.footer(language).split("\n"),
            },
        )


def byline(author: str, written_at: datetime) -> str:
    return " · ".join(part for part in (author, format_day(written_at)) if part)
