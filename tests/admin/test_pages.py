"""Every page of the desk renders for users who may see it, with a constant number of queries."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relations.models import (
    Actor,
    ArmsTransfer,
    Batch,
    Country,
    CountryCode,
    DealParty,
    Event,
    FormerAddress,
    Mission,
    Observation,
    Participation,
    Passage,
    PassageText,
    Relation,
    RelationPeriod,
    Source,
    Succession,
)
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_figure,
    make_lifespan,
    make_mission,
    make_observation,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)

PAIRS = [("EGY", "PRK"), ("IRQ", "PRK"), ("PRK", "SYR")]
CODES = ["EGY", "IRQ", "SYR"]
MODELS = [
    Actor,
    ArmsTransfer,
    Country,
    Event,
    FormerAddress,
    Mission,
    Observation,
    Passage,
    Relation,
    RelationPeriod,
    Source,
]


def fill(rows: int, parts: int) -> None:
    """So many rows of every model, each with so many parts of every kind."""
    for number in range(rows):
        code, pair = CODES[number], PAIRS[number]
        country = make_country(code)
        actor = make_actor(f"actor-{number}", country=country)
        relation = make_relation(*pair)
        event = make_event("PRK", *CODES[: parts - 1], title=f"Event {number}")
        deal = make_transfer(recipient=None, recipient_actor=actor, event=event, transit_country=country)
        targets = [
            country,
            actor,
            relation,
            make_period(relation=relation, held_by=make_country(pair[0])),
            make_mission(code, host_country=country),
            event,
            deal,
            make_observation(to_country=code),
        ]
        for part in range(parts):
            Participation.objects.create(event=event, actor=actor, role=["host", "mediator", "victim"][part])
            make_figure(event, of=f"part {part}")
            DealParty.objects.create(transfer=deal, actor=actor, role=["sought", "approved", "brokered"][part])
            CountryCode.objects.create(country=country, scheme="cow", value=str(part))
            make_lifespan(code, f"19{part}1", f"19{part}5")
            Succession.objects.create(predecessor=country, successor=make_country(f"AA{'ABC'[part]}"))
            for target in targets:
                cite(target, source=make_source(f"source-{number}"))
        PassageText.objects.create(passage=make_passage(make_source(f"source-{number}")), text="Text.")
        make_event(slug=f"gone-{number}").delete()


def page(model, name: str, *args) -> str:
    return reverse(f"admin:relations_{model._meta.model_name}_{name}", args=args)


def pages_of(model) -> list[str]:
    """All pages of a model, and those of its first row; former addresses are read-only."""
    key = model._default_manager.first().pk
    if model is FormerAddress:
        return [page(model, "changelist"), *(page(model, name, key) for name in ("change", "history"))]
    of_all = [page(model, name) for name in ("changelist", "add", "import", "export")]
    return [*of_all, *(page(model, name, key) for name in ("change", "history", "delete"))]


def test_every_page_renders(desk):
    fill(1, 3)
    for url in (url for model in MODELS for url in pages_of(model)):
        response = desk.get(url)
        assert (response.status_code, url) == (200, url)
        html = response.content.decode()
        of_its_own = r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\s(?:src|type=.application/json)=?)[^>]*>"
        assert (re.findall(of_its_own, html), url) == ([], url)


def test_index_renders_and_names_the_site(desk, settings):
    html = desk.get(reverse("admin:index")).content.decode()
    assert f">{settings.REGISTER.title}</a>" in html


def test_every_model_is_at_the_desk_or_part_of_one_that_is():
    registered = set(admin.site._registry)
    inline = {inline.model for each in admin.site._registry.values() for inline in each.inlines}
    assert {model for model in registered if model._meta.app_label == "relations"} == {*MODELS, Batch}
    assert {model.__name__ for model in inline} == {
        "Citation",
        "CountryCode",
        "DealParty",
        "EventFigure",
        "Lifespan",
        "Participation",
        "Succession",
    }


def test_every_page_is_forbidden_to_staff_without_permission(guest):
    fill(1, 1)
    urls = [url for model in MODELS for url in pages_of(model)]
    urls += [page(FormerAddress, "add"), page(FormerAddress, "delete", FormerAddress.objects.first().pk)]
    assert {url: guest.get(url).status_code for url in urls} == dict.fromkeys(urls, 403)
    sent = [page(model, "process_import") for model in MODELS if model is not FormerAddress]
    assert {url: guest.post(url).status_code for url in sent} == dict.fromkeys(sent, 403)


@pytest.mark.parametrize("action", ["import", "export"])
def test_import_and_export_have_permissions_of_their_own(guest, action):
    user = User.objects.get(username="ada")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_event", "change_event", "add_event"]))
    html = guest.get(page(Event, "changelist")).content.decode()
    assert f'href="{page(Event, action)}"'.replace('"', "") not in html.replace('"', "").replace("'", "")
    user.user_permissions.add(Permission.objects.get(codename=f"{action}_event"))
    assert guest.get(page(Event, action)).status_code == 200
    html = guest.get(page(Event, "changelist")).content.decode()
    assert f"href={page(Event, action)}" in html.replace('"', "").replace("'", "")


# session, user, and the queries of the list itself: count, rows, their citations, and the choices of its filters
QUERIES = {
    Actor: 5,
    ArmsTransfer: 6,
    Country: 5,
    Event: 7,
    FormerAddress: 4,
    Mission: 6,
    Observation: 6,
    Passage: 7,
    Relation: 5,
    RelationPeriod: 6,
    Source: 4,
}


QUERIES_OF_A_FORM = {
    Actor: 7,
    ArmsTransfer: 13,
    Country: 10,
    Event: 9,
    FormerAddress: 4,
    Mission: 10,
    Observation: 9,
    Passage: 7,
    Relation: 8,
    RelationPeriod: 9,
    Source: 5,
}


@pytest.mark.parametrize("number", [1, 3])
def test_lists_take_the_same_queries_however_many_rows_and_parts_they_hold(desk, number):
    fill(number, number)
    counts = {}
    for model in MODELS:
        with CaptureQueriesContext(connection) as counted:
            assert desk.get(page(model, "changelist")).status_code == 200
        counts[model] = len(counted)
    assert counts == QUERIES


@pytest.mark.parametrize("number", [1, 3])
def test_forms_take_the_same_queries_however_many_parts_they_hold(desk, number):
    fill(1, number)
    counts = {}
    for model in MODELS:
        with CaptureQueriesContext(connection) as counted:
            assert desk.get(page(model, "change", model._default_manager.first().pk)).status_code == 200
        counts[model] = len(counted)
    assert counts == QUERIES_OF_A_FORM


def test_list_filters_offer_the_countries_that_its_records_have(desk):
    make_event("PRK", "EGY", state="draft")
    make_mission("SYR", "PRK")
    for model, offered in ((Event, ["EGY", "PRK"]), (Mission, ["PRK", "SYR"])):
        (country,) = (
            spec
            for spec in desk.get(page(model, "changelist")).context["cl"].filter_specs
            if getattr(spec, "parameter_name", "") == "country"
        )
        assert sorted(code for code, _ in country.lookup_choices) == offered


@pytest.mark.parametrize(
    ("model", "query", "shown"),
    [
        (Event, {"decade": "1970"}, ["seventies"]),
        (Event, {"decade": "undated"}, ["undated"]),
        (Event, {"country": "EGY"}, ["seventies"]),
        (Event, {"q": "eighties"}, ["eighties"]),
        (Event, {"state": "draft"}, ["undated"]),
    ],
)
def test_list_filters(desk, model, query, shown):
    make_event("PRK", "EGY", slug="seventies", title="Seventies", happened_on="1973")
    make_event("PRK", slug="eighties", title="Eighties", happened_on="1980")
    make_event("PRK", slug="undated", title="No date", state="draft")
    response = desk.get(page(model, "changelist"), query)
    assert [event.slug for event in response.context["cl"].result_list] == shown


@pytest.mark.parametrize("decade", ["x", "0000", "99999", "٢٠٢٠"])
def test_list_ignores_a_decade_that_is_none(desk, decade):
    make_event("PRK", slug="seventies", happened_on="1973")
    assert desk.get(page(Event, "changelist"), {"decade": decade}).status_code == 200


def test_autocomplete_finds_a_passage_by_its_source_and_ref(desk):
    make_passage(make_source("a-book"), "egypt.2.2")
    make_passage(make_source("another"), "egypt.2.2")
    query = {"term": "a-book 2.2", "app_label": "relations", "model_name": "citation", "field_name": "passage"}
    assert len(desk.get(reverse("admin:autocomplete"), query).json()["results"]) == 1


@pytest.mark.parametrize("make", [make_actor, make_source, make_relation, make_event, lambda: make_country("PRK")])
def test_stamps_stand_once_on_the_page_of_a_row(desk, make):
    row = make()
    page = desk.get(reverse(f"admin:relations_{row._meta.model_name}_change", args=[row.pk])).content.decode()
    assert (page.count('name="seen_version"'), page.count("Changed at:")) == (1, 1)
