"""Query expressions and lookups: words of texts for searches, sort keys of dates, conditions that use indexes."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models.functions import Cast, Coalesce, Concat


def sort_on(*names: str) -> Coalesce:
    """The day by which records are sorted: the first that is known among the bounds of these fuzzy dates, in order."""
    return Coalesce(*(f"{name}_{end}" for name in dict.fromkeys(names) for end in ("earliest", "latest")))


def has_any(rows: models.QuerySet) -> Coalesce:
    """A condition: there is a row in `rows`, which refer to an outer query.

    It is evaluated only for the rows of the outer query that are read. PostgreSQL turns EXISTS into a join instead, and
    may read all rows for the first page of a list.
    """
    return Coalesce(models.Subquery(rows.order_by().values_list(models.Value(True))[:1]), False)


class Fold(models.Func):
    """Folded text: without case, accents and apostrophes."""

    function = "public.fold"
    output_field = models.TextField()


class Words(models.Func):
    """The words of a text, folded, with single spaces between them."""

    function = "public.words"
    output_field = models.TextField()


class Lexemes(models.Func):
    """A tsvector of the English lexemes of words."""

    template = "to_tsvector('pg_catalog.english'::regconfig, %(expressions)s)"
    output_field = SearchVectorField()


class LexemesOf(Lexemes):
    """A tsvector of the English lexemes of some text columns."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        super().__init__(Words(text_of(columns)), **kwargs)
        self.columns = columns


def text_of(columns: Sequence[str]) -> Any:
    """Text columns, concatenated with spaces."""
    parts = [part for column in columns for part in (column, models.Value(" "))][:-1]
    return Concat(*parts, output_field=models.TextField()) if len(parts) > 1 else models.F(*columns)


class WordQuery(SearchQuery):
    """The tsquery for a query of a reader, by stems; quotes, `or` and a minus sign have their usual meaning."""

    SEARCH_TYPES = {"words": "public.sought"}

    def __init__(self, query: Any) -> None:
        super().__init__(query, search_type="words")


class LexemeQuery(SearchQuery):
    """A tsquery in PostgreSQL's own notation: lexemes with `&`, `|` and `!`."""

    SEARCH_TYPES = {"lexemes": "tsquery"}

    def __init__(self, lexemes: Any) -> None:
        super().__init__(lexemes, search_type="lexemes")


class ExactWordQuery(SearchQuery):
    """The tsquery for a query of a reader, by words as they are written, not by stems."""

    SEARCH_TYPES = {"words": "public.sought_exactly"}

    def __init__(self, query: Any) -> None:
        super().__init__(query, search_type="words")


class JoinedLexemes(models.Func):
    """Several tsvectors as one."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


class Hyphenated(models.Func):
    """Two codes joined by a hyphen; Django's `Concat` adds a COALESCE for each, which takes longer to plan."""

    template = "(%(expressions)s)"
    arg_joiner = " || '-' || "
    output_field = models.TextField()


class UnstemmedLexemes(models.Func):
    """A tsvector of the words of a text as they are written, without stemming."""

    template = "to_tsvector('pg_catalog.simple'::regconfig, %(expressions)s)"
    output_field = SearchVectorField()


class Names(models.Func):
    """The array by which a thing is found by name: each of its names whole, after “=”, and all their words."""

    function = "public.names"
    output_field = ArrayField(models.TextField())

    def __init__(self, *columns: str, aliases: str = "") -> None:
        texts = [Cast(column, models.TextField()) for column in columns]
        names: Any = models.Func(*texts, template="ARRAY[%(expressions)s]", output_field=ArrayField(models.TextField()))
        if aliases:
            names = models.Func(Cast(aliases, ArrayField(models.TextField())), names, function="array_cat")
        super().__init__(names)


@models.CharField.register_lookup
@models.TextField.register_lookup
@ArrayField.register_lookup
class Folded(models.Lookup):
    """The text, or any item of an array, contains these words or parts of words in this order, compared folded."""

    lookup_name = "folded"
    prepare_rhs = False
    # For a single word the text need not be cut into words, which takes twice the time.
    HOLDS = """strpos(
        CASE WHEN strpos(public.words({words}), ' ') > 0 THEN public.words({text}) ELSE public.fold({text}) END,
        public.words({words})
    ) > 0"""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        text, text_params = self.process_lhs(compiler, connection)
        words, words_params = self.process_rhs(compiler, connection)
        if isinstance(self.lhs.output_field, ArrayField):
            holds = self.HOLDS.format(words=words, text="each")
            return f"EXISTS (SELECT FROM unnest({text}) AS each WHERE {holds})", [*text_params, *words_params * 2]
        params = [*words_params, *text_params * 2, *words_params]
        return self.HOLDS.format(words=words, text=text), params


@models.Field.register_lookup
@models.ForeignKey.register_lookup
class Among(models.Lookup):
    """A key is in an array: a list, or an expression such as `ArraySubquery`.

    PostgreSQL looks each item up in an index. It would turn `IN` into a join, or into a long list of parameters.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        key, params = self.process_lhs(compiler, connection)
        array, values = self.process_rhs(compiler, connection) if hasattr(self.rhs, "as_sql") else ("%s", [self.rhs])
        return f"{key} = ANY({array}::{self.lhs.output_field.rel_db_type(connection)}[])", [*params, *values]
