"""Model and form fields: tidy text, fuzzy dates with their generated bounds, and search columns."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import cached_property

from relations.dates import FuzzyDate, FuzzyDateError
from relations.expressions import Lexemes, Words, text_of
from relations.text import TextError, line, prose
from relations.typed_dates import read_date

NOT_AN_INSTANT = "“%(value)s” is a span (/); a beginning or an end is one date, or one of several in brackets."


class TidyText(models.Field):
    """A text field that tidies its value (`relations.text`); a CHECK constraint refuses a value that is not tidy."""

    tidy: Callable[[str], str]

    @cached_property
    def validators(self) -> list[Any]:
        return [*super().validators, self.refuse]

    def refuse(self, value: Any) -> None:
        """A validator: ValidationError naming an unseen character that cannot be tidied away."""
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
        """As a plain CharField, so that migrations do not depend on this class."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class ProseField(TidyText, models.TextField):
    """Text in lines and paragraphs."""

    tidy = staticmethod(prose)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As a plain TextField, so that migrations do not depend on this class."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class FuzzyDateDescriptor(DeferredAttribute):
    """Converts assigned values to FuzzyDate; a value that is no date stays a string, which full_clean() refuses."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        try:
            value = self.field.to_python(value)
        except ValidationError:
            value = str(value)
        instance.__dict__[self.field.attname] = value


class BoundDescriptor:
    """Computes a bound from the fuzzy date of the instance, instead of reading its generated column."""

    def __init__(self, field: "Bound") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        return getattr(getattr(instance, self.field.of), self.field.end, None)

    def __set__(self, instance: models.Model, value: Any) -> None:
        """Ignores the value from the database, which equals the computed one."""


class Bound(models.GeneratedField):
    """A generated column: the earliest or the latest day of the fuzzy date in the field `of`."""

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
    """A text box for a date, in EDTF or plain words; ValidationError with a hint if it is no date or may be several."""

    def __init__(self, *, instants_only: bool = False, **kwargs: Any) -> None:
        self.instants_only = instants_only
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`, since words are longer than EDTF; `data-reading` lets a script show the date read."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return {**attrs, "data-reading": "instant" if self.instants_only else "date"}

    def run_validators(self, value: Any) -> None:
        """Does nothing: `to_python` has refused dates that are too long for the column."""

    def to_python(self, value: Any) -> FuzzyDate | str:
        value = super().to_python(value)
        if value in self.empty_values:
            return ""
        try:
            return read_date(value)
        except FuzzyDateError as error:
            raise ValidationError(str(error), code="invalid") from None


class FuzzyDateField(models.CharField):
    """An EDTF string, empty when nothing is known. It adds the generated columns <name>_earliest and <name>_latest."""

    description = "Fuzzy date (EDTF)"
    descriptor_class = FuzzyDateDescriptor
    # With "C" the order is by code point, whatever the locale of the server.
    SHAPE = {"max_length": 60, "blank": True, "default": "", "db_default": "", "db_collation": "C"}

    def __init__(self, *args: Any, instants_only: bool = False, bounds: bool = True, **kwargs: Any) -> None:
        self.instants_only = instants_only
        self.bounds = bounds
        super().__init__(*args, **{**self.SHAPE, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """With `bounds=False`: migrations list the two generated columns as fields, and history tables have none."""
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
        """A FuzzyDate from a string, an integer year or a `date`; an empty string from None or blank text."""
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
        """The text, not validated: lookups also pass parts of dates (startswith="19"), and PostgreSQL checks writes."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return self._text(value)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        shape = {"form_class": FuzzyDateFormField, "instants_only": self.instants_only}
        return super().formfield(**{**shape, **kwargs})


class SearchColumn(models.GeneratedField):
    """A generated column with the lexemes of some text columns of the same row; never serialized."""

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
