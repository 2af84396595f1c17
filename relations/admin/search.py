"""How the lists and the choices of the desk are searched."""

from django.db.models import QuerySet
from django.http import HttpRequest


def names_of(country: str) -> list[str]:
    """The search fields for all names of a country that a foreign key leads to."""
    return [f"{country}__{name}" for name in ("name", "official_name", "aliases")]


class SearchMixin:
    """Finds what is searched for in whatever spelling, as the site does; a field with “=” is compared whole."""

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        names = super().get_search_fields(request)  # type: ignore[misc]
        return [name if name.startswith("=") else f"{name}__folded" for name in names]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """An apostrophe is part of its word here, and no quotation mark around several, as it is to Django."""
        term = search_term.replace("'", "’")
        return super().get_search_results(request, queryset, term)  # type: ignore[misc]
