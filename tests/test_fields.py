"""The fuzzy date as a Django field: assignment, storage, bounds, lookups, serialization, migrations and refusals."""

import copy
import datetime
import json
import pickle
from collections.abc import Iterator

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import DataError, ProgrammingError, connection, models, transaction
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.db.models import F
from django.test.utils import isolate_apps

from relations.dates import EXAMPLES, FuzzyDate
from relations.expressions import sort_on
from relations.fields import FuzzyDateField, FuzzyDateFormField
from relations.models import Lifespan

SIXTY_THREE = (datetime.date(1963, 8, 24), datetime.date(1963, 8, 24))
SEVENTY_NINE = (datetime.date(1979, 1, 1), datetime.date(1979, 12, 31))


@pytest.fixture
def occurrence(db: None) -> Iterator[type[models.Model]]:
    """A model with dates of its own and of an abstract base class, with its table."""
    with isolate_apps("relations"):

        class Dated(models.Model):
            happened_on = FuzzyDateField(help_text="When it happened.")

            class Meta:
                abstract = True

        class Occurrence(Dated):  # noqa: DJ008 - nobody reads its name
            ended_on = FuzzyDateField(instants_only=True)

            class Meta:
                app_label = "relations"

        with connection.schema_editor() as editor:
            editor.create_model(Occurrence)
        yield Occurrence


def _bounds(instance: models.Model) -> tuple:
    return instance.happened_on_earliest, instance.happened_on_latest


@pytest.mark.parametrize(
    ("assigned", "text"),
    [
        ("1963-08-24", "1963-08-24"),
        (" 1963-08-24 ", "1963-08-24"),
        (FuzzyDate("1963-08-24"), "1963-08-24"),
        (datetime.date(1963, 8, 24), "1963-08-24"),
        (1979, "1979"),
        (622, "0622"),
    ],
)
def test_assignment_makes_a_fuzzy_date(occurrence: type, assigned: object, text: str) -> None:
    instance = occurrence(happened_on=assigned)

    assert instance.happened_on == text
    assert type(instance.happened_on) is FuzzyDate
    assert _bounds(instance) == (FuzzyDate(text).earliest, FuzzyDate(text).latest)


@pytest.mark.parametrize("nothing", ["", None, "  "])
def test_assignment_of_nothing_is_the_empty_string_without_bounds(occurrence: type, nothing: str | None) -> None:
    instance = occurrence(happened_on=nothing)

    assert instance.happened_on == ""
    assert _bounds(instance) == (None, None)


@pytest.mark.parametrize("wrong", ["1979–1981", True, 99999, datetime.datetime(1979, 1, 1, tzinfo=datetime.UTC)])
def test_an_assigned_invalid_date_is_kept_until_validation_refuses_it(occurrence: type, wrong: object) -> None:
    instance = occurrence(happened_on=wrong)

    assert instance.happened_on == str(wrong)
    assert _bounds(instance) == (None, None)
    with pytest.raises(ValidationError) as refusal:
        instance.full_clean()
    assert list(refusal.value.message_dict) == ["happened_on"]
    assert refusal.value.message_dict["happened_on"][0].startswith(f"“{wrong}” is not a date. ")
    with pytest.raises(DataError, match="is not a date"), transaction.atomic():
        instance.save()


def test_bounds_follow_the_date_of_the_instance_at_once(occurrence: type) -> None:
    instance = occurrence.objects.create(happened_on="1963-08-24")

    instance.happened_on = "1979"

    assert _bounds(instance) == SEVENTY_NINE


def test_bounds_cannot_be_set(occurrence: type) -> None:
    instance = occurrence(happened_on="1979")

    instance.happened_on_earliest = datetime.date(1900, 1, 1)

    assert _bounds(instance) == SEVENTY_NINE


def test_bounds_are_stored_by_every_writer(occurrence: type) -> None:
    occurrence.objects.create(happened_on="1963-08-24")
    occurrence.objects.bulk_create([occurrence(happened_on="1979"), occurrence()])
    stored = occurrence.objects.order_by("pk").values_list("happened_on_earliest", "happened_on_latest")

    assert list(stored) == [SIXTY_THREE, SEVENTY_NINE, (None, None)]

    occurrence.objects.update(happened_on="[..1979]")
    assert list(stored.all()) == [(None, SEVENTY_NINE[1])] * 3

    with connection.cursor() as cursor:
        cursor.execute("UPDATE relations_occurrence SET happened_on = '1963-08-24'")
    assert list(stored.all()) == [SIXTY_THREE] * 3


def test_no_writer_can_store_a_bound_that_is_not_the_dates(occurrence: type) -> None:
    occurrence.objects.create(happened_on="1979")

    occurrence.objects.update(happened_on_earliest="1900-01-01")

    assert occurrence.objects.values_list("happened_on_earliest", "happened_on_latest").get() == SEVENTY_NINE
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO relations_occurrence (happened_on_earliest) VALUES ('1900-01-01')")


def test_row_without_a_date_has_the_empty_string_from_the_database(occurrence: type) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO relations_occurrence DEFAULT VALUES")

    assert list(occurrence.objects.values_list("happened_on", "happened_on_earliest")) == [("", None)]


def test_loading_gives_fuzzy_dates_whole_deferred_or_as_values(occurrence: type) -> None:
    created = occurrence.objects.create(happened_on="1979")

    loaded = occurrence.objects.get()
    assert type(loaded.happened_on) is FuzzyDate
    assert type(occurrence.objects.values_list("happened_on", flat=True).get()) is FuzzyDate
    assert _bounds(occurrence.objects.only("pk").get()) == SEVENTY_NINE
    assert _bounds(occurrence.objects.only("happened_on_latest").get()) == SEVENTY_NINE
    occurrence.objects.update(happened_on="1963-08-24")
    created.refresh_from_db()
    assert _bounds(created) == SIXTY_THREE


def test_bounds_need_no_query(occurrence: type, django_assert_num_queries: object) -> None:
    occurrence.objects.create(happened_on="1979")

    with django_assert_num_queries(1):
        assert _bounds(occurrence.objects.get()) == SEVENTY_NINE


def test_expression_can_be_assigned(occurrence: type) -> None:
    instance = occurrence.objects.create(happened_on="1979")

    instance.ended_on = F("happened_on")
    instance.save()
    instance.refresh_from_db()

    assert instance.ended_on == "1979"


def test_lookups_take_dates_and_parts_of_dates(occurrence: type) -> None:
    occurrence.objects.bulk_create([occurrence(happened_on=text) for text in ("1963-08-24", "1979", "")])
    found = occurrence.objects.order_by("pk").values_list("happened_on", flat=True)

    assert list(found.filter(happened_on=1979)) == ["1979"]
    assert list(found.filter(happened_on=datetime.date(1963, 8, 24))) == ["1963-08-24"]
    assert list(found.filter(happened_on__startswith="19")) == ["1963-08-24", "1979"]
    assert list(found.filter(happened_on="not a date")) == []
    assert list(found.filter(happened_on_earliest__gte="1970-01-01")) == ["1979"]
    assert list(found.filter(happened_on_latest__year=1963)) == ["1963-08-24"]
    assert list(found.filter(happened_on_earliest=None)) == [""]


def test_sort_on_is_the_earliest_else_the_latest_day_of_the_first_date_that_has_one(occurrence: type) -> None:
    occurrence.objects.bulk_create(
        [
            occurrence(happened_on="1979"),
            occurrence(happened_on="[..1963]"),
            occurrence(ended_on="1970"),
            occurrence(),
            occurrence(happened_on="1965", ended_on="1950"),
        ]
    )

    by_date = sort_on("happened_on", "ended_on").asc(nulls_last=True)
    assert list(occurrence.objects.order_by(by_date).values_list("happened_on", "ended_on")) == [
        ("[..1963]", ""),
        ("1965", "1950"),
        ("", "1970"),
        ("1979", ""),
        ("", ""),
    ]


def test_order_of_the_text_does_not_depend_on_the_locale(occurrence: type) -> None:
    texts = ["[1979,1980]", "1979?", "1979", "1979-05", "/1979", "197X"]
    occurrence.objects.bulk_create([occurrence(happened_on=text) for text in texts])

    assert list(occurrence.objects.order_by("happened_on").values_list("happened_on", flat=True)) == sorted(texts)


@pytest.mark.parametrize("text", ["1979/1980", "1979/..", "/1979"])
def test_instant_refuses_a_span(occurrence: type, text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        occurrence(happened_on=text, ended_on=text).full_clean()

    assert refusal.value.message_dict == {
        "ended_on": [
            f"“{text}” is a span (/); a beginning or an end is one date, or one of several in brackets.",
        ]
    }


@pytest.mark.parametrize("text", ["1979", "1979~", "[1979..1981]", "[..1979]", ""])
def test_instant_takes_a_date_or_one_of_several(occurrence: type, text: str) -> None:
    occurrence(ended_on=text).full_clean()


def test_too_long_a_date_is_refused(occurrence: type) -> None:
    text = f"[{','.join(str(year) for year in range(1900, 1920))}]"

    with pytest.raises(ValidationError) as refusal:
        occurrence(happened_on=text).full_clean()

    assert refusal.value.message_dict == {"happened_on": ["Ensure this value has at most 60 characters (it has 101)."]}


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_serialized_is_the_text_and_never_the_bounds(occurrence: type, form: str) -> None:
    instance = occurrence.objects.create(happened_on="1979~", ended_on="")

    text = serializers.serialize(form, [instance])

    assert "earliest" not in text
    assert "latest" not in text
    if form == "json":
        assert json.loads(text)[0]["fields"] == {"happened_on": "1979~", "ended_on": ""}
    else:
        assert "    happened_on: 1979~\n    ended_on: ''\n" in text


def test_date_and_its_model_can_be_copied_and_pickled() -> None:
    lifespan = Lifespan(existed_from="1979")

    for other in (copy.deepcopy(lifespan), pickle.loads(pickle.dumps(lifespan))):  # noqa: S301 - our own bytes
        assert type(other.existed_from) is FuzzyDate
        assert (other.existed_from_earliest, other.existed_from_latest) == SEVENTY_NINE


def test_bounds_stand_once_in_the_concrete_model_and_not_in_the_abstract(occurrence: type) -> None:
    assert [field.name for field in occurrence._meta.get_fields()] == [
        "id",
        "happened_on",
        "ended_on",
        "ended_on_earliest",
        "ended_on_latest",
        "happened_on_earliest",
        "happened_on_latest",
    ]
    assert [field.name for field in occurrence.__base__._meta.get_fields()] == ["happened_on"]


def test_migration_state_has_the_columns_of_the_model(occurrence: type) -> None:
    state = ProjectState()
    state.add_model(ModelState.from_model(occurrence))

    historical = state.apps.get_model("relations", "Occurrence")

    names = [field.name for field in occurrence._meta.get_fields()]
    assert [field.name for field in historical._meta.get_fields()] == names
    for name in names:
        assert historical._meta.get_field(name).deconstruct() == occurrence._meta.get_field(name).deconstruct()


def test_migrations_contain_only_non_default_options(occurrence: type) -> None:
    def written(name: str) -> str:
        return MigrationWriter.serialize(occurrence._meta.get_field(name))[0]

    assert written("happened_on") == "relations.fields.FuzzyDateField(bounds=False, help_text='When it happened.')"
    assert written("ended_on") == "relations.fields.FuzzyDateField(bounds=False, instants_only=True)"
    assert written("ended_on_latest") == (
        "relations.fields.Bound(end='latest', help_text='The latest day that ended_on may mean; "
        "empty where it is open or unknown. Computed.', of='ended_on')"
    )


def test_form_field_takes_a_date_and_refuses_what_is_none() -> None:
    field = FuzzyDateFormField(required=False)

    assert field.clean(" 1979~ ") == "1979~"
    assert type(field.clean("1979~")) is FuzzyDate
    assert field.clean("") == ""
    with pytest.raises(ValidationError) as refusal:
        field.clean("1979-1980")
    assert refusal.value.message == (
        "“1979-1980” is not a date. Write “1979/1980” for a span, “[1979..1980]” for one occasion in it."
        f" Allowed are, for example: {EXAMPLES}."
    )


def test_model_form_has_one_text_box_with_examples(occurrence: type) -> None:
    class OccurrenceForm(forms.ModelForm):
        class Meta:
            model = occurrence
            fields = ["happened_on", "ended_on"]

    form = OccurrenceForm({"happened_on": "1979", "ended_on": "1979/1980"})

    assert [field.name for field in occurrence._meta.get_fields() if field.editable] == ["id", *form.fields]
    assert type(form.fields["happened_on"]) is FuzzyDateFormField
    assert form.fields["happened_on"].help_text == "When it happened."
    assert form.errors == {
        "ended_on": ["“1979/1980” is a span (/); a beginning or an end is one date, or one of several in brackets."]
    }
    assert form.instance.happened_on == "1979"


def test_model_form_keeps_an_unchanged_date_unchanged(occurrence: type) -> None:
    class OccurrenceForm(forms.ModelForm):
        class Meta:
            model = occurrence
            fields = ["happened_on"]

    instance = occurrence(happened_on="1979~")

    assert OccurrenceForm({"happened_on": "1979~"}, instance=instance).has_changed() is False
    assert OccurrenceForm({"happened_on": "1979"}, instance=instance).has_changed() is True
