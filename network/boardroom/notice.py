"""Until when the board has to be invited: full days between the invitation and the meeting (§§ 187, 188 BGB)."""

from dataclasses import dataclass
from datetime import date, timedelta

from network.association.bylaws import bylaws_on
from network.boardroom.tables import BoardMeeting
from network.i18n import _, format_day, local, ngettext

RULE = "board_notice_days"


@dataclass(frozen=True, slots=True)
class Notice:
    """`days` of notice; 0: none is laid down, and the law asks for a reasonable one. `last` is the last safe day."""

    days: int
    last: date

    def is_kept_by(self, day: date) -> bool:
        return not self.days or day <= self.last

    @property
    def words(self) -> str:
        if not self.days:
            return _("No period of notice is laid down; the board is invited in reasonable time (§ 28, § 32 (1) BGB).")
        told = ngettext(
            "One full day lies between invitation and meeting (§§ 187, 188 BGB).",
            "%(num)s full days lie between invitation and meeting (§§ 187, 188 BGB).", self.days,
        )  # fmt: skip
        return " ".join([told, _("The last safe day is %(day)s.", day=format_day(self.last))])

    @property
    def late_words(self) -> str:
        return _(
            "The invitation comes too late: the last safe day was %(day)s. What a meeting decides to which the board "
            "was invited too late can be void (§§ 28, 32 (1) BGB).",
            day=format_day(self.last),
        )


async def notice_of(row: BoardMeeting) -> Notice:
    """By the bylaws of the day of the meeting."""
    day = local(row.starts_at)
    days = (await bylaws_on(day)).board_notice_days
    return Notice(days, day - timedelta(days=days + 1) if days else day)
