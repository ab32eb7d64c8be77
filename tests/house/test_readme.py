"""The shop window tells the truth: its pictures, commands and settings exist."""

import re
from pathlib import Path

from network.__main__ import COMMANDS

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_picture_and_page_it_points_to_is_there():
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", README) if not t.startswith("http")]

    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_setting_is_explained():
    source = (ROOT / "network/settings.py").read_text(encoding="utf-8") + (ROOT / "network/serving.py").read_text(
        encoding="utf-8"
    )
    names = set(re.findall(r'(?:secret|environ\.get)\(\s*"([A-Z_]+)"', source))

    assert sorted(name for name in names if f"`{name}`" not in README) == []


def test_every_command_it_names_exists():
    named = set(re.findall(r"python -m network ([a-z-]+)", README))
    targets = set(re.findall(r"^    make ([a-z-]+)", README, re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert named <= set(COMMANDS)
    assert sorted(target for target in targets if f"\n{target}:" not in makefile) == []
