"""Fills a database of its own with made-up events and says how long the pages of the site take, in the middle of five.

The numbers are of whole requests in one process: database, templates and Python. The database is dropped at the end.
"""

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["STATEMENT_TIMEOUT"] = os.environ["DATABASE_WAIT"] = "0"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

ROWS = int(os.environ.get("ROWS", "1000000"))
ADDRESSES = (
    "/",
    "/events/",
    "/events/?country=EGY",
    "/events/?country=EGY&partner=PRK&from=1973&to=1979",
    "/events/?q=visit",
    "/events/event-900/",
    "/relations/EGY-PRK/",
    "/relations/EGY-PRK/?as_of=1975-01-01",
    "/chronology/",
    "/chronology/?country=EGY",
    "/countries/EGY/",
    "/events.csv?country=EGY&from=1973&to=1973",
)
# Two parties and one citation an event; triggers rest while the rows are written, and the statistics are fresh after.
FILL = """
SET session_replication_role = replica;
INSERT INTO relations_event (id, slug, kind, happened_on, title, summary, place, reason, modality, state,
                             note, editor_note, published_at)
SELECT n, 'event-' || n, 'visit', (1900 + n %% 120) || '-' || lpad((1 + n %% 12)::text, 2, '0'), 'Made-up visit ' || n,
       'One of ' || %(rows)s || ' made-up events.', '', '', 'asserted', 'published', '', '', now()
FROM generate_series(1000, 1000 + %(rows)s) AS n
UNION ALL
SELECT 900, 'event-900', 'visit', '1977', 'The event whose page is measured', '', '', '', 'asserted', 'published',
       '', '', now();
INSERT INTO relations_participation (event_id, role, country_id, named_as)
SELECT event.id, side.role, side.codes[1 + (event.id %% array_length(side.codes, 1))], ''
FROM relations_event AS event, LATERAL (VALUES
    ('actor', ARRAY['PRK']),
    ('recipient', (SELECT array_agg(code) FROM relations_country WHERE code <> 'PRK'))) AS side (role, codes)
WHERE NOT EXISTS (SELECT 1 FROM relations_participation WHERE event_id = event.id);
INSERT INTO relations_citation (event_id, source_id, passage_id, locator, field, stance, value, modality, hedge,
                                attributed_to, passage_sha256)
SELECT event.id, passage.source_id, passage.id, '', '', 'supports', '', '', '', '', passage.sha256
FROM relations_event AS event CROSS JOIN (SELECT * FROM relations_passage ORDER BY id LIMIT 1) AS passage
WHERE NOT EXISTS (SELECT 1 FROM relations_citation WHERE event_id = event.id);
SET session_replication_role = origin;
ANALYZE;
"""


@contextmanager
def filled_database() -> Iterator[None]:
    """A test database with the fixtures and so many events more."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load_fixtures", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute(FILL, {"rows": ROWS})
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def milliseconds(client: Client, address: str) -> float:
    begun = time.perf_counter()
    response = client.get(address)
    b"".join(response)
    taken = time.perf_counter() - begun
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return taken * 1000


def main() -> None:
    with filled_database(), override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
        client = Client()
        print(f"{ROWS:,} events; milliseconds a request, the middle of five after one not counted")
        for address in ADDRESSES:
            milliseconds(client, address)
            print(f"{statistics.median(milliseconds(client, address) for _ in range(5)):10.0f}  {address}", flush=True)


if __name__ == "__main__":
    main()
