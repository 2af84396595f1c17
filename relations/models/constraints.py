"""The rules that PostgreSQL keeps, in the few forms that the models share."""

from django.db.models import CheckConstraint, F, Q

from relations.models.vocabularies import State, Vocabulary

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
DRAFT_OR = ~Q(state=State.PUBLISHED)


def rule(name: str, condition: Q, message: str) -> CheckConstraint:
    """A CHECK with a message for people; `%(class)s` in the name stands for the model."""
    return CheckConstraint(name=name, condition=condition, violation_error_message=message)


def known_terms(owner: str, *, or_empty: bool = False, **vocabularies: type[Vocabulary]) -> list[CheckConstraint]:
    """One CHECK per column that only values of its closed list may stand in it, and nothing only where that is said."""
    return [
        rule(
            f"{owner}_{column}_is_known",
            Q(**{f"{column}__in": ["", *vocabulary.values] if or_empty else vocabulary.values}),
            f"{column}: use one of {', '.join(vocabulary.values)}.",
        )
        for column, vocabulary in vocabularies.items()
    ]


def well_formed_slug(owner: str, column: str = "slug") -> CheckConstraint:
    """The form of an address: lower-case ASCII words and digits joined by single hyphens."""
    return rule(
        f"{owner}_{column}_is_well_formed",
        Q(**{f"{column}__regex": SLUG}),
        f"{column}: lower-case letters a–z and digits, joined by single hyphens.",
    )


def stated_when_published(owner: str, *columns: str) -> list[CheckConstraint]:
    """One CHECK per column that a published record has it; drafts may be incomplete."""
    return [
        rule(f"{owner}_{column}_when_published", DRAFT_OR | ~Q(**{column: ""}), f"{column}: needed to publish.")
        for column in columns
    ]


def exactly_one(*columns: str, empty_text: tuple[str, ...] = ()) -> Q:
    """Exactly one of some nullable columns, or of some text columns (`empty_text`), is filled."""
    alternatives = Q()
    for filled in (*columns, *empty_text):
        alternatives |= at_most({filled}, columns, empty_text) & _is_filled(filled, empty_text)
    return alternatives


def at_most_one(*columns: str, empty_text: tuple[str, ...] = ()) -> Q:
    """None or one of some columns is filled."""
    return exactly_one(*columns, empty_text=empty_text) | at_most(set(), columns, empty_text)


def at_most(allowed: set[str], columns: tuple[str, ...], empty_text: tuple[str, ...]) -> Q:
    """None but the allowed columns is filled."""
    condition = Q()
    for column in (*columns, *empty_text):
        if column not in allowed:
            condition &= ~_is_filled(column, empty_text)
    return condition


def _is_filled(column: str, empty_text: tuple[str, ...]) -> Q:
    return ~Q(**{column: ""}) if column in empty_text else Q(**{f"{column}__isnull": False})


def in_order(owner: str, first: str, last: str) -> CheckConstraint:
    """A state of affairs cannot have ended before it can have begun."""
    return rule(
        f"{owner}_ends_after_it_begins",
        Q(**{f"{last}_latest__isnull": True})
        | Q(**{f"{first}_earliest__isnull": True})
        | Q(**{f"{last}_latest__gte": F(f"{first}_earliest")}),
        f"{last}: lies before {first}.",
    )


def instants(owner: str, *columns: str) -> list[CheckConstraint]:
    """Two-column dates are instants: a span in one of them would say the same thing twice."""
    return [
        rule(
            f"{owner}_{column}_is_an_instant",
            ~Q(**{f"{column}__contains": "/"}),
            f"{column}: a date, not a span (no “/”).",
        )
        for column in columns
    ]


__all__ = [
    "DRAFT_OR",
    "at_most_one",
    "exactly_one",
    "in_order",
    "instants",
    "known_terms",
    "rule",
    "stated_when_published",
    "well_formed_slug",
]
