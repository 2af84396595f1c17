"""docs/architecture.md lists every module under its package and no others, and no definition exists twice."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
STOCK = {"__init__", "apps", "urls"}  # known to everybody who knows Django
PACKAGES = {
    **{
        f"`{name}/`": f"relations/{name}"
        for name in ("models", "exchange", "coding", "filters", "search", "views", "admin", "api")
    },
    "Top-level modules": "relations",
    "`config/`": "config",
}


def listed(package: str) -> set[str]:
    """The modules that the page lists under a package."""
    _, packages = (CHECKOUT / "docs" / "architecture.md").read_text().split("## What is in each package")
    (text,) = re.findall(rf"^\*\*{re.escape(package)}\*\*(.*?)(?=^\*\*|\Z)", packages, re.DOTALL | re.MULTILINE)
    return set(re.findall(r"`(\w+)`", text))


def modules(folder: str) -> set[str]:
    """The modules in a folder and its subfolders; those of `relations/` alone, whose subfolders are packages."""
    inside = {path.stem for path in (CHECKOUT / folder).glob("*.py")}
    below = {path.stem for path in (CHECKOUT / folder).glob("*/*.py")} if folder != "relations" else set()
    return (inside | below) - STOCK


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_is_listed_under_its_package(package: str) -> None:
    folder = PACKAGES[package]
    like_models = modules("relations/models") if folder == "relations/admin" else set()
    templatetags = {path.stem for path in (CHECKOUT / "relations/templatetags").glob("*.py")}
    others = templatetags if folder == "relations/views" else set()
    assert modules(folder) - like_models <= listed(package)
    assert listed(package) <= modules(folder) | others


def definitions(folder: str) -> Iterator[tuple[str, str]]:
    """Yields the code and the place of every top-level class and function below a folder."""
    for path in (CHECKOUT / folder).rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and "migrations" not in path.parts:
                yield ast.dump(node), f"{path.relative_to(CHECKOUT)}: {node.name}"


def test_no_class_or_function_is_defined_twice() -> None:
    places = defaultdict(list)
    for folder in ("relations", "config"):
        for code, place in definitions(folder):
            places[code].append(place)
    assert len(places) > 1000
    assert [each for each in places.values() if len(each) > 1] == []
