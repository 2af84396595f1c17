"""What data out and the checks cost at the size of a database: files, parts of the map of the site, checks, a release.

`python -m bench.files` asks the database of DATABASE_URL, which bench.register has filled, in one process; with
addresses, for these files alone. Processor time is of Python and of all that PostgreSQL did meanwhile.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from tempfile import TemporaryDirectory

import psutil
from django.test import Client, override_settings
from django.utils import timezone

from bench.ready import connection
from relations.coding.checks import CHECKS, Check
from relations.exchange.releases import make

ADDRESSES = (
    *("/events.csv", "/participations.csv", "/citations.csv", "/passages.csv"),
    *("/dyad-years.csv?track=recognition&from=1990&to=1990", "/dyad-years.csv?track=legal&from=1990&to=1990"),
    *("/dyad-years.csv?track=legal&from=1980&to=1989", "/country-years.csv?track=legal&from=1990&to=1990"),
    *("/sitemap/events.xml", "/sitemap/events.xml?after=50000"),
)
ENOUGH = 1_000  # rows, of which each is said to take so much


class Postgres:
    """The processor time of the server: of this connection, and of those that ended meanwhile."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.own = psutil.Process(cursor.fetchone()[0])
        self.server = self.own.parent()

    def seconds(self) -> float:
        ended = self.server.cpu_times()
        return sum(self.own.cpu_times()[:2]) + ended.children_user + ended.children_system


def lines_of(client: Client, address: str) -> Iterable[int]:
    """How many lines each piece of a file has."""
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    return (piece.count(b"\n") for piece in response)


def measure(postgres: Postgres, what: str, work: Callable[[], Iterable[int]]) -> None:
    """Prints a line of the table: what was asked for, how much of it came, and what that cost."""
    begun, python, server = time.perf_counter(), time.process_time(), postgres.seconds()
    first, number = 0.0, 0
    for some in work():
        first = first or time.perf_counter() - begun
        number += some
    taken, python = time.perf_counter() - begun, time.process_time() - python
    server = postgres.seconds() - server
    each = (f"{seconds / number * 1e6:,.1f}" if number >= ENOUGH else "" for seconds in (python, server))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    cells = (what, f"{number:,}", f"{first:.2f}", f"{taken:.1f}", f"{python:.1f}", f"{server:.1f}", *each, f"{most}")
    print("|", " | ".join(cells), "|", flush=True)


def found_by(check: Check) -> Iterable[int]:
    """One for each thing that a check finds."""
    return (1 for _ in check.find())


def released() -> Iterable[int]:
    """The rows of each table of a release that is thrown away."""
    with TemporaryDirectory() as folder, override_settings(RELEASES=folder):
        yield from make("bench", made_on=timezone.localdate()).rows.values()


def main() -> None:
    client, postgres = Client(SERVER_NAME="127.0.0.1"), Postgres()
    client.get("/codebook/")  # what is read once is read
    print("| | rows | first, s | s | s of Python | of PostgreSQL | µs a row | | MB at most |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for address in sys.argv[1:] or ADDRESSES:
        measure(postgres, f"`{address}`", partial(lines_of, client, address))
    if sys.argv[1:]:
        return
    for check in CHECKS:
        measure(postgres, f"check: {check.kind}", partial(found_by, check))
    measure(postgres, "`manage.py release`", released)


if __name__ == "__main__":
    main()
