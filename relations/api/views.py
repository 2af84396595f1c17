"""The API: lists and records as JSON, with the parameters of the site and the columns of its files."""

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
from relations.api.forms import OneForm, api_form_of, takes_day
from relations.api.problems import PREFLIGHT, problem
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
from relations.views.links import address, query_parameters
from relations.views.lists import FilteredList


@method_decorator(conditional_page, name="dispatch")
class ApiView(View):
    """Base of the views that respond with JSON; invalid parameters give a problem with status 400."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except BadParameters as error:
            return problem(400, problems=error.problems)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The response to a CORS preflight request."""
        return HttpResponse(status=204, headers=PREFLIGHT)


class Listed(ApiView):
    """A page of a list: rows with the columns of its files, and the URL of the next page.

    With `updated_since`, the first page also lists the addresses that are no longer public since then.
    """

    of_all: type[FilteredList] = FilteredList

    def get(self, request: HttpRequest) -> HttpResponse:
        form = api_form_of(self.of_all.form_class)(request.GET)
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
            results = with_status(results, page.rows, day)
        about: dict[str, Any] = {"next": following(request, page)}
        if since := values["updated_since"]:
            about["deleted"] = [] if values["after"] else former_addresses(collection_of(model), since)
        return answer(page_of(results, about))


def following(request: HttpRequest, page: Page) -> str | None:
    """The URL of the next page; None on the last."""
    after = address(request.path, [*query_parameters(request, without=("after",)), ("after", page.next)])
    return request.build_absolute_uri(after) if page.next else None


def page_of(results: list[str], about: dict[str, Any]) -> str:
    """A page as JSON, from rows that are JSON already and the other members of the object."""
    rows = ",\n".join(results)
    return f'{{"results":[{rows}],{json.dumps(about)[1:]}'


def with_status(results: list[str], relations: Iterable[Relation], day: date) -> list[str]:
    """Adds their status on a day to relations that are JSON already, with the columns of the panel of dyads."""
    columns = panels.DYAD_YEARS[panels.DYAD_YEARS.index(panels.TRACK) :]
    endings = {}
    for status in panels.statuses(relations, [day], Track, panels.states()):
        answers = ",".join(json_object(columns, panels.answer_cells(answer)) for answer in status.answers)
        endings[status.relation.natural_key()] = f',"as_of":"{day.isoformat()}","status":[{answers}]}}'
    read = [json.loads(result) for result in results]
    return [
        result[:-1] + endings[row["country_a"], row["country_b"]] for result, row in zip(results, read, strict=True)
    ]


def former_addresses(collection: str, since: Any) -> list[dict[str, Any]]:
    """The addresses of a collection that ceased to be public since a moment: why, and the new address if any."""
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
    """One record or thing with its parts and its evidence; for a relation with `as_of` also its status."""

    collection = ""
    name = ""  # of the URL pattern, for redirects to a row that has moved

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        form = OneForm(request.GET, can_be_of_a_day=takes_day(self.collection))
        day = form.check().get("as_of")
        outcome = addresses.resolve(self.collection, key)
        match outcome:
            case addresses.Moved(to):
                path = reverse(self.name, args=[addresses.last_part(to)])
                return HttpResponsePermanentRedirect(address(path, query_parameters(request)))
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
        if not found:  # withdrawn between the two queries
            return problem(404)
        if day and isinstance(row, Relation):
            found = with_status(found, [row], day)
        return answer(found[0])


def answer(text: str) -> HttpResponse:
    """A response with a text that is JSON already."""
    return HttpResponse(text, content_type="application/json")


class Description(ApiView):
    """The OpenAPI document."""

    def get(self, request: HttpRequest) -> JsonResponse:
        NoParameters(request.GET).check()
        return JsonResponse(openapi.document(base_address(request)))


class Handbook(PlainView, TemplateView):
    """The documentation of the API for people."""

    template_name = "relations/api.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = base_address(self.request)
        return super().get_context_data(described=openapi.document(site), site=site, **kwargs)
