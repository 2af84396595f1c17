"""Constraints that several models share, and those implied by the fields of a model."""

from typing import Any

from django.db.models import BooleanField, CheckConstraint, F, Func, Model, Q, UniqueConstraint, Value
from django.db.models.functions import NullIf

from relations.models.vocabularies import State

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST_SLUG = 80  # characters
DRAFT_OR = ~Q(state=State.PUBLISHED)
TIDY = "Text: composed Unicode (NFC), no control or direction marks, no white space at its ends, lines end with LF."


def rule(name: str, condition: Q, message: str) -> CheckConstraint:
    """A CHECK constraint with a message for users."""
    return CheckConstraint(name=name, condition=condition, violation_error_message=message)


def well_formed_slug(owner: str, column: str = "slug") -> CheckConstraint:
    """The column is a slug: lower-case ASCII letters and digits, joined by single hyphens."""
    return rule(
        f"{owner}_{column}_is_well_formed",
        Q(**{f"{column}__regex": SLUG}),
        f"{column}: lower-case letters a–z and digits, joined by single hyphens.",
    )


def stated_when_published(owner: str, *columns: str) -> list[CheckConstraint]:
    """One CHECK for each column: it is filled in a published record; in a draft it may be empty."""
    return [
        rule(f"{owner}_{column}_when_published", DRAFT_OR | ~Q(**{column: ""}), f"{column}: needed to publish.")
        for column in columns
    ]


def exactly_one(*columns: str, text: tuple[str, ...] = ()) -> Q:
    """A condition: exactly one of these nullable columns and these text columns is filled."""
    return Q(_number_filled(columns, text, "= 1"))


def at_most_one(*columns: str, text: tuple[str, ...] = ()) -> Q:
    """A condition: at most one of these nullable columns and these text columns is filled."""
    return Q(_number_filled(columns, text, "<= 1"))


def _number_filled(columns: tuple[str, ...], text: tuple[str, ...], condition: str) -> Func:
    filled = [*map(F, columns), *(NullIf(F(column), Value("")) for column in text)]
    return Func(*filled, template=f"num_nonnulls(%(expressions)s) {condition}", output_field=BooleanField())


def in_order(owner: str, first: str, last: str) -> CheckConstraint:
    """The latest day of the fuzzy date `last` is not before the earliest day of `first`."""
    return rule(
        f"{owner}_ends_after_it_begins",
        Q(**{f"{last}_latest__isnull": True})
        | Q(**{f"{first}_earliest__isnull": True})
        | Q(**{f"{last}_latest__gte": F(f"{first}_earliest")}),
        f"{last}: lies before {first}.",
    )


def not_its_own_double(owner: str) -> CheckConstraint:
    """The column `possibly_same_as` does not refer to its own row."""
    return rule(
        f"{owner}_is_not_its_own_double",
        Q(possibly_same_as__isnull=True) | ~Q(possibly_same_as=F("id")),
        "possibly_same_as: a record other than this one.",
    )


def implied(model: type[Model]) -> list[CheckConstraint | UniqueConstraint]:
    """The constraints that follow from the fields and the natural key of a model.

    A column with choices has one of them, or is empty if it may be blank. Text is tidy, as `relations.text` defines it.
    A date with `instants_only` is no span, since the model has two columns for a span. The natural key is unique.
    """
    owner = str(model._meta.model_name)
    rules: list[CheckConstraint | UniqueConstraint] = []
    for field in model._meta.concrete_fields:
        if field.choices:
            rules.append(_is_known(owner, field))
        elif getattr(field, "instants_only", False):
            message = f"{field.name}: a date, not a span (no “/”)."
            rules.append(rule(f"{owner}_{field.name}_is_an_instant", ~Q(**{f"{field.name}__contains": "/"}), message))
    if tidy := [test for field in model._meta.concrete_fields for test in _is_tidy(field)]:
        rules.append(rule(f"{owner}_text_is_tidy", Q(*tidy), TIDY))
    key = getattr(model, "natural_key_fields", ())
    if len(key) > 1:
        own = [name for name in key if name not in getattr(model, "owner_fields", ())]
        unique = UniqueConstraint(
            name=f"{owner}_is_unique",
            fields=key,
            nulls_distinct=False if any(model._meta.get_field(name).null for name in key) else None,
            violation_error_message=f"There is one already with the same {', '.join(own)}.",
        )
        return [*rules, unique]
    return rules


def _is_known(owner: str, field: Any) -> CheckConstraint:
    terms = [value for value, _ in field.flatchoices if value]
    message = f"{field.name}: use one of {', '.join(terms)}."
    return rule(f"{owner}_{field.name}_is_known", Q(**{f"{field.name}__in": [""] * field.blank + terms}), message)


def _is_tidy(field: Any) -> list[Func]:
    if field.generated or field.choices or hasattr(field, "instants_only"):
        return []
    functions = {"CharField": "is_line", "TextField": "is_prose", "ArrayField": "are_lines"}
    function = functions.get(field.get_internal_type())
    return [Func(field.name, function=f"public.{function}", output_field=BooleanField())] if function else []
