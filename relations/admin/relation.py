"""The admin pages of relations (dyads), and of relation periods (states of affairs)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from relations.admin.citation import CitationInline
from relations.admin.forms import RecordForm, VersionedForm
from relations.admin.keys import KeySelect
from relations.admin.lists import MAX_LENGTH, NONE, dated
from relations.admin.record import RECORD_STAMPS, DecadeFilter, DeskAdmin, InvolvingFilter, RecordAdmin
from relations.admin.search import names_of
from relations.admin.slugs import propose
from relations.models import Country, Relation, RelationPeriod
from relations.models.tracks import ONE_SIDED_TRACKS, TRACK_VALUES
from relations.rights import may
from relations.wording import name

NOT_TWO = "Give two different countries."
VALUES = [("", "---------"), *((track.label, values.choices) for track, values in TRACK_VALUES.items())]


class RelationForm(VersionedForm):
    """Sorts the two countries by code, so that they may be entered in either order."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        sides: list[Any] = [cleaned.get(name) for name in ("country_a", "country_b")]
        if all(sides):
            cleaned["country_a"], cleaned["country_b"] = sorted(sides, key=lambda side: side.pk)
        return cleaned


@admin.register(Relation)
class RelationAdmin(DeskAdmin):
    """Relations. The two countries are read-only once they are saved."""

    form = RelationForm

    list_display = ["names", "code", "in_short"]
    list_filter = [InvolvingFilter]
    list_select_related = ["country_a", "country_b"]
    search_fields = ["country_a__code", "country_b__code", *names_of("country_a"), *names_of("country_b")]
    ordering = ["country_a_id", "country_b_id"]
    autocomplete_fields = ["country_a", "country_b"]
    fields = [("country_a", "country_b"), "summary"]
    inlines = [CitationInline]

    @admin.display(description="relation", ordering="country_a__name")
    def names(self, relation: Relation) -> str:
        return name(relation)

    @admin.display(description="summary", empty_value=NONE)
    def in_short(self, relation: Relation) -> str:
        return Truncator(relation.summary).chars(MAX_LENGTH)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "country_a", "country_b") if obj else ()


def a_side(label: str) -> forms.ModelChoiceField:
    """An autocomplete field for one of the two countries of a relation."""
    widget = KeySelect(Relation._meta.get_field("country_a"), admin.site)
    return forms.ModelChoiceField(Country.objects.all(), required=False, widget=widget, label=label)


class RelationPeriodForm(RecordForm):
    """The form of a period. A new one takes two countries instead of a relation, which it adds if there is none.

    `both_sides` enters a second period with the same value for the other side.
    """

    one_side, other_side = a_side("One side"), a_side("Other side")
    both_sides = forms.BooleanField(
        required=False,
        help_text="Enters a second record for the other side, alike in all else and with the same evidence.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            for name in ("one_side", "other_side", "both_sides"):
                self.fields.pop(name, None)

    def related(self) -> Relation | None:
        """The relation between the two sides, unsaved if it is new; None, with an error, if there can be none."""
        sides: list[Any] = [self.cleaned_data.get(name) for name in ("one_side", "other_side")]
        if None in sides or sides[0] == sides[1]:
            if not {"one_side", "other_side"} & self.errors.keys():
                self.add_error("other_side" if sides[0] else "one_side", NOT_TWO)
            return None
        first, second = sorted(sides, key=lambda side: side.pk)
        kept = Relation.objects.of_pair(first.pk, second.pk).first()
        if not kept and not may(self.user, "add", Relation):
            self.add_error("other_side", "There is no such relation yet, and you may not add one.")
        return kept or Relation(country_a=first, country_b=second)

    def _get_validation_exclusions(self) -> set[str]:
        """Includes an existing relation in the validation of the model, although it is not a field of the form."""
        return super()._get_validation_exclusions() - ({"relation"} if self.instance.relation_id else set())

    def clean(self) -> dict[str, Any]:
        """Sets the relation. With `both_sides`, `held_by` may be empty and becomes the first country."""
        if "one_side" in self.fields and (made := self.related()):
            self.cleaned_data["relation"] = self.instance.relation = made
        relation = self.cleaned_data.get("relation")
        if relation and self.cleaned_data.get("both_sides"):
            if self.cleaned_data.get("track") in ONE_SIDED_TRACKS:
                self.cleaned_data["held_by"] = self.cleaned_data.get("held_by") or relation.country_a
            else:
                names = " and ".join(track.label.lower() for track in ONE_SIDED_TRACKS)
                self.add_error("both_sides", f"Only {names} have a value for each side.")
        return super().clean()


def without(rows: Any, away: set[str]) -> list[Any]:
    """The rows of a fieldset without some fields."""
    left = [tuple(name for name in row if name not in away) if isinstance(row, tuple) else row for row in rows]
    return [row for row in left if row and row not in away]


def for_the_other_side(period: RelationPeriod) -> RelationPeriod:
    """Saves a copy of a period for the other side, with copies of its citations."""
    kept = {
        field.name: getattr(period, field.name)
        for field in period._meta.concrete_fields
        if not (field.generated or field.primary_key or field.name in RECORD_STAMPS)
    }
    kept |= {"created_by": period.created_by, "held_by": period.relation.other_than(period.held_by_id)}
    other = RelationPeriod.objects.create(**kept | {"slug": propose(RelationPeriod, kept)})
    for citation in period.citations.all():
        citation.pk, citation._state.adding, citation.period = None, True, other
        citation.save()
    return other


@admin.register(RelationPeriod)
class RelationPeriodAdmin(RecordAdmin):
    """Relation periods."""

    form = RelationPeriodForm
    list_columns = (dated("began_on"), dated("ended_on"))
    list_filter = ["state", "track", "modality", DecadeFilter, InvolvingFilter]
    search_fields = [
        *("slug", "subject", "reason"),
        *(*names_of("relation__country_a"), *names_of("relation__country_b")),
    ]
    autocomplete_fields = ["relation", "held_by"]
    first = (
        ("relation", "one_side", "other_side"),
        ("track", "value"),
        ("held_by", "both_sides"),
        "subject",
        ("began_on", "ended_on"),
        "modality",
    )
    carried = ("one_side", "other_side")
    fieldsets = [
        (
            None,
            {
                "fields": (
                    ("relation", "one_side", "other_side"),
                    ("track", "value"),
                    ("held_by", "both_sides"),
                    ("subject", "exception"),
                    ("began_on", "ended_on"),
                    "reason",
                )
            },
        ),
    ]
    letter, alike = "p", ("track", "value")
    inlines = [CitationInline]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """A new period has fields for the two sides, an existing one has the relation."""
        away = {"one_side", "other_side", "both_sides"} if obj else {"relation"}
        fieldsets = super().get_fieldsets(request, obj)
        return [(name, {**own, "fields": without(own["fields"], away)}) for name, own in fieldsets]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if obj.relation._state.adding:
            obj.relation.save()
            obj.relation = obj.relation  # sets relation_id, now that there is a key
        super().save_model(request, obj, form, change)

    def save_extra(self, request: HttpRequest, form: Any) -> None:
        if form.cleaned_data.get("both_sides"):
            other = for_the_other_side(form.instance)
            address = self.admin_site.name, self.opts.app_label, self.opts.model_name
            url = reverse("{}:{}_{}_change".format(*address), args=[other.pk])
            self.message_user(request, format_html('Entered for the other side too: <a href="{}">{}</a>.', url, other))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Groups the menu of values by track."""
        if db_field.name == "value":
            return forms.ChoiceField(choices=VALUES, required=False, help_text=db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
