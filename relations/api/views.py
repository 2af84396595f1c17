"""The API: lists and records as JSON, by the forms of the site and in the columns of its files."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django.views.generic import TemplateView, View

from relations import addresses, figures
from relations.api import openapi
from relations.api.forms import OneForm, asked_of, of_a_day
from relations.api.problems import ASKED_BEFORE, problem
from relations.exchange import panels
from relations.exchange.columns import collection_of, columns_of
from relations.exchange.exports import base_address, json_object
from relations.exchange.streams import json_rows
from relations.filters import FigureForm, RecordForm
from relations.models import FormerAddress, Relation
from relations.models.tracks import Track
from relations.paging import Page
from relations.parameters import BadParameters
from relations.views.base import NoParameters, PlainView
from relations.views.links import address, given
from relations.views.lists import FilteredList


@method_decorator(conditional_page, name="dispatch")
class ApiView(View):
    """Answers in JSON; what is wrong with a question is a problem in words."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except BadParameters as error:
            return problem(400, problems=error.problems)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What a browser asks before it asks for another host."""
        return HttpResponse(status=204, headers=ASKED_BEFORE)


class Listed(ApiView):
    """A page of a list: the rows in the columns of its files, and the address of the next page."""

    of_all: type[FilteredList] = FilteredList

    def get(self, request: HttpRequest) -> HttpResponse:
        form = asked_of(self.of_all.form_class)(request.GET)
        values = form.check()
        rows = self.of_all.queryset.prefetch_related(None)
        model = rows.model
        if isinstance(form, RecordForm):
            page = values["sort"].page(form.parts, values["after"], values["size"])
            keys = [place.record_id for place in page.rows]
            rows = form.shown(rows)
        else:
            page = values["sort"].page([form.apply(rows)], values["after"], values["size"])
            keys = [row.pk for row in page.rows]
        columns = columns_of(model, of_a_day="as_of" in rows.query.annotations)
        results = json_rows(rows, columns, base_address(request), keys)
        if model is Relation and (day := values["as_of"]):
            results = of_day(results, page.rows, day)
        told: dict[str, Any] = {"next": following(request, page)}
        if since := values["updated_since"]:
            told["deleted"] = [] if values["after"] else gone(collection_of(model), since)
        return answer(page_of(results, told))


def following(request: HttpRequest, page: Page) -> str | None:
    """The address of the page after this one."""
    after = address(request.path, [*given(request, without=("after",)), ("after", page.next)])
    return request.build_absolute_uri(after) if page.next else None


def page_of(results: list[str], told: dict[str, Any]) -> str:
    """Rows that are JSON already, and what is told beside them."""
    rows = ",\n".join(results)
    return f'{{"results":[{rows}],{json.dumps(told)[1:]}'


def of_day(results: list[str], relations: Iterable[Relation], day: date) -> list[str]:
    """Relations that are JSON already, each with what the sources let one say of it on a day, as a panel has it."""
    columns = panels.DYAD_YEARS[panels.DYAD_YEARS.index(panels.TRACK) :]
    told = {}
    for status in panels.statuses(relations, [day], Track, panels.states()):
        answers = ",".join(json_object(columns, panels.answer_cells(answer)) for answer in status.answers)
        told[status.relation.natural_key()] = f',"as_of":"{day.isoformat()}","status":[{answers}]}}'
    read = [json.loads(result) for result in results]
    return [result[:-1] + told[row["country_a"], row["country_b"]] for result, row in zip(results, read, strict=True)]


def gone(collection: str, since: Any) -> list[dict[str, Any]]:
    """What stands at its address no more since a moment: why, and where it is now, if anywhere."""
    rows = FormerAddress.objects.filter(collection=collection, gone_at__gte=since).order_by("gone_at", "slug")
    return [
        {"slug": row.slug, "reason": row.reason, "now_at": row.now_at or None, "gone_at": row.gone_at.isoformat()}
        for row in rows
    ]


class FiguresListed(ApiView):
    """A page of figures."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = FigureForm(request.GET)
        values = form.check()
        page = form.figures().page(values["sort"], values["after"], values["size"], with_parties=True)
        base = base_address(request).rstrip("/")
        results = [
            json_object(figures.COLUMNS, (f"{base}/{line.figure.collection}/{line.figure.slug}/", *line.figure[2:]))
            for line in page.rows
        ]
        return answer(page_of(results, {"next": following(request, page)}))


class One(ApiView):
    """One record or thing with its parts and its evidence; of a relation, as of a day, also its status."""

    collection = ""
    name = ""  # of the address that is asked at, by which a row that moved is found again

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        form = OneForm(request.GET, can_be_of_a_day=of_a_day(self.collection))
        day = form.check().get("as_of")
        outcome = addresses.resolve(self.collection, key)
        match outcome:
            case addresses.Moved(to):
                path = reverse(self.name, args=[addresses.last_part(to)])
                return HttpResponsePermanentRedirect(address(path, given(request)))
            case addresses.Gone(address=former):
                about = {"reason": former.reason, "gone_at": former.gone_at.isoformat()}
                return problem(410, f"It stands here no more: {former.get_reason_display().lower()}.", **about)
            case addresses.NotFound():
                return problem(404)
        row = outcome.object
        rows: Any = type(row)._default_manager.all()
        has_verdict = day and not isinstance(row, Relation)
        columns = columns_of(type(row), of_a_day=bool(has_verdict))
        found = json_rows(rows.with_verdict(day) if has_verdict else rows, columns, base_address(request), [row.pk])
        if not found:  # withdrawn in between
            return problem(404)
        if day and isinstance(row, Relation):
            found = of_day(found, [row], day)
        return answer(found[0])


def answer(text: str) -> HttpResponse:
    """JSON that is written already."""
    return HttpResponse(text, content_type="application/json")


class Description(ApiView):
    """What can be asked, in the terms of OpenAPI."""

    def get(self, request: HttpRequest) -> JsonResponse:
        NoParameters(request.GET).check()
        return JsonResponse(openapi.document(base_address(request)))


class Handbook(PlainView, TemplateView):
    """What can be asked, for people."""

    template_name = "relations/api.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = base_address(self.request)
        return super().get_context_data(described=openapi.document(site), site=site, **kwargs)
