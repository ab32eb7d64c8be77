"""German has no hole: every text of the code, the pages and the letters stands in the catalogue, whole."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent.parent
JINJA = {"newstyle_gettext": "true", "trim_blocks": "true"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@cache
def german() -> Catalog:
    with (ROOT / "network/locale/de/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="de")


@cache
def used() -> frozenset[str | tuple[str, str]]:
    keywords = {**DEFAULT_KEYWORDS, "_l": None}
    found: set[str | tuple[str, str]] = set()
    for folder, method in {"network": "python", "mailing": "python", "templates": "jinja2"}.items():
        pattern = "**.py" if method == "python" else "**.*"
        options = {pattern: JINJA} if method == "jinja2" else {}
        found |= {
            m for _, _, m, _, _ in extract_from_dir(ROOT / folder, [(pattern, method)], options, keywords=keywords)
        }
    return frozenset(m if isinstance(m, str) else tuple(m) for m in found if m)


def test_no_text_hides_inside_an_f_string():
    """Up to Python 3.11 an f-string is one word to the extraction: what stands in it would stay English unnoticed."""
    files = [*ROOT.glob("network/**/*.py"), *ROOT.glob("mailing/**/*.py")]
    words = {"_", "_l", "N_", "ngettext"}
    hidden = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in files
        for string in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in words
    ]

    assert hidden == []


def translation(message: str | tuple[str, str]) -> Message | None:
    return german().get(message if isinstance(message, str) else message[0])


def test_every_text_has_its_german():
    missing = [m for m in used() if (t := translation(m)) is None or not all(strings(t)) or t.fuzzy]

    assert sorted(map(str, missing)) == []


def test_no_german_is_left_over():
    ids = {m if isinstance(m, str) else m[0] for m in used()}
    unused = [m.id for m in german() if m.id and (m.id if isinstance(m.id, str) else m.id[0]) not in ids]

    assert sorted(map(str, unused)) == []


def test_german_fills_the_same_blanks():
    wrong = []
    for message in used():
        asked = set().union(
            *(PLACEHOLDER.findall(part) for part in ([message] if isinstance(message, str) else message))
        )
        if (found := translation(message)) is not None:
            wrong += [
                (message, text) for text in strings(found) if not set(PLACEHOLDER.findall(text)) <= asked | {"num"}
            ]
            wrong += [(message, "") for text in strings(found)[-1:] if asked - {"num"} - set(PLACEHOLDER.findall(text))]

    assert wrong == []


@pytest.mark.parametrize("word", ["!", " du ", "Datensatz", "Entity", "Teilnehmer ", "Mitarbeiter ", "bitte klicken"])
def test_german_speaks_as_agreed(word):
    """Sie, plain, without exclamation marks, system words and the generic masculine."""
    found = [text for message in german() if message.id for text in strings(message) if word in text.replace("![", "[")]

    assert found == []


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_what_is_asked_for_is_a_whole_sentence():
    """Beside a field several stand one after another; only an example to copy ends without a full stop."""
    asking = [m for m in used() if isinstance(m, str) and re.match(r"Please (choose|enter|give|paste|say|write) ", m)]

    assert [m for m in asking if not re.search(r"[.:]$|[\d@]\S*$", m)] == []
    assert [m for m in asking if not str(translation(m).string).startswith("Bitte ")] == []
