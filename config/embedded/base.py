"""Django's PostgreSQL backend, whose first connection starts the private server when none is running."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgreSQLClient

from config.embedded.server import EmbeddedError, Server, programs


class DatabaseClient(PostgreSQLClient):
    """`psql` of the wheel: a fresh machine has no other."""

    executable_name = str(programs() / "psql")

    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.ensure_connection()
        self.connection.close()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient
    running: ClassVar[set[Path]] = set()  # the data directories whose server this process has already seen

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        self.server = Server(Path(settings_dict["EMBEDDED_DATA"]))
        settings_dict |= {"HOST": str(self.server.sockets), "PORT": str(self.server.PORT), "USER": self.server.USER}
        super().__init__(settings_dict, alias)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            if self.server.data not in self.running:
                self.server.ensure_running()
                self.running.add(self.server.data)
            try:
                return super().get_new_connection(conn_params)
            except psycopg.OperationalError:  # it has died since
                self.server.ensure_running()
                return super().get_new_connection(conn_params)
        except EmbeddedError as error:
            raise psycopg.OperationalError(str(error)) from error
