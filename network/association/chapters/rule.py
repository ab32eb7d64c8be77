"""What a rule of the bylaws is, and a chapter of them."""

from collections.abc import Callable
from dataclasses import dataclass

from network.association.clauses import Kind
from network.association.tables import Bylaws


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What bylaws can speak of or be silent about: one clause, or several that make sense only together.

    It is called like its first clause. `source` is where the law or a court says what counts when they are silent.
    """

    title: str
    source: str
    clauses: tuple[Kind, ...]
    told: Callable[[Bylaws], str] | None = None
    hint: str = ""
    handful: bool = False  # what ten members need for their assembly

    @property
    def name(self) -> str:
        return self.clauses[0].name

    def say(self, bylaws: Bylaws) -> str:
        """Its value in words."""
        if self.told:
            return self.told(bylaws)
        first, *more = self.clauses
        chosen = getattr(bylaws, first.name)
        parts = [clause.say(getattr(bylaws, clause.name)) for clause in more if clause.means_something(chosen)]
        return ", ".join(part for part in (first.say(chosen), *parts) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    name: str
    title: str
    rules: tuple[Rule, ...]
    of_members: bool = True  # concerns what members may do: told in public, where the association tells its rules
