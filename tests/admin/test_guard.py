"""Nobody overwrites a change that they have not seen: two windows on one row, and two saves at the same moment."""

from threading import Barrier, Thread

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from relations.models import (
    Actor,
    ArmsTransfer,
    Country,
    Event,
    Mission,
    Observation,
    Passage,
    Relation,
    RelationPeriod,
    Source,
)
from relations.models.keyed import Versioned
from tests.admin.conftest import MODEL_BACKEND
from tests.admin.forms import address_of, filled
from tests.factories import make_one_of_everything

# A column of each model that users may change.
PROSE = {
    Country: "official_name",
    Actor: "description",
    Relation: "summary",
    Source: "note",
    Passage: "digest",
}


def column_of(model):
    return PROSE.get(model, "note")


VERSIONED = [*PROSE, RelationPeriod, Event, Mission, ArmsTransfer, Observation]

# The version counts transactions, so each change needs its own.
in_transactions = pytest.mark.django_db(transaction=True)


@pytest.fixture
def register():
    with transaction.atomic():
        make_one_of_everything()


def test_every_record_and_thing_is_guarded():
    assert {model for model in apps.get_app_config("relations").get_models() if issubclass(model, Versioned)} == {
        *VERSIONED
    }


@in_transactions
def test_the_second_of_two_windows_is_told_who_was_first(register, desk, django_user_model):
    other = Client()
    other.force_login(django_user_model.objects.create_superuser("karl"), MODEL_BACKEND)
    for model in VERSIONED:
        row = model.objects.order_by("pk").first()
        column, url, before = column_of(model), address_of(row), row.version
        began = getattr(row, column)
        first, second = desk.get(url), desk.get(url)
        assert other.post(url, filled(first, **{column: "What Karl wrote"})).status_code == 302
        row.refresh_from_db()
        assert (getattr(row, column), row.version) == ("What Karl wrote", before + 1)
        refused = desk.post(url, filled(second, **{column: "What Rosa wrote"}))
        assert refused.status_code == 200
        told = refused.context
        assert (told["who"], told["when"]) == ("karl", f"{row.changed_at:%-d %B %Y, %H:%M} (UTC)")
        (choice,) = told["choices"]
        assert (choice.base, choice.now, choice.typed) == (began, "What Karl wrote", "What Rosa wrote")
        row.refresh_from_db()
        assert (getattr(row, column), row.version) == ("What Karl wrote", before + 1)
        assert desk.post(url, filled(desk.get(url), **{column: "What Rosa wrote"})).status_code == 302
        row.refresh_from_db()
        assert (getattr(row, column), row.version) == ("What Rosa wrote", before + 2)


@in_transactions
def test_a_changed_part_is_a_change_of_its_owner(register, desk):
    """A window that was opened before somebody added a code reports it."""
    country = Country.objects.get(code="YMD")
    stale = desk.get(address_of(country))
    country.codes.create(scheme="iso2", value="YD")
    refused = desk.post(address_of(country), filled(stale, official_name="Seen before"))
    assert [(each.now, each.typed) for each in refused.context["choices"]] == [
        ("", "Seen before"),
        ("ISO 3166-1 alpha-2 · YD", "not there"),
    ]
    country.refresh_from_db()
    assert (country.official_name, country.version) == ("", 2)


@pytest.mark.django_db
def test_a_form_without_the_version_it_showed_writes_nothing(register, desk):
    actor = Actor.objects.get()
    data = filled(desk.get(address_of(actor)), description="Unseen")
    del data["seen_version"]
    assert desk.post(address_of(actor), data).status_code == 200
    assert Actor.objects.get().description == ""


@in_transactions
@pytest.mark.parametrize("model", [Event, Country], ids=lambda model: model.__name__)
def test_of_two_who_save_at_the_same_moment_one_is_refused(register, model, django_user_model):
    row = model.objects.order_by("pk").first()
    url, column = address_of(row), column_of(model)
    start, answers = Barrier(2), {}
    clients = {}
    for name in ("rosa", "karl"):
        clients[name] = Client()
        clients[name].force_login(django_user_model.objects.create_superuser(name), MODEL_BACKEND)
    pages = {name: clients[name].get(url) for name in clients}

    def save(name):
        start.wait(10)
        answers[name] = clients[name].post(url, filled(pages[name], **{column: f"by {name}"})).status_code
        connection.close()

    threads = [Thread(target=save, args=[name]) for name in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers.values()) == [200, 302]
    winner = next(name for name, status in answers.items() if status == 302)
    before = row.version
    row.refresh_from_db()
    assert (getattr(row, column), row.version) == (f"by {winner}", before + 1)
