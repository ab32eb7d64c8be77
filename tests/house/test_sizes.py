"""Small files with one noun each, functions one can read without scrolling (STYLE: names, comments, sizes)."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FILES = [
    path
    for room in ("network", "mailing")
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
]


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or 0) - node.lineno + 1


def test_no_file_outgrows_its_room():
    assert [str(p.relative_to(ROOT)) for p in FILES if len(p.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_no_function_needs_scrolling():
    assert [f"{p.name}: {f.name} {lines}" for p in FILES for f, lines in functions(p) if lines > 60] == []


def test_every_module_says_what_it_is_for():
    assert [
        str(p.relative_to(ROOT)) for p in FILES if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))
    ] == []


def test_nothing_is_left_behind():
    words = ("TODO", "FIXME", "XXX", "NotImplementedError")

    assert [str(p) for p in FILES if any(word in p.read_text(encoding="utf-8") for word in words)] == []


def test_the_plumbing_stays_small():
    """There is no services.py, utils.py or common/ (DESIGN: the idea in six sentences)."""
    forbidden = {"services", "utils", "common", "helpers", "managers", "repository", "base"}

    assert [str(p) for p in FILES if forbidden & {p.stem, p.parent.name}] == []


def test_the_clock_is_the_only_clock():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        if path.name != "clock.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date")
    ]

    assert wrong == []


def test_no_paragraph_holds_a_form():
    """A browser ends the paragraph before it, and what should stand side by side falls apart."""
    paragraph = re.compile(r"<p(?: [^>]*)?>((?:(?!<p[ >]|</p>).)*)</p>", re.DOTALL)
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for inside in paragraph.findall(path.read_text(encoding="utf-8"))
        if "deed(" in inside or "<form" in inside
    ]

    assert found == []
