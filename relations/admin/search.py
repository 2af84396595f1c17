"""How the lists and the choices of the desk are searched."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Paginator
from django.db.models import Case, F, Func, Q, QuerySet, TextField, Value, When
from django.db.models.lookups import Contains
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import smart_split, unescape_string_literal

from relations.expressions import Fold, LexemeQuery
from relations.fields import SearchColumn
from relations.models import Country, Word
from relations.paging import MANY, counted
from relations.words import SEARCHED_MODELS

COUNTRY_NAMES = ("name", "official_name", "aliases")
COUNTRY_WORDS = ("code", *COUNTRY_NAMES)  # where nothing else is searched, the countries are found first
NAMES = ("code", "name", "official_name", "aliases")  # by which countries and actors are known
AUTOCOMPLETE = "autocomplete"  # where one is chosen by its letters
CHOICES = 200  # of which one is chosen in a list beside the rows
FEW = 1000  # rows that are found first and then put in order; more are met soon enough in the order of the list


def names_of(country: str) -> list[str]:
    """The search fields for all names of a country that a foreign key leads to."""
    return [f"{country}__{name}" for name in COUNTRY_NAMES]


def unquoted(words: str) -> str:
    """Words without the quotation marks that keep them together."""
    return unescape_string_literal(words) if words.startswith('"') and words.endswith('"') else words


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


class InLines(Func):
    """Texts, each in a line of its own."""

    function = "concat_ws"
    output_field = TextField()

    def __init__(self, *texts: Any, **extra: Any) -> None:
        super().__init__(Value("\n"), *texts, **extra)


def first_keys(found: QuerySet, most: int) -> list[Any]:
    """The keys of what is found, to one more than `most`."""
    return list(found.order_by().values_list("pk", flat=True)[: most + 1])


def nearness(names: list[str], term: str) -> Case:
    """How near a thing is to what is typed: called so, with a name that begins so, or none of these."""
    of_several = Func("aliases", Value("\n"), function="array_to_string", output_field=TextField())
    lines = [of_several if name == "aliases" else name for name in names]
    called, typed, end = Fold(InLines(Value(""), *lines, Value(""))), Fold(Value(term)), Value("")
    return Case(
        When(Contains(called, InLines(end, typed, end)), then=0),
        When(Contains(called, InLines(end, typed)), then=1),
        default=2,
    )


class FewFilter(admin.RelatedOnlyFieldListFilter):
    """What the rows refer to, as long as that can be chosen from a list; of more, one is searched for."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        referred = model_admin.get_queryset(request).order_by().values(field.name).distinct()
        if referred[: CHOICES + 1].count() > CHOICES:
            return []
        return super().field_choices(field, request, model_admin)


class SearchMixin:
    """Finds what is searched for in whatever spelling, as the site does; a field with “=” is compared whole.

    Where words or names begin so, an index has them, and only these are found. Where none does, what is inside of words
    is found by the words of the register that have it; where these do not tell, all texts are read.
    """

    keys: tuple[str, ...] = ("slug",)  # the columns of plain letters and digits by which a row is known

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        names = super().get_search_fields(request)  # type: ignore[misc]
        return [name if name.startswith("=") else f"{name}__folded" for name in names]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """What is found; of what is chosen by its letters, what is called so comes first: Mali before Somalia."""
        found, may_repeat = self.found(request, queryset, search_term)
        match = request.resolver_match
        names = [name for name in NAMES if name in {field.name for field in queryset.model._meta.fields}]
        if match and match.url_name == AUTOCOMPLETE and "aliases" in names and search_term.strip():
            ordering = self.get_ordering(request)  # type: ignore[attr-defined]
            found = found.order_by(nearness(names, search_term.strip()), *ordering)
        return found, may_repeat

    def found(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """An apostrophe is part of its word here, and no quotation mark around several, as it is to Django."""
        term = search_term.replace("'", "’")
        search: Any = super().get_search_results  # type: ignore[misc]
        if term and any(isinstance(field, SearchColumn) for field in queryset.model._meta.fields):
            begun, may_repeat = search(request, queryset.filter(*map(self.begun, smart_split(term))), term)
            if keys := first_keys(begun, FEW):
                return self.of_few(queryset, begun, keys), may_repeat
        if {field.rpartition("__")[2] for field in self.search_fields} == {*COUNTRY_WORDS}:  # type: ignore[attr-defined]
            return queryset.filter(*(self.of_countries(words, COUNTRY_WORDS) for words in smart_split(term))), False
        if term and hasattr(queryset.model, "described") and (some := self.described(queryset.model, term)):
            narrowed: tuple[QuerySet, bool] = search(request, queryset.filter(pk__among=list(some)), term)
            if narrowed[0].exists():
                return narrowed
        every, may_repeat = search(request, self.within(queryset, term), term)
        # All texts may be read for these: once, and not for their number and for the rows anew. PostgreSQL expects a
        # third of them to be found, and has others help it only if many are asked for.
        return (self.of_few(queryset, every, first_keys(every, MANY)) if term else every), may_repeat

    @staticmethod
    def of_few(queryset: QuerySet, found: QuerySet, keys: list[Any]) -> QuerySet:
        """What is found, by its keys where these are few."""
        return found if len(keys) > FEW else queryset.filter(pk__among=keys)

    def begun(self, words: str) -> Q:
        """Where a word, the slug or a name of a country begins so."""
        words = unquoted(words)
        return Q(search=Begun(words)) | Q(slug__startswith=words.lower()) | self.of_countries(words, COUNTRY_NAMES)

    def of_countries(self, words: str, columns: tuple[str, ...]) -> Q:
        """Where a column of one of its countries holds the words; these are found first, for there are few."""
        fields = [field.rpartition("__") for field in self.search_fields]  # type: ignore[attr-defined]
        countries = dict.fromkeys(path for path, _, name in fields if path and name in COUNTRY_WORDS)
        if not countries:
            return Q(pk__in=[])
        holds = [Q(**{f"{column}__folded": unquoted(words)}) for column in columns]
        codes = list(Country.objects.filter(reduce(or_, holds)).values_list("pk", flat=True))
        return reduce(or_, [Q(**{f"{country}__in": codes}) for country in countries])

    def within(self, queryset: QuerySet, term: str) -> QuerySet:
        """The rows that may have each of the words of a term within their own; all where no words of them are kept."""
        if queryset.model not in SEARCHED_MODELS:
            return queryset
        words_of_it = getattr(queryset.model, "described", F("search"))
        return queryset.alias(words_of_it=words_of_it).filter(
            *(self.may_hold(queryset.model, unquoted(words)) for words in smart_split(term))
        )

    def may_hold(self, model: Any, words: str) -> Q:
        """Where a text, a key or a name of a country may hold the words; nowhere else does."""
        lexemes = Word.objects.holding(words)
        if not any(each is not None for each in lexemes.values()):
            return Q()
        found = self.of_countries(words, COUNTRY_NAMES)
        if [] not in lexemes.values():
            found |= Q(
                words_of_it=LexemeQuery(" & ".join(f"({' | '.join(each)})" for each in lexemes.values() if each))
            )
        # The numbers of keys are not among the words.
        if all(word.isascii() and (each != [] or any(map(str.isdigit, word))) for word, each in lexemes.items()):
            for key in self.keys:
                holds = Q(*(Q(**{f"{key}__contains": word}) for word in lexemes))
                keys = model._default_manager.order_by().filter(holds).values_list(key, flat=True).distinct()
                some = list(keys[: MANY + 1])
                found |= holds if len(some) > MANY else Q(**{f"{key}__among": some})
        return found

    def described(self, model: Any, term: str) -> set[int]:
        """The keys of things that are described by the words of a term, or of which a key begins so.

        Nothing where they are more than a few.
        """
        found: set[int] | None = None
        for words in map(unquoted, smart_split(term)):
            every: Any = model._default_manager.order_by()
            of_words = [
                every.alias(words_of_it=model.described).filter(words_of_it=Begun(words)),
                *(every.filter(**{f"{key}__startswith": words.lower()}) for key in self.keys),
            ]
            keys = {key for rows in of_words for key in rows.values_list("pk", flat=True)[: FEW + 1]}
            if len(keys) <= FEW:
                found = keys if found is None else found & keys
        return found or set()
