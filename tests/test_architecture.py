"""docs/architecture.md is the map: every module stands in the room that it is in, and no room has what is not there.

What was moved stands where it was moved to alone.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
STOCK = {"__init__", "apps", "urls"}  # where everybody who knows Django looks
ROOMS = {
    **{
        f"`{name}/`": f"relations/{name}"
        for name in ("models", "exchange", "coding", "filters", "search", "views", "admin", "api")
    },
    "Beside the rooms": "relations",
    "`config/`": "config",
}


def named(room: str) -> set[str]:
    """The modules that the map names in a room."""
    _, rooms = (CHECKOUT / "docs" / "architecture.md").read_text().split("## What is in each room")
    (told,) = re.findall(rf"^\*\*{re.escape(room)}\*\*(.*?)(?=^\*\*|\Z)", rooms, re.DOTALL | re.MULTILINE)
    return set(re.findall(r"`(\w+)`", told))


def there(folder: str) -> set[str]:
    """The modules of a folder, those of folders in it too, unless these are rooms."""
    inside = {path.stem for path in (CHECKOUT / folder).glob("*.py")}
    below = {path.stem for path in (CHECKOUT / folder).glob("*/*.py")} if folder != "relations" else set()
    return (inside | below) - STOCK


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_is_named_in_its_room(room: str) -> None:
    folder = ROOMS[room]
    like_models = there("relations/models") if folder == "relations/admin" else set()
    templates = {path.stem for path in (CHECKOUT / "relations/templatetags").glob("*.py")}
    beside = templates if folder == "relations/views" else set()
    assert there(folder) - like_models <= named(room)
    assert named(room) <= there(folder) | beside


def definitions(folder: str) -> Iterator[tuple[str, str]]:
    """The code of every class and function that stands by itself in the modules below a folder, and where it stands."""
    for path in (CHECKOUT / folder).rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and "migrations" not in path.parts:
                yield ast.dump(node), f"{path.relative_to(CHECKOUT)}: {node.name}"


def test_no_class_or_function_stands_in_two_modules() -> None:
    places = defaultdict(list)
    for folder in ("relations", "config"):
        for code, place in definitions(folder):
            places[code].append(place)
    assert len(places) > 1000
    assert [several for several in places.values() if len(several) > 1] == []
