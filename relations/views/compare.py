"""Comparison of several relations: the status of each on a day, track by track, and a common timeline."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from relations.addresses import pair_of
from relations.models import Mission, Relation, RelationPeriod
from relations.models.tracks import Track
from relations.parameters import BadParameters, StrictForm, TermsField
from relations.phrasing import silences
from relations.status import Answer, RelationStatus, statuses_on
from relations.text import alphabetical
from relations.views.base import StrictView
from relations.views.charts import timeline
from relations.views.records import AsOfForm
from relations.wording import heading

LEAST, MOST = 2, 6  # relations that are compared
MOST_OFFERED = 200  # relations offered in the form; others can be typed by code


class PairsField(TermsField):
    """The codes of relations, one or several in each value: KWT-PRK PRK-QAT."""

    widget = forms.MultipleHiddenInput  # type: ignore[assignment]

    def to_python(self, value: Any) -> list[str]:
        return [code for codes in super().to_python(value) for code in codes.replace(",", " ").split()]

    def validate(self, value: list[str]) -> None:
        """Accepts any codes; the page of the comparison checks whether the relations exist."""


class PairsForm(StrictForm):
    """The relations to compare."""

    pair = PairsField("Relations")
    template = "relations/parts/pairs.html"


class Comparison(StrictView, TemplateView):
    """The page with the form that chooses relations; it redirects to the address of their comparison."""

    template_name = "relations/comparison.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PairsForm(request.GET)
        if pairs := form.check()["pair"]:
            return HttpResponseRedirect(reverse("compare", args=["/".join(pairs)]))
        return super().get(request, form=form, offered=offered())


def offered() -> list[tuple[str, str]]:
    """Code and name of the public relations that the form offers, sorted by name."""
    named = [(relation.code, heading(relation)) for relation in Relation.objects.public().with_shown()[:MOST_OFFERED]]
    return sorted(named, key=lambda each: alphabetical(each[1]))


@dataclass(frozen=True)
class Cell:
    """A cell of the table: the answers for one relation on one track, or about its missions."""

    status: RelationStatus
    answers: list[Answer]

    @property
    def stated(self) -> list[Answer]:
        """The answers that have records."""
        return [answer for answer in self.answers if answer in self.status.stated]

    @property
    def unstated(self) -> list[Answer]:
        """The answers that have no records."""
        return [answer for answer in self.answers if answer in self.status.unstated]

    @property
    def is_absent(self) -> bool:
        """Whether there are no records because a state did not exist."""
        return not self.stated and any(answer.absent for answer in self.unstated)

    @property
    def silence(self) -> str:
        """The text of a cell without records: that a state did not exist, or “not stated”."""
        return silences(answer for answer in self.unstated if answer.absent) or "not stated"


def says_something(cells: list[Cell]) -> bool:
    """Whether a row of the table is worth showing: any cell has records, or in every cell a state did not exist."""
    return any(cell.stated for cell in cells) or all(cell.is_absent for cell in cells)


class Compare(StrictView, TemplateView):
    """The comparison of the relations in the address; redirects if their codes are not in canonical form."""

    template_name = "relations/compare.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        keys = self.kwargs["pairs"].split("/")
        self.form = AsOfForm(request.GET)
        self.form.check()
        self.relations = relations_of(keys)
        if (codes := [relation.code for relation in self.relations]) != keys:
            query = request.META.get("QUERY_STRING", "")
            path = reverse("compare", args=["/".join(codes)])
            return redirect(f"{path}?{query}" if query else path, permanent=True)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        day = self.form.cleaned_data["as_of"] or today
        statuses, what_lasts = statuses_on(self.relations, day), lasting(self.relations)
        rows = [(track.label, [Cell(status, status.of(track)) for status in statuses]) for track in Track]
        rows.insert(2, ("Missions", [Cell(status, list(status.missions)) for status in statuses]))
        return super().get_context_data(
            form=self.form,
            day=day,
            is_today=day == today,
            statuses=statuses,
            rows=[(label, cells) for label, cells in rows if says_something(cells)],
            silent=[label for label, cells in rows if not says_something(cells)],
            timeline=timeline(*((heading(relation), what_lasts[relation.code]) for relation in self.relations)),
            **kwargs,
        )


def relations_of(keys: list[str]) -> list[Relation]:
    """The public relations with these codes, each once.

    Raises Http404 if any is not found, BadParameters if there are fewer than LEAST or more than MOST.
    """
    pairs = list(dict.fromkeys(tuple(pair_of(key).values()) for key in keys))
    if not LEAST <= len(pairs) <= MOST:
        problem = f"{LEAST} to {MOST} relations are compared, such as KWT-PRK/PRK-QAT; this address has {len(pairs)}."
        raise BadParameters([problem], PairsForm(QueryDict()))
    if not all(pairs):
        raise Http404
    found = {relation.natural_key(): relation for relation in Relation.objects.public().of_pairs(pairs).with_shown()}
    if len(found) < len(pairs):
        raise Http404
    return [found[pair] for pair in pairs]


def lasting(relations: list[Relation]) -> dict[str, list[Any]]:
    """The published periods and missions of some relations, by code of the relation."""
    of_relation: dict[str, list[Any]] = defaultdict(list)
    periods = RelationPeriod.objects.published().filter(relation__in=relations)
    for period in periods.with_shown().with_ends().with_hedges().in_order():
        of_relation[period.relation.code].append(period)
    codes = {code for relation in relations for code in relation.natural_key()}
    missions = Mission.objects.published().filter(sending__in=codes, accredited_to__in=codes)
    for mission in missions.with_shown().with_ends().with_hedges().in_order():
        of_relation["-".join(sorted((mission.sending_id, mission.accredited_to_id)))].append(mission)
    return of_relation
