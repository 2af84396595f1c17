"""Django's PostgreSQL backend, whose first connection starts the private server when none is running."""

from collections.abc import Iterable
from pathlib import Path
from threading import Lock, Thread
from typing import Any, ClassVar

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgreSQLClient

from config.embedded.server import Server
from config.embedded.user import EmbeddedError, programs


class DatabaseClient(PostgreSQLClient):
    """Uses the `psql` of the wheel, because a fresh machine has no other."""

    executable_name = str(programs() / "psql")

    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.ensure_connection()
        self.connection.close()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient
    running: ClassVar[set[Path]] = set()  # the data directories whose server this process has already seen
    starts: ClassVar[dict[Path, "Start"]] = {}  # the last start of each
    lock: ClassVar[Lock] = Lock()

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        self.server = Server(Path(settings_dict["EMBEDDED_DATA"]))
        self.wait = settings_dict.get("EMBEDDED_WAIT", 0)
        settings_dict |= {"HOST": str(self.server.sockets), "PORT": str(self.server.PORT), "USER": self.server.USER}
        super().__init__(settings_dict, alias)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            if self.server.data not in self.running:
                self.start()
                self.running.add(self.server.data)
            try:
                return super().get_new_connection(conn_params)
            except psycopg.OperationalError:  # the server has died since
                self.start()
                return super().get_new_connection(conn_params)
        except EmbeddedError as error:
            raise psycopg.OperationalError(str(error)) from error

    def start(self) -> None:
        """Starts the server. Pages wait DATABASE_WAIT seconds, then raise EmbeddedError while the start goes on."""
        if not self.wait:
            self.server.ensure_running()
            return
        with self.lock:
            start = self.starts.get(self.server.data)
            if start is None or not start.is_alive():
                start = self.starts[self.server.data] = Start(self.server)
                start.start()
        start.join(self.wait)
        if start.is_alive():
            raise EmbeddedError("The database is starting.")
        if start.error:
            raise start.error


class Start(Thread):
    """A thread that starts a server, and goes on when no page waits for it any longer."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.error: EmbeddedError | None = None

    def run(self) -> None:
        try:
            self.server.ensure_running()
        except EmbeddedError as error:
            self.error = error
