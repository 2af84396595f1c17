"""The triggers that maintain the tables of the read model, their rebuild, and their comparison with the records.

The contents of the tables are QuerySets (`entries.py`). Their SQL becomes the body of a function, which triggers call
for the records that a statement touched; `rebuild` runs the same SQL for all records.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet

from relations.entries import AFFIRMED, DENIED, ENTRY_COLUMNS, STANDING_COLUMNS, entry_rows, sides, standing_rows
from relations.models import RECORD_TYPES, Citation, Record
from relations.models.citation import TARGET_OF
from relations.models.entry import Entry, Listing
from relations.models.standing import Standing
from relations.models.tally import IN_YEAR, Tally
from relations.models.word import Word
from relations.words import WITHOUT_KEPT, every_word, words_follow

LISTING_COLUMNS = tuple(field.name for field in Listing._meta.concrete_fields)
TABLES = tuple(model._meta.db_table for model in (Standing, Entry, Listing, Tally, Word))  # of the read model
FUNCTIONS = Path(__file__).parent / "sql" / "entries.sql"
MOST_NAMES = 1000  # a writer that changes the tallies of more names does not merge their rows


def derivation(querysets: Iterable[QuerySet], using: str) -> str:
    """The SQL for the union of these QuerySets, with its parameters filled in."""
    with connections[using].cursor() as cursor:
        queries = [rows.using(using).query.sql_with_params() for rows in querysets]
        return " UNION ALL ".join(cursor.mogrify(*query) for query in queries)


@cache
def derivations(model: type[Record], using: str) -> list[tuple[str, tuple[str, ...], str]]:
    """The tables derived from the records of a type, in the order of writing: name, columns, and SQL of all rows."""
    entries = ("entry", ENTRY_COLUMNS, derivation((entry_rows(model, side) for side in sides(model)), using))
    return (
        [("standing", STANDING_COLUMNS, derivation([standing_rows(model)], using)), entries]
        if model.lasts
        else [entries]
    )


# SQL of all rows of listings and tallies, which are derived from the table of entries.
LISTING_ROWS = f"""
    SELECT DISTINCT {", ".join(name if name != "under" else "unnest(under)" for name in LISTING_COLUMNS)}
    FROM public.relations_entry
"""  # noqa: S608 - names of columns
INSERT_LISTINGS = f"INSERT INTO public.relations_listing ({', '.join(LISTING_COLUMNS)}) {LISTING_ROWS}"
COUNTS = f"""
    count(*) FILTER (WHERE '{AFFIRMED}' = ANY (terms)) AS affirmed,
    count(*) FILTER (WHERE '{DENIED}' = ANY (terms)) AS denied
"""
TALLY_ROWS = f"""
    SELECT collection, name AS under, {COUNTS} FROM public.relations_entry, unnest(under || ARRAY['']) AS name
    WHERE leads {{some}} GROUP BY collection, name
    UNION ALL
    SELECT collection, '{IN_YEAR}' || year, {COUNTS} FROM public.relations_entry, extract(year FROM sort_on) AS year
    WHERE year IS NOT NULL {{some}} GROUP BY collection, year
"""  # noqa: S608 - two terms
OF_THESE = "AND record_id = ANY (ids) AND collection = type"
INSERT_TALLIES = "INSERT INTO public.relations_tally (collection, under, affirmed, denied)"
# The function that derives the rows of some records of a type again, and updates the tallies by the differences.
KEEP_ENTRIES = """
CREATE OR REPLACE FUNCTION public.keep_entries(type text, ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $function$
DECLARE
    names text[]; -- of tallies, and beside them what is counted there: at first before the change, then what it adds
    affirmed bigint[];
    denied bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared('public.relations_actor'::regclass::oid::bigint);
    SELECT array_agg(row.under), array_agg(row.affirmed), array_agg(row.denied) INTO names, affirmed, denied
    FROM ({tally}) AS row;
    DELETE FROM public.relations_listing WHERE record_id = ANY (ids) AND collection = type;
    DELETE FROM public.relations_entry WHERE record_id = ANY (ids) AND collection = type;
    DELETE FROM public.relations_standing WHERE record_id = ANY (ids) AND collection = type;
    CASE type {fill} END CASE;
    {list} WHERE record_id = ANY (ids) AND collection = type;
    SELECT array_agg(row.under), array_agg(row.affirmed), array_agg(row.denied) INTO names, affirmed, denied
    FROM (
        SELECT each.under, sum(each.affirmed) AS affirmed, sum(each.denied) AS denied FROM (
            SELECT after.under, after.affirmed, after.denied FROM ({tally}) AS after
            UNION ALL SELECT before.under, -before.affirmed, -before.denied
            FROM unnest(names, affirmed, denied) AS before (under, affirmed, denied)
        ) AS each GROUP BY each.under HAVING sum(each.affirmed) <> 0 OR sum(each.denied) <> 0
    ) AS row;
    IF names IS NOT NULL THEN
        WITH counted AS (
            DELETE FROM public.relations_tally WHERE id IN (
                SELECT id FROM public.relations_tally WHERE collection = type AND under = ANY (names)
                -- Of very many names the rows are left as they are: they add up all the same.
                AND cardinality(names) <= {most} FOR UPDATE SKIP LOCKED
            ) RETURNING *
        )
        {count} SELECT type, each.under, sum(each.affirmed), sum(each.denied) FROM (
            SELECT * FROM unnest(names, affirmed, denied) AS change (under, affirmed, denied)
            UNION ALL SELECT counted.under, counted.affirmed, counted.denied FROM counted
        ) AS each GROUP BY each.under HAVING sum(each.affirmed) <> 0 OR sum(each.denied) <> 0;
    END IF;
END
$function$
"""
SOURCE_OF_FUNCTIONS = """
    SELECT coalesce(string_agg(prosrc, '' ORDER BY proname COLLATE "C"), '') FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND (proname = 'keep_entries' OR starts_with(proname, 'words_follow_'))
"""
INSERT = "INSERT INTO public.relations_{table} ({columns}) {derivation}"
ROWS_OF_THESE = "SELECT * FROM ({derivation}) AS row ({columns}) WHERE record_id = ANY (ids)"


# Rows are compared by their hashes, so that each table is derived only once and no wide rows are sorted.
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
        SELECT * FROM ({TALLY_ROWS.format(some="")}) AS counted
        UNION ALL SELECT collection, under, -affirmed, -denied FROM public.relations_tally
    ) AS row GROUP BY collection, under HAVING sum(affirmed) <> 0 OR sum(denied) <> 0 ORDER BY 1
"""  # noqa: S608 - names of columns
# By operation, the transition tables of a statement trigger, and the rows in them that the statement changed.
CHANGED_ROWS = {
    "INSERT": ("NEW TABLE AS written", "written"),
    # A row that was written unchanged is not counted: its record need not be derived again.
    "UPDATE": (
        "OLD TABLE AS gone NEW TABLE AS written",
        "((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS row",
    ),
    "DELETE": ("OLD TABLE AS gone", "gone"),
}
# The function that the triggers of a table call: it reads the keys of the records in changed rows, and keeps these.
FOLLOW_FUNCTION = """
CREATE OR REPLACE FUNCTION public.entries_follow_{table}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $function$
DECLARE
    {variables}
BEGIN
    CASE TG_OP {reads} END CASE;
    {keeps}
    RETURN NULL;
END
$function$
"""
TRIGGER = """
CREATE OR REPLACE TRIGGER entries_follow_{suffix} AFTER {operation} ON public.{table}
REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION public.entries_follow_{table}()
"""
READ_KEYS = "WHEN '{operation}' THEN SELECT {arrays} INTO {names} FROM {rows};"
# EXECUTE plans the query each time: few rows are compared in memory, very many are sorted on disk.
READ_CHANGED_KEYS = "WHEN '{operation}' THEN EXECUTE $read$ SELECT {arrays} FROM {rows} $read$ INTO {names};"
# In order, so that all writers take their locks in the same order.
KEYS = "array_agg(DISTINCT {column} ORDER BY {column}) FILTER (WHERE {column} IS NOT NULL)"
# A lasting record may end when another begins, so all records that share the `sibling_key` are derived again. A lock
# lets one writer do so at a time.
ADD_SIBLINGS = """
    PERFORM pg_advisory_xact_lock(TG_RELID::int, hashint8(fellow)) FROM unnest(of_{siblings}) AS fellow;
    SELECT array_agg(id) || of_id INTO of_id FROM public.{table} WHERE {siblings} = ANY (of_{siblings});
"""
KEEP_CHANGED = "IF of_{column} IS NOT NULL THEN PERFORM public.keep_entries('{collection}', of_{column}); END IF;"


def source_tables() -> dict[str, dict[str, type[Record]]]:
    """The tables that entries are derived from, each with its columns that hold keys of records, and their types."""
    found: dict[str, dict[str, type[Record]]] = defaultdict(dict)
    for model in RECORD_TYPES:
        found[model._meta.db_table]["id"] = model
        found[Citation._meta.db_table][f"{TARGET_OF[model]}_id"] = model
        lookups = [*model.actors, *(lookup for of_role in model.parties.values() for lookup in of_role)]
        for part in dict.fromkeys(lookup.partition("__")[0] for lookup in lookups):
            relation: Any = model._meta.get_field(part)
            if relation.one_to_many:
                found[relation.related_model._meta.db_table][relation.field.column] = model
    return found


def triggers() -> Iterator[str]:
    """The SQL statements that create the triggers, and for each table the function that its triggers call."""
    for table, records in source_tables().items():
        siblings = sibling_column(records["id"]) if "id" in records else ""
        columns = [*records, *([siblings] if siblings else [])]
        keeps = [KEEP_CHANGED.format(column=column, collection=of.collection.value) for column, of in records.items()]
        if siblings:
            keeps.insert(0, ADD_SIBLINGS.format(siblings=siblings, table=table))
        arrays = ", ".join(KEYS.format(column=column) for column in columns)
        names = ", ".join(f"of_{column}" for column in columns)
        yield FOLLOW_FUNCTION.format(
            table=table,
            variables=" ".join(f"of_{column} bigint[];" for column in columns),
            reads=" ".join(
                (READ_CHANGED_KEYS if operation == "UPDATE" else READ_KEYS).format(
                    operation=operation, arrays=arrays, names=names, rows=rows
                )
                for operation, (_, rows) in CHANGED_ROWS.items()
            ),
            keeps=" ".join(keeps),
        )
        for operation, (tables, _) in CHANGED_ROWS.items():
            yield TRIGGER.format(suffix=operation.lower(), operation=operation, table=table, tables=tables)


def sibling_column(model: type[Record]) -> str:
    """The column of `LastingQuerySet.sibling_key` of a type; empty if its records do not end one another."""
    name = getattr(model._default_manager.all(), "sibling_key", "")
    return next((str(field.column) for field in model._meta.concrete_fields if field.name == name), "")


def inserts(model: type[Record], using: str, rows: str) -> str:
    """The INSERT statements for the tables derived from a type; `rows` is the template of the query for their rows."""
    return ";\n".join(
        INSERT.format(
            table=table,
            columns=", ".join(columns),
            derivation=rows.format(derivation=sql, columns=", ".join(columns)),
        )
        for table, columns, sql in derivations(model, using)
    )


def install(using: str) -> None:
    """Creates or replaces the functions and triggers, and rebuilds the read model if a function has changed."""
    fill = "\n".join(
        f"WHEN '{model.collection.value}' THEN {inserts(model, using, ROWS_OF_THESE)};" for model in RECORD_TYPES
    )
    keep = KEEP_ENTRIES.format(
        most=MOST_NAMES, fill=fill, list=INSERT_LISTINGS, count=INSERT_TALLIES, tally=TALLY_ROWS.format(some=OF_THESE)
    )
    statements = [keep, FUNCTIONS.read_text(encoding="utf-8"), *triggers(), *words_follow()]
    with transaction.atomic(using), connections[using].cursor() as cursor:
        before = source_of(cursor)
        for statement in statements:
            cursor.execute(statement)
        if source_of(cursor) != before:
            rebuild(using)


def source_of(cursor: Any) -> str:
    """The source of the functions that maintain entries and words; empty if they do not exist yet."""
    cursor.execute(SOURCE_OF_FUNCTIONS)
    return str(cursor.fetchone()[0])


def rebuild(using: str = "default") -> None:
    """Empties all tables of the read model and derives them again."""
    tables = ", ".join(f"public.{table}" for table in TABLES)
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")
        for model in RECORD_TYPES:
            cursor.execute(inserts(model, using, "{derivation}"))
        cursor.execute(INSERT_LISTINGS)
        cursor.execute(f"{INSERT_TALLIES} {TALLY_ROWS.format(some='')}")
        cursor.execute(f"INSERT INTO public.relations_word (text) {every_word()}")
        cursor.execute(f"ANALYZE {tables}")


def differences(using: str = "default") -> Iterator[tuple[str, str]]:
    """Where the read model differs from the records: the address of a record or list, or a word, and the difference."""
    right: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for model in RECORD_TYPES:
        for table, names, sql in derivations(model, using):
            right[table, names].append(sql)
    right["listing", LISTING_COLUMNS].append(LISTING_ROWS)
    with connections[using].cursor() as cursor:
        for (table, names), queries in right.items():
            sql = DIFFERENT.format(derived=" UNION ALL ".join(queries), table=table, columns=", ".join(names))
            cursor.execute(sql)
            for address, is_too_many in cursor.fetchall():
                yield address, f"its {table} {'is one too many' if is_too_many else 'is missing'}"
        cursor.execute(MISCOUNTED)
        yield from ((address, "its tally is wrong") for (address,) in cursor.fetchall())
        cursor.execute(WITHOUT_KEPT.format(every_word()))
        yield from ((word, "is not among the words") for (word,) in cursor.fetchall())
