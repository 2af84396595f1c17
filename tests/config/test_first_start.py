"""What a newcomer sees: a fresh checkout serves the register in its style, and the second start keeps what is there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import pytest

from tests.config.test_containers import CHECKOUT, free_port


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """A copy of what git tracks, where an ordinary user may go, so that root's server can too."""
    with TemporaryDirectory(prefix="dyad-test-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        tracked = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, check=True, capture_output=True, text=True)
        for path in filter(None, tracked.stdout.split("\0")):
            if (CHECKOUT / path).is_file():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(CHECKOUT / path, folder / path)
        yield folder
        manage(folder, "stop_database").communicate()


def manage(folder: Path, *arguments: str) -> subprocess.Popen:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DYAD_DATA_DIR")}
    environment = kept | {"SECRET_KEY": "s" * 50, "ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "off"}
    command = [sys.executable, "-u", "manage.py", *arguments]
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """The port of the site while it is served, and what the start printed before."""
    port = free_port()
    with manage(folder, "serve", "--port", port) as site:
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


def get(port: str, path: str) -> str:
    with urlopen(f"http://127.0.0.1:{port}{path}") as page:
        return page.read().decode()


def test_first_start_serves_the_register_in_its_style_and_the_second_keeps_what_is_there(checkout):
    with served(checkout) as (port, printed):
        assert "Warning" not in printed
        assert re.search(r"Administrator: admin, password: \S{12,}", printed)
        home = get(port, "/")
        assert "Egypt" in home
        style = re.search(r'href="(/static/relations/[^"]+\.css)"', home)[1]
        assert "font-family" in get(port, style)
    with served(checkout) as (port, printed):
        assert "Administrator" not in printed
        assert "added" not in printed
        assert get(port, "/") == home
