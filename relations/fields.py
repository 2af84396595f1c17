"""The register's own fields: the fuzzy date with its two bounds and its form field, and the words of a row."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import cached_property

from relations.dates import FuzzyDate, FuzzyDateError
from relations.text import TextError, line, prose
from relations.typed_dates import read_date

NOT_AN_INSTANT = "“%(value)s” is a span (/); a beginning or an end is one date, or one of several in brackets."


class TidyText(models.Field):
    """Text that every writer leaves as `relations.text` has it; what it refuses is left for PostgreSQL to refuse."""

    tidy: Callable[[str], str]

    @cached_property
    def validators(self) -> list[Any]:
        return [*super().validators, self.refuse]

    def refuse(self, value: Any) -> None:
        """Refuses a character that nobody sees, by its name."""
        try:
            type(self).tidy(value)
        except TextError as error:
            raise ValidationError(str(error), code="unseen_character") from None

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        try:
            return type(self).tidy(value) if isinstance(value, str) else value
        except TextError:
            return value


class LineField(TidyText, models.CharField):
    """Text in one line."""

    tidy = staticmethod(line)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """To a migration it is the CharField that it is in PostgreSQL."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class ProseField(TidyText, models.TextField):
    """Text in lines and paragraphs."""

    tidy = staticmethod(prose)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """To a migration it is the TextField that it is in PostgreSQL."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class FuzzyDateDescriptor(DeferredAttribute):
    """Turns what is assigned into a FuzzyDate; what is no date stays, for full_clean() and PostgreSQL to refuse."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        try:
            value = self.field.to_python(value)
        except ValidationError:
            value = str(value)
        instance.__dict__[self.field.attname] = value


class BoundDescriptor:
    """Reads a bound from the fuzzy date of the instance, of which the column is only the shadow."""

    def __init__(self, field: "Bound") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        return getattr(getattr(instance, self.field.of), self.field.end, None)

    def __set__(self, instance: models.Model, value: Any) -> None:
        """What the database computed is what the value object says: nothing to keep."""


class Bound(models.GeneratedField):
    """The earliest or the latest day of a fuzzy date, which PostgreSQL computes and no writer can set."""

    def __init__(self, *, of: str, end: str, **kwargs: Any) -> None:
        self.of = of
        self.end = end
        super().__init__(
            expression=models.Func(
                models.F(of),
                models.Value(end == "latest"),
                function="public.edtf_bound",
                output_field=models.DateField(null=True),
            ),
            output_field=models.DateField(null=True),
            db_persist=True,
            null=True,
            serialize=False,
            **{
                "help_text": f"The {end} day that {of} may mean; empty where it is open or unknown. Computed.",
                **kwargs,
            },
        )

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, BoundDescriptor(self))

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for key in ("expression", "output_field", "db_persist", "null", "serialize"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "of": self.of, "end": self.end}


class FuzzyDateFormField(forms.CharField):
    """One text box for a date in EDTF or plain words; what is no date, or several, is refused with a hint."""

    def __init__(self, *, instants_only: bool = False, **kwargs: Any) -> None:
        self.instants_only = instants_only
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Words are longer than the form that is kept; the desk tells what it has read."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return {**attrs, "data-reading": "instant" if self.instants_only else "date"}

    def run_validators(self, value: Any) -> None:
        """What is read is short enough, or was refused."""

    def to_python(self, value: Any) -> FuzzyDate | str:
        value = super().to_python(value)
        if value in self.empty_values:
            return ""
        try:
            return read_date(value)
        except FuzzyDateError as error:
            raise ValidationError(str(error), code="invalid") from None


class FuzzyDateField(models.CharField):
    """An EDTF string, empty when nothing is known; it brings its columns <name>_earliest and <name>_latest with it."""

    description = "Fuzzy date (EDTF)"
    descriptor_class = FuzzyDateDescriptor
    # "C" orders by code point on every server: what sorts, searches and is exported does not depend on its locale.
    SHAPE = {"max_length": 60, "blank": True, "default": "", "db_default": "", "db_collation": "C"}

    def __init__(self, *args: Any, instants_only: bool = False, bounds: bool = True, **kwargs: Any) -> None:
        self.instants_only = instants_only
        self.bounds = bounds
        super().__init__(*args, **{**self.SHAPE, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Without bounds: a migration and a copy name the two columns themselves, or have none."""
        name, path, args, kwargs = super().deconstruct()
        kwargs = {key: value for key, value in kwargs.items() if key not in self.SHAPE or value != self.SHAPE[key]}
        if self.instants_only:
            kwargs["instants_only"] = True
        return name, path, args, {**kwargs, "bounds": False}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if self.bounds and not cls._meta.abstract:
            for end in ("earliest", "latest"):
                cls.add_to_class(f"{name}_{end}", Bound(of=name, end=end))

    def to_python(self, value: Any) -> Any:
        """A FuzzyDate from a string, a year or a day; an empty string from nothing."""
        if isinstance(value, FuzzyDate) or hasattr(value, "resolve_expression"):
            return value
        text = "" if value is None else self._text(value).strip()
        try:
            return FuzzyDate(text) if text else ""
        except FuzzyDateError as error:
            raise ValidationError(str(error), code="invalid") from None

    @staticmethod
    def _text(value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return f"{value:04d}"
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        return str(value)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if self.instants_only and "/" in value:
            raise ValidationError(NOT_AN_INSTANT, code="not_an_instant", params={"value": value})

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> FuzzyDate | str | None:
        return FuzzyDate(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        """Refuses nothing: parts of dates are looked up too (startswith="19"), and PostgreSQL checks what is stored."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return self._text(value)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        shape = {"form_class": FuzzyDateFormField, "instants_only": self.instants_only}
        return super().formfield(**{**shape, **kwargs})


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


def text_of(columns: Sequence[str]) -> Any:
    """Some text columns as one text."""
    parts = [part for column in columns for part in (column, models.Value(" "))][:-1]
    return Concat(*parts, output_field=models.TextField()) if len(parts) > 1 else models.F(*columns)


class Sought(SearchQuery):
    """What a reader's query looks for in a search column: quotes, `or` and a minus sign have their usual meaning."""

    SEARCH_TYPES = {"words": "public.sought"}

    def __init__(self, query: str) -> None:
        super().__init__(query, search_type="words")


class SoughtExactly(SearchQuery):
    """The same words as they are written, not by their stems."""

    SEARCH_TYPES = {"words": "public.sought_exactly"}

    def __init__(self, query: str) -> None:
        super().__init__(query, search_type="words")


class Both(models.Func):
    """The words of two texts."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


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


class SearchColumn(models.GeneratedField):
    """The words of some text columns of the same row, in one spelling; never serialized."""

    def __init__(self, *columns: str, **kwargs: Any):
        self.columns = columns
        kwargs |= {
            "expression": Lexemes(Words(text_of(columns))),
            "output_field": SearchVectorField(),
            "db_persist": True,
            "serialize": False,
            "editable": False,
            "help_text": "The words that a search finds this row by.",
        }
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, _, kwargs = super().deconstruct()
        for derived in ("expression", "output_field", "db_persist", "serialize", "editable", "help_text"):
            kwargs.pop(derived, None)
        return name, path, self.columns, kwargs


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
    """A key that is one of an array, along which PostgreSQL walks an index; of `IN` it makes a join or a long list."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        key, params = self.process_lhs(compiler, connection)
        return f"{key} = ANY(%s::{self.lhs.output_field.rel_db_type(connection)}[])", [*params, self.rhs]
