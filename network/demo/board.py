"""The demo's board: elected two and a half years ago, its term ends in 28 weeks; who was there before, and pictures.

One of the deputies resigned; who came in that place was elected last year (last_assembly.py).
"""

import zlib
from datetime import date, time, timedelta
from functools import cache

from network import clock
from network.association.reckoning import months_after
from network.board import allowance, appointment, portrait, seat, term, warning
from network.board.tables import AppointmentKind, Beginning, Ending
from network.demo.cast import address
from network.people import person
from network.people.tables import Person

WEEKS_LEFT, TERM_MONTHS, LATE_DAYS = 28, 36, 4  # the assembly was four days late, in holdover
CHAIR, FIRST, SECOND = ("chair", 1), ("deputy", 1), ("deputy", 2)
BOARD = [
    ("Henrike Voßberg", CHAIR, Beginning.ELECTED, "feminine"),
    ("Ruta Kaspereit", SECOND, Beginning.RE_ELECTED, "feminine"),
]
CHAIR_NAME = "Henrike Voßberg"
ELECTED_LAST = "Tarek Linnemann"  # by last year's assembly (last_assembly.py), in the place of whoever resigned
RESIGNED, RESIGNED_AFTER = "Gerit Ostwald", timedelta(days=480)
ASSEMBLY = "Mitgliederversammlung, TOP 7"
# what each picture shows, in German and English, and the colours it is painted in
PICTURES = {
    "Henrike Voßberg": ("Gemaltes Porträt: eine Frau mit kurzem grauem Haar vor petrolfarbenem Grund",
                        "Painted portrait: a woman with short grey hair before a petrol ground",
                        ((11, 85, 102), (226, 196, 172), (150, 150, 155), (60, 60, 80))),
    "Ruta Kaspereit": ("Gemaltes Porträt: eine Frau mit dunklem Haar vor sandfarbenem Grund",
                       "Painted portrait: a woman with dark hair before a ground of sand",
                       ((214, 199, 170), (205, 165, 135), (52, 36, 30), (120, 50, 60))),
}  # fmt: skip
PAID = [
    ("Henrike Voßberg", allowance.FLAT, 60000, 40, "Pauschale für das erste Halbjahr"),
    ("Henrike Voßberg", allowance.EXPENSES, 18240, 75, "Bahnfahrt zur Klausur, mit Beleg"),
    ("Tarek Linnemann", allowance.FLAT, 96000, 40, ""),
]


async def build(today: date, *, actor: str) -> None:
    """Entered when the house began; what has been told ahead since then is in the outbox."""
    ends = today - timedelta(days=today.weekday()) + timedelta(weeks=WEEKS_LEFT)
    begins = months_after(ends, -TERM_MONTHS)
    await enter_before(begins, actor)
    for name, place, how, style in BOARD:
        someone = await somebody(name)
        [at] = await seat.rows_of([place])
        await term.enter(at, someone, since=begins, until=ends, began_as=how, source=ASSEMBLY, actor=actor)
        await portrait.call(someone, style, actor=someone.reference)
    [first] = await seat.rows_of([FIRST])
    await term.enter(
        first, await somebody(RESIGNED), since=begins, until=ends, began_as=Beginning.ELECTED, source=ASSEMBLY,
        ended_on=begins + RESIGNED_AFTER, ended_by=Ending.RESIGNATION, actor=actor,
    )  # fmt: skip
    await portrait.call(await somebody(ELECTED_LAST), "masculine", actor=actor)
    for name, (alt_de, alt_en, colours) in PICTURES.items():
        someone = await somebody(name)
        await portrait.show(
            someone, photo=("portrait.png", painted(colours)), alt_de=alt_de, alt_en=alt_en, consented=True,
            actor=someone.reference,
        )  # fmt: skip
    await appointment.appoint(
        await somebody("Jonas Hillebrecht"), AppointmentKind.MANAGING_DIRECTOR, since=months_after(begins, -41),
        scope="Laufende Geschäfte der Geschäftsstelle", source="Vorstandsbeschluss", actor=actor,
    )  # fmt: skip


async def enter_before(begins: date, actor: str) -> None:
    """The board before: its chair for two terms, and a deputy who left early."""
    until = begins - timedelta(days=LATE_DAYS)
    since = months_after(until, -TERM_MONTHS)
    left = since + timedelta(days=500)
    rows = [
        (
            "Volkmar Ißleib",
            CHAIR,
            months_after(since, -TERM_MONTHS),
            since - timedelta(days=1),
            Beginning.ELECTED,
            None,
        ),
        ("Volkmar Ißleib", CHAIR, since, until, Beginning.RE_ELECTED, None),
        ("Henrike Voßberg", FIRST, since, until, Beginning.ELECTED, None),
        ("Antje Grünzel", SECOND, since, until, Beginning.ELECTED, left),
        ("Ruta Kaspereit", SECOND, left + timedelta(days=190), until, Beginning.BY_ELECTION, None),
    ]
    for name, place, first, last, how, ended_on in rows:
        [at] = await seat.rows_of([place])
        await term.enter(
            at, await somebody(name), since=first, until=last, began_as=how, ended_on=ended_on,
            ended_by=Ending.RESIGNATION if ended_on else Ending.NONE, source=ASSEMBLY, actor=actor,
        )  # fmt: skip


async def go_on(today: date, *, actor: str) -> None:
    """What happened this year: a letter nine months ahead, and payments."""
    ends = today - timedelta(days=today.weekday()) + timedelta(weeks=WEEKS_LEFT)
    with clock.set_to(clock.berlin(warning.days(ends)[9], time(7))):
        await warning.warn()
    for name, kind, cents, days, note in PAID:
        await allowance.pay(
            await somebody(name), kind, paid_on=today - timedelta(days=days), cents=cents, note=note, actor=actor
        )


async def somebody(name: str) -> Person:
    return await person.enter(name, address(name))


Colour = tuple[int, int, int]


@cache
def painted(colours: tuple[Colour, Colour, Colour, Colour], wide: int = 200, high: int = 250) -> bytes:
    """A head and shoulders of four colours (ground, skin, hair, dress), as a PNG."""
    ground, skin, hair, dress = colours
    lines = []
    for y in range(high):
        line = bytearray(b"\0")
        for x in range(wide):
            across, down = (x - wide / 2) / wide, y / high
            if (across / 0.17) ** 2 + ((down - 0.40) / 0.19) ** 2 < 1:
                colour = skin
            elif (across / 0.22) ** 2 + ((down - 0.36) / 0.23) ** 2 < 1 and down < 0.5:  # noqa: PLR2004
                colour = hair
            elif abs(across) < 0.07 and 0.5 < down < 0.72:  # noqa: PLR2004  the neck
                colour = skin
            elif (across / 0.42) ** 2 + ((down - 1.02) / 0.36) ** 2 < 1:
                colour = dress
            else:
                colour = ground
            line += bytes(colour)
        lines.append(bytes(line))
    header = wide.to_bytes(4) + high.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b"")]
    told = (len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4) for kind, body in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)
