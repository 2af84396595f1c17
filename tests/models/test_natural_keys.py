"""Dumping the register with natural keys, and loading it again."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from relations.models import (
    Batch,
    Checkup,
    Citation,
    Country,
    Entry,
    FormerAddress,
    Listing,
    PassageText,
    Standing,
    Tally,
    Upload,
    Word,
)
from tests.factories import make_one_of_everything
from tests.refusals import commit

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_app_config("relations").get_models() if not model.__name__.endswith("History")]
# Each model after those that it refers to, without models that are not entered by people.
NOT_ENTERED = (Batch, Checkup, Entry, FormerAddress, Listing, PassageText, Standing, Tally, Upload, Word)
IN_FIXTURES = [model for model in MODELS if model not in NOT_ENTERED]
TABLES = [model._meta.db_table for model in apps.get_app_config("relations").get_models()]
COMPUTED = {"version", "created_at", "changed_at", "published_at", "created_by", "search"}


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
    """All rows of all tables, including history; tallies without their counts, which depend on the order of writes."""
    rows = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            row = "(collection, under, affirmed, denied)" if table == "relations_tally" else table
            cursor.execute(f"SELECT {row}::text FROM {table} ORDER BY 1")
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
    """A fixture with other values for a part updates it, and does not add a second one."""
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
