"""How the read model is derived from the records, kept by PostgreSQL, made anew and compared.

What an entry holds is said once, as a QuerySet over each type of record. Its SQL is the body of the function that
triggers call for the records that a statement touched, and `rebuild` for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from pathlib import Path
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connections, models, transaction
from django.db.models import (
    BooleanField,
    Case,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from relations.fields import Both, Lexemes, Words, sort_on
from relations.models import RECORD_TYPES, Citation, Record
from relations.models.citation import RECORD_TARGETS
from relations.models.entry import A_YEAR, OF_TYPE, Entry, Listing, Tally
from relations.models.standing import Standing
from relations.models.tracks import TRACK_VALUES
from relations.models.vocabularies import VOTES

COLUMNS = tuple(field.name for field in Entry._meta.concrete_fields)
LISTED = tuple(field.name for field in Listing._meta.concrete_fields)
STOOD = tuple(field.name for field in Standing._meta.concrete_fields)
TEXTS = ArrayField(TextField())
TARGETS = {model: target for target, model in RECORD_TARGETS.items()}
KEPT = tuple(model._meta.db_table for model in (Standing, Entry, Listing, Tally))  # the tables of the read model
FUNCTIONS = Path(__file__).parent / "sql" / "entries.sql"
MOST_NAMES = 1000  # of which a writer takes the tallies together
AFFIRMED, DENIED = "negated=no", "negated=yes"


def distinct(rows: QuerySet, *parts: Any) -> ArraySubquery:
    """The distinct texts, in order, that these rows give."""
    text = Concat(*parts, output_field=TextField()) if len(parts) > 1 else Cast(parts[0], TextField())
    return ArraySubquery(rows.order_by().values_list(text, flat=True).distinct().order_by(text))


def joined(*arrays: Any) -> Any:
    """Several arrays as one."""
    return reduce(lambda one, other: Func(one, other, function="array_cat", output_field=TEXTS), arrays)


def listed(values: Iterable[Any]) -> Func:
    """An array of these texts."""
    return Func(*values, template="ARRAY[%(expressions)s]::text[]", output_field=TEXTS)


def named(model: type[Record], lookup: str, *texts: Any) -> ArraySubquery:
    """The texts that a record gives where a lookup finds anything; of its parts, where these are asked."""
    part, _, of_part = lookup.partition("__")
    relation: Any = model._meta.get_field(part)
    if not relation.one_to_many:
        rows = model._default_manager.filter(pk=OuterRef("pk"), **{f"{lookup}__isnull": False})
        return distinct(rows, *texts)
    rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
    if of_part:
        rows = rows.filter(**{f"{of_part}__isnull": False})
    return distinct(rows, *(text.removeprefix(f"{part}__") if isinstance(text, str) else text for text in texts))


def parties(model: type[Record]) -> Any:
    """The countries of a record with their roles: `supplier:PRK`; of an actor's country, too."""
    return joined(
        *(
            named(model, lookup, Value(role) if role else f"{lookup.partition('__')[0]}__role", Value(":"), lookup)
            for role, lookups in model.parties.items()
            for lookup in lookups
        )
    )


def actors(model: type[Record]) -> Any:
    """The slugs of the actors that have a part in a record, and these with their roles: `host:orascom`."""
    found = []
    for actor in model.actors:
        part, _, of_part = actor.partition("__")
        role = f"{part}__role" if of_part else Value(part.removesuffix("_actor"))
        found += [named(model, actor, f"{actor}__slug"), named(model, actor, role, Value(":"), f"{actor}__slug")]
    return joined(listed([]), *found)


def roles(model: type[Record]) -> Any:
    """The roles of the parts of a record, whoever has them."""
    parts = dict.fromkeys(lookup.partition("__")[0] for lookup in model.parties.get("", ()))
    return joined(listed([]), *(named(model, part, Value("role="), f"{part}__role") for part in parts))


def modalities(model: type[Record]) -> Any:
    """How the sources put the record, or some field of it."""
    citations = Citation.objects.filter(**{TARGETS[model]: OuterRef("pk")}).exclude(field="").exclude(modality="")
    return joined(listed([Concat(Value("modality="), "modality")]), distinct(citations, Value("modality="), "modality"))


def derived(model: type[Record], side: int) -> QuerySet:
    """The entries of one side of the published records of a type, in the columns of `Entry`."""
    begins, ends = model.starts_on, model.ends_on
    column = ends if side else begins
    published = model._default_manager.published()  # type: ignore[attr-defined]
    if model.lasts:
        published = published.with_bounds_of_ends()
    countries = listed_under(parties(model), listed(map(Value, model.bystanders)), listed(map(Value, VOTES)))
    terms = [Concat(Value(f"{name}="), term, output_field=TextField()) for name, term in model.terms.items()]
    denied = Case(When(negated=True, then=Value(DENIED)), default=Value(AFFIRMED), output_field=TextField())
    columns = {
        "record_id": F("pk"),
        "collection": Value(model.collection.value),
        "side": Value(side, SmallIntegerField()),
        "sort_on": sort_on(column),
        "slug": F("slug"),
        "kind": F(next(iter(model.terms.values()))),
        "earliest": F(f"{column}_earliest"),
        "latest": F(f"{column}_latest"),
        "ends_earliest": F("ends_earliest" if model.lasts else f"{ends}_earliest"),
        "ends_latest": F("ends_latest" if model.lasts else f"{ends}_latest"),
        "is_vague": is_vague(column),
        "leads": ExpressionWrapper(Q(**{begins: ""}), BooleanField()) if side else Value(True, BooleanField()),
        "under": joined(countries, actors(model)),
        "terms": joined(listed([*terms, denied]), roles(model), modalities(model)),
        "words": WordsOfType(Both(F("search"), Lexemes(Words(beside_text(model)))), Value(model.collection.value)),
        "changed_at": F("changed_at"),
    }
    records = published.order_by().values_list(*(columns[name] for name in COLUMNS))
    if begins == ends:
        return records
    # What has no date at all stands once, among the undated; of what only ended, the end alone.
    return records.filter(~Q(**{ends: ""}) if side else ~Q(**{begins: ""}) | Q(**{ends: ""}))


def is_vague(column: str) -> Case:
    """Whether a date may lie on days more than a year apart, or on any before or after one."""
    earliest, latest = f"{column}_earliest", f"{column}_latest"
    year_later = ExpressionWrapper(F(earliest) + Value(A_YEAR.days), DateField())
    is_open = Q(**{f"{earliest}__isnull": True}) ^ Q(**{f"{latest}__isnull": True})
    return Case(When(is_open | Q(**{f"{latest}__gt": year_later}), then=True), default=False)


class WordsOfType(Func):
    """The words of a record, and one for its type that no text has: so an index finds words within a type."""

    template = "(%(expressions)s]))"
    arg_joiner = f" || array_to_tsvector(ARRAY['{OF_TYPE}' || "
    output_field = SearchVectorField()


def beside_text(model: type[Record]) -> Concat:
    """What a record is found by that stands in none of its texts: what its terms are called, and the years it names."""
    labels = (
        Case(*called(model, column), default=Value(""), output_field=TextField()) for column in model.terms.values()
    )
    columns = dict.fromkeys((model.starts_on, model.ends_on))
    years = (Func(F(f"{column}_earliest"), F(f"{column}_latest"), function="public.years") for column in columns)
    texts = [text for each in (*labels, *years) for text in (each, Value(" "))]
    return Concat(*texts, output_field=TextField())


def called(model: type[Record], column: str) -> list[When]:
    """What the terms in a column of a closed list are called; those of a track are its own."""
    field: Any = model._meta.get_field(column)
    if choices := field.choices:
        return [When(Q(**{column: value}), then=Value(str(label))) for value, label in choices if value]
    return [
        When(Q(track=track, **{column: term.value}), then=Value(term.label))
        for track, terms in TRACK_VALUES.items()
        for term in terms
    ]


def listed_under(*arrays: Any) -> Func:
    """Parties, their countries alone, and their pairs, as the function of that name in sql/functions.sql has them."""
    return Func(*arrays, function="public.listed_under", output_field=TEXTS)


def sides(model: type[Record]) -> range:
    """The numbers of the sides of a type of record: what happens once has one."""
    return range(1 if model.starts_on == model.ends_on else 2)


def standings(model: type[Record]) -> QuerySet:
    """How the published records of a type that lasts can stand to a day, in the columns of `Standing`."""
    published = model._default_manager.published()  # type: ignore[attr-defined]
    columns = published.derived_standing()
    return published.order_by().values_list(*(columns[name] for name in STOOD))


def derivation(querysets: Iterable[QuerySet], using: str) -> str:
    """The SQL of all rows that QuerySets give."""
    with connections[using].cursor() as cursor:
        queries = [rows.using(using).query.sql_with_params() for rows in querysets]
        return " UNION ALL ".join(cursor.mogrify(*query) for query in queries)


def derivations(model: type[Record], using: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The tables that are made of the records of a type, in order: their columns, and the SQL of all rows."""
    if model.lasts:
        yield "standing", STOOD, derivation([standings(model)], using)
    yield "entry", COLUMNS, derivation((derived(model, side) for side in sides(model)), using)


# Kept by PostgreSQL: a statement that writes rows of which entries are made has those entries made anew.

UNNESTED = f"""
    SELECT DISTINCT {", ".join(name if name != "under" else "unnest(under)" for name in LISTED)}
    FROM public.relations_entry
"""  # noqa: S608 - names of columns
LIST = f"INSERT INTO public.relations_listing ({', '.join(LISTED)}) {UNNESTED}"
TALLY = f"""
    SELECT collection, name AS under, count(*) FILTER (WHERE '{AFFIRMED}' = ANY (terms)) AS affirmed,
           count(*) FILTER (WHERE '{DENIED}' = ANY (terms)) AS denied
    FROM public.relations_entry, unnest(under || ARRAY['']) AS name WHERE leads {{some}} GROUP BY collection, name
"""  # noqa: S608 - the two terms
SOME = "AND record_id = ANY (ids) AND collection = type"
COUNT = "INSERT INTO public.relations_tally (collection, under, affirmed, denied)"
KEEP = """
CREATE OR REPLACE FUNCTION public.keep_entries(type text, ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $function$
DECLARE
    names text[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared('public.relations_actor'::regclass::oid::bigint);
    names := ARRAY(SELECT under FROM public.relations_listing WHERE record_id = ANY (ids) AND collection = type);
    {count} SELECT collection, under, -affirmed, -denied FROM ({tally}) AS gone;
    DELETE FROM public.relations_listing WHERE record_id = ANY (ids) AND collection = type;
    DELETE FROM public.relations_entry WHERE record_id = ANY (ids) AND collection = type;
    DELETE FROM public.relations_standing WHERE record_id = ANY (ids) AND collection = type;
    CASE type {fill} END CASE;
    {list} WHERE record_id = ANY (ids) AND collection = type;
    {count} {tally};
    names := names || ARRAY[''] || ARRAY(
        SELECT under FROM public.relations_listing WHERE record_id = ANY (ids) AND collection = type
    );
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
    yield Citation, [f"{TARGETS[model]}_id"]
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
    keep = KEEP.format(most=MOST_NAMES, fill=fill, list=LIST, count=COUNT, tally=TALLY.format(some=SOME))
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
