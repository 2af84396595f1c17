"""Which words the register has, and what has PostgreSQL keep them: for finding what stands inside of words.

A word goes as far as the next space, without the marks around it. Of slugs, keys and refs it is the letters between
hyphens and digits: of their numbers there are as many as rows.
"""

from collections.abc import Iterator
from typing import Any

from relations.fields import SearchColumn
from relations.models import RECORD_TYPES, Passage, Source

SEARCHED_MODELS: tuple[Any, ...] = (*RECORD_TYPES, Source, Passage)
# OFFSET 0: marks are taken off words that are different, and not off each.
WORDS = r"""
    SELECT DISTINCT btrim(word, '.,;:!?()[]"/-') AS text FROM (SELECT DISTINCT word FROM {rows}, unnest(
        string_to_array(replace(public.fold({texts}), E'\n', ' '), ' ') || regexp_split_to_array({key}, '[^a-z]+')
    ) AS word OFFSET 0) AS found
"""
# Triggers of each statement, and the rows of which the words may be new.
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
# Each word is looked up by itself: planned for a large set, a join would read all words for a small one.
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
    """The column by which a row is told from others, of those that have the same owner."""
    return str(model.natural_key_fields[-1])


def texts_of(model: Any) -> list[str]:
    """The columns of text, beside its key, of which an index has the words."""
    indexed = [field for field in model._meta.fields if isinstance(field, SearchColumn)] or [model.described]
    return [column for column in indexed[0].columns if column != key_of(model)]


def words_of(model: Any, rows: str) -> str:
    """The SQL of all different words of some rows of a model."""
    return WORDS.format(rows=rows, texts=" || ' ' || ".join(texts_of(model)), key=key_of(model))


def words_follow() -> Iterator[str]:
    """The statements that make the triggers, and the functions that they call."""
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
    """The SQL of all different words of the register."""
    words = " UNION ".join(words_of(model, f"public.{model._meta.db_table}") for model in SEARCHED_MODELS)
    return f"SELECT text FROM ({words}) AS found WHERE text <> ''"  # noqa: S608 - names of columns
