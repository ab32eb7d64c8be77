"""The book as a list to keep: one line for each resolution, with its counts."""

from collections.abc import Iterable

from network.i18n import _, local
from network.resolutions.book import BODIES, KINDS, OUTCOMES, number_of
from network.resolutions.tables import Body, Kind, Outcome, Resolution
from network.web.sheets import Value


def columns() -> list[str]:
    return [
        _("Number"), _("Decided on"), _("Body"), _("Kind"), _("Title"), _("Wording"), _("Outcome"),
        _("Votes represented"), _("Yes"), _("No"), _("Abstentions"), _("Invalid"), _("Not cast"),
        _("Not allowed to vote (§ 34 BGB)"), _("Counts from"), _("Bylaws of"), _("Takes the place of"),
    ]  # fmt: skip


def lines(rows: Iterable[Resolution]) -> list[list[Value]]:
    known = {row.id: row for row in rows}
    return [
        [
            number_of(row), local(row.taken_at), _(BODIES[Body(row.body)]), _(KINDS[Kind(row.kind)]), row.title,
            row.wording, _(OUTCOMES[Outcome(row.outcome)]), row.represented, row.yes, row.no, row.abstain, row.invalid,
            row.not_cast, row.banned, row.effective_on, row.rules_from,
            number_of(known[row.replaces]) if row.replaces in known else None,
        ]
        for row in known.values()
    ]  # fmt: skip
