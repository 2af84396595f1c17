"""The lists of several types of records together: figures, and everything by date."""

from collections import Counter
from typing import Any

from django.http import StreamingHttpResponse
from django.urls import reverse
from django.views.generic import TemplateView

from relations import figures, filters
from relations.everything import everything
from relations.exchange.exports import base_address
from relations.facets import COUNTED, facets
from relations.paging import MANY, Page, counted
from relations.views.base import CitedList, file_of_rows, tally
from relations.views.links import address, chips, paging, query_parameters
from relations.views.lists import files


class FigureList(CitedList, TemplateView):
    """The figures of events, deals and observations: one page of them, or all in a file."""

    template_name = "relations/figure_list.html"
    form_class = filters.FigureForm
    heading = "Figures"

    def file(self) -> StreamingHttpResponse:
        rows = self.form.figures().rows(self.form.cleaned_data["sort"], base_address(self.request))
        return file_of_rows(self, "figures", figures.COLUMNS, rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        values = self.form.cleaned_data
        found = self.form.figures()
        page = found.page(values["sort"], values["after"], values["size"], with_parties=False)
        return super().get_context_data(
            rows=page.rows,
            groups=[("", page.rows)],
            **tally(found.count),
            caveats=found.caveats(),
            about={"verbose_name": "figure", "verbose_name_plural": "figures"},
            form=self.form,
            chips=chips(self.request, self.form),
            files=files(self.request, "figure"),
            **paging(self.request, page.next),
            **kwargs,
        )


class Everything(CitedList, TemplateView):
    """The records of all types in one order, with filters that all types have."""

    template_name = "relations/everything.html"
    form_class = filters.EverythingForm
    heading = "Everything"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        values, forms = self.form.cleaned_data, self.form.forms
        of_types = [form.places for form in forms]
        page = everything(of_types, values["after"], values["size"]) if of_types else Page([], "")
        counts = [counted(places) for places in of_types]
        shared = query_parameters(self.request, without=("kind", "after", "size"))
        if sum(counts) <= COUNTED:
            for name, numbers in self.facets(forms).items():
                self.form.fields[name].widget.counts = numbers
        return super().get_context_data(
            form=self.form,
            rows=page.rows,
            **tally(sum(counts), MANY * len(counts)),
            types=[
                {
                    "about": form.model._meta,
                    **tally(number),
                    "url": address(reverse(f"{form.model._meta.model_name}-list"), shared),
                    "file": address(reverse(f"{form.model._meta.model_name}-csv"), shared),
                }
                for form, number in zip(forms, counts, strict=True)
                if number
            ],
            understood=forms[0].understood if forms else None,
            chips=chips(self.request, self.form),
            **paging(self.request, page.next),
            **kwargs,
        )

    def facets(self, forms: list[filters.RecordForm]) -> dict[str, dict[str, int]]:
        """The facets of the shared filters, added up over all types."""
        together: dict[str, Counter[str]] = {name: Counter() for name in ("country", "partner", "actor", "modality")}
        for form in forms:
            for name, numbers in facets(form, tuple(together)).items():
                together[name].update(numbers)
        return {name: dict(numbers) for name, numbers in together.items()}
