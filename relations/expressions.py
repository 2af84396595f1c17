"""What queries are made of beside Django's own: functions over text and its words, places in a list, and lookups."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models.functions import Cast, Coalesce, Concat


def sort_on(*names: str) -> Coalesce:
    """Where fuzzy dates stand in a list: the earliest day of the first that has one, else its latest."""
    return Coalesce(*(f"{name}_{end}" for name in dict.fromkeys(names) for end in ("earliest", "latest")))


def has_any(rows: models.QuerySet) -> Coalesce:
    """Whether there are rows, which refer to an outer query: looked up for each of its rows that is asked for.

    PostgreSQL makes a join of EXISTS, and then reads all rows there are, be it only for the first page of a list.
    """
    return Coalesce(models.Subquery(rows.order_by().values_list(models.Value(True))[:1]), False)


class Fold(models.Func):
    """Text in one spelling: without case, accents and apostrophes."""

    function = "public.fold"
    output_field = models.TextField()


class Words(models.Func):
    """The words of a text in one spelling, with single spaces between them."""

    function = "public.words"
    output_field = models.TextField()


class Lexemes(models.Func):
    """The English lexemes of words."""

    template = "to_tsvector('pg_catalog.english'::regconfig, %(expressions)s)"
    output_field = SearchVectorField()


class LexemesOf(Lexemes):
    """The English lexemes of some text columns."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        super().__init__(Words(text_of(columns)), **kwargs)
        self.columns = columns


def text_of(columns: Sequence[str]) -> Any:
    """Some text columns as one text."""
    parts = [part for column in columns for part in (column, models.Value(" "))][:-1]
    return Concat(*parts, output_field=models.TextField()) if len(parts) > 1 else models.F(*columns)


class Sought(SearchQuery):
    """What a reader's query looks for in a search column: quotes, `or` and a minus sign have their usual meaning."""

    SEARCH_TYPES = {"words": "public.sought"}

    def __init__(self, query: Any) -> None:
        super().__init__(query, search_type="words")


class LookedFor(SearchQuery):
    """What PostgreSQL looks for, as it writes it itself: lexemes with `&`, `|` and `!`."""

    SEARCH_TYPES = {"lexemes": "tsquery"}

    def __init__(self, lexemes: Any) -> None:
        super().__init__(lexemes, search_type="lexemes")


class SoughtExactly(SearchQuery):
    """The same words as they are written, not by their stems."""

    SEARCH_TYPES = {"words": "public.sought_exactly"}

    def __init__(self, query: Any) -> None:
        super().__init__(query, search_type="words")


class Both(models.Func):
    """The words of two texts."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


class Hyphened(models.Func):
    """Two codes as one text with a hyphen; `Concat` asks of each whether there is any, which takes longer to plan."""

    template = "(%(expressions)s)"
    arg_joiner = " || '-' || "
    output_field = models.TextField()


class Written(models.Func):
    """The words of a text as they are written."""

    template = "to_tsvector('pg_catalog.simple'::regconfig, %(expressions)s)"
    output_field = SearchVectorField()


class Names(models.Func):
    """What a thing is found by that has these names: each of them whole, after “=”, and their words."""

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
    """Text, or any of several, that holds these words or parts of words one after the other, in whatever spelling."""

    lookup_name = "folded"
    prepare_rhs = False
    # Where one word is looked for, it does not matter how the text is cut into words, and that takes twice the time.
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
    """A key that is one of an array, along which PostgreSQL walks an index; of `IN` it makes a join or a long list.

    The array is a list, or an expression such as `ArraySubquery`.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        key, params = self.process_lhs(compiler, connection)
        array, values = self.process_rhs(compiler, connection) if hasattr(self.rhs, "as_sql") else ("%s", [self.rhs])
        return f"{key} = ANY({array}::{self.lhs.output_field.rel_db_type(connection)}[])", [*params, *values]
