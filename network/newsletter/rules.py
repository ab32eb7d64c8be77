"""What readers may tell of themselves, what their states are called, and which issues everybody may read."""

from mailing.readers import State
from network.i18n import N_, _, ngettext
from network.newsletter.tables import Issue

PROVIDER_STATUSES = {
    "interested": N_("interested"),
    "preparing": N_("preparing to offer"),
    "operating": N_("operating"),
    "member_staff": N_("works for a member"),
}


STATES = {
    State.PENDING: N_("not confirmed yet"),
    State.CONFIRMED: N_("reads"),
    State.BOUNCED: N_("unreachable"),
    State.LEFT: N_("has left"),
}
MARKS = {State.PENDING: "info", State.CONFIRMED: "ok", State.BOUNCED: "bad", State.LEFT: ""}


def state_label(state: State) -> str:
    return _(STATES[state])


def state_line(state: State, number: int) -> str:
    """How many are in a state: 312 read, 9 are unreachable."""
    if state is State.CONFIRMED:
        return ngettext("one person reads", "%(num)s read", number)
    if state is State.PENDING:
        return ngettext("one has not confirmed yet", "%(num)s have not confirmed yet", number)
    if state is State.BOUNCED:
        return ngettext("one is unreachable", "%(num)s are unreachable", number)
    return ngettext("one has left", "%(num)s have left", number)


def status_label(status: str) -> str:
    return _(PROVIDER_STATUSES[status]) if status in PROVIDER_STATUSES else _("not stated")


def is_public(issue: Issue) -> bool:
    """Sent, and to everybody: what a part of the readers got is not shown to all the world."""
    return issue.sent_at is not None and not issue.provider_statuses and not issue.lands
