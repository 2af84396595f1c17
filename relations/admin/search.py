"""How the lists and the choices of the desk are searched."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Paginator
from django.db.models import Func, Q, QuerySet, TextField, Value
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import smart_split, unescape_string_literal

from relations.fields import SearchColumn
from relations.models import Country
from relations.paging import MANY, counted

COUNTRY_NAMES = ("name", "official_name", "aliases")
FEW = 1000  # rows that are found first and then put in order; more are met soon enough in the order of the list


def names_of(country: str) -> list[str]:
    """The search fields for all names of a country that a foreign key leads to."""
    return [f"{country}__{name}" for name in COUNTRY_NAMES]


class Many(int):
    """So many and more, which it says where it is shown."""

    def __str__(self) -> str:
        return f"{int(self)}+"


class DeskPaginator(Paginator):
    """Pages of a list that is counted only so far: nobody turns more of them, and to count all takes longer."""

    @cached_property
    def count(self) -> int:
        found = counted(self.object_list, MANY)  # type: ignore[arg-type]
        return Many(MANY) if found > MANY else found


class Begun(SearchQuery):
    """Looks in a search column for these words one after the other, of which the last may go on."""

    SEARCH_TYPES = {"begun": "to_tsquery"}
    AS_QUERY = "replace(nullif(public.words(%(expressions)s), ''), ' ', ' <-> ') || ':*'"

    def __init__(self, words: str) -> None:
        query = Func(Value(words), template=self.AS_QUERY, output_field=TextField())
        super().__init__(query, config="pg_catalog.english", search_type="begun")


class SearchMixin:
    """Finds what is searched for in whatever spelling, as the site does; a field with “=” is compared whole.

    Where words or names begin so, an index has them, and only these are found. Where none does, all texts are read for
    what is inside of words.
    """

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        names = super().get_search_fields(request)  # type: ignore[misc]
        return [name if name.startswith("=") else f"{name}__folded" for name in names]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """An apostrophe is part of its word here, and no quotation mark around several, as it is to Django."""
        term = search_term.replace("'", "’")
        search: Any = super().get_search_results  # type: ignore[misc]
        if term and any(isinstance(field, SearchColumn) for field in queryset.model._meta.fields):
            begun, may_repeat = search(request, queryset.filter(*map(self.begun, smart_split(term))), term)
            keys = list(begun.order_by().values_list("pk", flat=True)[: FEW + 1])
            if keys:
                return begun if len(keys) > FEW else queryset.filter(pk__among=keys), may_repeat
        found: tuple[QuerySet, bool] = search(request, queryset, term)
        return found

    def begun(self, words: str) -> Q:
        """Where a word, the slug or a name of a country begins so."""
        if words.startswith('"') and words.endswith('"'):
            words = unescape_string_literal(words)
        begun = Q(search=Begun(words)) | Q(slug__startswith=words.lower())
        names = [field.rpartition("__")[0] for field in self.search_fields if "__" in field]  # type: ignore[attr-defined]
        if names:
            any_name = [Q(**{f"{name}__folded": words}) for name in COUNTRY_NAMES]
            codes = list(Country.objects.filter(reduce(or_, any_name)).values_list("pk", flat=True))
            begun |= reduce(or_, [Q(**{f"{country}__in": codes}) for country in dict.fromkeys(names)])
        return begun
