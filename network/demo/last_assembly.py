"""Last year's assembly of the demo, held from the plan to the register: what was decided, and who was elected since."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from babel.dates import format_date

from network import clock
from network.assembly import (
    acceptance,
    agenda,
    attendance,
    ballot,
    ban,
    candidate,
    convocation,
    course,
    decision,
    delegate,
    delivery,
    election,
    meeting,
    minutes,
    paper,
    proxy,
)
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.assembly.verdict import Counted
from network.board import duty, seat
from network.demo.board import CHAIR_NAME, ELECTED_LAST, FIRST, somebody
from network.demo.described import PAPER
from network.files import keep_document
from network.members.tables import Organisation
from network.register import draft, filing
from network.register.case import of_assembly as case_of
from network.resolutions.counts import Count

Members = Mapping[str, Organisation]
PLACE = {
    "venue": "Haus am Musterufer",
    "street": "Musterufer 1",
    "postal_code": "10115",
    "town": "Berlin",
    "land": "BE",
    "election_officer": "Gisbert Ohm",
    "minute_taker": "Stefan Øster",
}
# who came for which member, and since when; M06 stayed away, M10 gave its vote to M07
CAME = {
    "M01": ("Ella Brandt", time(9, 32)),
    "M02": ("Tarek Linnemann", time(9, 35)),
    "M03": ("Henrike Voßberg", time(9, 30)),
    "M04": ("Lukas Wernicke", time(9, 41)),
    "M05": ("Antje Grünzel", time(9, 44)),
    "M07": ("Anke v. d. Heide", time(9, 38)),
    "M08": ("Kilian Ömer-Vogt", time(9, 50)),
    "M09": ("Sabeth Hinrichsen", time(9, 47)),
}
GIVER, HOLDER, CONCERNED = "M10", "M07", "M03"
OLD_TEXT = "§ 9 (4) Anträge müssen zwei Wochen vor der Versammlung bei der Geschäftsstelle sein."
NEW_TEXT = "§ 9 (4) Anträge müssen drei Wochen vor der Versammlung bei der Geschäftsstelle sein."


class Item(NamedTuple):
    kind: ItemKind
    title: str
    english: str
    at: time
    wording: str = ""
    counted: Count | None = None


ITEMS = [
    Item(ItemKind.FORMAL, "Eröffnung, Anwesenheit und Beschlussfähigkeit", "Opening, presence and quorum", time(10, 2)),
    Item(ItemKind.REPORT, "Bericht des Vorstands", "Report of the board", time(10, 12)),
    Item(ItemKind.RESOLUTION, "Jahresrechnung", "Annual accounts", time(10, 50),
         "Die Jahresrechnung wird festgestellt.", Count(16, 0)),
    Item(ItemKind.DISCHARGE, "Entlastung des Vorstands", "Discharge of the board", time(11, 5),
         "Dem Vorstand wird für das vergangene Jahr Entlastung erteilt.", Count(13, 0, 1)),
    Item(ItemKind.RESOLUTION, "Haushalt", "Budget", time(11, 20),
         "Der Haushalt des kommenden Jahres wird in der vorgelegten Fassung beschlossen.", Count(12, 3, 1)),
    Item(ItemKind.BYLAWS, "Frist für Anträge", "Deadline for motions", time(11, 45),
         "Die Frist für Anträge wird auf drei Wochen verlängert.", Count(11, 4, 1)),
    Item(ItemKind.CONTRIBUTIONS, "Beitragsordnung", "Contributions", time(12, 10),
         "Der Sockelbeitrag beträgt 1.200 €, je Standort kommen 450 € hinzu.", Count(14, 2)),
    Item(ItemKind.ELECTION, "Nachwahl im Vorstand", "By-election to the board", time(13, 20)),
    Item(ItemKind.ANY_OTHER, "Verschiedenes", "Any other business", time(13, 50)),
]  # fmt: skip


def day_of(today: date) -> date:
    """A Friday, ten months ago."""
    return today - timedelta(days=308 + (today.weekday() - 4) % 7)


async def build(today: date, members: Members, *, actor: str) -> None:
    day = day_of(today)
    row = await convened(day, members, actor)
    await held(row, day, members, actor)
    await written_down(row, day, actor)
    await registered(row, day, actor)


async def convened(day: date, members: Members, actor: str) -> Assembly:
    with at(day, time(10), before=46):
        row = await meeting.plan(
            title=format_date(day, "'Mitgliederversammlung im' MMMM y", locale="de"),
            starts_at=clock.berlin(day, time(10)), ends_at=clock.berlin(day, time(14)), actor=actor, **PLACE,
        )  # fmt: skip
        for one in ITEMS:
            item = await agenda.add(row, one.kind, one.title, title_en=one.english, actor=actor)
            if one.wording:
                await agenda.change(row, item, text=one.wording, actor=actor)
            if one.kind == ItemKind.BYLAWS:
                await paper.attach(
                    row, item, title="§ 9 der Satzung", old_text=OLD_TEXT, new_text=NEW_TEXT, actor=actor
                )
    with at(day, time(11, 20), before=38):
        await convocation.convene(row, actor=actor)
    with at(day, time(15), before=9):
        for member in members.values():
            who, email = await delegate.suggested(row, member)
            if who:
                await delegate.name(row, member, who=who, email=email, capacity="delegate", actor=actor,
                                    document=await keep_document("Ermächtigung.pdf", PAPER))  # fmt: skip
        await proxy.give(
            row, members[GIVER], members[HOLDER], form="written", given_on=day - timedelta(days=12),
            document=await keep_document("Vollmacht.pdf", PAPER), actor=actor,
        )  # fmt: skip
    return row


# --- on the day ------------------------------------------------------------------------------------------------------


async def held(row: Assembly, day: date, members: Members, actor: str) -> None:
    for number, (name, moment) in sorted(CAME.items(), key=lambda one: one[1][1]):
        with at(day, moment):
            await attendance.come(row, members[number], name=name, actor=actor)
    with at(day, time(10)):
        await course.open_(row, chair=CHAIR_NAME, minute_taker=PLACE["minute_taker"], actor=actor)
    for one, item in zip(ITEMS, await agenda.items_of(row), strict=True):
        with at(day, one.at):
            await course.call(row, item, actor=actor)
            if one.kind == ItemKind.DISCHARGE:
                await ban.impose(row, item, members[CONCERNED], why="discharge", note=CHAIR_NAME, actor=actor)
        if one.counted:
            await decided(row, item, one.counted, clock.berlin(day, one.at), actor)
        if one.kind == ItemKind.ELECTION:
            await elected(row, item, clock.berlin(day, one.at), actor)
    with at(day, time(14, 5)):
        await course.close(row, actor=actor)


async def decided(row: Assembly, item: AgendaItem, count: Count, moment: datetime, actor: str) -> None:
    with clock.set_to(moment + timedelta(minutes=8)):
        put = await decision.put(row, item, title=f"{item.title_de} {moment.year}", wording=item.text, actor=actor)
        await decision.begin(row, put, actor=actor)
    with clock.set_to(moment + timedelta(minutes=10)):
        await decision.count(row, put, count, actor=actor)


async def elected(row: Assembly, item: AgendaItem, moment: datetime, actor: str) -> None:
    """In place of a deputy who had resigned, for the rest of the term."""
    [place] = await seat.rows_of([FIRST])
    who = await somebody(ELECTED_LAST)
    with clock.set_to(moment + timedelta(minutes=3)):
        of = await election.plan(row, item, title="Stellvertretung im Vorstand", seats=[place], by_election=True,
                                 actor=actor)  # fmt: skip
        one = await candidate.propose(row, of, name=who.name, person=who, proposed_by=CHAIR_NAME, actor=actor)
        await candidate.consent(row, of, one, how="present", actor=actor)
        opened = await ballot.begin(row, of, "yes_no", [one], actor=actor)
    with clock.set_to(moment + timedelta(minutes=16)):
        await ballot.count(row, opened, Counted(yes=13, no=1, abstain=2), actor=actor)
    with clock.set_to(moment + timedelta(minutes=17)):
        await acceptance.accept(row, of, one, actor=actor)
        await election.close(row, of, actor=actor)


# --- afterwards ------------------------------------------------------------------------------------------------------


async def written_down(row: Assembly, day: date, actor: str) -> None:
    with at(day, time(9, 30), after=3):
        made = await minutes.draft(row, actor=actor)
    with at(day, time(16), after=6):
        for capacity in ("chair", "minute_taker"):
            await minutes.sign(row, made, capacity, clock.today(), actor=actor)
    with at(day, time(10), after=7):
        await delivery.send(row, actor=actor)


async def registered(row: Assembly, day: date, actor: str) -> None:
    """Certified, filed and entered within six weeks; whatever else a new deputy asks for is seen to."""
    with at(day, time(11), after=7):
        case = await case_of(row)
        await filing.begin(case, text=await draft.drafted(case), actor=actor)
    with at(day, time(14, 30), after=11):
        await filing.certify(await case_of(row), clock.today(), notary="Notariat am Musterufer", actor=actor,
                             document=None)  # fmt: skip
        for kind in ("bank", "lobby_register", "lists", "keys"):
            for one in await duty.to_tell(kind):
                await duty.tick(one, done=True, actor=actor)
    with at(day, time(9), after=13):
        await filing.file(await case_of(row), clock.today(), actor=actor, document=None)
    with at(day, time(12), after=41):
        await filing.register(await case_of(row), clock.today(), entry="VR 00001 B, Blatt 7", actor=actor,
                              document=None)  # fmt: skip


def at(day: date, moment: time, *, before: int = 0, after: int = 0) -> AbstractContextManager[None]:
    return clock.set_to(clock.berlin(day + timedelta(days=after - before), moment))
