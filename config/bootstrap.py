"""Make .venv and .env with nothing but Python: `python3 -I config/bootstrap.py requirements.txt`.

The pip that came with Python installs that of requirements-installer.txt, which installs everything else. A finished
installation leaves a stamp in .venv with the digest of its requirements; an interrupted one leaves none.
"""

import fcntl
import hashlib
import os
import re
import secrets
import subprocess
import sys
from ast import literal_eval
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
INSTALLER = CHECKOUT / "requirements-installer.txt"
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = (PYTHON, "-I", "-m", "pip")

# The options of the user's pip configuration that apply: where packages are, and how they are reached. Options that say
# how and where to install (`user`, `target`, `constraint`, `no-binary` …) are meant for other projects.
REACH = re.compile(
    "index-url|extra-index-url|find-links|no-index|trusted-host|proxy|cert|client-cert|timeout|default-timeout|retries"
    "|cache-dir|no-cache-dir|keyring-provider|no-input|use-feature|use-deprecated"
)


def install(requirements: Path) -> None:
    """Install a requirements file with verified hashes, unless exactly this one is installed."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    stamp = VENV / f".installed-{requirements.stem}"
    if stamp.exists() and stamp.read_text() == digest and _run(PYTHON, "-I", "-c", "").returncode == 0:
        return
    make_venv()
    sys.stdout.write(f"Installing {requirements.name} into .venv (once)\n")
    sys.stdout.flush()
    options = ("--disable-pip-version-check", "--quiet", "--require-hashes", "--requirement", requirements)
    if subprocess.run([*PIP, "install", *options], env=pip_environment(), check=False).returncode:
        sys.exit(f"{requirements.name} cannot be installed: pip says why above. Mend that and start again.")
    stamp.write_text(digest)


def make_venv() -> None:
    """Make .venv, unless there is one with a complete pip and a sufficient Python."""
    is_sufficient = "import sys, pip._internal.commands.install; sys.exit(sys.version_info < (3, 11))"
    if _run(PYTHON, "-I", "-c", is_sufficient).returncode == 0:
        return
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        sys.exit(f"{sys.executable} has no module venv. On Debian and Ubuntu: sudo apt install python3-venv")
    if _run(sys.executable, "-I", "-m", "venv", "--clear", VENV).returncode:
        sys.exit(f"The virtual environment {VENV} cannot be made: is the disk full, or the folder somebody else's?")


@cache
def pip_environment() -> dict[str, str]:
    """The environment variables for pip, with only those options of the user's configuration that are in REACH."""
    given = {name: value for name, value in os.environ.items() if name != "PIP_PYTHON"}  # another interpreter's pip
    # Despite a configured `quiet`, which would empty the list, or `user`, which would limit it to one file.
    listed = _run(*PIP, "config", "list", "-vvv", env=given | {"PIP_USER": "0"})
    if listed.returncode:
        *_, reason = listed.stderr.strip().split("\n\n")
        sys.exit(f"pip cannot read its configuration: {' '.join(reason.split())}")
    found = re.findall(r"^(global|install|:env:)\.([\w-]+)=(['\"].*)$", listed.stdout, re.MULTILINE)
    reach = {
        f"PIP_{name.upper().replace('-', '_')}": literal_eval(value)
        for section in ("global", "install", ":env:")  # a later section overrides, unless its value is empty
        for of, name, value in found
        if of == section and REACH.fullmatch(name) and literal_eval(value)
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return others | reach | {"PIP_CONFIG_FILE": os.devnull}


def write_environment() -> None:
    """Write a .env for local use, unless there is one."""
    path = CHECKOUT / ".env"
    if path.exists():
        return
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_text(
        "# Settings of this checkout; docs/operations.md lists them all.\n"
        f"SECRET_KEY={secrets.token_urlsafe(48)}\n"
        "ALLOWED_HOSTS=127.0.0.1,localhost,[::1]\n"
        "HTTPS=off\n"
    )
    new.rename(path)


@contextmanager
def alone() -> Iterator[None]:
    """Lets one process at a time install into this checkout; a second one waits, and then finds the work done."""
    checkout = os.open(CHECKOUT, os.O_RDONLY)
    with suppress(OSError):  # a network drive may have no locks
        fcntl.flock(checkout, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(checkout)


def _run(*command: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The output and return code of a command; a command that does not exist has failed."""
    try:
        return subprocess.run(command, check=False, capture_output=True, text=True, env=env)
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


if __name__ == "__main__":
    try:
        with alone():
            install(INSTALLER)
            for name in sys.argv[1:]:
                install(CHECKOUT / name)
            write_environment()
    except KeyboardInterrupt:
        sys.exit("Stopped by Ctrl-C. What is not installed is installed when it is started again.")
