"""Pictures are shown with consent alone, without what cameras write into them; titles as somebody wants to be called."""

import struct
import zlib
from datetime import date

import pytest
from bs4 import BeautifulSoup

from network.board import leaving, portrait, settling
from network.board.pictures import bare
from network.board.tables import Portrait
from network.demo.board import PICTURES, painted
from network.errors import Refused
from network.files import File
from network.people import sign_in
from network.people.tables import Person
from network.people.viewer import COOKIE
from tests.board.make import ELECTED, on, rules, three
from tests.browser import submit

DAY = date(2027, 7, 1)
PNG = painted(next(iter(PICTURES.values()))[2])
GPS = b"GPS 48.1375 11.5755"


def jpeg(*segments: bytes, turned: int = 1, order: str = "big") -> bytes:
    """As small as can be, with Exif in front: how it was held, and where."""
    pack = ">" if order == "big" else "<"
    entry = struct.pack(f"{pack}HHIHH", 0x0112, 3, 1, turned, 0)
    tiff = (b"MM" if order == "big" else b"II") + struct.pack(f"{pack}HIH", 42, 8, 1) + entry + bytes(4) + GPS
    exif = b"Exif\0\0" + tiff
    parts = [
        b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9),
        b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif,
    ]
    return b"\xff\xd8" + b"".join([*parts, *segments]) + b"\xff\xda" + bytes(10) + b"\xff\xd9"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_a_jpeg_loses_where_it_was_taken_and_keeps_which_way_up():
    comment = b"\xff\xfe" + struct.pack(">H", 2 + len(GPS)) + GPS
    for order in ("big", "little"):
        kind, straight = bare(jpeg(comment, order=order))
        _kind, turned = bare(jpeg(comment, turned=6, order=order))

        assert kind == "image/jpeg"
        assert (GPS in straight, b"Exif" in straight, b"JFIF" in straight) == (False, False, True)
        assert (GPS in turned, turned.count(b"Exif")) == (False, 1)
        assert bare(turned)[1] == turned  # and says the same when it is read again


def test_a_png_loses_its_texts():
    with_texts = PNG[:33] + chunk(b"tEXt", b"Comment\0" + GPS) + chunk(b"eXIf", GPS) + PNG[33:]

    assert bare(with_texts) == ("image/png", PNG)


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"%PDF-1.7", PNG[:100], jpeg()[:30], b"\xff\xd8\xff" + bytes(50), PNG + bytes(5 * 1024 * 1024)],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(Refused) as no:
        bare(content)

    assert no.value.field == "photo"


@pytest.fixture
async def chair(client, association):
    """The chair at her own page."""
    await rules()
    await three()
    with on(DAY):
        henrike = await Person.objects().get(Person.name == "Henrike Vossberg")
        client.cookies.set(COOKIE, await sign_in.begin_session(henrike))
        client.place = f"/office/board/people/{henrike.reference}"
        yield client


async def shown(client) -> str:
    page = await client.get("/board")
    image = BeautifulSoup(page.text, "html.parser").select_one(".faces img")
    return image["src"] if image else ""


async def test_the_chair_shows_a_picture_and_withdraws_it(chair):
    files = {"photo": ("ich.png", PNG, "image/png")}
    taken = await submit(
        chair, chair.place, files=files, alt_de="Frau mit kurzem Haar", consented="y", style="feminine"
    )
    chair_cookies = dict(chair.cookies)
    chair.cookies.clear()
    address = await shown(chair)
    picture = await chair.get(address)
    chair.cookies.update(chair_cookies)
    withdrawn = await submit(chair, chair.place)
    after = await chair.get(address)

    assert (taken.status_code, picture.status_code, picture.content, withdrawn.status_code) == (303, 200, PNG, 303)
    assert picture.headers["content-type"] == "image/png"
    assert after.status_code == 404
    assert await shown(chair) == ""
    [row] = await Portrait.objects()
    assert (row.given_on, row.withdrawn_on, row.file) == (DAY, DAY, None)
    assert await File.count() == 0


async def test_the_title_is_said_as_she_wants_it(chair):
    await submit(chair, chair.place, style="feminine")

    assert "Vorsitzende" in (await chair.get("/board")).text
    assert "Henrike Vossberg (Vorsitzende)" in (await chair.get("/imprint")).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"alt_de": "Frau mit kurzem Haar"}, "nur gezeigt, wenn die abgebildete Person einverstanden ist"),
        ({"consented": "y"}, "Bitte sagen Sie in wenigen Worten, was das Bild zeigt."),
    ],
)
async def test_without_consent_or_words_no_picture_is_shown(chair, typed, words):
    files = {"photo": ("ich.png", PNG, "image/png")}
    answer = await submit(chair, chair.place, files=files, **typed)

    assert answer.status_code == 422
    assert words in answer.text
    assert await Portrait.count() == 0


async def test_nobody_says_how_somebody_else_is_shown(chair):
    tarek = await Person.objects().get(Person.name == "Tarek Linnemann")

    assert (await chair.get(f"/office/board/people/{tarek.reference}")).status_code == 404


async def test_the_picture_of_whoever_left_goes_a_month_later(association):
    await rules()
    terms = await three()
    henrike = await Person.objects().get(Person.name == "Henrike Vossberg")
    with on(DAY):
        await portrait.show(henrike, photo=("ich.png", PNG), alt_de="Frau", consented=True, actor="")
        await leaving.resign(terms["Henrike"].reference, received_on=DAY, effective_on=DAY)
    left = {}
    for day in (date(2027, 8, 1), date(2027, 8, 2)):
        with on(day):
            await settling.settle_daily()
        left[day] = await File.count()

    assert left == {date(2027, 8, 1): 1, date(2027, 8, 2): 0}
    assert ELECTED < DAY


async def test_another_picture_takes_the_place_of_the_first(association):
    await rules()
    await three()
    henrike = await Person.objects().get(Person.name == "Henrike Vossberg")
    with on(DAY):
        for words in ("Erstes", "Zweites"):
            await portrait.show(henrike, photo=("ich.png", PNG), alt_de=words, consented=True, actor="")
        await portrait.show(henrike, photo=None, alt_de="Zweites, besser gesagt", consented=True, actor="")

    assert [one.alt for one in (await portrait.shown_of([henrike.id])).values()] == ["Zweites, besser gesagt"]
    assert (await Portrait.count(), await File.count()) == (2, 1)
