"""Whether enough of the members, or of their votes, are there to decide."""

from dataclasses import dataclass
from fractions import Fraction

from network.errors import Refused
from network.i18n import _, format_number
from network.resolutions.shares import Share, percent


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough members or votes are there; without a rule anybody suffices (the law asks for none)."""

    present: int
    total: int
    needed: int
    share: Share | None
    is_waived: bool = False  # a second assembly decides in any case

    @property
    def is_reached(self) -> bool:
        return self.present >= self.needed

    @property
    def words(self) -> str:
        numbers = {"present": format_number(self.present), "total": format_number(self.total)}
        if self.is_waived:
            return _("%(present)s of %(total)s are present. This second assembly decides in any case.", **numbers)
        if self.share is None:
            return _("%(present)s of %(total)s are present. The bylaws ask for no quorum.", **numbers)
        told = _(
            "%(present)s of %(total)s = %(percent)s, needed %(share)s (%(needed)s).",
            percent=percent(Fraction(self.present, self.total or 1), self.share.of_all),
            share=self.share.words, needed=format_number(self.needed), **numbers,
        )  # fmt: skip
        result = _("There is a quorum.") if self.is_reached else _("There is no quorum.")
        return f"{told} {result}"


def quorum(share: Share | None, *, present: int, total: int, waived: bool = False) -> Quorum:
    """Of members or of votes, as the bylaws say; `waived` in a second assembly. Refused if more are there than are."""
    if not 0 <= present <= total:
        raise Refused(_("More are present than there are altogether."), "present")
    if waived and share:
        return Quorum(present=present, total=total, needed=1, share=share, is_waived=True)
    return Quorum(present=present, total=total, needed=share.needed(total) if share else 1, share=share)
