"""The search of the lists and autocomplete fields of the desk, and its pagination."""

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
COUNTRY_WORDS = ("code", *COUNTRY_NAMES)  # a model that is searched by these alone is searched through its countries
NAMES = ("code", "name", "official_name", "aliases")  # columns of countries and actors that autocomplete ranks by
AUTOCOMPLETE = "autocomplete"  # the URL name of Django's view
CHOICES = 200  # the longest list of related rows in a filter
FEW = 1000  # so many results are fetched by key, then sorted; with more, a scan in list order soon finds a page of them


def names_of(country: str) -> list[str]:
    """The search fields for all names of a country; `country` is the lookup path of its foreign key."""
    return [f"{country}__{name}" for name in COUNTRY_NAMES]


def unquoted(words: str) -> str:
    """A search term without the double quotes around a phrase."""
    return unescape_string_literal(words) if words.startswith('"') and words.endswith('"') else words


class AtLeast(int):
    """An integer that is displayed as “10000+”."""

    def __str__(self) -> str:
        return f"{int(self)}+"


class DeskPaginator(Paginator):
    """A paginator that stops counting at `MANY` rows, since counting all of a large table is slow."""

    @cached_property
    def count(self) -> int:
        found = counted(self.object_list, MANY)  # type: ignore[arg-type]
        return AtLeast(MANY) if found > MANY else found


class PrefixQuery(SearchQuery):
    """A full-text query for a phrase whose last word is a prefix."""

    SEARCH_TYPES = {"begun": "to_tsquery"}
    AS_QUERY = "replace(nullif(public.words(%(expressions)s), ''), ' ', ' <-> ') || ':*'"

    def __init__(self, words: str) -> None:
        query = Func(Value(words), template=self.AS_QUERY, output_field=TextField())
        super().__init__(query, config="pg_catalog.english", search_type="begun")


class JoinedLines(Func):
    """Joins texts with line breaks."""

    function = "concat_ws"
    output_field = TextField()

    def __init__(self, *texts: Any, **extra: Any) -> None:
        super().__init__(Value("\n"), *texts, **extra)


def first_keys(found: QuerySet, most: int) -> list[Any]:
    """The primary keys of a queryset, at most one more than `most`."""
    return list(found.order_by().values_list("pk", flat=True)[: most + 1])


def name_rank(names: list[str], term: str) -> Case:
    """The rank of a row for an autocomplete term: 0 if a name equals it, 1 if a name starts with it, else 2."""
    of_several = Func("aliases", Value("\n"), function="array_to_string", output_field=TextField())
    lines = [of_several if name == "aliases" else name for name in names]
    called, typed, end = Fold(JoinedLines(Value(""), *lines, Value(""))), Fold(Value(term)), Value("")
    return Case(
        When(Contains(called, JoinedLines(end, typed, end)), then=0),
        When(Contains(called, JoinedLines(end, typed)), then=1),
        default=2,
    )


class ShortRelatedFilter(admin.RelatedOnlyFieldListFilter):
    """A filter by related rows, which is left out if there are more than 200 of them."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        referred = model_admin.get_queryset(request).order_by().values(field.name).distinct()
        if referred[: CHOICES + 1].count() > CHOICES:
            return []
        return super().field_choices(field, request, model_admin)


class SearchMixin:
    """Searches regardless of accents and case, as the public site does; a search field with “=” must match exactly.

    The cheapest way that finds anything is used: first word prefixes, from the full-text index; then parts of words,
    through the table of all words of the register (`Word`); at last a scan of all texts.
    """

    keys: tuple[str, ...] = ("slug",)  # ASCII columns that identify a row, such as a slug or citation key

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        names = super().get_search_fields(request)  # type: ignore[misc]
        return [name if name.startswith("=") else f"{name}__folded" for name in names]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """The matching rows; autocomplete fields get exact names and prefixes first, so that Mali precedes Somalia."""
        found, may_repeat = self.matching(request, queryset, search_term)
        match = request.resolver_match
        names = [name for name in NAMES if name in {field.name for field in queryset.model._meta.fields}]
        if match and match.url_name == AUTOCOMPLETE and "aliases" in names and search_term.strip():
            ordering = self.get_ordering(request)  # type: ignore[attr-defined]
            found = found.order_by(name_rank(names, search_term.strip()), *ordering)
        return found, may_repeat

    def matching(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """The matching rows, unranked. An apostrophe is part of a word, whereas Django takes it as a quotation mark."""
        term = search_term.replace("'", "’")
        search: Any = super().get_search_results  # type: ignore[misc]
        if term and any(isinstance(field, SearchColumn) for field in queryset.model._meta.fields):
            prefixed, may_repeat = search(request, queryset.filter(*map(self.by_prefix, smart_split(term))), term)
            if keys := first_keys(prefixed, FEW):
                return self.by_keys(queryset, prefixed, keys), may_repeat
        if {field.rpartition("__")[2] for field in self.search_fields} == {*COUNTRY_WORDS}:  # type: ignore[attr-defined]
            return queryset.filter(*(self.by_countries(words, COUNTRY_WORDS) for words in smart_split(term))), False
        if term and hasattr(queryset.model, "described") and (some := self.described_keys(queryset.model, term)):
            narrowed: tuple[QuerySet, bool] = search(request, queryset.filter(pk__among=list(some)), term)
            if narrowed[0].exists():
                return narrowed
        every, may_repeat = search(request, self.candidates(queryset, term), term)
        # This may scan all texts, so it runs once for the keys, instead of once for the count and again for the rows.
        # PostgreSQL estimates that a third of the rows match, and plans parallel workers only if many are requested.
        return (self.by_keys(queryset, every, first_keys(every, MANY)) if term else every), may_repeat

    @staticmethod
    def by_keys(queryset: QuerySet, found: QuerySet, keys: list[Any]) -> QuerySet:
        """The rows with these keys or, if there are too many, the query that found them."""
        return found if len(keys) > FEW else queryset.filter(pk__among=keys)

    def by_prefix(self, words: str) -> Q:
        """Matches rows in which a word or the slug starts with the words, or the name of a country contains them."""
        words = unquoted(words)
        return (
            Q(search=PrefixQuery(words)) | Q(slug__startswith=words.lower()) | self.by_countries(words, COUNTRY_NAMES)
        )

    def by_countries(self, words: str, columns: tuple[str, ...]) -> Q:
        """Matches rows with a country that has the words in a column; the few countries are queried first."""
        fields = [field.rpartition("__") for field in self.search_fields]  # type: ignore[attr-defined]
        countries = dict.fromkeys(path for path, _, name in fields if path and name in COUNTRY_WORDS)
        if not countries:
            return Q(pk__in=[])
        holds = [Q(**{f"{column}__folded": unquoted(words)}) for column in columns]
        codes = list(Country.objects.filter(reduce(or_, holds)).values_list("pk", flat=True))
        return reduce(or_, [Q(**{f"{country}__in": codes}) for country in countries])

    def candidates(self, queryset: QuerySet, term: str) -> QuerySet:
        """The rows that may contain each word of the term; all rows if the words of the model are not indexed."""
        if queryset.model not in SEARCHED_MODELS:
            return queryset
        own_words = getattr(queryset.model, "described", F("search"))
        return queryset.alias(own_words=own_words).filter(
            *(self.may_contain(queryset.model, unquoted(words)) for words in smart_split(term))
        )

    def may_contain(self, model: Any, words: str) -> Q:
        """Matches all rows that contain the words in a text, key or name of a country, and perhaps others.

        Empty, so that it matches every row, if the words are too common or too short to narrow the search.
        """
        lexemes = Word.objects.holding(words)
        if not any(each is not None for each in lexemes.values()):
            return Q()
        found = self.by_countries(words, COUNTRY_NAMES)
        if [] not in lexemes.values():
            found |= Q(own_words=LexemeQuery(" & ".join(f"({' | '.join(each)})" for each in lexemes.values() if each)))
        # Numbers in keys are not in the table of words.
        if all(word.isascii() and (each != [] or any(map(str.isdigit, word))) for word, each in lexemes.items()):
            for key in self.keys:
                holds = Q(*(Q(**{f"{key}__contains": word}) for word in lexemes))
                keys = model._default_manager.order_by().filter(holds).values_list(key, flat=True).distinct()
                some = list(keys[: MANY + 1])
                found |= holds if len(some) > MANY else Q(**{f"{key}__among": some})
        return found

    def described_keys(self, model: Any, term: str) -> set[int]:
        """The primary keys of things whose description has the words of a term, or whose key starts with them.

        Empty if there are more than `FEW`.
        """
        found: set[int] | None = None
        for words in map(unquoted, smart_split(term)):
            every: Any = model._default_manager.order_by()
            of_words = [
                every.alias(own_words=model.described).filter(own_words=PrefixQuery(words)),
                *(every.filter(**{f"{key}__startswith": words.lower()}) for key in self.keys),
            ]
            keys = {key for rows in of_words for key in rows.values_list("pk", flat=True)[: FEW + 1]}
            if len(keys) <= FEW:
                found = keys if found is None else found & keys
        return found or set()
