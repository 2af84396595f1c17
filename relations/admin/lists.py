"""The change lists of the desk: the columns that all lists of records share, and how their parts are read."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.text import capfirst

from relations.models import Citation, Record
from relations.models.vocabularies import Modality
from relations.paging import MANY, counted
from relations.prepared import Parts
from relations.wording import denial, name

TOO_MANY = f"The filters count lists of at most {MANY:,} rows."
NAMED = 2  # how many citations or parties a cell names, before “and 3 more”
NONE = "–"
MAX_LENGTH = 200  # characters of a text in a cell


def dated(column: str) -> Any:
    """A display method for a date column: the date in words, sorted by its earliest day."""

    @admin.display(description=column.replace("_", " "), ordering=f"{column}_earliest", empty_value=NONE)
    def shown(row: Any) -> str:
        date = getattr(row, column)
        return date.spoken if date else ""

    shown.__name__ = column  # Django derives the CSS class of the cells from it
    return shown


def first_few(words: Iterable[str]) -> str:
    """The first two distinct words, and how many more there are: “a, b and 3 more”."""
    several = list(dict.fromkeys(words))
    more = f" and {len(several) - NAMED} more" if len(several) > NAMED else ""
    return f"{', '.join(several[:NAMED])}{more}"


class DeskList(ChangeList):
    """A change list that reads the parts of its rows in one query each, and counts facets only of shorter lists."""

    model_admin: Any

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if self.add_facets and counted(self.root_queryset, MANY) > MANY:
            self.add_facets = False
            messages.warning(request, TOO_MANY)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = self.result_list = [*self.result_list]
        for parts in self.model_admin.list_parts:
            parts.read(rows)

    def get_query_string(self, new_params: Mapping[str, Any] | None = None, remove: Iterable[str] | None = None) -> str:
        """The query string with some parameters replaced, as Django's, but faster: filters call it for each country."""
        params = {key: value for key, value in self.filter_params.items() if not key.startswith((*(remove or ()),))}
        query = sorted({**params, **(new_params or {})}.items())
        return f"?{'&'.join(parameter(key, *values_of(value)) for key, value in query if value is not None)}"


def values_of(value: Any) -> Iterable[str]:
    """The values of a parameter as strings; Django gives one value or a list."""
    return map(str, value if isinstance(value, list) else (value,))


@lru_cache(maxsize=2048)
def parameter(key: str, *values: str) -> str:
    """A parameter with its values, URL-encoded."""
    return urlencode({key: values}, doseq=True)


class ListMixin:
    """Lists of any model; `list_prefetch` names the parts that the columns show."""

    model: Any
    list_prefetch: tuple[Prefetch, ...] = ()

    @cached_property
    def list_parts(self) -> list[Parts]:
        """The prepared queries for `list_prefetch`."""
        return [Parts(self.model._meta.get_field(each.prefetch_through), each) for each in self.list_prefetch]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskList


class RecordListMixin(ListMixin):
    """Lists of records: title, the `list_columns` of the type, modality, state and citations."""

    list_columns: tuple[Any, ...] = ()
    list_prefetch: tuple[Prefetch, ...] = (Prefetch("citations", Citation.objects.with_places().order_by("pk")),)

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        return ("called", *self.list_columns, "how_sure", "state", "cited")

    def get_list_select_related(self, request: HttpRequest) -> Any:
        return self.model.shown or False

    @admin.display(description="record", ordering="slug")
    def called(self, record: Record) -> str:
        return capfirst(name(record))

    @admin.display(description="how sure", ordering="modality")
    def how_sure(self, record: Record) -> str:
        """The modality in words and, if the record is negated, that its sources deny it."""
        return ", ".join(filter(None, (Modality.named(record.modality), denial(record).lower())))

    @admin.display(description="cited", empty_value=NONE)
    def cited(self, record: Any) -> str:
        return first_few(f"{each.source.key} {each.place}" for each in record.citations.all())
