"""Calendar entries, read by another library."""

from datetime import UTC, date, datetime, time

import pytest
import vobject

from mailing import calendar
from mailing.calendar import Entry
from network import clock
from network.clock import berlin

CHANGED = datetime(2027, 9, 5, 8, tzinfo=UTC)


def entry(day=date(2027, 10, 18), **facts):
    values = {
        "uid": "aB3-xyz_9",
        "sequence": 0,
        "starts_at": berlin(day, time(10)),
        "ends_at": berlin(day, time(16)),
        "summary": "2. Austauschforum „Andere Leistungsanbieter“, Kassel; mit Ümlaut",
        "organiser_name": "BAG BW",
        "organiser_email": "geschaeftsstelle@example.org",
        "changed_at": CHANGED,
        "location": "Haus der Begegnung, 34117 Kassel",
        "description": "Zeile eins\nZeile zwei",
        "url": "http://localhost:8000/events/forum",
    }
    return Entry(**values | facts)


def read(text):
    found = vobject.readOne(text)
    return found, found.vevent


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2027, 10, 18), 2),
        (date(2028, 4, 25), 2),
        (date(2027, 11, 8), 1),
        (date(2028, 3, 26), 2),
        (date(2027, 10, 31), 1),
    ],
)
def test_ten_o_clock_is_ten_o_clock_in_summer_and_in_winter(day, hours):
    _, event = read(calendar.invitation(entry(day), "Mara Beispiel", "mara@example.org"))

    start = event.dtstart.value
    assert start.replace(tzinfo=None) == datetime.combine(day, time(10))
    assert start.utcoffset().total_seconds() == hours * 3600
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Berlin"]


def test_an_invitation_is_for_one_person():
    whole, event = read(calendar.invitation(entry(), "Mara Beispiel", "mara@example.org"))

    assert whole.method.value == "REQUEST"
    assert (event.uid.value, event.sequence.value, event.status.value) == ("aB3-xyz_9", "0", "CONFIRMED")
    assert [one.value for one in event.attendee_list] == ["mailto:mara@example.org"]
    assert event.attendee.params["RSVP"] == ["FALSE"]
    assert event.organizer.value == "mailto:geschaeftsstelle@example.org"
    assert event.summary.value == entry().summary
    assert event.description.value == "Zeile eins\nZeile zwei"


def test_update_and_cancellation_keep_the_identity_and_count_on():
    _, update = read(calendar.invitation(entry(date(2028, 4, 25), sequence=1), "Mara", "mara@example.org"))
    whole, end = read(calendar.cancellation(entry(date(2028, 4, 25), sequence=2), "Mara", "mara@example.org"))

    assert (update.uid.value, update.sequence.value) == ("aB3-xyz_9", "1")
    assert whole.method.value == "CANCEL"
    assert (end.uid.value, end.sequence.value, end.status.value) == ("aB3-xyz_9", "2", "CANCELLED")


def test_the_stamp_is_the_moment_of_writing():
    with clock.set_to(datetime(2027, 9, 6, 7, tzinfo=UTC)):
        _, event = read(calendar.invitation(entry(), "Mara", "mara@example.org"))

    assert event.dtstamp.value == datetime(2027, 9, 6, 7, tzinfo=UTC)


def test_a_name_cannot_smuggle_lines_into_the_entry():
    evil = 'Mara"\r\nATTENDEE:mailto:fremd@example.org\r\nX-EVIL:1'
    text = calendar.invitation(entry(summary="Eins\r\nSTATUS:CANCELLED"), evil, "mara@example.org")
    _, event = read(text)

    assert [one.value for one in event.attendee_list] == ["mailto:mara@example.org"]
    assert event.status.value == "CONFIRMED"
    assert not hasattr(event, "x_evil")


def test_the_same_facts_give_the_same_file():
    first = calendar.published([entry(status=calendar.TENTATIVE)], name="Termine")
    second = calendar.published([entry(status=calendar.TENTATIVE)], name="Termine")
    whole, event = read(first.decode())

    assert first == second
    assert (whole.method.value, event.status.value) == ("PUBLISH", "TENTATIVE")
    assert not hasattr(event, "attendee")


def test_lines_are_folded_and_end_as_the_standard_says():
    text = calendar.invitation(entry(description="Ä" * 200), "Mara", "mara@example.org")

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
