"""Which database the current request reads from, and which version of the data it sees.

The desk and the commands read and write the primary. Public pages may be read from a streaming replica
(DATABASE_REPLICA_URL), unless that lags behind or does not answer.
"""

import threading
import time
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"
LEFT_ALONE = 10  # seconds for a database that did not answer

# The same answer from two databases, or from one at two times, means the same data (docs/decisions/0011).
VERSION = "SELECT md5(concat(current_date, array_agg(data_version ORDER BY place))) FROM public.data_version"
# An upper bound on the lag of a replica, in seconds: the time since the last commit that it has replayed.
BEHIND = "SELECT extract(epoch FROM %s - pg_last_xact_replay_timestamp()) WHERE pg_is_in_recovery()"


def fetch_value(database: str, sql: str, *parameters: Any) -> Any:
    """The first column of the first row, or None; bypasses Django's cursor, so that it is not counted or logged."""
    connection = connections[database]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        row = connection.connection.execute(sql, parameters or None).fetchone()
    return row and row[0]


def data_version(database: str = PRIMARY) -> str:
    """A string that changes whenever public pages may change: with a commit, and at midnight UTC."""
    return on_this_day(fetch_value(database, VERSION))


def on_this_day(version: str) -> str:
    """The data version together with today's date, as this process sees it."""
    return f"{datetime.now(UTC).date()} {version}"


class Current(threading.local):
    """What the request of this thread reads: from which database, and the data version it began with.

    `version` is empty where there is none: at the desk, in commands, and between requests.
    """

    database = PRIMARY
    version = ""


current = Current()


class Router:
    """Reads from the database of the current request, and writes to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return current.database

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, database: str, app_label: str, **hints: Any) -> bool:
        return database == PRIMARY


class Pause:
    """A period, true while it lasts, in which a database that did not answer is not queried again."""

    def __init__(self) -> None:
        self.ends = 0.0

    def begin(self) -> None:
        self.ends = time.monotonic() + LEFT_ALONE

    def __bool__(self) -> bool:
        return time.monotonic() < self.ends


without_replica = Pause()


def nearest() -> tuple[str, str]:
    """The database that public pages are read from now, and its data version."""
    version = data_version()
    if REPLICA in settings.DATABASES and not without_replica:
        try:
            there = data_version(REPLICA)
            if there == version or is_close():
                return REPLICA, there
        except Error:
            connections[REPLICA].close()
            without_replica.begin()
    return PRIMARY, version


def is_close() -> bool:
    """Whether a replica lags by no more than DATABASE_REPLICA_LAG."""
    if not settings.DATABASE_REPLICA_LAG:
        return False
    behind = fetch_value(REPLICA, BEHIND, fetch_value(PRIMARY, "SELECT clock_timestamp()"))
    return behind is not None and behind <= settings.DATABASE_REPLICA_LAG
