"""Fixtures: what the register says of itself in natural keys, and what it makes of it again."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from relations.models import Citation, Country, CountryCode, FormerAddress, PassageText, Succession
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_observation,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)
from tests.refusals import commit

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_app_config("relations").get_models() if not model.__name__.endswith("History")]
# In the order in which a row can name those before it. What the database writes by itself is in no fixture.
IN_FIXTURES = [model for model in MODELS if model not in (FormerAddress, PassageText)]
TABLES = [model._meta.db_table for model in apps.get_app_config("relations").get_models()]
COMPUTED = {"version", "created_at", "changed_at", "published_at", "created_by", "search"}


def make_one_of_everything():
    """Every model, with every kind of date, figure and target."""
    south_yemen, yemen = make_country("YMD", existed_from="1967-11", aliases=["PDRY"]), make_country("YEM")
    Succession.objects.create(predecessor=south_yemen, successor=yemen)
    CountryCode.objects.create(country=south_yemen, scheme="cow", value="680", valid_from=1967, valid_until=1990)
    CountryCode.objects.create(country=yemen, scheme="iso2", value="YE")
    make_country("EGY")
    actor = make_actor("orascom", country_id="EGY", aliases=["Orascom Telecom", "CHEO"])
    passage = make_passage(make_source("handbook", issued_on="[2018..]"), "egypt.1.1")
    event = make_event("PRK", slug="talks", happened_on="1973-03-01/1973-03-07", summary="They met — at length.")
    event.participations.create(actor=actor, role="host")
    event.participations.create(named_as="companies", count=2, role="concerned")
    make_figure(event, of="trainers")
    make_figure(event, "items", None, None, figure_qualifier="", figure_missing="uncounted")
    double = make_transfer(slug="scud-1980", ordered_on="[1979,1980]", event=event)
    make_transfer(
        "PRK",
        None,
        slug="scud-1981",
        recipient_actor=actor,
        value_low="5.5",
        value_high="60000000.25",
        value_qualifier="about",
        value_unit="USD",
        value_kind="estimate",
        possibly_same_as=double,
    )
    make_mission("EGY", "PRK", slug="embassy", opened_on="1964~", host_country_id="PRK")
    make_observation(slug="exports", period="2010/..")
    period = make_period("recognition", "recognised", relation=make_relation("PRK", "YMD"), held_by_id="YMD", slug="p")
    for target in (event, double, period):
        cite(target, passage=passage, hedge="reportedly", field="reason", modality="reported", attributed_on="2016")
    cite(event, source=make_source("atlas"), locator="p. 1", stance="contradicts", value="1974", attributed_to="them")
    for thing in (yemen, actor, period.relation):
        cite(thing, passage=passage, stance="mentions")
    make_event(slug="draft", state="draft", title="")
    PassageText.objects.create(passage=passage, text="A sentence that is nobody's business.")


def dumped():
    out = StringIO()
    labels = [model._meta.label for model in IN_FIXTURES]
    call_command("dumpdata", *labels, natural_foreign=True, natural_primary=True, format="json", stdout=out)
    return out.getvalue()


def loaded(text, tmp_path):
    fixture = tmp_path / "register.json"
    fixture.write_text(text, encoding="utf-8")
    call_command("loaddata", str(fixture), verbosity=0)


def everything():
    """All rows of all tables, the histories with them."""
    rows = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT {table}::text FROM {table} ORDER BY 1")
            rows[table] = [row for (row,) in cursor.fetchall()]
    return rows


def test_fixture_has_only_what_people_enter():
    make_one_of_everything()
    records = json.loads(dumped())
    assert {record["model"] for record in records} == {model._meta.label_lower for model in IN_FIXTURES}
    for record in records:
        assert ("pk" in record) == (record["model"] == "relations.country")
        assert not COMPUTED & set(record["fields"])
        assert not [name for name in record["fields"] if name.endswith(("_earliest", "_latest"))]
    assert "nobody's business" not in dumped()


def test_fixture_loaded_again_changes_nothing(tmp_path):
    make_one_of_everything()
    commit()
    before, text = everything(), dumped()
    loaded(text, tmp_path)
    assert everything() == before


def test_fixture_loaded_into_an_empty_register_is_the_same(tmp_path):
    make_one_of_everything()
    commit()
    text = dumped()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}")
    loaded(text, tmp_path)
    commit()
    assert dumped() == text


def test_fixture_tells_a_part_by_its_owner_and_content(tmp_path):
    """A fixture that says more of a part changes that part, and makes no second one beside it."""
    make_one_of_everything()
    count = Citation.objects.count()
    loaded(dumped().replace('"hedge": "reportedly"', '"hedge": "allegedly"'), tmp_path)
    assert Citation.objects.count() == count
    assert set(Citation.objects.filter(field="reason").values_list("hedge", flat=True)) == {"allegedly"}


def test_natural_key_leads_back_to_its_row():
    make_one_of_everything()
    for model in IN_FIXTURES:
        rows = list(model.objects.all())
        assert rows
        if model is not Country:  # its primary key is its natural key
            assert [model.objects.get_by_natural_key(*row.natural_key()) for row in rows] == rows
