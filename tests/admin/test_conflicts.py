"""The second of two savers sees the changes of both, field by field and part by part, and chooses."""

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client
from django.urls import reverse

from relations.models import Event, Participation
from tests.admin.conftest import MODEL_BACKEND
from tests.admin.forms import address_of, filled
from tests.factories import cite, make_country, make_event, make_passage, make_source

# The version counts transactions, so each change needs its own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit():
    """A draft with two parties and a citation."""
    with transaction.atomic():
        for code in ("SYR", "YMD"):
            make_country(code)
        return make_event(
            "PRK", "EGY", slug="visit", title="A visit", happened_on="1973-03", place="Cairo", state="draft"
        )


def told(response) -> list[tuple[str, ...]]:
    """The choices: field, old value, current value, typed value, and what is chosen already."""
    return [(each.label, each.base, each.now, each.typed, each.chosen) for each in response.context["choices"]]


def chosen(response, **choices: str) -> dict[str, object]:
    """What the page of choices would post, with some choices made."""
    posted: dict[str, list[str]] = {}
    for name, value in response.context["typed"]:
        posted.setdefault(name, []).append(value)
    made = {f"choose-{each.name}": each.chosen for each in response.context["choices"] if each.chosen}
    made |= {f"choose-{name.replace('__', '-')}": value for name, value in choices.items()}
    return {**posted, **made, "shown_version": str(response.context["shown_version"])}


def number_of(form, part: Participation) -> str:
    """The prefix of the form of a part."""
    (formset,) = (each.formset for each in form.context["inline_admin_formsets"] if each.opts.model is Participation)
    return next(each.prefix for each in formset.initial_forms if each.instance.pk == part.pk)


def test_what_only_one_of_the_two_changed_is_chosen_already_and_what_both_changed_is_asked(desk, visit):
    form = desk.get(address_of(visit))
    Event.objects.update(title="A state visit", place="Alexandria", summary="Of theirs")
    typed = filled(form, title="A working visit", happened_on="1973", place="Alexandria")
    page = desk.post(address_of(visit), typed)
    assert told(page) == [
        ("Title", "A visit", "A state visit", "A working visit", ""),
        ("Happened on", "1973-03", "1973-03", "1973", "mine"),
        ("Summary", "", "Of theirs", "", "theirs"),
    ]
    assert Event.objects.values_list("title", "happened_on", "version").get() == ("A state visit", "1973-03", 2)
    undecided = desk.post(address_of(visit), chosen(page))
    assert told(undecided) == told(page)
    assert undecided.context["is_asked_again"] is True
    assert desk.post(address_of(visit), chosen(page, title="mine")).status_code == 302
    kept = Event.objects.values_list("title", "happened_on", "place", "summary", "version").get()
    assert kept == ("A working visit", "1973", "Alexandria", "Of theirs", 3)


def test_each_may_be_chosen_against_what_was_chosen_already(desk, visit):
    form = desk.get(address_of(visit))
    Event.objects.update(title="A state visit", summary="Of theirs")
    page = desk.post(address_of(visit), filled(form, title="A working visit", happened_on="1973"))
    choices = chosen(page, title="theirs", happened_on="theirs", summary="mine")
    assert desk.post(address_of(visit), choices).status_code == 302
    assert Event.objects.values_list("title", "happened_on", "summary").get() == ("A state visit", "1973-03", "")


def test_a_third_saver_is_compared_again_and_choices_that_are_made_stay(desk, visit):
    form = desk.get(address_of(visit))
    Event.objects.update(title="A state visit")
    page = desk.post(address_of(visit), filled(form, title="A working visit"))
    Event.objects.update(place="Damascus")
    again = desk.post(address_of(visit), chosen(page, title="mine"))
    assert told(again) == [
        ("Title", "A visit", "A state visit", "A working visit", "mine"),
        ("Place", "Cairo", "Damascus", "Cairo", "theirs"),
    ]
    assert desk.post(address_of(visit), chosen(again)).status_code == 302
    assert Event.objects.values_list("title", "place", "version").get() == ("A working visit", "Damascus", 4)


def test_parts_are_chosen_too(desk, visit):
    """They count firms, add Syria, and remove banks and shops; I count companies, firms and banks, and add unions."""
    with transaction.atomic():
        own, firms, banks, shops = (
            visit.participations.create(named_as=name, role="recipient")
            for name in ("companies", "firms", "banks", "shops")
        )
    form = desk.get(address_of(visit))
    counts = {f"{number_of(form, part)}-count": "3" for part in (own, firms, banks)}
    with transaction.atomic():
        visit.participations.filter(pk=firms.pk).update(count=2, role="host")
        visit.participations.create(country_id="SYR", role="host")
        visit.participations.filter(pk__in=[banks.pk, shops.pk]).delete()
    added = {"participations-TOTAL_FORMS": "8", "participations-6-named_as": "unions", "participations-6-role": "host"}
    added |= {"participations-7-named_as": "away again", "participations-7-DELETE": "on"}
    page = desk.post(address_of(visit), filled(form, **counts, **added))
    names = {each.label: each.name for each in page.context["choices"]}
    both = "Participation 2 firms (host): Count"
    assert set(told(page)) == {
        ("Participation companies (recipient): Count", "", "", "3", "mine"),
        ("Participation 2 firms (host): Count", "", "2", "3", ""),
        ("Participation 2 firms (host): Role", "Recipient", "Host", "Recipient", "theirs"),
        ("Participation Syria (host)", "not there", "Host · Syria", "not there", "theirs"),
        ("Participation banks (recipient)", "Recipient · banks", "not there", "Recipient · banks · 3", ""),
        ("Participation shops (recipient)", "Recipient · shops", "not there", "Recipient · shops", "theirs"),
    }
    choices = chosen(page) | {
        f"choose-{names[both]}": "theirs",
        f"choose-{names['Participation banks (recipient)']}": "mine",
    }
    assert desk.post(address_of(visit), choices).status_code == 302
    assert set(visit.participations.values_list("country", "named_as", "role", "count")) == {
        ("PRK", "", "actor", None),
        ("EGY", "", "recipient", None),
        ("SYR", "", "host", None),
        (None, "companies", "recipient", 3),
        (None, "firms", "host", 2),
        (None, "banks", "recipient", 3),
        (None, "unions", "host", None),
    }


def test_what_both_typed_alike_is_no_choice(desk, visit):
    form = desk.get(address_of(visit))
    Event.objects.update(title="A state visit")
    assert desk.post(address_of(visit), filled(form, title="A state visit")).status_code == 302
    assert Event.objects.values_list("title", "version").get() == ("A state visit", 2)


def test_of_a_part_that_one_removes_and_the_other_changes_it_is_asked_whether_it_stays(desk, visit):
    form = desk.get(address_of(visit))
    prk, egy = (visit.participations.get(country=code) for code in ("PRK", "EGY"))
    visit.participations.filter(pk=egy.pk).update(role="host")
    page = desk.post(
        address_of(visit), filled(form, **{f"{number_of(form, each)}-DELETE": "on" for each in (prk, egy)})
    )
    asked = ("Participation Egypt (host)", "Recipient · Egypt", "Host · Egypt", "not there", "")
    removed = ("Participation North Korea (actor)", "Actor · North Korea", "Actor · North Korea", "not there", "mine")
    assert told(page) == [asked, removed]
    choices = chosen(page) | {f"choose-{page.context['choices'][0].name}": "theirs"}
    assert desk.post(address_of(visit), choices).status_code == 302
    assert list(visit.participations.values_list("country", "role")) == [("EGY", "host")]


def test_what_a_rule_refuses_after_the_choice_is_shown_in_the_form_with_all_that_was_typed(desk, visit):
    form = desk.get(address_of(visit))
    Event.objects.update(summary="Of theirs")
    page = desk.post(address_of(visit), filled(form, title="A working visit", happened_on="3/11/1956"))
    refused = desk.post(address_of(visit), chosen(page))
    values = refused.context["adminform"].form
    assert list(values.errors) == ["happened_on"]
    assert [values[name].value() for name in ("title", "summary", "happened_on", "seen_version")] == [
        *("A working visit", "Of theirs", "3/11/1956", "2"),
    ]


def test_the_page_names_who_was_first_and_needs_no_script(desk, visit, django_user_model):
    other = Client()
    other.force_login(django_user_model.objects.create_superuser("karl"), MODEL_BACKEND)
    form = desk.get(address_of(visit))
    assert other.post(address_of(visit), filled(other.get(address_of(visit)), title="Of Karl")).status_code == 302
    page = desk.post(address_of(visit), filled(form, title="Of Rosa", summary="One line\r\nand another"))
    words = page.content.decode()
    assert "Nothing was saved yet: karl changed this on" in words
    assert '<input type="radio" name="choose-title" value="mine" required>' in words
    assert '<input type="radio" name="choose-summary" value="mine" required checked>' in words
    assert '<input type="hidden" name="summary" value="One line\r\nand another">' in words


def test_on_the_coding_screen_it_is_chosen_in_place_and_coding_goes_on(desk, visit):
    with transaction.atomic():
        passage = make_passage(make_source("a-book"), "egypt.1.1")
        cite(visit, passage=passage)
    url = reverse("admin:relations_source_code", args=[passage.source_id])
    url += f"?passage=egypt.1.1&kind=event&record={visit.pk}"
    form = desk.get(url)
    Event.objects.update(title="A state visit")
    page = desk.post(url, filled(form, title="A working visit", _finish="on"))
    assert "admin/relations/coding.html" in [each.name for each in page.templates]
    assert told(page) == [("Title", "A visit", "A state visit", "A working visit", "")]
    saved = desk.post(url, chosen(page, title="mine"))
    assert (saved.status_code, "passage=egypt.1.1" in saved["Location"]) == (302, True)
    passage.refresh_from_db()
    assert (passage.finished, Event.objects.get().title) == (True, "A working visit")


def test_who_may_not_change_the_row_chooses_nothing(client, visit, django_user_model):
    ada = django_user_model.objects.create_user("ada", is_staff=True)
    ada.user_permissions.set(
        Permission.objects.filter(
            codename__in=["view_event", *(f"{verb}_participation" for verb in ("view", "change"))]
        )
    )
    client.force_login(ada, MODEL_BACKEND)
    refused = client.post(address_of(visit), {"participations-TOTAL_FORMS": "0", "seen_version": "99"})
    assert (refused.status_code, visit.participations.count()) == (403, 2)
