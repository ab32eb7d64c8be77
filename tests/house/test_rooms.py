"""Each thing in its room: nouns know no HTTP, slices keep their views, forms and letters to themselves."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SLICES = [folder for folder in sorted((ROOT / "network").iterdir()) if (folder / "__init__.py").exists()]
PLUMBING = {"web", "decisions", "migrations", "locale", "static"}
DOORMEN = {"views", "forms"}  # may know Litestar and WTForms
HTTP = ("litestar", "wtforms", "starlette")


def imports(path: Path) -> list[str]:
    """Everything a module imports, as dotted names."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def modules(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def room(path: Path, folder: Path) -> str:
    """views, forms, letters, … or the noun's own name."""
    return path.relative_to(folder).parts[0].removesuffix(".py")


def test_nouns_know_no_http():
    allowed = {
        "network/people/viewer.py",
        "network/association/pages.py",
        "network/office/rooms.py",
        "network/office/filters.py",
    }  # guards and frames
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for folder in SLICES
        if folder.name not in PLUMBING
        for path in modules(folder)
        if room(path, folder) not in DOORMEN and str(path.relative_to(ROOT)) not in allowed
        for name in imports(path)
        if name.startswith(HTTP)
    ]

    assert wrong == []


def test_the_post_office_speaks_no_http_and_knows_no_slice():
    slices = tuple(f"network.{folder.name}." for folder in SLICES)
    wrong = [
        f"{path.name}: {name}"
        for path in modules(ROOT / "mailing")
        for name in imports(path)
        if name.startswith((*HTTP, *slices))
    ]

    assert wrong == []


def test_views_forms_and_letters_stay_in_their_slice():
    wrong = []
    for folder in SLICES:
        for path in modules(folder):
            for name in imports(path):
                parts = name.split(".")
                foreign = parts[0] == "network" and len(parts) > 2 and parts[1] not in (folder.name, "web")
                if foreign and parts[2] in ("views", "forms", "letters"):
                    wrong.append(f"{path.relative_to(ROOT)}: {name}")

    assert wrong == []


def test_inside_a_slice_nothing_looks_back_at_the_views():
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for folder in SLICES
        for path in modules(folder)
        if room(path, folder) not in ("views", "__init__")
        for name in imports(path)
        if name.startswith(f"network.{folder.name}.views")
    ]

    assert wrong == []
