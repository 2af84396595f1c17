"""The SQL of the table of all words, which searches inside of words use, and of the triggers that maintain it.

A word of a text ends at a space, and is stored without the punctuation around it. The words of slugs, keys and refs are
their letters only: with the numbers in them, there would be as many words as rows.
"""

from collections.abc import Iterator
from typing import Any

from relations.fields import SearchColumn
from relations.models import RECORD_TYPES, Passage, Source

SEARCHED_MODELS: tuple[Any, ...] = (*RECORD_TYPES, Source, Passage)
# OFFSET 0 makes PostgreSQL remove duplicates first, so that punctuation is stripped once per different word.
WORDS = r"""
    SELECT DISTINCT btrim(word, '.,;:!?()[]"/-') AS text FROM (SELECT DISTINCT word FROM {rows}, unnest(
        string_to_array(replace(public.fold({texts}), E'\n', ' '), ' ') || regexp_split_to_array({key}, '[^a-z]+')
    ) AS word OFFSET 0) AS found
"""
# By operation: the transition tables of the statement trigger, and the rows that may have new words.
WRITTEN = {
    "INSERT": ("NEW TABLE AS written", "written"),
    "UPDATE": (
        "OLD TABLE AS gone NEW TABLE AS written",
        "(SELECT {columns} FROM written EXCEPT SELECT {columns} FROM gone) AS changed",
    ),
}
FOLLOW = """
CREATE OR REPLACE FUNCTION public.words_follow_{table}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $function$
BEGIN
    CASE TG_OP {adds} END CASE;
    RETURN NULL;
END
$function$
"""
# A subquery for each word instead of a join: a join planned for many rows would read the whole table for a few.
ADD = """
    WHEN '{operation}' THEN INSERT INTO public.relations_word (text) SELECT text FROM ({words}) AS found
    WHERE text <> ''
    AND (SELECT true FROM public.relations_word AS known WHERE known.text = found.text LIMIT 1) IS NULL;
"""
TRIGGER = """
CREATE OR REPLACE TRIGGER words_follow_{suffix} AFTER {operation} ON public.{table}
REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION public.words_follow_{table}()
"""
WITHOUT_KEPT = "{} EXCEPT SELECT text FROM public.relations_word ORDER BY text"


def key_of(model: Any) -> str:
    """The column that identifies a row among those of the same owner."""
    return str(model.natural_key_fields[-1])


def texts_of(model: Any) -> list[str]:
    """The searched text columns, without the key."""
    indexed = [field for field in model._meta.fields if isinstance(field, SearchColumn)] or [model.described]
    return [column for column in indexed[0].columns if column != key_of(model)]


def words_of(model: Any, rows: str) -> str:
    """The SQL that selects the distinct words of some rows of a model."""
    return WORDS.format(rows=rows, texts=" || ' ' || ".join(texts_of(model)), key=key_of(model))


def words_follow() -> Iterator[str]:
    """The statements that create the trigger functions and the triggers."""
    for model in SEARCHED_MODELS:
        table, columns = model._meta.db_table, ", ".join([*texts_of(model), key_of(model)])
        adds = [
            ADD.format(operation=operation, words=words_of(model, rows.format(columns=columns)))
            for operation, (_, rows) in WRITTEN.items()
        ]
        yield FOLLOW.format(table=table, adds=" ".join(adds))
        for operation, (tables, _) in WRITTEN.items():
            yield TRIGGER.format(suffix=operation.lower(), operation=operation, table=table, tables=tables)


def every_word() -> str:
    """The SQL that selects all distinct words of the register."""
    words = " UNION ".join(words_of(model, f"public.{model._meta.db_table}") for model in SEARCHED_MODELS)
    return f"SELECT text FROM ({words}) AS found WHERE text <> ''"  # noqa: S608 - names of columns
