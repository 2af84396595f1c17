"""Generates a register of any size for the benchmarks, with records of every type and the same rows each time.

Each row is computed from its number by hashing, so every machine makes the same. Countries, sources and words are
unevenly distributed by Zipf's law: one country is in a seventh of all events, and every third title has the same word.

`python -m bench.register 100000` fills the database of DATABASE_URL with this number of events; it must have all
migrations and no records. `python -m bench.register 65000 6500 30000` also sets the numbers of pairs and deals, and
uses the countries of the reference list.
"""

import sys
from typing import Any

from django.db import models, transaction

from bench.ready import connection
from relations import read_model
from relations.models import (
    ArmsTransfer,
    Citation,
    Country,
    Event,
    Mission,
    Observation,
    Participation,
    Passage,
    Relation,
    RelationPeriod,
    Source,
)
from relations.models.citation import RECORD_TARGETS

COUNTRIES = 250
WORDS, PHRASES = 20_000, 100_000
ROLL_CALL, VOTERS = 10_000, 150  # every 10,000th event is a vote of 150 states

# share: a pseudo-random number from 0 to 1; zipf: a number from 1 to `among`, low ones most often.
FUNCTIONS = """
CREATE FUNCTION pg_temp.share(number bigint, salt int) RETURNS float LANGUAGE sql IMMUTABLE AS
    'SELECT (hashint8extended($1, $2) & 2147483647) / 2147483648.0';
CREATE FUNCTION pg_temp.zipf(number bigint, salt int, among int) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT least($3, floor(power($3 + 1, pg_temp.share($1, $2))))::int';
CREATE FUNCTION pg_temp.code(place int) RETURNS text LANGUAGE sql IMMUTABLE AS
    'SELECT chr(81) || chr(77 + $1 / 26) || chr(65 + $1 % 26)';  -- from QMB on, which ISO assigns to nobody
CREATE FUNCTION pg_temp.day(number bigint, salt int) RETURNS date LANGUAGE sql IMMUTABLE AS
    $$SELECT date '1900-01-01' + (pg_temp.share($1, $2) * 45000)::int$$;
"""

# Numbers the countries that exist already, in the order of their codes; the map has their outlines.
OF_REFERENCE = """
CREATE TEMP TABLE country_at ON COMMIT DROP AS
    SELECT code, (row_number() OVER (ORDER BY code COLLATE "C"))::int AS place FROM relations_country;
CREATE UNIQUE INDEX ON country_at (place);
ANALYZE country_at;
CREATE OR REPLACE FUNCTION pg_temp.code(place int) RETURNS text LANGUAGE sql STABLE AS
    'SELECT code FROM pg_temp.country_at AS at WHERE at.place = $1';
"""

# The words that all texts are made of, and phrases of three words.
TEXTS = """
CREATE TEMP TABLE word (place int PRIMARY KEY, text text) ON COMMIT DROP;
INSERT INTO word SELECT place, string_agg(
    substr('baceidofuguhajekilomunaperisotuvawexiyozu', 1 + 2 * (place / (20 ^ digit)::int % 20), 2), '' ORDER BY digit
) FROM generate_series(1, {words}) AS place, generate_series(0, 3) AS digit GROUP BY place;
CREATE TEMP TABLE phrase (place int PRIMARY KEY, text text) ON COMMIT DROP;
INSERT INTO phrase SELECT phrase.place, string_agg(word.text, ' ' ORDER BY salt)
FROM generate_series(0, {phrases} - 1) AS phrase (place) CROSS JOIN generate_series(1, 3) AS salt
JOIN word ON word.place = pg_temp.zipf(phrase.place, 100 + salt, {words}) GROUP BY phrase.place;
ANALYZE word, phrase;
"""


def text(number: str, phrases: int, salt: int = 200) -> str:
    """SQL for a text of this many phrases, computed from a number."""
    return " || ' ' || ".join(
        f"(SELECT text FROM phrase WHERE place = floor(pg_temp.share({number}, {salt + place}) * {PHRASES})::int)"  # noqa: S608
        for place in range(phrases)
    )


def fill(rows: int, pairs: int | None = None, deals: int | None = None) -> None:
    """Writes this number of events, and all other rows in proportion, with triggers and history disabled.

    If the number of pairs is given, they are pairs of countries that the register has already. The read model is built
    last.
    """
    are_made_up = pairs is None
    pairs = pairs or min(20_000, rows // 10)
    transfers = deals or rows * 3 // 100
    sources, observations = rows // 20, rows // 50
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.execute(TEXTS.format(words=WORDS, phrases=PHRASES))
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '256MB'")
        of_records, of_entries = without_indexes(cursor, are_entries=False), without_indexes(cursor, are_entries=True)
        write = Writer(cursor)
        some = "generate_series(1, {})".format
        if are_made_up:
            write(Country, f"{some(COUNTRIES)} AS n", code="pg_temp.code(n)", name="'Country ' || n", kind="'state'")
        else:
            cursor.execute(OF_REFERENCE)
        write(
            Relation,
            f"{some(COUNTRIES)} AS a, generate_series(a + 1, {COUNTRIES}) AS b ORDER BY a + b LIMIT {pairs}",
            country_a_id="pg_temp.code(a)",
            country_b_id="pg_temp.code(b)",
        )
        write(Source, f"{some(sources)} AS n", key="'source-' || n", csl_type="'report'", title=text("n", 2))
        write(
            Passage,
            f"{some(sources * 2)} AS n JOIN relations_source ON key = 'source-' || pg_temp.zipf(n, 1, {sources})",
            source_id="id",
            ref="'text.1.' || n",
            position="n",
            char_start="n",
            char_end="n + 1",
            sha256="lpad(n::text, 64, '0')",
            digest=text("n", 4),
        )
        relations = (
            "(SELECT * FROM relations_relation"  # noqa: S608
            f" WHERE country_a_id BETWEEN pg_temp.code(1) AND pg_temp.code({COUNTRIES})) AS relation"
        )
        record = {
            "modality": "(ARRAY['asserted', 'asserted', 'reported', 'alleged'])[1 + n % 4]",
            "state": "'published'",
        }
        write(
            Event,
            f"{some(rows)} AS n",
            **record,
            slug="'event-' || n",
            kind="(ARRAY['visit', 'talks', 'agreement', 'support', 'condemnation', 'combat'])[pg_temp.zipf(n, 2, 6)]",
            happened_on="CASE WHEN n % 20 = 0 THEN '' WHEN n % 3 = 0 THEN extract(year FROM pg_temp.day(n, 3))::text"
            " ELSE pg_temp.day(n, 3)::text END",
            title=text("n", 2),
            summary=text("n", 6, 210),
        )
        of_event = (
            "(SELECT *, substring(slug FROM '^event-([0-9]+)$')::bigint AS n FROM relations_event"
            " WHERE slug ~ '^event-[0-9]+$') AS event"
        )
        for salt, role in ((4, "actor"), (5, "recipient")):
            write(
                Participation,
                of_event,
                event_id="event.id",
                role=f"'{role}'",
                country_id=f"pg_temp.code(pg_temp.zipf(n, {salt}, {COUNTRIES}))",
            )
        write(
            Participation,
            f"{of_event}, {some(VOTERS)} AS voter WHERE n % {ROLL_CALL} = 0",
            event_id="event.id",
            role="(ARRAY['voted_for', 'voted_against', 'abstained'])[1 + voter % 3]",
            country_id="pg_temp.code(voter)",
        )
        dyad = "code(pg_temp.zipf(n, {}, {}))".format
        write(
            ArmsTransfer,
            f"{some(transfers)} AS n",
            **record,
            slug="'transfer-' || n",
            kind="'equipment'",
            category="(ARRAY['aircraft', 'missiles', 'ships', 'artillery'])[pg_temp.zipf(n, 6, 4)]",
            deal_status="'delivered'",
            designation=text("n", 1),
            supplier_id=f"pg_temp.{dyad(7, COUNTRIES - 1)}",
            recipient_id=f"pg_temp.code(pg_temp.zipf(n, 7, {COUNTRIES - 1}) + 1)",
            ordered_on="extract(year FROM pg_temp.day(n, 8))::text",
            delivered_on="extract(year FROM pg_temp.day(n, 8) + 800)::text",
        )
        write(
            RelationPeriod,
            f"{relations}, generate_series(0, 1) AS n",
            **record,
            slug="'period-' || relation.id || '-' || n",
            relation_id="relation.id",
            track="'legal'",
            value="(ARRAY['established', 'severed'])[n + 1]",
            began_on="extract(year FROM pg_temp.day(relation.id, 9) + n * 7000)::text",
        )
        write(
            Mission,
            f"{relations}, generate_series(0, 0) AS n",
            **record,
            slug="'mission-' || relation.id",
            sending_id="country_a_id",
            accredited_to_id="country_b_id",
            kind="'embassy'",
            city="(SELECT text FROM word WHERE place = pg_temp.zipf(relation.id, 14, 2000))",
            opened_on="extract(year FROM pg_temp.day(relation.id, 9))::text",
        )
        write(
            Observation,
            f"{some(observations)} AS n",
            **record,
            slug="'observation-' || n",
            measure="'exports'",
            from_country_id=f"pg_temp.{dyad(10, COUNTRIES - 1)}",
            to_country_id=f"pg_temp.code(pg_temp.zipf(n, 10, {COUNTRIES - 1}) + 1)",
            period="extract(year FROM pg_temp.day(n, 11))::text",
            figure_low="n",
            figure_high="n",
            figure_qualifier="'exact'",
            figure_unit="'USD'",
        )
        for target, model in RECORD_TARGETS.items():
            for salt in (12, 13) if model is Event else (12,):
                # The first source is a data set with a row for each deal; the others are documents.
                place = (
                    "'source-1'"
                    if model is ArmsTransfer
                    else f"'source-' || pg_temp.zipf(record.id, {salt}, {sources})"
                )
                write(
                    Citation,
                    f"{model._meta.db_table} AS record JOIN relations_source AS source ON source.key = {place}"
                    " WHERE record.note = ''",
                    **{f"{target}_id": "record.id"},
                    source_id="source.id",
                    locator=f"'row ' || record.id || '.{salt}'",
                    stance="'supports'",
                )
        # Building the entries uses the indexes of the records.
        cursor.execute(f"{of_records}; ANALYZE")
        read_model.rebuild()
        cursor.execute(of_entries)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def without_indexes(cursor: Any, *, are_entries: bool) -> str:
    """Drops the indexes of the records, or of their entries, and returns the SQL that creates them again."""
    cursor.execute(
        """
        SELECT string_agg(pg_get_indexdef(indexrelid), '; '), string_agg(indexrelid::regclass::text, ', ')
        FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
        WHERE starts_with(relname, 'relations_') AND (relname IN ('relations_entry', 'relations_listing')) = %s
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        """,
        [are_entries],
    )
    definitions, names = cursor.fetchone()
    cursor.execute(f"DROP INDEX {names}")
    return str(definitions)


class Writer:
    """Inserts rows of a model with SQL; columns that are not given get their default."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def __call__(self, model: type[models.Model], rows: str, **columns: str) -> None:
        for field in model._meta.concrete_fields:
            if field.column not in columns and not (field.generated or field.primary_key or field.null):
                columns |= default_value(field)
        values = ", ".join(columns.values())
        self.cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {values} FROM {rows}"  # noqa: S608
        )


def default_value(field: models.Field) -> dict[str, str]:
    """The column with its default as SQL; empty if the column has a default in PostgreSQL."""
    if field.has_db_default():
        return {}
    default = field.get_default()
    if isinstance(default, bool):
        return {field.column: str(default).lower()}
    return {field.column: "'{}'" if isinstance(default, list) else f"'{default or ''}'"}


if __name__ == "__main__":
    fill(*map(int, sys.argv[1:]))
