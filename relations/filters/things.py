"""Filters of the lists of countries, actors, relations and sources."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone

from relations.expressions import Words
from relations.filters.lists import ListForm
from relations.foreign_names import countries_called
from relations.models.standing import Standing
from relations.models.tracks import Track
from relations.models.vocabularies import ActorKind, CountryKind, SourceType
from relations.paging import Sort, day, letters
from relations.parameters import DayField, NamesField, SortField, TermsField
from relations.tally import deals_under, records_under

NO_STATUS = "~"  # sorts after every status


class ThingForm(ListForm):
    """The filters of a list of things."""

    name_columns: ClassVar[tuple[str, ...]] = ("name",)

    def apply(self, queryset: Any) -> Any:
        """The things that match, sorted; a file keeps the order of keys, which does not depend on a locale."""
        for name, field in self.fields.items():
            if isinstance(field, TermsField) and field.column and (terms := self.cleaned_data[name]):
                queryset = queryset.filter(**{f"{field.column}__in": terms})
        if words := self.cleaned_data["q"]:
            queryset = self.by_words(queryset, words)
        return queryset if self.is_file else self.cleaned_data["sort"].apply(queryset)

    @property
    def is_whole(self) -> bool:
        """Whether the list is unfiltered, and its order does not depend on a day."""
        narrowing = self.cleaned_data.keys() - {"as_of", "sort", "after", "size"}
        return not self.is_by_status and not any(self.cleaned_data[name] for name in narrowing)

    @property
    def is_by_status(self) -> bool:
        """Whether the list is sorted by status on a day."""
        return False

    def by_words(self, queryset: QuerySet, words: str) -> QuerySet:
        """The things with a name or alias that contains the words, in any spelling."""
        names = [*self.name_columns, "aliases"] if hasattr(queryset.model, "aliases") else self.name_columns
        either = reduce(or_, (Q(**{f"{name}__folded": words}) for name in names), self.otherwise_called(words))
        return queryset.alias(words=Words(Value(words))).filter(either).exclude(words="")

    def otherwise_called(self, words: str) -> Q:
        """An additional condition for names that are not in the columns of the thing."""
        return Q()


class CountryForm(ThingForm):
    """Countries."""

    name_columns = ("code", "name", "official_name")

    kind = TermsField("Kind", CountryKind.choices, column="kind")
    sort = SortField({"name": Sort("by name", letters("name"), "code"), "code": Sort("by code", F("code"), "code")})

    def otherwise_called(self, words: str) -> Q:
        """The condition that a country has this name in another language."""
        return Q(pk__in=countries_called(words))


class ActorForm(ThingForm):
    """Actors."""

    country = NamesField("Country", column="country")
    kind = TermsField("Kind", ActorKind.choices, column="kind")
    sort = SortField({"name": Sort("by name", letters("name"))})


class RelationForm(ThingForm):
    """Dyads, and the day of their status; files have no status."""

    name_columns = ("country_a__name", "country_b__name", "pair")

    country = NamesField("Country")
    as_of = DayField("On the day")
    sort = SortField(
        {
            "code": Sort("by code", F("country_a_id"), "country_b_id"),
            "status": Sort("by legal status", F("status"), "pair"),
            "since": Sort("longest so first", F("since"), "pair", parse=day, is_derived=True),
            "-deals": Sort("most deals first", deals_under("pair"), "pair", descending=True, parse=int),
            "-records": Sort("most records first", records_under("pair"), "pair", descending=True, parse=int),
        }
    )

    def __init__(self, data: QueryDict, *, is_file: bool = False) -> None:
        super().__init__(data, is_file=is_file)
        if is_file:
            del self.fields["as_of"]

    def apply(self, queryset: Any) -> Any:
        if countries := self.cleaned_data["country"]:
            queryset = queryset.filter(Q(country_a__in=countries) | Q(country_b__in=countries))
        if not self.is_file and self.is_by_status:
            legal = legal_on(self.cleaned_data.get("as_of") or timezone.localdate())
            queryset = queryset.alias(
                status=Coalesce(Subquery(legal.values_list("value")[:1]), Value(NO_STATUS)),
                since=Subquery(legal.values_list("sort_on")[:1]),
            )
        return super().apply(queryset)

    @property
    def is_by_status(self) -> bool:
        return self.cleaned_data["sort"].by in (F("status"), F("since"))


def legal_on(as_of: date) -> QuerySet:
    """The standing legal status of the pair of the outer query on a day, the one that answers first."""
    legal: Any = Standing.objects.filter(pair=OuterRef("pair"), question=Track.LEGAL, negated=False).as_of(as_of)
    return legal.exclude(standing=None).order_by("standing", "slug")


class SourceForm(ThingForm):
    """Sources."""

    name_columns = ("key", "title", "authors", "container_title")

    kind = TermsField("Type", SourceType.choices, column="csl_type")
    sort = SortField({"key": Sort("by key", F("key"), "key"), "title": Sort("by title", letters("title"), "key")})
