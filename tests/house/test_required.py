"""What must be filled in must be filled in with something: every required field of every form refuses blanks."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.datastructures import MultiDict
from wtforms import Form as AnyForm

from network.web.forms import Form, Typed

HOUSE = Path(__file__).parent.parent.parent / "network"
BLANKS = ["   ", "\u200b", "\u00a0", "\u00ad\u00ad", "\t"]


def forms() -> Iterator[type[AnyForm]]:
    paths = [*HOUSE.glob("*/forms.py"), *HOUSE.glob("*/forms/*.py")]
    for path in sorted(paths):
        name = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(name)
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, AnyForm) and thing.__module__ == name:
                yield thing


REQUIRED = [
    pytest.param(form, name, id=f"{form.__module__.removeprefix('network.')}.{form.__name__}.{name}")
    for form in forms()
    for name, field in form()._fields.items()
    if field.flags.required
]


def test_there_are_such_fields():
    assert len(REQUIRED) > 40


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
@pytest.mark.parametrize(("form", "name"), REQUIRED)
def test_a_blank_is_no_answer(form: type[AnyForm], name: str, blank: str):
    typed = MultiDict({name: blank})
    filled = form(typed if issubclass(form, Form) else Typed(typed))
    filled.validate()

    assert filled._fields[name].errors, f"{name} took {blank!r} for {filled._fields[name].data!r}"
