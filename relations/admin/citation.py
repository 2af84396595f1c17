"""Citations as parts of the form of a record or thing, and the base class of inlines with filled-in rows."""

from functools import cache
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from relations.admin.forms import DeskForm, DistinctFormSet
from relations.admin.keys import KeysMixin
from relations.models import Citation
from relations.models.citation import citable_fields
from relations.prepared import planned

FOLDED = (
    ("passage", "source", "locator"),
    ("stance", "field", "part", "value"),
    ("modality", "attributed_on", "is_announcement"),
)


class CitationForm(DeskForm):
    """A citation whose source may be left empty if it has a passage."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        passage, source = cleaned.get("passage"), cleaned.get("source")
        if passage and not source:
            cleaned["source"] = passage.source
        elif passage and source and passage.source_id != source.pk:
            self.add_error("passage", f"This sentence is in {passage.source}, not in the source given.")
        elif not passage and not source:
            self.add_error("source", "Give the source, or the passage.")
        return cleaned


@cache
def of_owner(inline: Any, key: str) -> planned:
    """A prepared query for the rows of an inline that belong to an owner; `key` is the column of the foreign key."""
    return planned(lambda owner: inline.rows().filter(**{key: owner}))


class PrefilledInline(InlineModelAdmin):
    """An inline whose new rows may have initial values: on the coding screen, and after “Save and add another”.

    `coding` is the state of the coding screen or None, `before` the record saved before or None. Inlines with `is_rare`
    are collapsed on the coding screen.
    """

    model: Any
    coding: Any = None
    before: Any = None
    is_rare = False

    @classmethod
    def rows(cls) -> QuerySet:
        """The queryset of the rows, with the relations that their names need."""
        rows: QuerySet = cls.model._default_manager.all()
        return rows

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        inline: Any = type(self)
        formset.of_owner = of_owner(inline, formset.fk.attname)
        return formset

    def initial_rows(self, obj: Any) -> list[dict[str, Any]]:
        """The initial values of new rows on the coding screen; one dict per row."""
        return []

    def rows_like(self, record: Any) -> list[dict[str, Any]]:
        """The initial values of new rows that are copied from the record saved before; one dict per row."""
        return []

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """One empty form for each row of initial values."""
        if self.before:
            return len(self.rows_like(self.before))
        if not self.coding:
            return super().get_extra(request, obj, **kwargs)
        return len(self.initial_rows(obj))


class CitationInline(PrefilledInline, KeysMixin, admin.StackedInline):
    """The citations of a record or thing."""

    model = Citation
    form = CitationForm
    formset = DistinctFormSet
    extra = 0
    classes = ["citations"]
    autocomplete_fields = ["source", "passage"]
    readonly_fields = ["digest"]
    fields = [
        ("passage", "source", "locator"),
        "digest",
        ("stance", "field", "part", "value"),
        ("modality", "hedge"),
        ("attributed_to", "attributed_on", "is_announcement"),
    ]

    @classmethod
    def rows(cls) -> QuerySet:
        return Citation.objects.with_places()

    def initial_rows(self, obj: Any) -> list[dict[str, Any]]:
        """A citation of the current sentence, for a new record or for one that it is to be cited for."""
        is_new = obj is None or obj.pk is None
        return [{"passage": self.coding.passage.pk}] if is_new or self.coding.cites else []

    def rows_like(self, record: Any) -> list[dict[str, Any]]:
        """The last citation of the record saved before: its sentence, or its source and locator."""
        last = record.citations.order_by("-pk").first()
        if last is None:
            return []
        return [{"passage": last.passage_id, "source": last.source_id, "locator": last.locator}]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """On the coding screen the hedge and the quoted speaker come first, and the rest is collapsed."""
        if not self.coding:
            return super().get_fieldsets(request, obj)
        first = [("hedge", "attributed_to")]
        return [(None, {"fields": first}), ("More", {"classes": ["collapse"], "fields": FOLDED})]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "field":
            fields = [(name, name.replace("_", " ")) for name in citable_fields(self.parent_model)]
            return forms.ChoiceField(choices=[("", "the whole"), *fields], required=False, help_text=db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="What the passage says")
    def digest(self, citation: Citation) -> str:
        return citation.passage.digest if citation.passage else "–"
