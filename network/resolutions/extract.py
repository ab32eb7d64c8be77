"""The book as a list to keep: one line for each resolution, with its counts."""

from collections.abc import Iterable, Mapping

from network.i18n import _, local
from network.resolutions.book import BODIES, KINDS, number_of, outcome_of
from network.resolutions.tables import Body, Kind, Resolution
from network.web.sheets import Value


def columns() -> list[str]:
    return [
        _("Number"), _("Decided on"), _("Body"), _("Kind"), _("Title"), _("Wording"), _("Outcome"),
        _("Votes represented"), _("Yes"), _("No"), _("Abstentions"), _("Invalid"), _("Not cast"),
        _("Not allowed to vote (§ 34 BGB)"), _("Counts from"), _("Bylaws of"), _("Takes the place of"),
        _("Not in force: corrected by"), _("Corrects, because"),
    ]  # fmt: skip


def lines(rows: Iterable[Resolution], corrected: Mapping[int, Resolution]) -> list[list[Value]]:
    """`corrected` by the one that was counted wrongly: the one in its place."""
    known = {row.id: row for row in rows}
    return [
        [
            number_of(row), local(row.taken_at), _(BODIES[Body(row.body)]), _(KINDS[Kind(row.kind)]), row.title,
            row.wording, outcome_of(row), row.represented, row.yes, row.no, row.abstain, row.invalid,
            row.not_cast, row.banned, row.effective_on, row.rules_from,
            number_of(known[row.replaces]) if row.replaces in known else None,
            number_of(corrected[row.id]) if row.id in corrected else None, row.corrects_because or None,
        ]
        for row in known.values()
    ]  # fmt: skip
