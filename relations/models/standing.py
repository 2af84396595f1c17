"""The part of the read model that answers for status on a day: on which days each lasting record was so."""

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

# What answers for a day, from what goes before all else to what is only left over: the first number of a standing.
RANKS = (Verdict.ON, Verdict.POSSIBLY, Verdict.UNDATED, Verdict.ENDED)
SUREST = [1]
# What a query finds that names the day it is asked for `asked.day`, for each of several.
EACH_DAY = "SELECT day, answer.* FROM unnest(%s::date[]) AS asked (day) CROSS JOIN LATERAL ({query}) AS answer"


class End(NamedTuple):
    """The end in effect: what it rests on, when it was, and the record or the country that brought it about."""

    basis: EndBasis
    on: FuzzyDate
    by: str = ""


class EndField(ArrayField):
    """An end as PostgreSQL has it: the day that it is sorted by, its basis, date, cause, and the bounds of its date."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(TextField(), **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key not in ("base_field", "size")}

    def from_db_value(self, value: list[str] | None, *_: Any) -> End | None:
        return End(EndBasis(value[1]), FuzzyDate(value[2]), value[3]) if value else None


class DaysField(DateRangeField):
    """A set of days, in as many ranges as they are: what PostgreSQL calls a multirange."""

    def db_type(self, connection: Any) -> str:
        return "datemultirange"


class Item(Func):
    """One item of an array, by its number."""

    template = "(%(expressions)s)[%(number)s]"

    def __init__(self, array: Any, number: int, output_field: models.Field | None = None) -> None:
        super().__init__(array, number=number, output_field=output_field or TextField())


class ItemAt(Func):
    """One item of an array, by a number that is computed."""

    template = "(%(expressions)s]"
    arg_joiner = ")["
    output_field = TextField()


def verdict() -> ItemAt:
    """The verdict that follows from an annotated `standing`."""
    ranks = Cast(Value([*RANKS]), ArrayField(TextField()))
    return ItemAt(ranks, Item(F("standing"), 1, models.IntegerField()))


class StandingQuerySet(models.QuerySet):
    """Lasting records as of a day."""

    def as_of(self, day: date | Expression) -> Self:
        """Adds `standing`, an array to sort by: the lowest answers for the day first, null does not at all."""
        standing = Func(
            *(day, "days", "effective_end"), function="public.standing", output_field=ArrayField(models.IntegerField())
        )
        return self.annotate(standing=standing)

    def verdicts(self, day: date | Expression) -> models.QuerySet:
        """The verdict on each record by itself; None where it had not begun, or one of its states did not exist."""
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
        """The records that answer for a day: the surest where one can be true at a time, else all that may stand.

        Where none may stand, the one that ended last answers, unless several could be true at a time.
        """
        affirmed: Any = self.filter(negated=False).as_of(day)
        rivals: Any = Standing.objects.filter(pair=OuterRef("pair"), question=OuterRef("question"), negated=False)
        best = rivals.as_of(day).order_by("standing").values("standing")[:1]
        # Nothing goes before what certainly was so; of others PostgreSQL reads what may.
        may_stand = Q(standing=SUREST) | Q(is_exclusive=False, standing__0__lt=len(RANKS)) | Q(standing=Subquery(best))
        return affirmed.filter(may_stand)


class Standing(models.Model):
    """A published record that lasts, with the days on which it was so, and all else by which it answers for a day."""

    pk = models.CompositePrimaryKey("record_id", "collection")
    record_id = models.BigIntegerField(help_text="The key of the record in its own table.")
    collection = models.CharField(max_length=14, db_collation="C", help_text="The type of record.")
    slug = models.CharField(max_length=80, db_collation="C", help_text="The slug of the record.")
    pair = models.CharField(max_length=7, db_collation="C", help_text="The two states between which it lasts: EGY-PRK.")
    question = models.CharField(
        max_length=30,
        null=True,
        db_collation="C",
        help_text="What it answers about the two, with all others that may; null where it stands beside all others.",
    )
    is_exclusive = models.BooleanField(help_text="Whether one answer to the question can be true at a time.")
    value = models.CharField(max_length=24, db_collation="C", help_text="What it answers: the last of its terms.")
    negated = models.BooleanField(help_text="Whether it tells of what was not so, which answers nothing.")
    sort_on = models.DateField(null=True, help_text="The day by which its beginning is sorted.")
    effective_end = EndField(null=True, help_text="The end in effect; null where nothing ends it.")
    days = ArrayField(
        DaysField(),
        help_text="The days on which it was so, possibly was, is not dated, had ended: a set for each verdict.",
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes = [
            # With all that an answer is chosen by, so that those of very many pairs are read from the index alone.
            models.Index(
                name="standing_of_pair",
                fields=["pair", "question"],
                include=["days", "effective_end", "negated", "slug", "sort_on", "value"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection}/{self.slug}"
