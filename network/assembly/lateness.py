"""A motion that came late is decided only when enough agree to that first, where the bylaws let it be decided."""

from network.assembly import motion
from network.assembly.ruling import rules_of
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.association import rulebook
from network.errors import Refused
from network.i18n import _
from network.resolutions.counts import Count
from network.resolutions.majorities import arithmetic, decide, majority_of


async def agreed_to(row: Assembly, item: AgendaItem, given: Count | None) -> str:
    """What the minutes tell of that vote; "" for an item in time. Refused without it, and when too few agreed."""
    if not await motion.came_late(item):
        return ""
    rules = await rules_of(row)
    if given is None:
        told = rulebook.explain("late_motions", rules)
        raise Refused(
            _("This motion came after the deadline. %(rule)s: %(value)s. Please let that be voted on first.",
              rule=_(told.rule.title), value=told.value),
            "agreed_yes",
        )  # fmt: skip
    result = decide(majority_of(rules.late_majority), given, represented=given.yes + given.no)
    words = _("On whether this motion is decided although it came late: %(words)s", words=arithmetic(result))
    if not result.is_adopted:
        raise Refused(_("%(words)s It can be discussed.", words=words), "agreed_yes")
    return words
