"""Evidence, entered with what it is for."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from relations.admin.record import DeskForm
from relations.models import Citation
from relations.models.citation import citable_fields


class CitationForm(DeskForm):
    """A citation that takes the source from its passage, and the fields of its owner by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        passage, source = cleaned.get("passage"), cleaned.get("source")
        if passage and not source:
            cleaned["source"] = passage.source
        elif passage and source and passage.source_id != source.pk:
            self.add_error("passage", f"This sentence stands in {passage.source}, not in the source given.")
        elif not passage and not source:
            self.add_error("source", "Give the source, or the passage.")
        return cleaned


class CitationInline(admin.StackedInline):
    """The evidence; the source may be left empty where the passage tells it."""

    model = Citation
    form = CitationForm
    extra = 0
    classes = ["citations"]
    autocomplete_fields = ["source", "passage"]
    readonly_fields = ["digest"]
    fields = [
        ("passage", "source", "locator"),
        "digest",
        ("stance", "field", "value"),
        ("modality", "hedge"),
        ("attributed_to", "attributed_on"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("source", "passage__source")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "field":
            fields = [(name, name.replace("_", " ")) for name in citable_fields(self.parent_model)]
            return forms.ChoiceField(choices=[("", "the whole"), *fields], required=False, help_text=db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="What the passage says")
    def digest(self, citation: Citation) -> str:
        return citation.passage.digest if citation.passage else "–"
