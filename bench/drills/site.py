"""The site of a drill or benchmark: a copy of this checkout with a database of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote

import psutil

from config.embedded.server import Server

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 3  # seconds that a visitor waits for a page
PAGE = "/countries/"
UNCACHED = {"Cookie": "sessionid=of-somebody"}  # requests with a session bypass the page cache


def report(drill: str, figure: str) -> None:
    """Prints a line of the table of results."""
    print(f"| {drill} | {figure} |", flush=True)


class Site:
    """A copy of this checkout, with a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        tracked = subprocess.check_output(["git", "ls-files", "-z"], cwd=CHECKOUT, text=True).split("\0")
        for path in [path for path in tracked if (CHECKOUT / path).is_file()]:
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / path, self.folder / path)
        self.database = Server(folder / "pgdata")
        self.url = f"postgresql://dyad@/dyad?host={quote(str(self.database.sockets), safe='')}"
        self.port = 0
        self.process: subprocess.Popen | None = None
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SCRIPT_NAME")},
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "of-the-drills-" * 4,
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS": "off",
            "TRUSTED_PROXY": "127.0.0.1",
            "DYAD_DATA_DIR": str(self.database.data),
            "TMPDIR": str(folder),
        }

    def manage(self, *arguments: str, **variables: str) -> subprocess.Popen:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(command, cwd=self.folder, env=self.environment | variables, stdout=subprocess.DEVNULL)

    def filled(self, *sizes: int) -> None:
        """Fills the database with this number of events, and optionally of pairs and deals (see bench.register)."""
        environment = self.environment | {"DATABASE_URL": self.url}
        command = [sys.executable, "-m", "bench.register", *map(str, sizes)]
        subprocess.run(command, cwd=self.folder, env=environment, check=True)

    @contextmanager
    def served(self, *command: str, **variables: str) -> Iterator[None]:
        """Serves the site in the context, with `manage.py serve` or another command, in which PORT is replaced."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        asked = command or ("manage.py", "serve", "--port", str(self.port))
        self.process = subprocess.Popen(
            [sys.executable, *(word.replace("PORT", str(self.port)) for word in asked)],
            cwd=self.folder,
            env=self.environment | variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while self.status() != 200:
                if self.process.poll() is not None:
                    raise SystemExit("The site does not start.")
                time.sleep(0.2)
            yield
        finally:
            self.process.terminate()
            self.process.wait()

    def status(self, path: str = PAGE, visitor: str = "203.0.113.1") -> int:
        """The status of a page; 0 if no answer comes within PATIENCE."""
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
                connection.request("GET", path, headers={"X-Forwarded-For": visitor, **UNCACHED})
                response = connection.getresponse()
                response.read()
                return response.status
        except (OSError, HTTPException):
            return 0

    def timed(self, path: str = PAGE) -> tuple[int, float]:
        begun = time.perf_counter()
        return self.status(path), time.perf_counter() - begun

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def processor_time(self) -> float:
        return sum(sum(worker.cpu_times()[:2]) for worker in self.workers())

    def socket(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)
