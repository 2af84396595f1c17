"""The parameters of the API: those of the lists of the site, and `updated_since`."""

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
    """A time stamp with an offset, or a day, which means its beginning in UTC."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            # An unescaped + in a query string is decoded as a space.
            return moment(text.replace(" ", "+") if "T" in text else f"{text}T00:00:00Z")
        except ValueError:
            allowed = "is not a day such as 2026-11-27, or a moment such as 2026-11-27T12:00:00Z."
            raise ValidationError(f"{quoted(text)} {allowed}") from None


class UpdatedForm(ListForm):
    """The filters of a list, and `updated_since`."""

    updated_since = MomentField("Changed since")


class UpdatedRecords(UpdatedForm, RecordForm):
    """Records: filters their places in the read model."""

    def by_days(self, places: Any) -> Any:
        places = super().by_days(places)
        if since := self.cleaned_data["updated_since"]:
            changed = self.model._default_manager.filter(changed_at__gte=since).values("pk")
            places = places.filter(record_id__in=changed)
        return places


class UpdatedThings(UpdatedForm):
    """Things: filters the QuerySet."""

    def apply(self, queryset: Any) -> Any:
        if since := self.cleaned_data["updated_since"]:
            queryset = queryset.filter(changed_at__gte=since)
        return super().apply(queryset)


@cache
def api_form_of(form_class: type[ListForm]) -> type[ListForm]:
    """The form of a list with the additional parameters of the API."""
    narrowed: Any = UpdatedRecords if issubclass(form_class, RecordForm) else UpdatedThings
    return type(f"Api{form_class.__name__}", (narrowed, form_class), {})


def takes_day(collection: str) -> bool:
    """Whether the rows of a collection take the parameter `as_of`: relations, and records that last."""
    return collection == RELATIONS or (collection in RECORDS and RECORDS[collection].lasts)


class OneForm(StrictForm):
    """The parameters for one record or thing: `as_of`, if its type takes it."""

    as_of = DayField("On the day")

    def __init__(self, data: Any, *, can_be_of_a_day: bool) -> None:
        super().__init__(data)
        if not can_be_of_a_day:
            del self.fields["as_of"]
