"""The desk answers every malformed request with a page or with a refusal in words."""

import re

import pytest
from django.contrib import admin
from django.db import transaction
from django.db.models import Field
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from relations.models import Event
from tests.admin.forms import filled
from tests.factories import make_event, make_one_of_everything, make_period
from tests.foreign import asked, pairs, values

OPTIONS = [desk.opts for desk in admin.site._registry.values()]
COLUMNS = sorted({field.name for options in OPTIONS for field in options.get_fields() if isinstance(field, Field)})
NAMES = [
    *("q", "e", "o", "p", "all", "_to_field", "_popup", "_changelist_filters", "_facets", "next"),
    *("passage", "kind", "record", "cites", "likely", "text", "whose", "state", "page", "like"),
    *("term", "app_label", "model_name", "field_name", "decade", "coverage", "country", "pk", "id"),
    *(f"{name}{lookup}" for name in COLUMNS for lookup in ("", "__exact", "__id__exact", "__in", "__isnull", "__gte")),
]
PARTS = [f"{prefix}-{number}" for prefix in ("citations", "participations", "codes") for number in ("TOTAL_FORMS", 0)]
FORM = [
    *("action", "_selected_action", "index", "select_across", "post", "format", "resource", "preview", "import_file"),
    *("_save", "_continue", "_popup", "_to_field", "seen_version", "username", "password", "old_password", *PARTS),
    *(
        "coverage",
        "reason",
        "another",
        "by",
        "pasted",
        "seal",
        "cut",
        "lines",
        "comment",
        "settle",
        "shown",
        "_finish",
        "_next",
        "figure",
        "one_side",
        "other_side",
    ),
    *("citations-INITIAL_FORMS", "citations-0-id", "citations-0-source", "participations-0-country", *COLUMNS),
]
AUTOCOMPLETE = "/admin/autocomplete/"
HELD = {"app_label": "relations", "model_name": "relationperiod", "field_name": "held_by"}


@pytest.mark.django_db
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("/admin/relations/passage/?source__id__exact=" + "9" * 25, None, "")
@example("/admin/relations/event/?id__in=1," + "9" * 25, None, "")
@example("/admin/relations/event/?happened_on_latest__gte=99999-01-01", None, "")
@given(
    address=asked("/admin/", NAMES, ["1", "EGY", "relations", "event"]),
    form=st.none() | pairs(FORM),
    action=st.sampled_from(["", "&action=delete_selected", "&action=export_selected"]),
)
def test_every_address_of_the_desk_answers(desk, register, address, form, action):
    with transaction.atomic():
        if form is None:
            response = desk.get(address)
        else:
            response = desk.post(address, form + action, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    assert response.status_code < 500


@pytest.fixture
def register(db):
    make_one_of_everything()


@pytest.fixture
def forms(desk, register):
    """The values of the form of a row of every model, by URL."""
    make_event(slug="gone").delete()
    rows = [each.model._default_manager.order_by("pk").last() for each in OPTIONS if each.app_label == "relations"]
    urls = [reverse(f"admin:relations_{row._meta.model_name}_change", args=[row.pk]) for row in rows]
    return {url: form for url in urls if (form := filled(desk.get(url)))}  # batches are read-only


def test_a_malformed_url_is_shown_where_it_was_typed(desk, forms):
    answers = {
        (url, typed): desk.post(url, form | {name: typed}).status_code
        for url, form in forms.items()
        for name in ("code", "key", "ref", "slug")
        if name in form
        for typed in ("a/b", "%0A", "?", "ü")
    }
    assert len(answers) >= 16
    assert set(answers.values()) == {200}


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), value=st.one_of(values.map(lambda value: value.decode(errors="replace")), st.text()))
def test_any_text_typed_into_a_form_is_saved_or_refused(desk, forms, data, value):
    url = data.draw(st.sampled_from(sorted(forms)))
    name = data.draw(st.sampled_from(sorted(forms[url])))
    with transaction.atomic():
        response = desk.post(url, forms[url] | {name: value})
        transaction.set_rollback(True)
    assert response.status_code in (200, 302, 400)


def answer(desk, address, **form):
    """The status and the page."""
    response = desk.post(address, form) if form else desk.get(address)
    return response.status_code, response.content.decode()


UNSEEN = "holds the unseen character U+0000 control character; take it out."


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("relations/event/?q=%00", "q"),
        ("relations/event/?state__exact=%00", "state__exact"),
        ("relations/event/?country=E%00Y", "country"),
        ("auth/user/?username=%00", "username"),
        ("relations/relationperiod/add/?relation=%00", "relation"),
        ("autocomplete/?term=%00", "term"),
        ("autocomplete/?model_name=x&app_label=%00", "app_label"),
    ],
)
def test_a_parameter_of_characters_that_nobody_types_is_named(desk, query, name):
    status, page = answer(desk, f"/admin/{query}")
    assert status == 400
    assert f"“{name}” {UNSEEN}" in page


@pytest.mark.parametrize(
    "path",
    ["relations/country/%00/change/", "relations/country/EG%7F/delete/", "auth/user/%00/password/", "x%1F/"],
)
def test_an_address_of_characters_that_nobody_types_is_nowhere(desk, path):
    assert answer(desk, f"/admin/{path}")[0] == 404


@pytest.mark.parametrize("key", ["x", "9" * 25, "999999", "-1", "1.5"])
def test_a_malformed_key_of_a_record_is_reported(desk, key):
    response = desk.get(f"/admin/relations/event/{key}/change/", follow=True)
    (told,) = [str(message) for message in response.context["messages"]]
    assert told == f"event with ID “{key}” doesn’t exist. Perhaps it was deleted?"


@pytest.mark.parametrize("key", ["x", "", "9" * 25, "1.5", "\0", "1;2"])
@pytest.mark.parametrize("action", ["delete_selected", "export_selected"])
def test_what_is_no_row_cannot_be_chosen(desk, key, action):
    make_event()
    status, page = answer(desk, "/admin/relations/event/", action=action, _selected_action=key)
    assert status == 400
    assert "is no row of this list." in page
    assert Event.objects.count() == 1


def test_what_is_no_row_cannot_be_chosen_in_lists_of_django_either(desk, editor):
    chosen = {"action": "delete_selected", "_selected_action": "x"}
    assert answer(desk, "/admin/auth/user/", **chosen)[0] == 400
    assert answer(desk, "/admin/auth/user/", **chosen | {"_selected_action": str(editor.pk)})[0] == 200


def options(response):
    """The selected holder of a period."""
    return re.findall('<option value="(.+?)" selected>', str(response.context["adminform"].form["held_by"]))


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 25, "1.5", "ZZZ"])
def test_a_field_that_names_a_row_is_left_empty_where_there_is_none(desk, key):
    url = reverse("admin:relations_relationperiod_add")
    asked_for, posted = desk.get(url, {"held_by": key}), desk.post(url, {"held_by": key})
    for response in (asked_for, posted):
        assert (response.status_code, options(response)) == (200, [])
    (told,) = posted.context["adminform"].form.errors["held_by"]
    assert told.startswith("Select a valid choice.")


def test_a_field_that_names_a_row_shows_it(desk):
    period = make_period()
    response = desk.get(reverse("admin:relations_relationperiod_add"), {"held_by": period.relation.country_a_id})
    assert options(response) == [period.relation.country_a_id]


@pytest.mark.parametrize(
    "wrong",
    [
        *({"app_label": "nowhere"}, {"model_name": "nothing"}, {"field_name": "none"}, {"field_name": "track"}, {}),
        *({"app_label": ""}, {"field_name": "value"}, {"field_name": "id"}),
    ],
)
def test_choices_for_a_field_that_is_none_are_forbidden(desk, wrong):
    assert desk.get(AUTOCOMPLETE, HELD).status_code == 200
    assert desk.get(AUTOCOMPLETE, (HELD | wrong) if wrong else {}).status_code == 403


def test_a_column_that_is_to_be_taken_for_the_key_has_a_name(desk):
    event = make_event()
    url = reverse("admin:relations_event_change", args=[event.pk])
    assert answer(desk, f"{url}?_to_field=")[0] == 400
    assert answer(desk, f"{url}?_to_field=slug")[0] == 400
    assert answer(desk, f"{url}?_to_field=id")[0] == 200
