"""What is done in an assembly stands in the activity; what is only rehearsed does not."""

from network import activity

REHEARSAL = "rehearsal:"  # how the thing of a rehearsal begins (meeting.thing)


async def record(actor: str, verb: str, thing: str, label: str = "", detail: str = "") -> None:
    """`activity.record`, in the deed's transaction; a rehearsal leaves no trace but its begin and its end."""
    if not thing.startswith(REHEARSAL):
        await activity.record(actor, verb, thing, label, detail)
