"""Says how many rows a second the importer writes, finds changed and finds unchanged: transfers and events, each cited.

Every rule and the history are on, as for a researcher's file. The database is dropped at the end.
"""

import os
import time

import django
from tablib import Dataset

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402

from relations.exchange.imports import RESOURCES  # noqa: E402
from relations.models import ArmsTransfer, Event, Passage  # noqa: E402

ROWS = int(os.environ.get("ROWS", "5000"))


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
            "slug": f"made-up-visit-{number}",
            "kind": "visit",
            "happened_on": f"{1960 + number % 60}-{1 + number % 12:02}",
            "title": f"Made-up visit {number}",
            "summary": f"One of {ROWS} made-up visits.",
            "note": note,
            "participants": "PRK:actor; EGY:recipient",
            "figures": f"persons={number} persons",
            "citations": evidence,
            "state": "published",
        }
        for number in range(ROWS)
    ]


def rows_a_second(model: type[models.Model], rows: list[dict[str, str]], outcome: str) -> float:
    """How fast a file of these rows is imported, of which each must have this outcome."""
    dataset = Dataset(*(tuple(row.values()) for row in rows), headers=list(rows[0]))
    begun = time.perf_counter()
    result = RESOURCES[model]().import_data(dataset)
    taken = time.perf_counter() - begun
    if result.totals[outcome] != len(rows):
        raise SystemExit(f"not all {len(rows)} rows were {outcome}: {dict(result.totals)} {result.base_errors}")
    return len(rows) / taken


def main() -> None:
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load_fixtures", verbosity=0)
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
