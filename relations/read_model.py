"""The tables of the read model: kept by PostgreSQL, made anew and compared.

The SQL of what entries hold is the body of the function that triggers call for the records that a statement touched,
and `rebuild` for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections, models, transaction
from django.db.models import QuerySet

from relations.entries import AFFIRMED, COLUMNS, DENIED, STOOD, derived, sides, standings
from relations.models import RECORD_TYPES, Citation, Record
from relations.models.citation import TARGET_OF
from relations.models.entry import IN_YEAR, Entry, Listing, Tally
from relations.models.standing import Standing

LISTED = tuple(field.name for field in Listing._meta.concrete_fields)
KEPT = tuple(model._meta.db_table for model in (Standing, Entry, Listing, Tally))  # the tables of the read model
FUNCTIONS = Path(__file__).parent / "sql" / "entries.sql"
MOST_NAMES = 1000  # of which a writer takes the tallies together


def derivation(querysets: Iterable[QuerySet], using: str) -> str:
    """The SQL of all rows that QuerySets give."""
    with connections[using].cursor() as cursor:
        queries = [rows.using(using).query.sql_with_params() for rows in querysets]
        return " UNION ALL ".join(cursor.mogrify(*query) for query in queries)


@cache
def derivations(model: type[Record], using: str) -> list[tuple[str, tuple[str, ...], str]]:
    """The tables that are made of the records of a type, in order: their columns, and the SQL of all rows."""
    entries = ("entry", COLUMNS, derivation((derived(model, side) for side in sides(model)), using))
    return [("standing", STOOD, derivation([standings(model)], using)), entries] if model.lasts else [entries]


UNNESTED = f"""
    SELECT DISTINCT {", ".join(name if name != "under" else "unnest(under)" for name in LISTED)}
    FROM public.relations_entry
"""  # noqa: S608 - names of columns
LIST = f"INSERT INTO public.relations_listing ({', '.join(LISTED)}) {UNNESTED}"
NUMBERS = f"""
    count(*) FILTER (WHERE '{AFFIRMED}' = ANY (terms)) AS affirmed,
    count(*) FILTER (WHERE '{DENIED}' = ANY (terms)) AS denied
"""
TALLY = f"""
    SELECT collection, name AS under, {NUMBERS} FROM public.relations_entry, unnest(under || ARRAY['']) AS name
    WHERE leads {{some}} GROUP BY collection, name
    UNION ALL
    SELECT collection, '{IN_YEAR}' || year, {NUMBERS} FROM public.relations_entry, extract(year FROM sort_on) AS year
    WHERE year IS NOT NULL {{some}} GROUP BY collection, year
"""  # noqa: S608 - two terms
NAMES = f"""
    SELECT '' UNION ALL
    SELECT under FROM public.relations_listing WHERE record_id = ANY (ids) AND collection = type UNION ALL
    SELECT '{IN_YEAR}' || extract(year FROM sort_on) FROM public.relations_entry
    WHERE record_id = ANY (ids) AND collection = type AND sort_on IS NOT NULL
"""  # noqa: S608 - two words
SOME = "AND record_id = ANY (ids) AND collection = type"
COUNT = "INSERT INTO public.relations_tally (collection, under, affirmed, denied)"
KEEP = """
CREATE OR REPLACE FUNCTION public.keep_entries(type text, ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $function$
DECLARE
    names text[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared('public.relations_actor'::regclass::oid::bigint);
    names := ARRAY({names});
    {count} SELECT collection, under, -affirmed, -denied FROM ({tally}) AS gone;
    DELETE FROM public.relations_listing WHERE record_id = ANY (ids) AND collection = type;
    DELETE FROM public.relations_entry WHERE record_id = ANY (ids) AND collection = type;
    DELETE FROM public.relations_standing WHERE record_id = ANY (ids) AND collection = type;
    CASE type {fill} END CASE;
    {list} WHERE record_id = ANY (ids) AND collection = type;
    {count} {tally};
    names := names || ARRAY({names});
    -- Of very many names the rows are left as they are: they add up all the same.
    IF cardinality(names) <= {most} THEN
        WITH counted AS (
            DELETE FROM public.relations_tally WHERE id IN (
                SELECT id FROM public.relations_tally WHERE collection = type AND under = ANY (names)
                FOR UPDATE SKIP LOCKED
            ) RETURNING *
        )
        {count} SELECT collection, under, sum(affirmed), sum(denied) FROM counted
        GROUP BY collection, under HAVING sum(affirmed) <> 0 OR sum(denied) <> 0;
    END IF;
END
$function$
"""
FILL = "INSERT INTO public.relations_{table} ({columns}) {derivation}"
SOME_OF = "SELECT * FROM ({derivation}) AS row ({columns}) WHERE record_id = ANY (ids)"


# Rows are compared by what they hash to, all at once: what is derived is derived once, and nothing wide is sorted.
DIFFERENT = """
    SELECT DISTINCT address, sum(number) < 0 AS is_too_many FROM (
        SELECT collection || '/' || slug AS address, hashtextextended(row::text, 0) AS content, 1 AS number
        FROM ({derived}) AS row ({columns})
        UNION ALL
        SELECT collection || '/' || slug, hashtextextended(row::text, 0), -1
        FROM (SELECT {columns} FROM public.relations_{table}) AS row
    ) AS each GROUP BY address, content HAVING sum(number) <> 0 ORDER BY is_too_many, address
"""
MISCOUNTED = f"""
    SELECT collection || '?' || under FROM (
        SELECT * FROM ({TALLY.format(some="")}) AS counted
        UNION ALL SELECT collection, under, -affirmed, -denied FROM public.relations_tally
    ) AS row GROUP BY collection, under HAVING sum(affirmed) <> 0 OR sum(denied) <> 0 ORDER BY 1
"""  # noqa: S608 - names of columns
TRIGGER = """
CREATE OR REPLACE TRIGGER entries_follow_{operation}_of_{column} AFTER {operation} ON public.{table}
REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION public.entries_follow({asked})
"""
TABLES = {
    "insert": "NEW TABLE AS written",
    "update": "OLD TABLE AS gone NEW TABLE AS written",
    "delete": "OLD TABLE AS gone",
}


def followed(model: type[Record]) -> Iterator[tuple[type[models.Model], list[str]]]:
    """Of which rows the entries of a type are made, their column that names the record, and one that fellows share."""
    fellows = getattr(model._default_manager.all(), "fellows", "")
    yield model, ["id", *(str(field.column) for field in model._meta.concrete_fields if field.name == fellows)]
    yield Citation, [f"{TARGET_OF[model]}_id"]
    lookups = [*model.actors, *(lookup for of_role in model.parties.values() for lookup in of_role)]
    for part in dict.fromkeys(lookup.partition("__")[0] for lookup in lookups):
        relation: Any = model._meta.get_field(part)
        if relation.one_to_many:
            yield relation.related_model, [relation.field.column]


def triggers() -> Iterator[str]:
    """The statements that make the triggers."""
    for operation, tables in TABLES.items():
        for model in RECORD_TYPES:
            for rows, columns in followed(model):
                yield TRIGGER.format(
                    operation=operation,
                    column=columns[0],
                    table=rows._meta.db_table,
                    tables=tables,
                    asked=", ".join(f"'{text}'" for text in (model.collection.value, *columns)),
                )


def fills(model: type[Record], using: str, rows: str) -> str:
    """The statements that fill the tables made of the records of a type, by the rows of each that are asked for."""
    return ";\n".join(
        FILL.format(
            table=table,
            columns=", ".join(columns),
            derivation=rows.format(derivation=sql, columns=", ".join(columns)),
        )
        for table, columns, sql in derivations(model, using)
    )


def install(using: str) -> None:
    """Brings what keeps the entries up to what is declared, and makes them anew where that has changed."""
    fill = "\n".join(f"WHEN '{model.collection.value}' THEN {fills(model, using, SOME_OF)};" for model in RECORD_TYPES)
    keep = KEEP.format(most=MOST_NAMES, names=NAMES, fill=fill, list=LIST, count=COUNT, tally=TALLY.format(some=SOME))
    statements = [keep, FUNCTIONS.read_text(encoding="utf-8"), *triggers()]
    with transaction.atomic(using), connections[using].cursor() as cursor:
        before = source_of(cursor)
        for statement in statements:
            cursor.execute(statement)
        if source_of(cursor) != before:
            rebuild(using)


def source_of(cursor: Any) -> str:
    """What the function that keeps the entries does; empty where there is none yet."""
    cursor.execute("SELECT prosrc FROM pg_proc WHERE oid = to_regproc('public.keep_entries')")
    return next(iter(cursor.fetchone() or [""]))


def rebuild(using: str = "default") -> None:
    """Makes every entry anew."""
    tables = ", ".join(f"public.{table}" for table in KEPT)
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")
        for model in RECORD_TYPES:
            cursor.execute(fills(model, using, "{derivation}"))
        cursor.execute(LIST)
        cursor.execute(f"{COUNT} {TALLY.format(some='')}")
        cursor.execute(f"ANALYZE {tables}")


def differences(using: str = "default") -> Iterator[tuple[str, str]]:
    """Where the read model is not what the records say: the address of a record or list, and what is the matter."""
    right: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for model in RECORD_TYPES:
        for table, names, sql in derivations(model, using):
            right[table, names].append(sql)
    right["listing", LISTED].append(UNNESTED)
    with connections[using].cursor() as cursor:
        for (table, names), queries in right.items():
            sql = DIFFERENT.format(derived=" UNION ALL ".join(queries), table=table, columns=", ".join(names))
            cursor.execute(sql)
            for address, is_too_many in cursor.fetchall():
                yield address, f"its {table} {'is one too many' if is_too_many else 'is missing'}"
        cursor.execute(MISCOUNTED)
        yield from ((address, "its tally is wrong") for (address,) in cursor.fetchall())
