"""Measures imports, in rows a second and memory: files in our own columns, and a foreign table with a profile.

All rules and the history are active, as for a researcher's file. The database is dropped at the end.
"""

import os
import resource
import time
from collections.abc import Iterator

import psutil
from django.core.management import call_command
from django.db import models
from tablib import Dataset

from bench.ready import connection
from relations.exchange.batches import File, take_back
from relations.exchange.foreign import ForeignTable, read_table
from relations.exchange.imports import RESOURCES
from relations.exchange.intake import Intake
from relations.exchange.profiles import Profile, read_profile
from relations.models import ArmsTransfer, Event, Passage

ROWS = int(os.environ.get("ROWS", "5000"))
TABLE_ROWS = int(os.environ.get("TABLE_ROWS", "20000"))  # of the foreign table; 100000 is the size it was designed for
PROFILE = """
title = "Made-up visits"

[source]
key = "made-up"
csl_type = "dataset"
title = "Made-up visits"

[values]
guest_code = { country = "{guest}", on = "{date}" }
host_code = { country = "{host}", on = "{date}" }

[[records]]
of = "events"
locator = "row {number}"

[records.cells]
slug = "made up visit {number}"
kind = "visit"
happened_on = "{date}"
title = "Made-up visit {number}"
participants = ["{guest_code}:actor", "{host_code}:host"]
"""


def transfers(evidence: str, note: str) -> list[dict[str, str]]:
    """Published deals, each with a date, a number, a value and one citation."""
    return [
        {
            "slug": f"made-up-deal-{number}",
            "supplier": "PRK",
            "recipient": "EGY",
            "kind": "equipment",
            "category": "missiles",
            "designation": f"Rocket {number}",
            "deal_status": "delivered",
            "ordered_on": f"{1960 + number % 60}",
            "delivered_on": f"{1961 + number % 60}-05",
            "number_delivered_low": str(number),
            "number_delivered_high": str(number),
            "number_delivered_qualifier": "exact",
            "number_delivered_unit": "launchers",
            "note": note,
            "citations": evidence,
            "state": "published",
        }
        for number in range(ROWS)
    ]


def events(evidence: str, note: str) -> list[dict[str, str]]:
    """Published events, each with a date, two parties, a number and one citation."""
    return [
        {
            "slug": f"made-up-event-{number}",
            "kind": "visit",
            "happened_on": f"{1960 + number % 60}-{1 + number % 12:02}",
            "title": f"Made-up event {number}",
            "summary": f"One of {ROWS} made-up events.",
            "note": note,
            "participants": "PRK:actor; EGY:recipient",
            "figures": f"persons={number} persons",
            "citations": evidence,
            "state": "published",
        }
        for number in range(ROWS)
    ]


def rows_a_second(model: type[models.Model], rows: list[dict[str, str]], outcome: str) -> float:
    """Imports a file of these rows, each of which must have this outcome; returns rows a second."""
    dataset = Dataset(*(tuple(row.values()) for row in rows), headers=list(rows[0]))
    begun = time.perf_counter()
    result = RESOURCES[model]().import_data(dataset)
    taken = time.perf_counter() - begun
    if result.totals[outcome] != len(rows):
        raise SystemExit(f"not all {len(rows)} rows were {outcome}: {dict(result.totals)} {result.base_errors}")
    return len(rows) / taken


def processor_time() -> tuple[float, float]:
    """Seconds of processor time of this process, and of its PostgreSQL process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return time.process_time(), sum(psutil.Process(pid).cpu_times()[:2])


def visits() -> Iterator[str]:
    """Yields the lines of a foreign table."""
    yield "number,date,guest,host"
    for number in range(TABLE_ROWS):
        guest, host = ("EGY", "North Korea") if number % 2 else ("SYR", "PRK")
        yield f"{number},{1970 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02},{guest},{host}"


def previewed(found: ForeignTable, profile: Profile) -> None:
    """Previews a table, which writes nothing, and prints the speed."""
    begun, since = time.perf_counter(), processor_time()
    outcome = Intake(found, profile, File("visits.csv", "0" * 64), state="published").run(rehearse=True)
    taken = time.perf_counter() - begun
    if outcome.refusals or outcome.counts["events"]["added"] != TABLE_ROWS:
        raise SystemExit(f"not all would be imported: {dict(outcome.counts)} {outcome.refusals[:5]}")
    ours, theirs = each_row(since)
    print(
        f"{TABLE_ROWS / taken:10.0f}  previewed: {taken:.0f} s; {ours:.0f} µs of Python, {theirs:.0f} µs of PostgreSQL"
    )


def each_row(since: tuple[float, float]) -> tuple[float, float]:
    """Microseconds of processor time per row since an earlier `processor_time()`, of Python and of PostgreSQL."""
    ours, theirs = (1e6 * (after - before) / TABLE_ROWS for before, after in zip(since, processor_time(), strict=True))
    return ours, theirs


def table() -> None:
    """Previews, imports and takes back a foreign table, and prints the speed of each."""
    profile = read_profile("made-up", PROFILE)
    found = read_table("\n".join(visits()).encode(), profile)
    previewed(found, profile)
    begun, since = time.perf_counter(), processor_time()
    steps: dict[str, float] = {}
    paces: list[str] = []

    def progress(what: str, done: int, of: int) -> None:
        now = time.perf_counter()
        if what == "writing":
            paces.append(f"{2000 / (now - steps.get(what, now - 1)):.0f}")
        steps[what] = now

    outcome = Intake(found, profile, File("visits.csv", "0" * 64), state="published").run(progress=progress)
    taken = time.perf_counter() - begun
    if outcome.batch is None or outcome.counts["events"]["added"] != TABLE_ROWS:
        raise SystemExit(f"not all were imported: {dict(outcome.counts)} {outcome.refusals[:5]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ours, theirs = each_row(since)
    print(f"{TABLE_ROWS / taken:10.0f}  imported, with two parties and a citation each: {taken:.0f} s, {peak:.0f} MB")
    print(f"            processor time a row: {ours:.0f} µs of Python, {theirs:.0f} µs of PostgreSQL")
    print(f"            rows a second in each set of 2,000: {' '.join(paces[1:])}")
    begun = time.perf_counter()
    take_back(outcome.batch)
    print(f"{TABLE_ROWS / (time.perf_counter() - begun):10.0f}  taken back", flush=True)


def main() -> None:
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load_fixtures", verbosity=0)
        if TABLE_ROWS:
            print(f"{TABLE_ROWS:,} rows of a table; rows a second")
            table()
        passage = Passage.objects.select_related("source")[0]
        evidence = f"{passage.source.key}#{passage.ref}"
        print(f"{ROWS:,} rows a file; rows a second")
        for model, made_up in ((ArmsTransfer, transfers), (Event, events)):
            for outcome, note in (("new", ""), ("skip", ""), ("update", "Made up.")):
                speed = rows_a_second(model, made_up(evidence, note), outcome)
                print(f"{speed:10.0f}  {model._meta.verbose_name_plural}, {outcome}", flush=True)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
