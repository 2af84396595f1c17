"""Base classes and functions of the public views."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import View

from config.databases import current
from relations.exchange.column import Column
from relations.exchange.exports import base_address, file_name, packed, rows_response, streamed
from relations.models import RECORD_TYPES, Tally
from relations.paging import MANY
from relations.parameters import BadParameters, StrictForm
from relations.views.formats import Format
from relations.views.links import address, chips, page, query_parameters, tidied, with_keys
from relations.views.references import ListReference

ONLY_ON_PAGE = ("after", "size")  # parameters that are dropped from the address of a file or of a reference


class NoParameters(StrictForm):
    """A form for pages that take no parameters: it refuses any."""

    template = "relations/parts/none.html"


class StrictView(View):
    """Responds with 400 and the reasons if a strict form refuses the parameters (raises BadParameters).

    A page shows the reasons in HTML; a file has them as plain text, one per line.
    """

    file_format = ""  # a key of `exports.TYPES`; empty for a page
    takes_parameters = True
    reads_data = True  # if False, the middleware reads no data version, so that no database is needed

    @property
    def is_file(self) -> bool:
        """Whether the view responds with a file."""
        return bool(self.file_format)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if not self.takes_parameters:
                NoParameters(request.GET).check()
            return super().dispatch(request, *args, **kwargs)
        except BadParameters as error:
            if self.is_file:
                lines = "".join(f"{problem}\n" for problem in error.problems)
                return HttpResponse(lines, status=400, content_type="text/plain; charset=utf-8")
            return render(request, "400.html", {"problems": error.problems, "form": error.form}, status=400)


class PlainView(StrictView):
    """A view that refuses all parameters."""

    takes_parameters = False


class FilterView(StrictView):
    """The rows that a form selects, as a page or as a file.

    A page redirects to the shortest address with the same meaning: without empty parameters and the default order, and
    with codes instead of names.
    """

    form_class: type[StrictForm]
    form: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.is_file and (url := with_keys(request)):
            return HttpResponseRedirect(url)
        of_file: Any = {"is_file": True} if self.is_file else {}
        self.form = self.form_class(request.GET, **of_file)
        self.form.check()
        if self.is_file:
            return self.file()
        sort = self.form.fields.get("sort")
        if shorter := tidied(request, usual=("sort", sort.initial) if sort else ("", "")):
            return HttpResponseRedirect(shorter)
        page: Any = super()
        return page.get(request, *args, **kwargs)

    def file(self) -> StreamingHttpResponse:
        """All rows, as a file in the format of the view."""
        raise NotImplementedError


class CitedList(FilterView):
    """A list whose page shows a reference for citing it with its filters.

    A view with `cited_in` responds with the reference alone, in that format.
    """

    heading = ""
    cited_in: Format | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.cited_in is None:
            return super().get(request, *args, **kwargs)
        self.form = self.form_class(request.GET)
        self.form.check()
        return HttpResponse(self.cited_in.write(self.reference().item), content_type=self.cited_in.content_type)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        of_page: Any = super()
        return {"reference": self.reference(), **of_page.get_context_data(heading=self.list_title(), **kwargs)}

    def list_title(self) -> str:
        """The title of the list."""
        return self.heading

    def reference(self) -> ListReference:
        """The reference for citing the list: its title, its filters in words, and its address with parameters."""
        ending = f".cite.{self.cited_in.ending}" if self.cited_in else "/"
        path, query = (
            self.request.path.removesuffix(ending),
            address("", query_parameters(self.request, without=ONLY_ON_PAGE)),
        )
        narrowed = "; ".join(f"{chip['label']}: {chip['words']}" for chip in chips(self.request, self.form))
        url = self.request.build_absolute_uri(f"{path}/{query}")
        return ListReference(self.list_title(), url, narrowed, path, query)


def name_of_file(view: StrictView, name: str) -> str:
    """The name of a file with the parameters of the request and the date of today."""
    return file_name(name, query_parameters(view.request), timezone.localdate())


def file_of(view: StrictView, name: str, runs: Sequence[QuerySet], columns: Iterable[Column]) -> StreamingHttpResponse:
    """The rows of several querysets, one after another, as a file in the format of the view."""
    file = streamed(view.file_format, name_of_file(view, name), runs, columns, base_address(view.request))
    return compressed(view, file)


def file_of_rows(
    view: StrictView, name: str, columns: Sequence[Column], rows: Iterator[tuple[Any, ...]]
) -> StreamingHttpResponse:
    """Rows that are computed in Python, as a file in the format of the view."""
    file = rows_response(view.file_format, name_of_file(view, name), columns, rows, current.database)
    return compressed(view, file)


def compressed(view: StrictView, file: StreamingHttpResponse) -> StreamingHttpResponse:
    """A file, compressed if the client accepts that, with a header that lets scripts on other hosts read it."""
    file["Access-Control-Allow-Origin"] = "*"
    return packed(file, view.request.headers.get("Accept-Encoding", ""))


def tally(count: int, most: int = MANY) -> dict[str, Any]:
    """The number of rows for templates; `count` was counted to at most `most` + 1, and `is_more` says if it is more."""
    number = min(count, most)
    return {"count": number, "number": f"{number:,}", "is_more": count > most}


def counts(under: str = "", **parameters: str) -> list[dict[str, Any]]:
    """The number of records of each type, in all or listed under a country, pair or actor, with the address of a list.

    `parameters` are the filters of that list. Negated records are not counted.
    """
    filters = [*parameters.items(), ("negated", "no")]
    numbers = Tally.objects.under(under)
    return [
        {
            "number": number,
            "name": model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural,
            "url": address(page(f"{model._meta.model_name}-list"), filters),
        }
        for model in RECORD_TYPES
        for number in [numbers.get(model.collection, 0)]
    ]
