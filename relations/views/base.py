"""What the public views have in common."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View

from relations.parameters import BadParameters


class StrictView(View):
    """Answers 400, with the reasons, where a strict form refuses the parameters of the address."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except BadParameters as error:
            return render(request, "400.html", {"problems": error.problems}, status=400)


def counts(records_of: dict[Any, Any]) -> list[dict[str, Any]]:
    """How many records of each type there are, with the address of their list."""
    return [
        {
            "number": number,
            "name": model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural,
            "url": reverse(f"{model._meta.model_name}-list"),
        }
        for model, records in records_of.items()
        for number in [records.count()]
    ]
