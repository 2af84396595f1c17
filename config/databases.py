"""Which database a request reads, and of which version the data in it are.

The desk and the commands read and write the primary. What the public reads may come from a streaming replica of it
(DATABASE_REPLICA_URL), unless that is behind or away.
"""

import threading
import time
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"
LEFT_ALONE = 10  # seconds for a database that did not answer

# Two databases, or one at two times, that give the same answer hold the same data (docs/decisions/0011).
VERSION = "SELECT md5(concat(current_date, array_agg(data_version ORDER BY place))) FROM public.data_version"
# The seconds that a replica is behind, at most: since the last commit of the primary that it knows.
BEHIND = "SELECT extract(epoch FROM %s - pg_last_xact_replay_timestamp()) WHERE pg_is_in_recovery()"


def asked(database: str, question: str, *parameters: Any) -> Any:
    """The one value that answers, or nothing; not among the queries that Django counts and logs."""
    connection = connections[database]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        row = connection.connection.execute(question, parameters or None).fetchone()
    return row and row[0]


def data_version(database: str = PRIMARY) -> str:
    """Another one whenever the public may see something else, by a commit or by the day."""
    return on_this_day(asked(database, VERSION))


def on_this_day(version: str) -> str:
    """A version of the data as of the day that this process lives in."""
    return f"{datetime.now(UTC).date()} {version}"


class Reading(threading.local):
    """Where the request reads that this thread works for, to the last piece of its answer, and which version if any."""

    database = PRIMARY
    version = ""


reading = Reading()


class Router:
    """Sends a question to the database that the request reads, and what is written to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return reading.database

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, database: str, app_label: str, **hints: Any) -> bool:
        return database == PRIMARY


class Pause:
    """A time in which a database is left alone, because it did not answer."""

    def __init__(self) -> None:
        self.ends = 0.0

    def begin(self) -> None:
        self.ends = time.monotonic() + LEFT_ALONE

    def __bool__(self) -> bool:
        return time.monotonic() < self.ends


without_replica = Pause()


def nearest() -> tuple[str, str]:
    """The database that the public reads now, and the version of its data."""
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
    """Whether a replica that is behind holds what the primary held so short a time ago that it may be read."""
    if not settings.DATABASE_REPLICA_LAG:
        return False
    behind = asked(REPLICA, BEHIND, asked(PRIMARY, "SELECT clock_timestamp()"))
    return behind is not None and behind <= settings.DATABASE_REPLICA_LAG
