"""What parts in a group, and the ends of a seat, are called."""

from datetime import date

from network.groups.tables import Ending, Part, WorkingGroup
from network.i18n import N_, _, format_day, locale, ngettext

PARTS = {
    Part.CHAIR: N_("Chair of the group"),
    Part.DEPUTY: N_("Deputy of the chair"),
    Part.PARTICIPANT: N_("Takes part"),
    Part.GUEST: N_("Guest of the group"),
}
ENDINGS = {
    Ending.NONE: "",
    Ending.PART: N_("went on as something else"),
    Ending.MEMBERSHIP: N_("with the membership"),
    Ending.GROUP: N_("with the group"),
}


def part(kind: str) -> str:
    return _(PARTS[Part(kind)])


def parts() -> dict[str, str]:
    return {kind.value: _(said) for kind, said in PARTS.items()}


def ending(kind: str) -> str:
    return _(ENDINGS[Ending(kind)])


def name_of(row: WorkingGroup) -> str:
    return (row.name_en if locale() == "en" else "") or row.name_de


def purpose_of(row: WorkingGroup) -> str:
    return (row.purpose_en if locale() == "en" else "") or row.purpose_de


def is_german(row: WorkingGroup, text: str = "name") -> bool:
    """Whether that is told in German to whoever reads English."""
    return locale() == "en" and not getattr(row, f"{text}_en")


def rhythm(row: WorkingGroup) -> str:
    if not row.meetings_a_year:
        return ""
    return ngettext("meets once a year", "meets %(num)s times a year", row.meetings_a_year)


def span(since: date, until: date | None, day: date) -> str:
    """Such as "since 1 May 2024", "from 1 May 2028 on", "1 May 2024 to 31 December 2028"."""
    if until:
        return _("%(since)s to %(until)s", since=format_day(since), until=format_day(until))
    if since > day:
        return _("from %(day)s on", day=format_day(since))
    return _("since %(day)s", day=format_day(since))
