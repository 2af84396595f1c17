"""The QuerySet of records that last (periods and missions): their end in effect, and which of them answer for a day.

PostgreSQL computes both for many records at once, so a page, a list and a file give the same answer. For published
records the results are stored in the read model (`Standing`).
"""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Least

from relations.expressions import has_any, sort_on
from relations.models.country import Lifespan
from relations.models.record import RecordQuerySet, ends_from, starts_by
from relations.models.standing import DaysField, EndField, Item, Standing, StandingQuerySet
from relations.models.vocabularies import EndBasis


def as_end(basis: EndBasis, column: str, by: Any) -> Func:
    """An expression for an `End`: its basis, the fuzzy date in `column`, and `by`, the record or country causing it."""
    items = [sort_on(column), Value(basis), column, by, f"{column}_earliest", f"{column}_latest"]
    casts = [Cast(item, TextField()) for item in items]
    return Func(*casts, template="ARRAY[%(expressions)s]", output_field=EndField())


class LastingQuerySet(RecordQuerySet):
    """Records with a beginning and an end, each of which may be vague, open or unknown."""

    # Which rows fade, that is only possibly go on after the day by which they had begun. By default none.
    fades: ClassVar[Q] = Q(pk__isnull=True)
    # Which rows do not exclude each other, so that several can be true at a time. By default all.
    coexists: ClassVar[Q] = Q(pk__isnull=False)
    # An expression for the question about a pair that a row answers; rows with the same question compete for a day.
    question: ClassVar[Any] = None
    # The foreign key that two rows must share for one to end the other by beginning; empty if no row ends another.
    sibling_key: ClassVar[str] = ""

    @property
    def states(self) -> tuple[str, ...]:
        """The lookups of the two states of a record."""
        model = self.record_type
        return tuple(
            name for role, of_role in model.parties.items() if role not in model.bystanders for name in of_role
        )

    def followers(self) -> QuerySet:
        """The rows whose beginning ends a row of an outer query, annotated with `sort_on`; by default none."""
        return self.model._default_manager.none().annotate(sort_on=sort_on(self.date_columns[0]))

    def stated_end(self) -> When:
        """A case for rows that state an end: that end."""
        end = self.date_columns[1]
        return When(~Q(**{end: ""}), then=as_end(EndBasis.STATED, end, Value("")))

    def derived_end(self) -> Expression:
        """The end in effect: the stated end, or else the next value or the end of a state, whichever came first."""
        start, _ = self.date_columns
        began = Coalesce(OuterRef(f"{start}_earliest"), OuterRef(f"{start}_latest"), Value(date.min))
        of_states = reduce(or_, (Q(country=OuterRef(name)) for name in self.states))
        gone = Lifespan.objects.final().filter(of_states, existed_until_latest__gte=began)
        gone = gone.annotate(sort_on=sort_on("existed_until")).order_by("sort_on", "country")
        by_next = self.followers().values_list(as_end(EndBasis.NEXT_VALUE, start, "slug"))[:1]
        by_state = gone.values_list(as_end(EndBasis.END_OF_STATE, "existed_until", "country"))[:1]
        either = Least(Subquery(by_next), Subquery(by_state))
        return Case(self.stated_end(), default=either, output_field=EndField())

    def derived_standing(self) -> dict[str, Any]:
        """An expression for each column of `Standing`."""
        start, end = self.date_columns
        states = [F(name) for name in self.states]
        pair = Concat(Least(*states), Value("-"), Greatest(*states), output_field=TextField())
        span = Func(
            *("existed_from_earliest", "existed_until_latest", Value("[]")),
            function="daterange",
            output_field=DateRangeField(),
        )
        lifespans = (
            ArraySubquery(Lifespan.objects.filter(country=OuterRef(name)).order_by("pk").values_list(span))
            for name in self.states
        )
        return {
            "record_id": F("pk"),
            "collection": Value(self.record_type.collection.value),
            "slug": F("slug"),
            "pair": pair,
            "question": self.question,
            "is_exclusive": as_boolean(~self.coexists),
            "value": F([*self.record_type.terms.values()][-1]),
            "negated": F("negated"),
            "sort_on": sort_on(start),
            "effective_end": self.derived_end(),
            "days": Func(
                *(f"{start}_earliest", f"{start}_latest", as_boolean(~Q(**{start: "", end: ""}))),
                *(self.derived_end(), as_boolean(self.fades), *lifespans),
                function="public.days_standing",
                output_field=ArrayField(DaysField()),
            ),
        }

    def standings(self) -> StandingQuerySet:
        """The row of `Standing` for a record of an outer query; empty if the record is not published."""
        return Standing.objects.filter(record_id=OuterRef("pk"), collection=self.record_type.collection.value)

    def end(self) -> Expression:
        """The end in effect; for unpublished records only a stated end."""
        derived = Subquery(self.standings().values("effective_end"))
        return Case(self.stated_end(), default=derived, output_field=EndField())

    def with_ends(self) -> Self:
        """Annotates `end`, the end in effect; None where nothing ends the record."""
        return self.annotate(end=self.end())

    def with_bounds_of_ends(self) -> Self:
        """Adds aliases for the bounds of the end in effect, `ends_earliest` and `ends_latest`."""
        end = self.end()
        bounds = {"ends_earliest": 5, "ends_latest": 6}
        return self.alias(**{name: Cast(Item(end, number), models.DateField()) for name, number in bounds.items()})

    def possibly_within(self, first: date, last: date) -> Self:
        """Rows that may have lasted on at least one of the days first to last; an undated row never does."""
        start, end = self.date_columns
        dated = ~Q(**{start: ""}) | ~Q(**{end: ""})
        return self.with_bounds_of_ends().filter(dated, starts_by(start, last), ends_from("ends", first))

    def with_verdict(self, day: date | Expression) -> Self:
        """Annotates `as_of`, the day, and `verdict`, the `Verdict` of each row for it, regardless of competing rows.

        The verdict is None if the row had not begun, if one of its states did not exist, or if it is not published.
        """
        verdict = Subquery(self.standings().verdicts(day), output_field=CharField())
        return self.annotate(
            as_of=Func(day, template="%(expressions)s::date", output_field=models.DateField()), verdict=verdict
        )

    def answers(self, day: date | Expression) -> Expression:
        """A condition: the row answers for a day, and no competing row does so in its place."""
        return has_any(self.standings().answering(day))

    def with_answers(self, day: date | Expression) -> Self:
        """Annotates `verdict`, and the boolean `answers`: whether the row answers for the day."""
        return self.with_verdict(day).annotate(answers=self.answers(day))

    def standing_on(self, day: date | Expression) -> Self:
        """The rows that answer for a day, each with its verdict."""
        return self.with_verdict(day).filter(self.answers(day))


def as_boolean(condition: Q) -> ExpressionWrapper:
    """A condition as an expression for a boolean column."""
    return ExpressionWrapper(condition, output_field=BooleanField())
