"""Filters for several types of records together: figures, the list of everything, and the chronology."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils.functional import cached_property

from relations import chronology, everything
from relations.addresses import RECORDS
from relations.figures import Figures, Records
from relations.filters.lists import DaysForm
from relations.filters.records import NEGATED_CHOICES, RecordForm
from relations.filters.types import FORMS, ArmsTransferForm, EventForm, ObservationForm
from relations.models.vocabularies import Collection, Measure, Modality
from relations.paging import Sort, day
from relations.parameters import (
    CursorField,
    NameField,
    NamesField,
    SizeField,
    SortField,
    TermField,
    TermsField,
    WordsField,
)
from relations.text import quoted


class FigureForm(RecordForm):
    """Figures of events, deals and observations, by what they measure and by their records."""

    measure = TermsField("Measure", Measure.choices)
    sort = SortField(
        {
            "date": Sort("oldest first", F("day"), "key", parse=day),
            "-date": Sort("newest first", F("day"), "key", descending=True, parse=day),
        }
    )
    OWN = ("measure", "sort", "after", "size")
    is_split = False

    def figures(self) -> Figures:
        """The figures with the selected measures, of the records that match the other filters."""
        shared = self.data.copy()
        for name in self.OWN:
            shared.pop(name, None)
        records: Records = {}
        for form_class in (EventForm, ArmsTransferForm, ObservationForm):
            form = form_class(shared, is_file=True, names_from=self)
            form.check()
            published: Any = form.model._default_manager.all()
            records[form.model] = form.apply(published.published()).order_by()
            self.understood = form.understood
        return Figures(records, self.cleaned_data["measure"])


class EverythingForm(DaysForm):
    """Records of all types, filtered by what all types have."""

    q = WordsField("Words")
    country = NamesField("Country")
    partner = NamesField("Partner")
    actor = NamesField("Actor")
    kind = TermsField("Type", [(term.value, term.label) for term in Collection if term.value in RECORDS])
    modality = TermsField("How the sources put it", Modality.choices)
    negated = TermField("Did not happen", NEGATED_CHOICES)
    after = CursorField("After")
    size = SizeField("Rows a page")
    OWN = ("kind", "after", "size")

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        if self.cleaned_data["after"]:
            try:
                everything.Cursor.read(self.cleaned_data["after"])
            except ValueError as error:
                yield "after", f"{error} Leave it out for the first page."

    @cached_property
    def forms(self) -> list[RecordForm]:
        """The form of each selected type, with the shared filters; types without actors are skipped if one is given."""
        shared = self.data.copy()
        for name in self.OWN:
            shared.pop(name, None)
        kinds = self.cleaned_data["kind"] or RECORDS
        forms: list[RecordForm] = []
        for form_class in FORMS:
            if form_class.model.collection.value not in kinds:
                continue
            if self.cleaned_data["actor"] and not form_class.model.actors:
                continue
            form = form_class(shared, is_file=True, names_from=self)
            form.check()
            forms.append(form)
        return forms


class ChronologyForm(DaysForm):
    """The filters of the chronology: a country or pair, an actor, days and kinds."""

    country = NameField("Country")
    partner = NameField("Partner")
    actor = NameField("Actor")
    kind = TermsField("Kind", [(term.value, term.label) for term in Collection if term.value in chronology.KINDS])
    after = CursorField("After")
    size = SizeField("Rows a page")

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        values = self.cleaned_data
        if values["partner"] and values["partner"] == values["country"]:
            yield "partner", f"{quoted(values['partner'])} is the country itself; give another."
        if values["after"]:
            try:
                chronology.Cursor.read(values["after"])
            except ValueError as error:
                yield "after", f"{error} Leave it out for the first page."
