"""What the public views have in common."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import View

from config.databases import reading
from relations.exchange.column import Column
from relations.exchange.exports import base_address, file_name, packed, rows_response, streamed
from relations.models import RECORD_TYPES, Tally
from relations.paging import MANY
from relations.parameters import BadParameters, StrictForm
from relations.views.formats import Format
from relations.views.links import address, by_keys, chips, given, page, tidy
from relations.views.references import ListReference

ONLY_ON_PAGE = ("after", "size")  # parameters that a file, or a reference, does not take


class NoParameters(StrictForm):
    """The parameters of a page that takes none."""

    template = "relations/parts/none.html"


def refused(request: HttpRequest, error: BadParameters) -> HttpResponse:
    """The page that says what is wrong with the parameters of an address."""
    return render(request, "400.html", {"problems": error.problems, "form": error.form}, status=400)


class StrictView(View):
    """Answers 400, with the reasons, where a strict form refuses the parameters of the address.

    Who asks for a file gets them as text, one a line.
    """

    file_format = ""  # of a file; a page has none
    takes_parameters = True

    @property
    def is_file(self) -> bool:
        """Whether a file is asked for."""
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
            return refused(request, error)


class PlainView(StrictView):
    """Answers for its address alone, and refuses all parameters."""

    takes_parameters = False


class AskedView(StrictView):
    """What a form asks for, as a page or as a file; the page stands at the shortest of the addresses that ask so."""

    form_class: type[StrictForm]
    form: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.is_file and (meant := by_keys(request)):
            return HttpResponseRedirect(meant)
        of_file: Any = {"is_file": True} if self.is_file else {}
        self.form = self.form_class(request.GET, **of_file)
        self.form.check()
        if self.is_file:
            return self.file()
        sort = self.form.fields.get("sort")
        if tidied := tidy(request, usual=("sort", sort.initial) if sort else ("", "")):
            return HttpResponseRedirect(tidied)
        page: Any = super()
        return page.get(request, *args, **kwargs)

    def file(self) -> StreamingHttpResponse:
        """All that is asked for, as a file of the format that the view is for."""
        raise NotImplementedError


class CitedList(AskedView):
    """A list whose page says how it is cited as it was asked for; in a format of references that alone is answered."""

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
        return {"reference": self.reference(), **of_page.get_context_data(heading=self.called(), **kwargs)}

    def called(self) -> str:
        """What the list is called."""
        return self.heading

    def reference(self) -> ListReference:
        """How the list is cited: with what narrows it, and its address with all that it was asked."""
        ending = f".cite.{self.cited_in.ending}" if self.cited_in else "/"
        path, asked = self.request.path.removesuffix(ending), address("", given(self.request, without=ONLY_ON_PAGE))
        narrowed = "; ".join(f"{chip['label']}: {chip['words']}" for chip in chips(self.request, self.form))
        url = self.request.build_absolute_uri(f"{path}/{asked}")
        return ListReference(self.called(), url, narrowed, path, asked)


def named(view: StrictView, name: str) -> str:
    """What a file of the rows that a request asks for is called."""
    return file_name(name, given(view.request), timezone.localdate())


def file_of(view: StrictView, name: str, runs: Sequence[QuerySet], columns: Iterable[Column]) -> StreamingHttpResponse:
    """The rows of querysets that follow one another, as a file of the format that a view is for."""
    return sent(view, streamed(view.file_format, named(view, name), runs, columns, base_address(view.request)))


def file_of_rows(
    view: StrictView, name: str, columns: Sequence[Column], rows: Iterator[tuple[Any, ...]]
) -> StreamingHttpResponse:
    """Rows that Python makes, as a file of the format that a view is for."""
    return sent(view, rows_response(view.file_format, named(view, name), columns, rows, reading.database))


def sent(view: StrictView, file: StreamingHttpResponse) -> StreamingHttpResponse:
    """A file as its reader asks for it, be it from a page of another host."""
    file["Access-Control-Allow-Origin"] = "*"
    return packed(file, view.request.headers.get("Accept-Encoding", ""))


def tally(count: int, most: int = MANY) -> dict[str, Any]:
    """How many rows a list says it has, which were counted to one more than `most`."""
    number = min(count, most)
    return {"count": number, "number": f"{number:,}", "is_more": count > most}


def counts(under: str = "", **asked: str) -> list[dict[str, Any]]:
    """How many records of each type are listed under a name, or in all, with the address of their list.

    What did not happen is not counted.
    """
    parameters = [*asked.items(), ("negated", "no")]
    numbers = Tally.objects.under(under)
    return [
        {
            "number": number,
            "name": model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural,
            "url": address(page(f"{model._meta.model_name}-list"), parameters),
        }
        for model in RECORD_TYPES
        for number in [numbers.get(model.collection, 0)]
    ]
