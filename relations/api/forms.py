"""What the API can be asked: what a list of the site can, and what has changed since a moment."""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from relations.addresses import RECORDS, RELATIONS
from relations.filters import ListForm, RecordForm
from relations.paging import moment
from relations.parameters import DayField, Parameter, StrictForm
from relations.text import quoted


class MomentField(Parameter, forms.CharField):
    """A moment with its offset, or a day, which begins in UTC."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            # What an address had as + has become a space.
            return moment(text.replace(" ", "+") if "T" in text else f"{text}T00:00:00Z")
        except ValueError:
            allowed = "is not a day such as 2026-11-27, or a moment such as 2026-11-27T12:00:00Z."
            raise ValidationError(f"{quoted(text)} {allowed}") from None


class UpdatedForm(ListForm):
    """A list, narrowed to what has changed since a moment."""

    updated_since = MomentField("Changed since")


class UpdatedRecords(UpdatedForm, RecordForm):
    """Records, narrowed by a moment in the read model, too."""

    def by_days(self, places: Any) -> Any:
        places = super().by_days(places)
        if since := self.cleaned_data["updated_since"]:
            changed = self.model._default_manager.filter(changed_at__gte=since).values("pk")
            places = places.filter(record_id__in=changed)
        return places


class UpdatedThings(UpdatedForm):
    """Things, narrowed by a moment."""

    def apply(self, queryset: Any) -> Any:
        if since := self.cleaned_data["updated_since"]:
            queryset = queryset.filter(changed_at__gte=since)
        return super().apply(queryset)


@cache
def asked_of(form_class: type[ListForm]) -> type[ListForm]:
    """The form of a list as the API has it."""
    narrowed: Any = UpdatedRecords if issubclass(form_class, RecordForm) else UpdatedThings
    return type(f"Api{form_class.__name__}", (narrowed, form_class), {})


def of_a_day(collection: str) -> bool:
    """Whether what stands in a collection can be asked as of a day."""
    return collection == RELATIONS or (collection in RECORDS and RECORDS[collection].lasts)


class OneForm(StrictForm):
    """What one record or thing can be asked: as of which day, where it lasts."""

    as_of = DayField("On the day")

    def __init__(self, data: Any, *, can_be_of_a_day: bool) -> None:
        super().__init__(data)
        if not can_be_of_a_day:
            del self.fields["as_of"]
