"""What a spreadsheet says of § 60 SGB IX: how far somebody is and since when, the two papers, what is offered where."""

from functools import cache
from typing import Any

from network import clock
from network.folding import folded
from network.i18n import LOCALES, _, speaking
from network.members import provider
from network.members.headings import column_name
from network.members.mentioned import Mention
from network.members.tables import ProviderStatus

FACTS = provider.FACTS  # of an organisation's row
STEP = ("status", "status_since")


def status(name: str, text: str) -> str:
    del name
    return one_of(provider.STATUSES, text)


def offered_in(name: str, text: str) -> str:
    del name
    return one_of(provider.OFFERED_IN, text)


def scopes(name: str, text: str) -> str:
    """In the catalogue's order, however they are written: "EV, BBB"."""
    del name
    told = {part for part in text.upper().replace(",", " ").replace(";", " ").split() if part != "UND"}
    if not told <= set(provider.SCOPES):
        raise ValueError(_("“%(text)s” is none of EV, BBB, AB", text=text[:40]))
    return " ".join(code for code in provider.SCOPES if code in told)


def one_of(words: dict[str, str], text: str) -> str:
    found = keys_of(tuple(words.items())).get(folded(text))
    if found is None:
        known = ", ".join(_(one) for one in words.values())
        raise ValueError(_("“%(text)s” is none of: %(known)s", text=text[:40], known=known))
    return found


@cache
def keys_of(words: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """By what they are called, in every language."""
    found = {key: key for key, _words in words}
    for language in LOCALES:
        with speaking(language):
            found |= {folded(_(text)): key for key, text in words}
    return found


def different(facts: dict[str, Any], steps: list[ProviderStatus], problems: dict[str, str]) -> list[Mention]:
    """The step that becomes new or different; what contradicts the steps that are known goes to `problems`."""
    told, since = facts.get("status"), facts.get("status_since")
    if facts.get("listed_on") and not (steps or told):
        problems.setdefault("listed_on", _("First enter how far it is."))
    if told is None:
        return []
    now = provider.on(steps, since or clock.today())
    if now and now.status == told and since in (None, now.since):
        return []
    if since is None:
        problems.setdefault("status_since", _("%(column)s is missing", column=column_name("status_since")))
        return []
    row = next((step for step in steps if step.since == since), None)
    before = provider.on([step for step in steps if step is not row], since)
    if before and before.status == told:
        problems.setdefault("status", _("That is how far it has been since then."))
        return []
    words = _(provider.STATUSES[row.status]) if row else ""
    return [Mention("status", words, _(provider.STATUSES[told]), row, {"status": told, "since": since})]
