"""Figures: numbers as their sources give them, exact, between bounds, or missing for a reason."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from relations.fields import LineField
from relations.models.constraints import rule
from relations.models.vocabularies import IN_MONEY, Missing, Qualifier

BEYOND = 10**18  # numbers from here on do not fit a column; NaN is above it too, as PostgreSQL orders numbers
RANK = "rank"  # a unit that is written before its number: rank 5
PARTS = ("low", "high", "qualifier", "unit", "missing")


def without_zeros(number: Decimal) -> str:
    """The number without trailing zeros: `60000`, `3.5`."""
    return f"{number.normalize():f}"


def singular(unit: str) -> str:
    """A unit in the singular: `flight` for flights, `ton of rice` for tons of rice; unchanged if it is no plural."""
    return re.sub(r"^(.*?(?:[^aius]|(ie)))s(?= of |$)", lambda m: m[1][:-2] + "y" if m[2] else m[1], unit)


@dataclass(frozen=True)
class FigureValue:
    """The value of a figure. `low` and `high` are equal for a single number; either is None where it is open."""

    low: Decimal | None
    high: Decimal | None
    qualifier: str
    unit: str
    missing: str

    def __bool__(self) -> bool:
        return bool(self.qualifier or self.missing)

    def __str__(self) -> str:
        """The figure in words: “about 30,000 pieces”, “1 flight”, “rank 1 to 5”, “not reported”."""
        if self.missing:
            return Missing(self.missing).label
        numbers = [without_zeros(n) for n in dict.fromkeys(n for n in (self.low, self.high) if n is not None)]
        grouped = " to ".join(f"{Decimal(n):,}" for n in numbers)
        wording = Qualifier(self.qualifier).label if self.qualifier else ""
        if self.unit == RANK:
            return " ".join(filter(None, (wording, RANK, grouped)))
        unit = singular(self.unit) if grouped == "1" else self.unit
        return " ".join(filter(None, (wording, grouped, unit)))

    @property
    def typed(self) -> str:
        """The figure as one would type it at the desk; `read_figure` reads it back as the same figure."""
        if self.missing:
            return " ".join(filter(None, (Missing(self.missing).label, self.unit)))
        ends = dict.fromkeys(n for n in (self.low, self.high) if n is not None)
        # A fraction with more than two digits is written with four: three would look like thousands.
        numbers = [re.sub(r"(?:\.00|(?<=\.\d)0|(?<=\.\d\d))00$|\.?0{3,4}$", "", f"{n:,.4f}") for n in ends]
        wording = Qualifier(self.qualifier).label if self.qualifier else ""
        before, after = (RANK, "") if self.unit == RANK else ("", self.unit)
        return " ".join(filter(None, (wording, before, " to ".join(numbers), after)))


class Figure:
    """Adds the five columns of a figure, `<name>_low … <name>_missing`, to a model; reads as a FigureValue.

    Low and high are in `unit`: a word of ours (persons, tonnes, pieces) or an ISO 4217 currency code in capitals.
    """

    def __init__(self, what: str):
        self.what = what
        number: dict[str, Any] = {"max_digits": 22, "decimal_places": 4, "null": True, "blank": True}
        self.columns: dict[str, models.Field] = {
            "low": models.DecimalField(**number, help_text=f"{what}: the lowest number the source allows."),
            "high": models.DecimalField(
                **number,
                help_text=f"{what}: the highest number the source allows; the same as low for a single number.",
            ),
            "qualifier": models.CharField(
                max_length=10, blank=True, choices=Qualifier, help_text=f"{what}: how the number is meant."
            ),
            "unit": LineField(
                max_length=40,
                blank=True,
                help_text=f"{what}: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
            ),
            "missing": models.CharField(
                max_length=16, blank=True, choices=Missing, help_text=f"{what}: why there is no number."
            ),
        }

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        self.name = name
        for part, field in self.columns.items():
            field.verbose_name = f"{name} {part}".replace("_", " ")
            model.add_to_class(f"{name}_{part}", field)
        setattr(model, name, self)

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        return FigureValue(*(getattr(instance, f"{self.name}_{part}") for part in PARTS))


def figures_of(model: type[models.Model]) -> list[str]:
    """The names of the figures of a model."""
    return [name for name, value in vars(model).items() if isinstance(value, Figure)]


def stated(name: str) -> Q:
    """A condition: the figure has a number, or a reason why there is none."""
    return Q(**{f"{name}_low__isnull": False}) | Q(**{f"{name}_high__isnull": False}) | ~Q(**{f"{name}_missing": ""})


def money_has_a_currency(owner: str) -> models.CheckConstraint:
    """If the measure is money, the unit of the figure is a currency code."""
    return rule(
        f"{owner}_money_has_a_currency",
        ~Q(measure__in=IN_MONEY) | Q(figure_qualifier="") | Q(figure_unit__regex=r"^[A-Z]{3}$"),
        "figure_unit: money needs an ISO 4217 code such as USD.",
    )


def figure_rules(owner: str, name: str) -> list[models.CheckConstraint]:
    """The CHECKs of a figure: ordered bounds, a qualifier that fits them, and not both a number and a reason."""
    low, high, qualifier, missing = (f"{name}_{part}" for part in ("low", "high", "qualifier", "missing"))
    no_low, no_high = Q(**{f"{low}__isnull": True}), Q(**{f"{high}__isnull": True})
    both = ~no_low & ~no_high
    return [
        rule(
            f"{owner}_{name}_is_ordered",
            no_low | no_high | Q(**{f"{low}__lte": F(high)}),
            f"{name}: low is above high.",
        ),
        rule(
            f"{owner}_{name}_is_not_negative",
            (no_low | Q(**{f"{low}__gte": 0, f"{low}__lt": BEYOND}))
            & (no_high | Q(**{f"{high}__gte": 0, f"{high}__lt": BEYOND})),
            f"{name}: no number below zero; where a number is missing leave it empty and say why in {missing}.",
        ),
        rule(
            f"{owner}_{name}_fits_its_qualifier",
            (Q(**{qualifier: ""}) & no_low & no_high)
            | (Q(**{f"{qualifier}__in": [Qualifier.EXACT, Qualifier.ABOUT, Qualifier.ESTIMATED]}) & both)
            | (Q(**{f"{qualifier}__in": [Qualifier.AT_LEAST, Qualifier.MORE_THAN]}) & ~no_low & no_high)
            | (Q(**{qualifier: Qualifier.AT_MOST}) & no_low & ~no_high),
            f"{name}: exact, about, estimated need low and high; at_least and more_than low alone; at_most high alone.",
        ),
        rule(
            f"{owner}_{name}_is_a_number_or_missing",
            Q(**{missing: ""}) | Q(**{qualifier: ""}),
            f"{name}: a number and a reason for its absence exclude each other.",
        ),
    ]
