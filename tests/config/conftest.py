"""A fresh checkout, and the site served from it."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder with a short path that any user can enter, as root's server needs; pytest's folders are private."""
    with TemporaryDirectory(prefix="dyad-test-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """A copy of all files that git tracks."""
    with reachable_folder() as folder:
        tracked = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, check=True, capture_output=True, text=True)
        for path in filter(None, tracked.stdout.split("\0")):
            if (CHECKOUT / path).is_file():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(CHECKOUT / path, folder / path)
        yield folder
        manage(folder, "stop_database").communicate()


def manage(folder: Path, *arguments: str, **variables: str) -> subprocess.Popen:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DYAD_DATA_DIR")}
    environment = kept | {"SECRET_KEY": "s" * 50, "ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "off"} | variables
    command = [sys.executable, "-u", "manage.py", *arguments]
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@contextmanager
def served(folder: Path, **variables: str) -> Iterator[tuple[str, str]]:
    """Serves the site in the context; yields its port, and what the start printed."""
    port = free_port()
    with manage(folder, "serve", "--port", port, **variables) as site:
        try:
            printed = ""
            while "Listening at" not in printed:
                line = site.stdout.readline()
                assert line, printed
                printed += line
            yield port, printed
        finally:
            site.terminate()
            site.stdout.read()
