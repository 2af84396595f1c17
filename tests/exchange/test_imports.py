"""Imports: what is written, what is refused, and in which words."""

import csv
import io
import threading

import pghistory.models
import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.db import connection, transaction
from django.db.models import Value
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from tablib import Dataset

from relations.exchange.cells import cut, plain
from relations.exchange.columns import COLUMNS, columns_of
from relations.exchange.exports import csv_response
from relations.exchange.imports import RESOURCES
from relations.exchange.parts import escaped
from relations.exchange.sheets import read_csv
from relations.models import (
    Actor,
    ArmsTransfer,
    Citation,
    Country,
    CountryCode,
    Event,
    Mission,
    Observation,
    Participation,
    Passage,
    Record,
    Relation,
    RelationPeriod,
    Source,
    Succession,
)
from relations.text import line
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

pytestmark = pytest.mark.django_db


def csv_of(*rows: dict[str, object]) -> Dataset:
    """Rows as a researcher's file would give them."""
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return read_csv(file.getvalue().encode())


def exported(model) -> Dataset:
    response = csv_response(model._default_manager.all(), base_url="https://dyad.example", audience="desk")
    return read_csv(b"".join(response))


def imported(model, dataset: Dataset, **kwargs):
    """The result of an import that found nothing wrong."""
    result = RESOURCES[model]().import_data(dataset, **kwargs)
    assert messages(result) == []
    return result


def messages(result) -> list[str]:
    """All that was found wrong."""
    base = [str(error.error) for error in result.base_errors]
    return base + [message for row in result.invalid_rows for message in row.error.messages]


def refusals(model, *rows: dict[str, object], **kwargs) -> list[str]:
    """What was found wrong, after making sure that nothing was written."""
    before = rows_in_history()
    result = RESOURCES[model]().import_data(csv_of(*rows), **kwargs)
    assert rows_in_history() == before
    assert messages(result)
    return messages(result)


def rows_in_history() -> int:
    return sum(
        model.objects.count()
        for model in apps.get_app_config("relations").get_models()
        if issubclass(model, pghistory.models.Event)
    )


def a_bit_of_everything() -> None:
    """One row and more of every table, with every sort of part and of odd text."""
    source = make_source(
        "a-book", authors="Family, Given\nOther, Person", issued_on="2016", url="https://book.example/"
    )
    passage = make_passage(source, "egypt.2.2")
    yemen = make_country("YMD", aliases=["PDRY", "Aden; South"], existed_until="1990-05-22")
    Succession.objects.create(predecessor=yemen, successor=make_country("YEM"))
    CountryCode.objects.create(country=yemen, scheme="cow", value="680", valid_from=1967, valid_until=1990)
    CountryCode.objects.create(country=yemen, scheme="iso2", value="YD")
    orascom = make_actor("orascom", country=make_country("EGY"), aliases=["OT", "Orascom: Telecom"])
    relation = make_relation("EGY", "PRK", summary="-- two\r\nlines")
    for thing in (yemen, orascom, relation):
        cite(thing, passage=passage, stance="mentions")
    make_period(relation=relation, slug="egy-prk-legal", began_on="1963-08-24")
    make_mission(slug="egy-in-prk", city="P’yŏngyang", opened_on="[1963..1965]")
    event = make_event("PRK", "EGY", slug="a-visit", title="=Visit", happened_on="1973-03-01/1973-03-07", note="'+x")
    Participation.objects.create(event=event, named_as='16 "wise; men": a|b\\', role="host")
    Participation.objects.create(event=event, named_as="other states ", count=16, role="addressee")
    Participation.objects.create(event=event, actor=orascom, role="host")
    make_figure(event, of="pilots; of MiGs", figure_unit="head of crew")
    make_figure(event, "money", 26000000, 26000000.5, figure_qualifier="about", figure_unit="USD")
    make_figure(event, "killed", 7, None, figure_qualifier="at_least", figure_unit="")
    make_figure(event, "items", None, None, figure_qualifier="", figure_missing="uncounted", figure_unit="rockets")
    cite(
        event,
        passage=passage,
        field="place",
        stance="contradicts",
        value="a; b|c",
        hedge="said: “so”",
        attributed_on="2016",
    )
    cite(event, source=source, locator="p. 4 # 5")
    first = make_transfer(
        slug="scuds",
        event=event,
        value_low=1,
        value_high=2,
        value_qualifier="exact",
        value_unit="USD",
        value_kind="aid",
    )
    make_transfer(slug="scuds-2", possibly_same_as=first, recipient=None, recipient_named_as="a buyer")
    make_observation(slug="exports-2010", figure_low="0.5000")
    make_event("PRK", slug="a-draft", state="draft", editor_note="@doubt")


@pytest.mark.parametrize("model", COLUMNS, ids=lambda model: model._meta.model_name)
def test_untouched_file_changes_nothing(model):
    a_bit_of_everything()
    before = rows_in_history()
    dataset = exported(model)
    assert len(dataset) >= 1
    result = imported(model, dataset)
    assert (result.totals["skip"], result.totals["update"], result.totals["new"]) == (len(dataset), 0, 0)
    assert rows_in_history() == before


@pytest.mark.parametrize("model", [ArmsTransfer, Observation, Event, Mission, RelationPeriod])
def test_file_gives_back_what_was_deleted(model):
    a_bit_of_everything()
    dataset = exported(model)
    at = dataset.headers.index("version")
    emptied = Dataset(*[(*row[:at], "", *row[at + 1 :]) for row in dataset], headers=dataset.headers)
    ArmsTransfer.objects.filter(slug="scuds-2").delete()
    if model is Event:
        ArmsTransfer.objects.all().delete()
    if model is ArmsTransfer:
        # What a row points to must be there before it: the deal that may be the same is left.
        emptied = Dataset(emptied[1], headers=dataset.headers)
    else:
        model.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM relations_formeraddress")
    result = imported(model, emptied)
    assert result.totals["new"] == len(emptied)
    at = dataset.headers.index("version")
    again = exported(model)
    assert [row[:at] for row in again][-len(emptied) :] == [row[:at] for row in emptied]


def test_new_rows_take_the_defaults_of_what_they_do_not_say():
    user = User.objects.create_superuser("rosa")
    make_country("PRK")
    make_country("EGY")
    make_source("a-book")
    row = {
        "slug": "a-visit",
        "kind": "visit",
        "title": "A visit",
        "happened_on": "1973",
        "participants": "PRK:actor;EGY:recipient",
        "figures": "persons=about 30 persons of pilots",
        "citations": "a-book@p. 4 |hedge=reportedly",
        "modality": "",
        "state": "published",
        "version": "",
    }
    result = imported(Event, csv_of(row), user=user)
    event = Event.objects.get()
    assert (result.totals["new"], event.modality, event.created_by) == (1, "asserted", user)
    assert [str(part) for part in event.participations.all()] == ["North Korea (actor)", "Egypt (recipient)"]
    assert [str(figure) for figure in event.figures.all()] == ["Persons: about 30 persons pilots"]
    assert [(citation.locator, citation.hedge) for citation in event.citations.all()] == [("p. 4", "reportedly")]


def test_changed_row_is_one_version_and_keeps_its_other_parts():
    event = make_event("PRK", "EGY", slug="a-visit")
    actor = event.participations.get(role="actor")
    result = imported(
        Event,
        csv_of(
            {"slug": "a-visit", "title": "Renamed", "participants": "PRK:actor; EGY:host", "version": event.version}
        ),
    )
    changed = Event.objects.get()
    assert [row.diff for row in result.rows] == [
        [
            ("title", event.title, "Renamed"),
            ("participants", "PRK:actor; EGY:recipient", "PRK:actor; EGY:host"),
        ]
    ]
    assert (changed.title, result.totals["update"]) == ("Renamed", 1)
    assert {part.role: part.pk for part in changed.participations.all()}["actor"] == actor.pk
    assert set(changed.participations.values_list("country", "role")) == {("PRK", "actor"), ("EGY", "host")}


def test_dry_run_writes_nothing():
    make_event("PRK", slug="a-visit")
    before = rows_in_history()
    result = imported(Event, csv_of({"slug": "a-visit", "title": "Renamed"}), dry_run=True)
    assert (result.totals["update"], rows_in_history()) == (1, before)
    assert Event.objects.get().title != "Renamed"


EVENT = {"slug": "a-visit", "kind": "visit", "title": "A visit", "state": "draft"}
TRANSFER = {"slug": "scuds", "supplier": "FRA", "recipient": "EGY", "kind": "equipment", "deal_status": "delivered"}


@pytest.mark.parametrize(
    ("model", "row", "message"),
    [
        (Event, {**EVENT, "titel": "x"}, "column 5: 'titel' is not a known column (did you mean title?)"),
        (Event, {**EVENT, "id": "9223372036854775807"}, "column 5: 'id' is not a known column"),
        (Event, {"kind": "visit"}, "the column slug is missing: it says which row is meant"),
        (
            ArmsTransfer,
            {**TRANSFER, "supplier": "FRX"},
            "line 2, column supplier: 'FRX' is not a known country code; add the country first",
        ),
        (
            Event,
            {**EVENT, "kind": "vist"},
            "line 2, column kind: 'vist' is none of agreement, visit",
        ),
        (Event, {**EVENT, "happened_on": "Sep-17"}, "line 2, column happened_on: “Sep-17” is not a date."),
        (Event, {**EVENT, "happened_on": "03/04/2016"}, "line 2, column happened_on: “03/04/2016” is not a date."),
        (Event, {**EVENT, "happened_on": "43709"}, "line 2, column happened_on: “43709” is not a date."),
        (Event, {**EVENT, "slug": "A Visit"}, "line 2, column slug: 'A Visit': lower-case letters a–z and digits"),
        (Event, {**EVENT, "title": "x" * 161}, "line 2, column title: "),
        (Event, {**EVENT, "version": "3"}, "line 2, column version: '3': there is no such record"),
        (Event, {**EVENT, "kind": ""}, "line 2, column kind: This field cannot be blank."),
        (Event, {**EVENT, "state": "published"}, "line 2, column citations: a published record needs a citation"),
        (Event, {**EVENT, "participants": "PRX:actor"}, "line 2, column participants: 'PRX' is not a known country"),
        (Event, {**EVENT, "participants": "PRK:acter"}, "line 2, column participants: 'acter' is none of actor"),
        (Event, {**EVENT, "participants": "PRK"}, "line 2, column participants: 'PRK' is not of the form party:role"),
        (Event, {**EVENT, "participants": "PRK:actor;;"}, "line 2, column participants: 'PRK:actor;;': two separators"),
        (
            Event,
            {**EVENT, "participants": "PRK:actor; PRK:actor"},
            "line 2, column participants: 'PRK:actor' stands there twice",
        ),
        (
            Event,
            {**EVENT, "participants": "actor/orascon:host"},
            "line 2, column participants: 'orascon' is not a known",
        ),
        (Event, {**EVENT, "figures": "persons=1,000"}, "line 2, column figures: '1,000' is not a number"),
        (Event, {**EVENT, "figures": "persons=about"}, "line 2, column figures: '' is not a number"),
        (
            Event,
            {**EVENT, "figures": "money=20 dollars"},
            "line 2, column figures: 'money=20 dollars': figure_unit: money",
        ),
        (
            Event,
            {**EVENT, "figures": "persons=at_least 1..2"},
            "line 2, column figures: 'persons=at_least 1..2': at_least",
        ),
        (
            Event,
            {**EVENT, "citations": "a-bok@p. 4"},
            "line 2, column citations: 'a-bok' is not a known source (did you",
        ),
        (
            Event,
            {**EVENT, "citations": "a-book#egypt.9.9"},
            "line 2, column citations: 'egypt.9.9' is not a known passage",
        ),
        (
            Event,
            {**EVENT, "citations": "a-book@4 |hedg=x"},
            "line 2, column citations: 'hedg' is none of field, stance",
        ),
        (Event, {**EVENT, "citations": "a-book@4 |field=colour"}, "line 2, column citations: 'colour' is none of kind"),
        (Event, {**EVENT, "citations": "a-book@4 |on=1974/1975"}, "line 2, column citations: "),
        (
            Event,
            {**EVENT, "citations": "a-book"},
            "line 2, column citations: 'a-book' is not of the form source#passage",
        ),
        (
            Country,
            {"code": "fra", "name": "x", "kind": "state"},
            "line 2, column code: 'fra': three capital letters A–Z.",
        ),
        (
            Country,
            {"code": "AAA", "name": "France", "kind": "state"},
            "line 2, column name: 'France': another country has this name, but for its case, accents or spaces.",
        ),
        (Country, {"code": "FRA", "codes": "cow=220@1816"}, "line 2, column codes: 'cow=220@1816' is not of the form"),
        (Country, {"code": "FRA", "successors": "FRA"}, "line 2, column successors: 'FRA': successor: a state does"),
        (
            Source,
            {"key": "a-book", "text_is_public": "yes"},
            "line 2, column text_is_public: 'yes' is neither true nor",
        ),
        (Source, {"key": "a-book", "url": "javascript:alert(1)"}, "line 2, column url: 'javascript:alert(1)': Enter a"),
        (
            Passage,
            {"source": "a-book", "ref": "x.1.1", "position": "1.5"},
            "line 2, column position: '1.5' is not a whole",
        ),
        (ArmsTransfer, {**TRANSFER, "supplier": ""}, "line 2, column supplier: is needed"),
        (ArmsTransfer, {**TRANSFER, "value_low": "١٢"}, "line 2, column value_low: '١٢' is not a number"),
        (ArmsTransfer, {**TRANSFER, "value_low": "1.2E+05"}, "line 2, column value_low: '1.2E+05' is not a number"),
        (ArmsTransfer, {**TRANSFER, "recipient": "FRA"}, "line 2, column recipient: 'FRA': another state than the"),
        (
            RelationPeriod,
            {"slug": "p", "relation": "PRK-EGY", "track": "legal"},
            "line 2, column relation: 'PRK-EGY' is",
        ),
        (
            Relation,
            {"country_a": "PRK", "country_b": "EGY"},
            "line 2, column country_a: 'PRK': two different countries",
        ),
    ],
)
def test_bad_row_is_refused_by_line_and_column(model, row, message):
    make_source("a-book")
    for code in ("FRA", "EGY", "PRK"):
        make_country(code, **({"name": "France"} if code == "FRA" else {}))
    make_actor("orascom")
    (told,) = refusals(model, row)
    assert told.startswith(message)


def test_every_bad_cell_of_every_row_is_told_at_once():
    make_country("FRA", name="France")
    good = {**TRANSFER, "recipient": "", "recipient_named_as": "a buyer"}
    told = refusals(ArmsTransfer, good, {**good, "slug": "b", "supplier": "FRX", "kind": "x"}, {**good, "slug": "C"})
    assert [message.partition(":")[0] for message in told] == [
        "line 3, column supplier",
        "line 3, column kind",
        "line 4, column slug",
    ]


def test_same_key_twice_names_both_lines():
    assert refusals(Event, EVENT, {**EVENT, "slug": "other"}, EVENT) == ["line 4: a-visit stands in line 2 already"]


def test_same_key_of_two_columns_twice_names_both_lines():
    for code in ("EGY", "PRK"):
        make_country(code)
    pair = {"country_a": "EGY", "country_b": "PRK"}
    assert refusals(Relation, pair, pair) == ["line 3: EGY, PRK stands in line 2 already"]


def test_repeated_column_is_refused():
    result = RESOURCES[Event]().import_data(read_csv(b"slug,kind,title,kind\na,visit,b,visit\n"))
    assert messages(result) == ["column 4: 'kind' stands there twice, first as column 2"]


def test_line_is_that_of_the_file_where_cells_have_several():
    data = b'slug,kind,title,summary\na,visit,b,"two\nlines"\n\nc,vist,d,\n'
    (told,) = messages(RESOURCES[Event]().import_data(read_csv(data)))
    assert told.startswith("line 5, column kind: ")


def test_file_made_before_somebody_else_changed_the_record_is_refused():
    event = make_event("PRK", slug="a-visit")
    (told,) = refusals(Event, {"slug": "a-visit", "title": "Mine", "version": event.version + 7})
    assert told == (
        f"line 2, column version: '{event.version + 7}': the record is at version {Event.objects.get().version} by now;"
        " export it again and make the change there"
    )


def test_last_support_of_a_published_record_cannot_be_imported_away():
    make_event("PRK", slug="a-visit")
    (told,) = refusals(Event, {"slug": "a-visit", "citations": ""})
    assert told == "line 2, column citations: a published record needs a citation that supports it"


def test_published_slug_cannot_be_taken_again():
    make_event("PRK", slug="a-visit").delete()
    make_country("PRK")
    (told,) = refusals(Event, EVENT)
    assert told == "line 2: a-visit stood at a public address before and cannot be used again"


def test_rows_need_the_permission_to_add_or_to_change():
    make_event("PRK", slug="there")
    user = User.objects.create_user("ada")
    rows = [{**EVENT, "slug": "there"}, {**EVENT, "slug": "new"}]
    assert refusals(Event, *rows, user=user) == [
        "line 2: you may not change events",
        "line 3: you may not add events",
    ]
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_event", "change_event"]))
    imported(Event, csv_of(*rows), user=User.objects.get(username="ada"))


def test_imports_do_not_depend_on_the_language_of_the_visitor():
    make_country("FRA", name="France")
    with translation.override("de"):
        row = {**TRANSFER, "recipient": "", "recipient_named_as": "a buyer", "value_low": "1.5", "value_high": "1.5"}
        imported(ArmsTransfer, csv_of({**row, "value_qualifier": "exact", "value_unit": "USD"}))
    assert str(ArmsTransfer.objects.get().value_low) == "1.5000"


def test_history_says_which_file_a_change_came_from():
    imported(Event, csv_of(EVENT), file_name="visits.csv")
    history = apps.get_model("relations", "EventHistory").objects.get()
    assert history.pgh_context.metadata["import_file"] == "visits.csv"


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_table_wait_for_each_other():
    """The second begins when the first is done, so that neither writes over the other."""
    arrived, results = threading.Event(), []

    def second() -> None:
        arrived.set()
        results.append(RESOURCES[Event]().import_data(csv_of({**EVENT, "title": "Second"})))
        connection.close()

    with transaction.atomic():
        RESOURCES[Event]().import_data(csv_of(EVENT))
        thread = threading.Thread(target=second)
        thread.start()
        assert arrived.wait(10)
        with connection.cursor() as cursor:
            while True:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                if cursor.fetchone() == (1,):
                    break
        assert results == []
    thread.join(10)
    assert [result.totals["update"] for result in results] == [1]
    assert list(Event.objects.values_list("slug", "title")) == [("a-visit", "Second")]


def test_sequences_are_left_alone():
    make_event("PRK", slug="there")
    imported(Event, csv_of(EVENT))
    event = make_event("PRK", slug="after")
    assert event.pk > Event.objects.get(slug="a-visit").pk
    assert set(RESOURCES) == set(COLUMNS)
    assert [column.name for model in RESOURCES for column in columns_of(model, "desk") if column.name == "id"] == []
    assert (Actor.objects.count(), Citation.objects.count(), issubclass(Event, Record)) == (0, 2, True)


def test_unchanged_rows_take_no_query_each(django_assert_num_queries):
    for number in range(3):
        make_event("PRK", "EGY", slug=f"visit-{number}")
    few = csv_of({"slug": "visit-0", "kind": "visit"})
    many = csv_of(*({"slug": f"visit-{number}", "kind": "visit"} for number in range(3)))
    for dataset in (few, many):
        # five savepoints begun and ended, the time limit, the lock, the rows, and the constraints checked and put off
        with django_assert_num_queries(15):
            imported(Event, dataset)


@settings(max_examples=50, deadline=None)
@given(
    st.text(
        st.characters(categories=["L", "M", "N", "P", "S", "Zs"]) | st.sampled_from('\n\t\\;|#@:"=, of'), max_size=12
    )
)
def test_text_in_parts_comes_back_as_it_was(text):
    text = line(text)
    make_country("ZZZ")
    (cell,) = Country.objects.filter(code="ZZZ").values_list(escaped(Value(text)), flat=True)
    assert cut(f"{cell}; {cell}", ";") == ([cell, cell] if text else [])
    assert plain(cell) == text
