"""The part of the read model for status on a day: the days on which each lasting record was true."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, Self

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import connections, models
from django.db.models import Expression, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from relations.dates import FuzzyDate
from relations.models.vocabularies import EndBasis, Verdict

# Verdicts in the order in which they answer for a day. The first number of a `standing` is an index into it, from 1.
RANKS = (Verdict.ON, Verdict.POSSIBLY, Verdict.UNDATED, Verdict.ENDED)
SUREST = [1]
# Runs a query for each of several days, to which it refers as `asked.day`.
EACH_DAY = "SELECT day, answer.* FROM unnest(%s::date[]) AS asked (day) CROSS JOIN LATERAL ({query}) AS answer"


class End(NamedTuple):
    """The end in effect: basis, date, and `by`, the slug of the record or code of the country that caused it."""

    basis: EndBasis
    on: FuzzyDate
    by: str = ""


class EndField(ArrayField):
    """An `End` as an array of texts: the day it is sorted by, basis, date, cause, and earliest and latest day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(TextField(), **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key not in ("base_field", "size")}

    def from_db_value(self, value: list[str] | None, *_: Any) -> End | None:
        return End(EndBasis(value[1]), FuzzyDate(value[2]), value[3]) if value else None


class DaysField(DateRangeField):
    """A set of days: a multirange of PostgreSQL."""

    def db_type(self, connection: Any) -> str:
        return "datemultirange"


class Item(Func):
    """One item of an array, by its number, from 1."""

    template = "(%(expressions)s)[%(number)s]"

    def __init__(self, array: Any, number: int, output_field: models.Field | None = None) -> None:
        super().__init__(array, number=number, output_field=output_field or TextField())


class ItemAt(Func):
    """One item of an array, by an expression for its number."""

    template = "(%(expressions)s]"
    arg_joiner = ")["
    output_field = TextField()


def verdict() -> ItemAt:
    """An expression for the verdict, from the annotation `standing`."""
    ranks = Cast(Value([*RANKS]), ArrayField(TextField()))
    return ItemAt(ranks, Item(F("standing"), 1, models.IntegerField()))


class StandingQuerySet(models.QuerySet):
    """Lasting records as of a day."""

    def as_of(self, day: date | Expression) -> Self:
        """Annotates `standing`, an array to sort by: the lowest answers for the day; null is no answer at all."""
        standing = Func(
            *(day, "days", "effective_end"), function="public.standing", output_field=ArrayField(models.IntegerField())
        )
        return self.annotate(standing=standing)

    def verdicts(self, day: date | Expression) -> models.QuerySet:
        """The verdict for each record by itself; None if it had not begun, or one of its states did not exist."""
        return self.as_of(day).values_list(verdict(), flat=True)

    def answering_on_each(self, days: Sequence[date]) -> dict[date, dict[int, Verdict]]:
        """For each day, the verdicts of the records that answer for it, by primary key; one query for all days."""
        answering = self.answering(RawSQL("asked.day", (), models.DateField())).order_by()
        query, parameters = answering.values_list("record_id", verdict()).query.sql_with_params()
        found: dict[date, dict[int, Verdict]] = {day: {} for day in days}
        with connections[self.db].cursor() as cursor:
            cursor.execute(EACH_DAY.format(query=query), [[*days], *parameters])
            for day, key, said in cursor.fetchall():
                found[day][key] = Verdict(said)
        return found

    def answering(self, day: date | Expression) -> Self:
        """The records that answer for a day.

        Records with the same question compete. If they exclude each other, the surest one answers, otherwise all that
        are or may be true. If none of them is or may be true, the one that ended last answers. A record without a
        question answers whenever it is or may be true.
        """
        affirmed: Any = self.filter(negated=False).as_of(day)
        rivals: Any = Standing.objects.filter(pair=OuterRef("pair"), question=OuterRef("question"), negated=False)
        best = rivals.as_of(day).order_by("standing").values("standing")[:1]
        # The rivals of a certain record need not be read: none comes before it.
        may_stand = Q(standing=SUREST) | Q(is_exclusive=False, standing__0__lt=len(RANKS)) | Q(standing=Subquery(best))
        return affirmed.filter(may_stand)


class Standing(models.Model):
    """A published record that lasts, with the days on which it was true, and all that its answer for a day needs."""

    pk = models.CompositePrimaryKey("record_id", "collection")
    record_id = models.BigIntegerField(help_text="The key of the record in its own table.")
    collection = models.CharField(max_length=14, db_collation="C", help_text="The type of record.")
    slug = models.CharField(max_length=80, db_collation="C", help_text="The slug of the record.")
    pair = models.CharField(max_length=7, db_collation="C", help_text="The two states between which it lasts: EGY-PRK.")
    question = models.CharField(
        max_length=30,
        null=True,
        db_collation="C",
        help_text="The question about the two that it answers, for which others compete; null if none compete with it.",
    )
    is_exclusive = models.BooleanField(help_text="Whether only one answer to the question can be true at a time.")
    value = models.CharField(max_length=24, db_collation="C", help_text="What it answers: the last of its terms.")
    negated = models.BooleanField(help_text="Whether it is negated, and therefore answers nothing.")
    sort_on = models.DateField(null=True, help_text="The day by which its beginning is sorted.")
    effective_end = EndField(null=True, help_text="The end in effect; null where nothing ends it.")
    days = ArrayField(
        DaysField(),
        help_text="The days on which it was so, possibly was, is not dated, had ended: a set for each verdict.",
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes = [
            # Covers all columns that choose an answer, so that answers for very many pairs need the index only.
            models.Index(
                name="standing_of_pair",
                fields=["pair", "question"],
                include=["days", "effective_end", "negated", "slug", "sort_on", "value"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection}/{self.slug}"
