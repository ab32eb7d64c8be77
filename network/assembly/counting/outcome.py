"""What a count of votes for people says: who is elected, who stands equal, which seats stay open, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from network.assembly.counting.tally import Tally
from network.i18n import _, format_names, format_number, ngettext
from network.resolutions.counts import abstentions

NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`elected` by votes, the most first. `tied` stand equal at the border, for `tied_for` of the open seats.

    `needed` is how many votes somebody must have; 0 where the most votes suffice.
    """

    tally: Tally
    seats: int
    elected: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    needed: int = 0

    @property
    def open_seats(self) -> int:
        return self.seats - len(self.elected)

    @property
    def tied_for(self) -> int:
        return min(self.open_seats, len(self.tied))

    def words(self, names: Mapping[str, str] = NO_NAMES) -> str:
        """The arithmetic and the result in the reader's language; `names` are those to be shown for the candidates."""
        said = [base_words(self), *(self.result_words(names))]
        return " ".join(said)

    def result_words(self, names: Mapping[str, str]) -> list[str]:
        said = []
        if self.elected:
            said.append(_("Elected: %(names)s.", names=format_names(named(self.elected, names))))
        if self.tied:
            said.append(
                ngettext(
                    "%(names)s have the same number of votes, for %(num)s seat.",
                    "%(names)s have the same number of votes, for %(num)s seats.",
                    self.tied_for,
                    names=format_names(named(self.tied, names)),
                )
            )
        if self.open_seats:
            said.append(
                ngettext("%(num)s seat stays open.", "%(num)s seats stay open.", self.open_seats)
                if self.seats > 1
                else _("Nobody is elected.")
            )
        return said


def named(candidates: tuple[str, ...], names: Mapping[str, str]) -> list[str]:
    return [names.get(one, one) for one in candidates]


def base_words(outcome: Outcome) -> str:
    tally = outcome.tally
    valid = ngettext("%(num)s valid vote", "%(num)s valid votes", tally.valid)
    beside = _(
        "beside %(abstentions)s, %(invalid)s invalid and %(not_cast)s not cast",
        abstentions=abstentions(tally.abstain),
        invalid=format_number(tally.invalid),
        not_cast=format_number(tally.not_cast),
    )
    if outcome.needed:
        return _("%(valid)s (%(beside)s), needed %(needed)s.", valid=valid, beside=beside, needed=outcome.needed)
    return _("%(valid)s (%(beside)s), the most votes decide.", valid=valid, beside=beside)


def most_votes(tally: Tally, seats: int, *, needed: int = 0) -> Outcome:
    """The seats go to those with the most votes who have at least `needed`; equals at the border stay out, named."""
    enough = [(name, number) for name, number in tally.ranked if number >= max(1, needed)]
    if len(enough) <= seats:
        return Outcome(tally, seats, tuple(name for name, _number in enough), needed=needed)
    border = enough[seats - 1][1]
    if enough[seats][1] < border:
        return Outcome(tally, seats, tuple(name for name, _number in enough[:seats]), needed=needed)
    return Outcome(
        tally,
        seats,
        elected=tuple(name for name, number in enough if number > border),
        tied=tuple(name for name, number in enough if number == border),
        needed=needed,
    )
