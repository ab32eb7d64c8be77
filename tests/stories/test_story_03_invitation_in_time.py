"""Story 3: an invitation in time, from the plan to the proof, with the office's own numbers and a real mail server."""

from datetime import date, time

import pytest
import vobject

from mailing import outbox
from mailing.tables import Letter
from network import clock
from network.assembly import agenda, convocation, dispatch, handed, meeting, motion, paper, printing, proof, timing
from network.assembly.tables.convocation import Dispatch
from network.assembly.tables.meeting import ItemKind
from network.association import bylaws
from network.clock import berlin
from network.errors import Refused
from network.members.tables import Organisation
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from tests.mailing.conftest import surroundings
from tests.members.make import the_ten
from tests.smtp_sink import Sink, running

OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))
DAY = date(2027, 6, 11)
RULES = {
    "convening_period": 4, "convening_unit": "weeks", "convening_anchor": "receipt", "convening_form": "email",
    "motion_days": 14, "votes_by": "classes", "vote_classes": "1=1 2=2 4=3",
}  # fmt: skip
PLAN = {
    "title": "Mitgliederversammlung 2027", "starts_at": berlin(DAY, time(10)), "mode": "hybrid",
    "venue": "Haus am Musterufer", "town": "Berlin", "land": "BE",
}  # fmt: skip
RIGHTS = "Mit Ihrem Zugang melden Sie sich zu Wort, stellen Anträge und stimmen wie im Saal."
OLD, NEW = "Die Versammlung wird schriftlich einberufen.", "Die Versammlung wird in Textform einberufen."


def at(month, day, hour, minute=0):
    return clock.set_to(berlin(date(2027, month, day), time(hour, minute)))


@pytest.fixture
async def sink():
    """A mail server that does not know M09's address."""

    def unknown(command, argument):
        return "550 5.1.1 Mailbox unavailable" if command == "RCPT" and "<leineaue@example.org>" in argument else None

    async with running(Sink(answers=unknown)) as one:
        with surroundings(smtp_url=one.url):
            yield one


@pytest.fixture
async def ten(association):
    await bylaws.enact("", valid_from=date(1995, 5, 12), **RULES)
    members = await the_ten()
    await Organisation.update({Organisation.by_post_since: date(2020, 1, 1)}).where(
        Organisation.id == members["M10"].id
    )
    return members


async def planned():
    """In April, with the draft of other bylaws attached, old and new."""
    row = await meeting.plan(**PLAN, rights_de=RIGHTS, actor="mira")
    await agenda.add(row, ItemKind.RESOLUTION, "Haushalt 2028", actor="mira")
    change = await agenda.add(row, ItemKind.BYLAWS, "Änderung des § 9", actor="mira")
    await paper.attach(row, change, title="§ 9", old_text=OLD, new_text=NEW, actor="mira")
    return row


async def test_an_invitation_in_time_from_the_plan_to_the_proof(ten, sink):
    # Hybrid: saving without the text on how rights are exercised online is refused.
    with at(4, 5, 10):
        with pytest.raises(Refused) as no:
            await meeting.plan(**PLAN, actor="mira")
        assert no.value.field == "rights_de"
        assert "§ 32" in no.value.words
        row = await planned()

        # Latest receipt Thursday 13 May; letters posted by Monday 10 May, three working days in the post.
        until = await timing.clock_of(row)
    assert (until.receipt, until.post.day, until.email.day) == (date(2027, 5, 13), date(2027, 5, 10), date(2027, 5, 13))
    assert (until.receipt.weekday(), until.post.day.weekday()) == (3, 0)
    assert until.post.steps[-1].days_in_post == 3
    assert "10. Mai 2027" in until.post.words[-1]

    # Sent on 4 May to ten members, each by itself; M10 wants post: a letter for an envelope.
    with at(5, 4, 16):
        await convocation.convene(row, actor="mira")
    row = await meeting.by_reference(row.reference)
    tries = await Dispatch.objects().order_by(Dispatch.id)
    assert len({one.organisation for one in tries}) == len(tries) == 10
    assert [one.address.split("\n")[0] for one in tries if one.channel == "post"] == [ten["M10"].name]

    # The mail server takes eight; M09 bounces at 16:05: a red task.
    with at(5, 4, 16, 5):
        await outbox.deliver_due()
        red = [(one.kind, one.title) for one in await handed.due(OFFICE, clock.today()) if one.kind == "bad"]
    assert len(sink.taken) == len(set(sink.recipients)) == 8
    assert red == [("bad", f"Die Einladung hat {ten['M09'].name} nicht erreicht")]

    # What each one got: from the association, with the agenda, old and new text, and a calendar entry of its own.
    for taken in sink.taken:
        message = taken.message
        parts = {part.get_content_type(): part for part in message.walk()}
        entry = vobject.readOne(parts["text/calendar"].get_content()).vevent
        assert str(message["From"]) == "BAG BW <geschaeftsstelle@example.org>"
        assert [one.value for one in entry.attendee_list] == [f"mailto:{taken.recipient}"]
        assert (int(entry.sequence.value), "application/pdf" in parts) == (0, True)
        assert RIGHTS in taken.body("plain").replace("\n", " ")

    # The second address is tried and delivered on 5 May; the letter is posted on the 5th, too: a dispatch note.
    with at(5, 5, 9):
        await convocation.again(row, ten["M09"].id, name="", email="post.leineaue@example.org", by_post=False,
                                actor="mira")  # fmt: skip
        await outbox.deliver_due()
        letter = next(one for one in tries if one.channel == "post")
        told = await convocation.told_about(row, bare=True)
        printed = await printing.envelopes(row, [letter], told)
        await dispatch.post_all(row, on=date(2027, 5, 5), actor="mira")
        assert [one for one in await handed.due(OFFICE, clock.today()) if one.kind == "bad"] == []
    assert printed.startswith(b"%PDF-")
    assert sink.recipients.count("post.leineaue@example.org") == 1

    # Draft bylaws old and new stand in the invitation as it went out.
    held = await paper.papers_of(row)
    assert [(one.old_text, one.new_text) for papers in held.values() for one in papers] == [(OLD, NEW)]

    # M05's motion arrives on 28 May; the deadline was 27 May: for discussion only.
    gate = await motion.gate_of(row)
    with at(5, 28, 9):
        late = await motion.hand_in(
            row, ten["M05"], kind=ItemKind.RESOLUTION, title="Neue Arbeitsgruppe", wording="Wir gründen …", actor="",
        )  # fmt: skip
        made = await motion.accept(row, late, actor="mira")
    assert (gate.day, late.late, made.kind) == (date(2027, 5, 27), "discussion", ItemKind.DISCUSSION)
    assert agenda.why_undecidable(made) != ""

    await the_proof(row, ten)


async def the_proof(row, ten):
    """Who, when, which address, which result."""
    sheet = await proof.proof_of(row)
    by_member = {one.id: [(line.row.address, line.state) for line in one.lines] for one in sheet.members}
    left = {one.id: [line.left_on for line in one.lines if line.left_on] for one in sheet.members}
    assert sheet.words == "Alle 10 Mitglieder sind erreicht"
    assert by_member[ten["M09"].id] == [("leineaue@example.org", "failed"), ("post.leineaue@example.org", "sent")]
    assert by_member[ten["M01"].id] == [("neckarbogen@example.org", "sent")]
    assert left[ten["M01"].id] == [date(2027, 5, 4)]
    assert left[ten["M09"].id] == left[ten["M10"].id] == [date(2027, 5, 5)]
    assert [one.name for one in sheet.members if one.too_late] == []
    (failed,) = await Letter.objects().where(Letter.state == "failed")
    assert "550" in failed.answer
    lines = [(one.name, line) for one in sheet.members for line in one.lines]
    assert len(lines) == 11
    assert (await printing.proof_sheet(row, lines, [sheet.words], "de")).startswith(b"%PDF-")


async def test_a_week_later_it_would_have_been_too_late(ten):
    with at(4, 5, 10):
        row = await planned()

    with at(5, 14, 10), pytest.raises(Refused) as no:
        await convocation.convene(row, actor="mira")

    assert "10. Mai 2027" in no.value.words  # by which a letter had to be posted, the first of both last days
    assert (no.value.field, await Letter.count()) == ("late_because", 0)
