"""Old and new text side by side: nothing is lost, and what stays is told from what goes and comes."""

from hypothesis import given
from hypothesis import strategies as st

from network.assembly.differing import differences

LINES = st.lists(st.text(alphabet="ab ,.§", max_size=12), max_size=5).map("\n".join)


def told(runs):
    return [(run.kind, run.text) for run in runs]


def test_a_word_that_is_replaced_is_told_in_its_sentence():
    (pair,) = differences("Frist von vier Wochen schriftlich.", "Frist von vier Wochen in Textform.")

    assert told(pair.old) == [("same", "Frist von vier Wochen "), ("gone", "schriftlich.")]
    assert told(pair.new) == [("same", "Frist von vier Wochen "), ("new", "in Textform.")]


def test_a_paragraph_that_comes_stands_alone():
    same, fresh = differences("(1) Bleibt.", "(1) Bleibt.\n(2) Neu.")

    assert (same.differs, told(fresh.old), told(fresh.new)) == (False, [], [("new", "(2) Neu.")])


@given(LINES, LINES)
def test_both_texts_can_be_read_in_full(old, new):
    pairs = differences(old, new)

    assert ["".join(run.text for run in pair.old) for pair in pairs if pair.old] == paragraphs(old)
    assert ["".join(run.text for run in pair.new) for pair in pairs if pair.new] == paragraphs(new)


@given(LINES)
def test_a_text_does_not_differ_from_itself(text):
    assert not any(pair.differs for pair in differences(text, text))


def paragraphs(text):
    return [line.strip() for line in text.splitlines() if line.strip()]
