"""BLT files: what other programs write, damaged files, and there and back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.assembly.counting import blt
from network.assembly.counting.ranked import Papers
from network.errors import Refused
from network.i18n import speaking

EXAMPLE = """# aus einem anderen Programm
4 2          # vier Kandidaturen, zwei Sitze
-2           # zurückgezogen
3 1 3 4 0
(17) 4 1 3
  2 0        # über zwei Zeilen
2 4 1 3 0 # bemerkt
1 0
0
"Ada Ähre"
"Bo \\"Blitz\\" Öst"
"Cy"
"Dörte von der Höh'"
"Vorstand 2027"
"Quelle"
"""
WORDS = st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@st.composite
def sheets(draw):
    people = tuple(draw(st.lists(NAMES, min_size=1, max_size=6, unique=True)))
    ranking = st.lists(st.sampled_from(people), unique=True).map(tuple)
    return Papers(
        candidates=people,
        seats=draw(st.integers(1, 6)),
        rankings=tuple(draw(st.lists(st.tuples(st.integers(1, 999), ranking), max_size=10))),
        withdrawn=draw(st.frozensets(st.sampled_from(people))),
        title=draw(st.one_of(st.just(""), NAMES)),
    )


def test_a_file_with_remarks_withdrawals_and_umlauts_is_read():
    sheet = blt.read(EXAMPLE.encode())

    assert sheet.candidates == ("Ada Ähre", 'Bo "Blitz" Öst', "Cy", "Dörte von der Höh'")
    assert (sheet.seats, sheet.withdrawn, sheet.title) == (2, {'Bo "Blitz" Öst'}, "Vorstand 2027")
    assert sheet.rankings == (
        (3, ("Ada Ähre", "Cy", "Dörte von der Höh'")),
        (4, ("Ada Ähre", "Cy", 'Bo "Blitz" Öst')),
        (2, ("Dörte von der Höh'", "Ada Ähre", "Cy")),
        (1, ()),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_old_encodings_and_line_ends_are_read_alike(encoding, end):
    assert blt.read(EXAMPLE.replace("\n", end).encode(encoding)) == blt.read(EXAMPLE.encode())


def test_options_in_brackets_are_known():
    sheet = blt.read(b'3 1\n[withdrawn 2 3]\n[tie 3 1 2]\n5 1 0\n0\n"A"\n"B"\n"C"\n')

    assert (sheet.withdrawn, sheet.title) == ({"B", "C"}, "")


def test_a_name_that_begins_with_a_number_stays_a_name():
    assert blt.read(b'2 1\n1 1 0\n0\n"1. FC # 7"\n"-2"\n"0"\n').candidates == ("1. FC # 7", "-2")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Zeile 1: die Datei endet, wo die Zahl der Kandidaturen stehen sollte."),
        ("4\n", "Zeile 1: die Datei endet, wo die Zahl der Sitze stehen sollte."),
        ("vier 2\n", "Zeile 1: „vier“ steht, wo die Zahl der Kandidaturen stehen sollte."),
        ("\n\n0 2\n", "Zeile 3: es müssen 1 bis 200 Kandidaturen und Sitze sein."),
        (
            "999999999999999999999 2\n",
            "Zeile 1: „999999999999999999999“ steht, wo die Zahl der Kandidaturen stehen sollte.",
        ),
        ("2 1\n1 3 0\n", "Zeile 2: es gibt keine Kandidatur 3."),
        ("2 1\n1 2 0\n3 1 2 1 0\n", "Zeile 3: Kandidatur 1 ist doppelt gereiht."),
        (
            "2 1\n1 1=2 0\n",
            "Zeile 2: „1=2“ steht, wo die Nummer einer Kandidatur oder die 0 am Ende der Reihung stehen sollte.",
        ),
        (
            "2 1\n1 1 - 2 0\n",
            "Zeile 2: „-“ steht, wo die Nummer einer Kandidatur oder die 0 am Ende der Reihung stehen sollte.",
        ),
        ("2 1\n1.5 1 0\n", "Zeile 2: „1.5“ steht, wo eine Zahl von Stimmzetteln stehen sollte."),
        ("2 1\n99999999 1 0\n", "Zeile 2: das sind mehr Stimmzettel, als es geben kann."),
        ("2 1\n1 1 0\n-2\n", "Zeile 3: zwischen den Reihungen steht die Rücknahme einer Kandidatur."),
        ("2 1\n-3\n", "Zeile 2: es gibt keine Kandidatur 3."),
        ("2 1\n[withdrawn zwei]\n", "Zeile 2: „withdrawn zwei“ nennt keine Kandidaturen."),
        ("2 1\n1 1 0\n", "Zeile 2: die Datei endet, wo eine Reihung oder die 0 nach der letzten stehen sollte."),
        (
            '2 1\n1 1 0\n0\n"A"\n',
            "Zeile 4: die Datei endet, wo der Name der Kandidatur 2 in Anführungszeichen stehen sollte.",
        ),
        (
            '2 1\n1 1 0\n0\n"A"\nB\n',
            "Zeile 5: „B“ steht, wo der Name der Kandidatur 2 in Anführungszeichen stehen sollte.",
        ),
        ('2 1\n0\n"A"\n"B\n', 'Zeile 4: „"B“ steht, wo der Name der Kandidatur 2 in Anführungszeichen stehen sollte.'),
        ('2 1\n0\n"A"\n""\n', "Zeile 4: „“ steht, wo der Name der Kandidatur 2 in Anführungszeichen stehen sollte."),
        ('2 1\n0\n"A"\n"A"\n', "Zeile 4: zwei Kandidaturen haben denselben Namen."),
        ('2 1\n0\n"A"\n"B"\n"Titel"\n1 1 0\n', "Zeile 6: „1“ steht nach den Namen und dem Titel."),
    ],
)
def test_a_damaged_file_is_refused_with_the_number_of_its_line(text, words):
    with speaking("de"), pytest.raises(Refused) as no:
        blt.read(text.encode())

    assert (no.value.words, no.value.field) == (words, "file")


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Refused):
        blt.read(b" " * (blt.LARGEST + 1))


@given(sheets())
def test_what_was_written_is_read_again(sheet):
    assert blt.read(blt.write(sheet)) == sheet


@given(st.binary(max_size=60))
def test_anything_else_is_read_or_refused_in_words(data):
    try:
        sheet = blt.read(data)
    except Refused as no:
        assert no.words
    else:
        assert blt.read(blt.write(sheet)) == sheet


@given(sheets(), st.data())
def test_a_file_cut_off_is_refused_or_only_lacks_its_title(sheet, data):
    written = blt.write(sheet)
    cut = written[: data.draw(st.integers(0, len(written) - 1))]
    try:
        read = blt.read(cut)
    except Refused:
        return

    assert (read.candidates, read.rankings) == (sheet.candidates, sheet.rankings)
