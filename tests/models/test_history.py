"""The history records every change of every row, whoever writes, and cannot be changed."""

import pytest
from django.apps import apps
from django.db import connection

from relations.models import RelationPeriod
from tests.factories import (
    make_event,
    make_figure,
    make_relation,
)
from tests.models.records import EACH_RECORD, MAKERS, rows
from tests.refusals import forbidden


def history(row):
    """The history of a row as (operation, columns), oldest first."""
    tracked = apps.get_model("relations", f"{type(row).__name__}History")
    return tracked.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")


def labels(row):
    return [entry.pgh_label for entry in history(row)]


@pytest.mark.django_db
@EACH_RECORD
def test_history_keeps_insert_update_and_delete(owner):
    record = MAKERS[owner](state="draft", note="first")
    record.note = "second"
    record.save()
    rows(record).update(note="third")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE relations_{owner} SET note = 'fourth' WHERE id = %s", [record.pk])
    key = record.pk
    record.delete()
    record.pk = key
    assert list(history(record).values_list("pgh_label", "note")) == [
        ("insert", "first"),
        ("update", "second"),
        ("update", "third"),
        ("update", "fourth"),
        ("delete", "fourth"),
    ]


@pytest.mark.django_db
def test_history_keeps_what_is_created_in_bulk_and_by_raw_sql():
    relation = make_relation()
    columns = {"relation": relation, "track": "legal", "value": "established"}
    first, second = RelationPeriod.objects.bulk_create(
        [RelationPeriod(slug=slug, began_on="1963", **columns) for slug in ("first", "second")]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO relations_relationperiod
                (slug, modality, negated, state, note, editor_note, relation_id, track, value, subject, exception,
                 began_on, reason)
            VALUES ('third', 'asserted', false, 'draft', '', '', %s, 'legal', 'severed', '', '', '1970', '')
            """,
            [relation.pk],
        )
    third = RelationPeriod.objects.get(slug="third")
    for period in (first, second, third):
        assert list(history(period).values_list("pgh_label", "slug", "began_on")) == [
            ("insert", period.slug, period.began_on)
        ]


@pytest.mark.django_db
def test_history_has_no_row_for_no_change():
    event = make_event()
    figure = make_figure(event)
    before = labels(event), labels(figure)
    event.refresh_from_db()
    event.save()
    figure.save()
    rows(event).update(title=event.title)
    assert (labels(event), labels(figure)) == before == (["insert"], ["insert"])


@pytest.mark.django_db
@pytest.mark.parametrize("operation", ["UPDATE {} SET note = 'forged'", "DELETE FROM {}"])
@EACH_RECORD
def test_history_is_append_only(owner, operation):
    make = MAKERS[owner]
    table = history(make(note="first"))[0]._meta.db_table
    with forbidden("append_only|Cannot (update|delete)"), connection.cursor() as cursor:
        cursor.execute(operation.format(table))


@pytest.mark.django_db
def test_history_holds_every_column_but_the_computed_ones():
    for model in apps.get_app_config("relations").get_models():
        if model.__name__.endswith("History"):
            continue
        tracked = apps.all_models["relations"].get(f"{model._meta.model_name}history")
        if model.__name__ in (
            "PassageText",
            "Upload",
            "Batch",
            "Checkup",
            "KeptProfile",
            "Entry",
            "Listing",
            "Standing",
            "Tally",
            "Word",
        ):
            assert tracked is None  # texts of sentences, files of users, and tables derived from others
            continue
        own = {field.name for field in tracked._meta.concrete_fields if not field.name.startswith("pgh_")}
        assert own == {field.name for field in model._meta.concrete_fields if not field.generated}
