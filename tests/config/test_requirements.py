"""Everything declared in requirements*.in is used, everything used is declared, and the locks match."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from django.conf import global_settings, settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.config.test_installation import copy, error_lines, make

CHECKOUT = Path(__file__).resolve().parents[2]
MAKEFILE, PYPROJECT = CHECKOUT / "Makefile", tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
LOCKS = ("requirements-installer", "requirements", "requirements-dev")
OURS = {"bench", "config", "manage", "relations", "tests"}


def declared_in(name: str) -> dict[str, Requirement]:
    """The requirements of an .in file, by name."""
    lines = (CHECKOUT / f"{name}.in").read_text().splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def locked(name: str) -> dict[str, str]:
    """The version of each package in a lock file."""
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", (CHECKOUT / f"{name}.txt").read_text(), re.MULTILINE))


@cache
def distributions() -> dict[str, set[str]]:
    """The distributions that provide each top-level module."""
    return {module: set(map(canonicalize_name, names)) for module, names in packages_distributions().items()}


@cache
def imported() -> set[str]:
    """The top-level modules that our Python code imports, or looks for with `find_spec`."""
    files = subprocess.check_output(["git", "ls-files", "-z", "*.py"], cwd=CHECKOUT, text=True).split("\0")
    found = set()
    for path in [CHECKOUT / file for file in files if file and (CHECKOUT / file).is_file()]:
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Import(names=names):
                    found |= {alias.name for alias in names}
                case ast.ImportFrom(module=str(module), level=0):
                    found.add(module)
                case ast.Call(func=ast.Name(id="find_spec"), args=[ast.Constant(value=str(module))]):
                    found.add(module)
    return {name.partition(".")[0] for name in found} - OURS - sys.stdlib_module_names


def configured() -> set[str]:
    """The top-level modules that settings name by dotted paths; INSTALLED_APPS alone is no use of a package.

    Settings that belong to a package do not count: they would not be there without it.
    """
    values = [getattr(settings, name) for name in dir(global_settings) if name.isupper() and name != "INSTALLED_APPS"]
    return {text.partition(".")[0] for value in values for text in texts(value) if re.fullmatch(r"\w+(\.\w+)+", text)}


def texts(value: Any) -> Iterator[str]:
    """Yields all strings in a setting."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts(item)


def called() -> set[str]:
    """The programs that the Makefile runs, the plugins of mypy, and pytest-xdist if its option is used."""
    makefile = MAKEFILE.read_text()
    programs = set(re.findall(r"\$\(ENV\) -m (\w+)|\.venv/bin/(\w+)", makefile))
    plugins = {plugin.partition(".")[0] for plugin in PYPROJECT["tool"]["mypy"]["plugins"]}
    workers = {"xdist"} if re.search(r"-m pytest -n \d", makefile) else set()
    return {name for pair in programs for name in pair if name} | plugins | workers


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_requirement_is_imported_configured_or_called(name):
    names = imported() | configured() | called()
    used = names.union(*(distributions().get(name, ()) for name in names))  # a program has the name of its package
    here = {key for key, asked_for in declared_in(name).items() if not asked_for.marker or asked_for.marker.evaluate()}
    assert here - used == set()


def test_everything_imported_is_declared_by_name():
    declared = declared_in("requirements").keys() | declared_in("requirements-dev").keys()
    missing = {name for name in imported() if not distributions().get(name, set()) & declared}
    assert missing == set()


def test_the_site_imports_nothing_that_only_developers_have():
    only_developers = declared_in("requirements-dev").keys()
    files = subprocess.check_output(["git", "grep", "-hE", r"^\s*(from|import) ", "config", "relations", "manage.py"])
    names = {line.split()[1].partition(".")[0] for line in files.decode().splitlines()}
    assert {name for name in names if distributions().get(name, set()) & only_developers} == set()


def test_mypy_ignores_only_modules_that_are_used():
    (override,) = PYPROJECT["tool"]["mypy"]["overrides"]
    assert {module.removesuffix(".*") for module in override["module"]} - imported() - configured() == set()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_a_version_of_every_requirement(name):
    versions = locked(name)
    assert [key for key, requirement in declared_in(name).items() if versions[key] not in requirement.specifier] == []


def test_the_locks_agree_on_what_they_share():
    runtime, developers = locked("requirements"), locked("requirements-dev")
    shared = runtime.keys() & developers.keys()
    assert {key: runtime[key] for key in shared} == {key: developers[key] for key in shared}


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("change", ["added", "removed", "narrowed"])
def test_make_check_refuses_locks_that_are_not_of_these_requirements(tmp_path, name, change):
    copy(tmp_path, "Makefile", *(f"{lock}.{end}" for lock in LOCKS for end in ("in", "txt")))
    assert (make(tmp_path, "locks").returncode, make(tmp_path, "locks").stderr) == (0, "")
    file = tmp_path / f"{name}.in"
    lines = file.read_text().splitlines()
    changed = {"added": [*lines, "antigravity"], "removed": lines[:-1], "narrowed": [*lines[:-1], f"{lines[-1]}!=1"]}
    file.write_text("\n".join(changed[change]) + "\n")
    message = "requirements-installer.txt was not compiled from the present requirements*.in: run make lock."
    assert (make(tmp_path, "locks").returncode, error_lines(make(tmp_path, "locks"))) == (2, [message])


def test_make_check_refuses_a_single_lock_of_other_requirements(tmp_path):
    copy(tmp_path, "Makefile", *(f"{lock}.{end}" for lock in LOCKS for end in ("in", "txt")))
    lock = tmp_path / "requirements-dev.txt"
    lock.write_text(re.sub(r" [0-9a-f]{40}$", f" {40 * '0'}", lock.read_text(), count=1, flags=re.MULTILINE))
    message = "requirements-dev.txt was not compiled from the present requirements*.in: run make lock."
    assert (make(tmp_path, "locks").returncode, error_lines(make(tmp_path, "locks"))) == (2, [message])


def test_make_check_compares_the_locks():
    assert re.search(r"^check: .*\blocks\b", MAKEFILE.read_text(), re.MULTILINE)
