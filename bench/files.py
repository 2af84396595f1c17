"""What exports and checks cost: files, parts of the site map, each check of `check_data`, a release.

`python -m bench.files` uses the database of DATABASE_URL, which bench.register has filled, in one process. URLs as
arguments measure these files alone. Processor time is that of Python and of PostgreSQL.
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

URLS = (
    *("/events.csv", "/participations.csv", "/citations.csv", "/passages.csv"),
    *("/dyad-years.csv?track=recognition&from=1990&to=1990", "/dyad-years.csv?track=legal&from=1990&to=1990"),
    *("/dyad-years.csv?track=legal&from=1980&to=1989", "/country-years.csv?track=legal&from=1990&to=1990"),
    *("/sitemap/events.xml", "/sitemap/events.xml?after=50000"),
)
ENOUGH = 1_000  # rows, from which on the time per row is shown


class Postgres:
    """The processor time of PostgreSQL: of this connection's process, and of those that have ended."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.own = psutil.Process(cursor.fetchone()[0])
        self.server = self.own.parent()

    def seconds(self) -> float:
        ended = self.server.cpu_times()
        return sum(self.own.cpu_times()[:2]) + ended.children_user + ended.children_system


def lines_of(client: Client, url: str) -> Iterable[int]:
    """Yields the number of lines in each chunk of a file."""
    response = client.get(url)
    if response.status_code != 200:
        raise SystemExit(f"{url}: {response.status_code}")
    return (piece.count(b"\n") for piece in response)


def measure(postgres: Postgres, what: str, work: Callable[[], Iterable[int]]) -> None:
    """Prints a line of the table: the number of rows that `work` yields, and what they cost."""
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
    """Yields 1 for each finding of a check."""
    return (1 for _ in check.find())


def released() -> Iterable[int]:
    """Makes a release in a temporary folder; yields the number of rows of each table."""
    with TemporaryDirectory() as folder, override_settings(RELEASES=folder):
        yield from make("bench", made_on=timezone.localdate()).rows.values()


def main() -> None:
    client, postgres = Client(SERVER_NAME="127.0.0.1"), Postgres()
    client.get("/codebook/")  # fills the caches of the process
    print("| | rows | first, s | s | s of Python | of PostgreSQL | µs a row | | MB at most |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for url in sys.argv[1:] or URLS:
        measure(postgres, f"`{url}`", partial(lines_of, client, url))
    if sys.argv[1:]:
        return
    for check in CHECKS:
        measure(postgres, f"check: {check.kind}", partial(found_by, check))
    measure(postgres, "`manage.py release`", released)


if __name__ == "__main__":
    main()
