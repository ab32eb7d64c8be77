"""Choosing readers: for a list in the office, and for an issue, with the reason why each of them is on the list."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mailing import lists, readers
from mailing.readers import Audience, Condition, State
from mailing.tables import Consent, Delivery, Letter, Subscriber
from network.events.facts import title
from network.events.tables import Event
from network.folding import folded
from network.i18n import _
from network.members.lands import land_name
from network.newsletter.rules import status_label
from network.newsletter.tables import Issue

PAGE = 50
PORTION = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """What the office looks for; "" is everything."""

    q: str = ""
    state: str = ""
    status: str = ""
    land: str = ""

    def condition(self, list_id: int) -> Condition:
        found: Any = Subscriber.list == list_id
        for word in folded(self.q).split():
            found &= Subscriber.search.like(f"%{word}%")
        if self.state in set(State):
            found &= readers.in_state(State(self.state))
        if self.status:
            found &= Subscriber.provider_status == self.status
        if self.land:
            found &= Subscriber.land == self.land
        return found


async def page_of(condition: Condition, number: int, size: int = PAGE) -> dict[str, Any]:
    """One page of readers, with what the pager needs."""
    count = await Subscriber.count().where(condition)
    pages = max(1, -(-count // size))
    number = min(max(1, number), pages)
    items = await (
        Subscriber.objects().where(condition).order_by(Subscriber.email_key).limit(size).offset((number - 1) * size)
    )
    return {"items": items, "page": number, "pages": pages, "count": count}


async def all_of(condition: Condition) -> list[Subscriber]:
    """Read in portions: between them it is the turn of everybody else's requests."""
    found: list[Subscriber] = []
    while True:
        after = condition & (Subscriber.email_key > found[-1].email_key) if found else condition
        more = await Subscriber.objects().where(after).order_by(Subscriber.email_key).limit(PORTION)
        found += more
        if len(more) < PORTION:
            return found
        await asyncio.sleep(0)  # short answers come without a pause


async def by_reference(reference: str) -> Subscriber | None:
    return await Subscriber.objects().get(Subscriber.reference == reference)


# Why somebody is on the list ----------------------------------------------------------------------------------------


async def reasons(subscribers: list[Subscriber]) -> dict[int, Consent]:
    """The joining that holds for each of these readers: the latest that was confirmed."""
    if not subscribers:
        return {}
    rows = await (
        Consent.objects()
        .where(Consent.subscriber.is_in([one.id for one in subscribers]) & (Consent.confirmed_at != None))
        .order_by(Consent.id)
    )
    return {row.subscriber: row for row in rows}


async def evidence(reader: Subscriber) -> list[Consent]:
    """Every joining, the newest first."""
    return await Consent.objects().where(Consent.subscriber == reader.id).order_by(Consent.id, ascending=False)


async def letters_to(reader: Subscriber) -> list[Letter]:
    """What was written to a reader about the list itself."""
    about = Letter.about == lists.about(reader)
    return await Letter.objects().where(about).order_by(Letter.id, ascending=False)


@dataclass(frozen=True, slots=True)
class Received:
    """An issue as it reached, or did not reach, one reader."""

    issue: Issue | None
    state: str
    at: datetime | None
    answer: str


async def received(reader: Subscriber) -> list[Received]:
    rows = await (
        Delivery.select(
            Delivery.state, Delivery.sent_at, Delivery.answer, Delivery.sending.reference.as_alias("sending")
        )
        .where(Delivery.subscriber == reader.id)
        .order_by(Delivery.id, ascending=False)
    )
    issues = {one.sending: one for one in await Issue.objects().where(Issue.sending != "")} if rows else {}
    return [Received(issues.get(row["sending"]), row["state"], row["sent_at"], row["answer"]) for row in rows]


async def sources_in_words(consents: Iterable[Consent]) -> dict[str, str]:
    """Where people joined, by what is written down of it; an event by its title as long as it is there."""
    sources = {one.source for one in consents}
    slugs = [source.removeprefix("event:") for source in sources if source.startswith("event:")]
    events = await Event.objects().where(Event.slug.is_in(slugs)) if slugs else []
    titles = {f"event:{event.slug}": title(event) for event in events}
    return {source: source_in_words(source, titles.get(source, "")) for source in sources}


def source_in_words(source: str, event: str) -> str:
    if source == "/newsletter":
        return _("form on the website")
    if source == "e-mail":
        return _("e-mail to the office")
    if source.startswith("event:"):
        return _("registration for “%(event)s”", event=event or source.removeprefix("event:"))
    return source


# The readers of an issue --------------------------------------------------------------------------------------------


def audience_of(issue: Issue) -> Audience:
    return Audience(tuple(issue.provider_statuses.split()), tuple(issue.lands.split()))


async def number_of(issue: Issue) -> int:
    """How many readers an issue would go to, were it sent now."""
    return await readers.count(issue.list, audience_of(issue))


def readers_of(issue: Issue) -> Condition:
    return readers.reading(issue.list, audience_of(issue))


def in_words(issue: Issue) -> str:
    """The audience of an issue: "tätig, in Vorbereitung · Berlin"; "" is everybody."""
    wanted = audience_of(issue)
    lands = [land_name(one) or _("not stated") for one in wanted.lands]
    parts = [[status_label(one) for one in wanted.statuses], lands]
    return " · ".join(", ".join(part) for part in parts if part)
