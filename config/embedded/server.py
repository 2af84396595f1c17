"""Create, start, find and stop the private PostgreSQL server of one data directory.

A pid file says which process *was* the server. The process that *is* the server has the data directory as its working
directory, which the kernel reports. Nothing here trusts a pid file or signals a process that was not found that way.
"""

import contextlib
import fcntl
import os
import re
import shlex
import shutil
import signal
import stat
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import psutil
import psycopg

from config.embedded import memory
from config.embedded.user import EmbeddedError, is_root, open_to_others, own, reachable_by_others, run, server_uid

TEMPORARY = Path("/tmp")  # noqa: S108 - short, the same for every process of a user, and checked before use
PATIENCE = 60  # seconds for a server to start, to recover or to stop


class Server:
    """The private server of one data directory; one per checkout, shared by all its processes."""

    NAME = USER = "dyad"
    PORT = 5432  # names the socket file only: there is no TCP listener

    def __init__(self, data: Path) -> None:
        self.data = data.absolute()
        # The address of a socket has 104 bytes on macOS and 108 on Linux, its file's name included.
        is_address = len(os.fsencode(self.data)) <= 85 and re.fullmatch(r"[\w/. +-]+", str(self.data))
        self.sockets = (
            self.data if is_address else TEMPORARY / f"dyad-{sha256(os.fsencode(self.data)).hexdigest()[:16]}"
        )

    def ensure_running(self) -> None:
        """Create and start the server if necessary, and return once it has answered a query."""
        with self._locked():
            if not self._is_settled():
                self._create()
                self._start()

    def stop(self) -> bool:
        """Stop the server of this data directory, and say whether there was one."""
        if not self.data.parent.is_dir():
            return False
        with self._locked():
            postmasters = self.postmasters()
            for postmaster in postmasters:
                self._halt(postmaster)
            with contextlib.suppress(OSError):
                if self.sockets != self.data:
                    self.sockets.rmdir()
        return bool(postmasters)

    # Processes

    def processes(self) -> dict[int, psutil.Process]:
        """All PostgreSQL processes with our data directory, or with our socket after their directory was deleted."""
        found = {}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if process.name() == "postgres" and (
                    str(self.sockets) in process.cmdline() or Path(process.cwd()).samefile(self.data)
                ):
                    found[process.pid] = process
        return found

    def postmasters(self) -> list[psutil.Process]:
        """The processes not started by another of them; children of a killed server are recognized by their titles."""
        found, postmasters = self.processes(), []
        for process in found.values():
            with contextlib.suppress(psutil.Error):
                command = process.cmdline()  # none of a process that is ending
                if command and process.ppid() not in found and not command[0].startswith("postgres:"):
                    postmasters.append(process)
        return postmasters

    def _is_settled(self) -> bool:
        """Whether our server answers on our socket; stops a server that does not."""
        is_settled = False
        for postmaster in self.postmasters():
            if self._is_at_home(postmaster) and self._answers(postmaster):
                is_settled = True
            else:  # its data directory was moved or deleted under it, or a cleaner took its socket
                self._halt(postmaster)
        return is_settled

    def _is_at_home(self, postmaster: psutil.Process) -> bool:
        with contextlib.suppress(psutil.Error, OSError):
            return str(self.sockets) in postmaster.cmdline() and Path(postmaster.cwd()).samefile(self.data)
        return False

    def _answers(self, postmaster: psutil.Process) -> bool:
        """Whether a child of this server answers a query at our socket; it may need time to recover first."""
        deadline = time.monotonic() + PATIENCE
        while postmaster.is_running() and time.monotonic() < deadline:
            try:
                with psycopg.connect(
                    host=str(self.sockets), port=self.PORT, user=self.USER, dbname="postgres", connect_timeout=5
                ) as connection:
                    backend = psutil.Process(connection.info.backend_pid)
                    connection.execute("SELECT 1")
                    return backend.ppid() == postmaster.pid
            except (psycopg.errors.CannotConnectNow, psutil.Error):
                time.sleep(0.1)
            except psycopg.OperationalError:
                return False
        return False

    def _halt(self, postmaster: psutil.Process) -> None:
        """Stop a server; psutil compares start times, so that no process that took over the pid is hit.

        A server whose directory was moved or deleted must not write its last checkpoint: its control file would go to
        the old path, which may be another cluster's by now. The next start recovers what it has not written.
        """
        with contextlib.suppress(psutil.NoSuchProcess):
            postmaster.send_signal(signal.SIGINT if self._is_at_home(postmaster) else signal.SIGQUIT)
            deadline = time.monotonic() + PATIENCE
            while postmaster.is_running() and postmaster.status() != psutil.STATUS_ZOMBIE:
                if time.monotonic() > deadline:
                    raise EmbeddedError(f"The server of {self.data} (process {postmaster.pid}) does not stop.")
                time.sleep(0.02)

    # Files

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Lets one process at a time look for, create, start or stop the server."""
        try:
            self.data.parent.mkdir(parents=True, exist_ok=True)
            if is_root():
                open_to_others(self.data.parent, stat.S_IXOTH)
            lock = (self.data.parent / f".{self.data.name}.lock").open("a")
        except OSError as error:
            raise EmbeddedError(
                f"{self.data.parent} cannot be written ({error.strerror}): run as its owner, or set DYAD_DATA_DIR "
                f"or DATABASE_URL."
            ) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.data.exists() and self.data.stat().st_uid != server_uid():
                raise EmbeddedError(f"{self.data} belongs to another user: run as that user, or set DYAD_DATA_DIR.")
            yield

    def _create(self) -> None:
        """Create the cluster in a temporary directory and rename it, so that an interrupted run leaves nothing."""
        if self.data.exists():
            if (self.data / "PG_VERSION").exists():
                self._refuse_other_version()
                return
            if any(self.data.iterdir()):
                raise EmbeddedError(f"{self.data} is neither empty nor a PostgreSQL data directory: move it away.")
        new = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        own(new)
        options = (
            *("--username", self.USER, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--set=timezone=UTC", "--set=log_timezone=UTC", "--set=log_min_messages=fatal"),
            *("--set=listen_addresses=", "--set=unix_socket_permissions=0700", "--set=max_wal_size=256MB"),
        )
        run(self.data, "initdb", "--pgdata", new, *options)
        run(self.data, "postgres", "--single", "-D", new, "postgres", stdin=f"CREATE DATABASE {self.NAME}\n")
        new.replace(self.data)

    def _refuse_other_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        installed = run(self.data, "postgres", "--version").split()[-1]
        if installed.split(".")[0] != made_by:
            raise EmbeddedError(
                f"{self.data} was made by PostgreSQL {made_by}, {installed} is installed: see docs/operations.md."
            )

    def _start(self) -> None:
        if self.sockets != self.data:
            own(self.sockets)
        deadline = time.monotonic() + PATIENCE
        while self.processes():  # the children of a killed server use its files until they notice
            if time.monotonic() > deadline:
                raise EmbeddedError(f"Processes of a killed server still use {self.data}.")
            time.sleep(0.1)
        # No process uses this directory, so its pid files are those of a dead server, even if the pid is in use again.
        for pid_file in (self.data / "postmaster.pid", self.sockets / f".s.PGSQL.{self.PORT}.lock"):
            pid_file.unlink(missing_ok=True)
        settings = memory.settings(self.data)
        problem = self._launch(*settings)
        if settings and "shared memory" in problem:  # less is available than the machine seems to have
            problem = self._launch()
        if problem:
            raise EmbeddedError(f"PostgreSQL does not start: {problem} (see {self.data / 'server.log'})")

    def _launch(self, *settings: str) -> str:
        """Start the server; returns its error messages, or an empty string if it started."""
        log = self.data / "server.log"
        before = log.stat().st_size if log.exists() else 0
        try:
            run(
                self.data,
                *("pg_ctl", "start", "--wait", f"--timeout={PATIENCE}", "--log", log.name),
                *("--options", shlex.join(["-k", str(self.sockets), *settings])),
                directory=self.data,
            )
        except EmbeddedError as error:
            said = log.read_bytes()[before:].decode(errors="replace") if log.exists() else ""
            return " ".join((said or str(error)).split())
        return ""


def default_data_dir(checkout: Path) -> Path:
    """In the checkout; if root runs it in a private home, in /var/lib, which the unprivileged server can reach."""
    if is_root() and not reachable_by_others(checkout):
        return Path("/var/lib/dyad") / sha256(os.fsencode(checkout)).hexdigest()[:16] / "pgdata"
    return checkout / "var" / "pgdata"
