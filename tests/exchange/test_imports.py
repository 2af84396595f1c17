"""Imports: what is written, what is refused, and with which message."""

import csv
import io
import threading
from datetime import date
from typing import Any

import pghistory.models
import pytest
import yaml
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.db import connection, transaction
from django.db.models import Value
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from tablib import Dataset

from relations import bulk
from relations.coding.loading import load_fixtures
from relations.exchange import rows as rows_of_files
from relations.exchange.cells import pieces_of, unescaped
from relations.exchange.columns import COLUMNS, columns_of
from relations.exchange.existing_rows import ExistingRows, only_writer
from relations.exchange.exports import csv_response
from relations.exchange.imports import RESOURCES
from relations.exchange.parts import escaped
from relations.exchange.rows import RefusedError
from relations.exchange.sheets import read_csv
from relations.exchange.tables import SheetError
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
from relations.models.refusals import BUSY
from relations.text import line
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

pytestmark = pytest.mark.django_db


def csv_of(*rows: dict[str, object]) -> Dataset:
    """Rows as they would be in a researcher's file."""
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return read_csv(file.getvalue().encode())


def exported(model) -> Dataset:
    response = csv_response(model._default_manager.all(), base_url="https://dyad.example", audience="desk")
    return read_csv(b"".join(response))


def imported(model, dataset: Dataset, **kwargs):
    """The result of an import without refusals."""
    result = RESOURCES[model]().import_data(dataset, **kwargs)
    assert messages(result) == []
    return result


def messages(result) -> list[str]:
    """All refusals of an import."""
    base = [str(error.error) for error in result.base_errors]
    return base + [message for row in result.invalid_rows for message in row.error.messages]


def refusals(model, *rows: dict[str, object], **kwargs) -> list[str]:
    """The refusals of an import, after asserting that nothing was written."""
    before = rows_in_history()
    result = RESOURCES[model]().import_data(csv_of(*rows), **kwargs)
    assert rows_in_history() == before
    assert messages(result)
    return messages(result)


HISTORIES = [
    model._meta.db_table
    for model in apps.get_app_config("relations").get_models()
    if issubclass(model, pghistory.models.Event)
]


def rows_in_history() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " + ".join(f'(SELECT count(*) FROM "{table}")' for table in HISTORIES))
        return cursor.fetchone()[0]


def a_bit_of_everything() -> None:
    """At least one row of every table, with every kind of part and with unusual texts."""
    source = make_source(
        "a-book", authors="Family, Given\nOther, Person", issued_on="2016", url="https://book.example/"
    )
    passage = make_passage(source, "egypt.2.2")
    yemen = make_country("YMD", aliases=["PDRY", "Aden; South"])
    make_lifespan("YMD", "", "1870")
    make_lifespan("YMD", "[..1967-11]", "1990-05-22")
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
    make_event("PRK", "EGY", slug="perhaps-the-same-visit", possibly_same_as=event)
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
    cite(event, source=source, locator="p. 6", field="happened_on", is_announcement=True)
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
    make_observation(slug="exports-2010", figure_low="0.5000", negated=True)
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


@pytest.mark.parametrize("model", [Mission, RelationPeriod])
def test_untouched_file_of_a_day_changes_nothing(model):
    """Columns that are read only may stay in a file; they are not written, even if they were changed."""
    a_bit_of_everything()
    dataset = read_csv(b"".join(csv_response(model.objects.standing_on(date(1990, 1, 1)), base_url="")))
    told = ("effective_end", "effective_end_basis", "effective_end_by", "as_of", "verdict")
    changed = Dataset(
        *[
            ["what" if name in told else cell for name, cell in zip(dataset.headers, row, strict=True)]
            for row in dataset
        ],
        headers=dataset.headers,
    )
    assert {*told} <= {*dataset.headers}
    for file in (dataset, changed):
        assert imported(model, file).totals["skip"] == len(dataset) >= 1


@pytest.mark.parametrize("model", [ArmsTransfer, Observation, Event, Mission, RelationPeriod])
def test_deleted_rows_are_restored_by_importing_a_file(model):
    a_bit_of_everything()
    dataset = exported(model)
    at = dataset.headers.index("version")
    emptied = Dataset(*[(*row[:at], "", *row[at + 1 :]) for row in dataset], headers=dataset.headers)
    for doubtful in (ArmsTransfer, Event):
        doubtful.objects.exclude(possibly_same_as=None).delete()
    if model is Event:
        ArmsTransfer.objects.all().delete()
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


def test_errors_are_raised_on_request():
    resource, before = RESOURCES[Event](), rows_in_history()
    with pytest.raises(RefusedError, match=r"^line 2, column slug: 'A Visit': lower-case letters"):
        resource.import_data(csv_of({**EVENT, "slug": "A Visit"}), raise_errors=True)
    with pytest.raises(SheetError, match="'titel' is not a known column"):
        resource.import_data(csv_of({**EVENT, "titel": "x"}), raise_errors=True)
    assert rows_in_history() == before


def test_all_that_is_wrong_with_a_header_is_told_at_once():
    (told,) = refusals(Event, {"kind": "visit", "titel": "x", "notes": "y", "colour": "z"})
    assert told.split("; ") == [
        "column 2: 'titel' is not a known column (did you mean title?)",
        "column 3: 'notes' is not a known column (did you mean note?)",
        "column 4: 'colour' is not a known column",
        "the column slug is missing: it says which row is meant",
    ]
    for number, end in ((20, "column 21: 'x19' is not a known column"), (21, "; and 1 more"), (30, "; and 10 more")):
        (told,) = refusals(Event, {"slug": "a-visit", **{f"x{each}": "" for each in range(number)}})
        assert (told.endswith(end), told.count("is not a known column")) == (True, 20)


def test_file_may_hold_some_columns_alone():
    deal = make_transfer(slug="scuds")
    result = imported(ArmsTransfer, csv_of({"slug": "scuds", "note": "Seen on parade."}))
    assert [row.diff for row in result.rows] == [[("note", "", "Seen on parade.")]]
    changed = ArmsTransfer.objects.get()
    assert (changed.note, changed.supplier, changed.designation) == ("Seen on parade.", deal.supplier, deal.designation)


def test_dry_run_writes_nothing():
    make_event("PRK", slug="a-visit")
    before = rows_in_history()
    result = imported(Event, csv_of({"slug": "a-visit", "title": "Renamed"}), dry_run=True)
    assert (result.totals["update"], rows_in_history()) == (1, before)
    assert Event.objects.get().title != "Renamed"


EVENT = {"slug": "a-visit", "kind": "visit", "title": "A visit", "state": "draft"}
OBSERVATION = {"slug": "exports", "measure": "exports", "from_country": "FRA", "to_country": "EGY"}
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
            "line 2, column kind: 'vist' is none of the 52 that /codebook/lists/eventkind/ lists; the nearest: visit",
        ),
        (Event, {**EVENT, "happened_on": "Sep-17"}, "line 2, column happened_on: “Sep-17” is not a date."),
        (Event, {**EVENT, "happened_on": "03/04/2016"}, "line 2, column happened_on: “03/04/2016” is not a date."),
        (Event, {**EVENT, "happened_on": "43709"}, "line 2, column happened_on: “43709” is not a date."),
        (Event, {**EVENT, "slug": "A Visit"}, "line 2, column slug: 'A Visit': lower-case letters a–z and digits"),
        (Event, {**EVENT, "title": "x" * 161}, "line 2, column title: "),
        (Event, {**EVENT, "version": "3"}, "line 2, column version: '3': there is no such record"),
        (Event, {**EVENT, "kind": ""}, "line 2, column kind: is needed"),
        (Event, {"slug": "a-visit"}, "line 2, column kind: is needed; the file has no such column"),
        (
            Mission,
            {"slug": "m", "sending": "EGY", "accredited_to": "PRK", "kind": "embasy"},
            "line 2, column kind: 'embasy' is none of embassy, legation, high_commission, consulate, honor",
        ),
        (
            Mission,
            {"slug": "m", "sending": "EGY", "kind": "embassy"},
            "line 2, column accredited_to: is needed; the file has no such column",
        ),
        (
            Event,
            {**EVENT, "slug": "а-visit"},
            "line 2, column slug: 'а-visit' (а is U+0430 CYRILLIC SMALL LETTER A): low",
        ),
        (
            Event,
            {**EVENT, "kind": "visіt"},
            "line 2, column kind: 'visіt' (і is U+0456 CYRILLIC SMALL LETTER BYELORUSS",
        ),
        (
            Event,
            {**EVENT, "happened_on": "19О3"},
            "line 2, column happened_on: “19О3” is not a date. It holds what only",
        ),
        (
            Event,
            {**EVENT, "participants": "РRK:actor"},
            "line 2, column participants: 'РRK' (Р is U+0420 CYRILLIC CAPITAL LETTER ER) is not a known country code",
        ),
        (
            Event,
            {**EVENT, "tіtle": "x"},
            "column 5: 'tіtle' (і is U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I",
        ),
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
            "line 2, column citations: 'hedg' is none of field, part, stance",
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
        (Observation, {**OBSERVATION, "from_country": ""}, "line 2, column from_country: is needed"),
        (
            ArmsTransfer,
            {**TRANSFER, "supplier": "", "category": "other", "state": "published", "citations": "a-book@4"},
            "line 2, column supplier: needed to publish",
        ),
        (
            ArmsTransfer,
            {**TRANSFER, "participants": "PRK:approved"},
            "line 2, column participants: 'PRK' is not of the form actor/slug",
        ),
        (
            ArmsTransfer,
            {**TRANSFER, "participants": "actor/orascom:host"},
            "line 2, column participants: 'host' is none of sought, approved,",
        ),
        (ArmsTransfer, {**TRANSFER, "tiv_ordered": "-1"}, "line 2, column tiv_ordered: '-1' is negative"),
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


def test_value_of_another_track_is_refused_with_those_of_its_own():
    make_relation("EGY", "PRK")
    row = {"slug": "p", "relation": "EGY-PRK", "track": "legal", "modality": "asserted"}
    told = "use one of established, suspended, severed, interrupted, none on the track legal."
    assert refusals(RelationPeriod, {**row, "value": "ambassador"}) == [
        f"line 2, column value: 'ambassador': {told}",
    ]
    imported(RelationPeriod, csv_of({**row, "value": "severed"}))
    assert RelationPeriod.objects.get().value == "severed"


def test_every_bad_cell_of_every_row_is_told_at_once():
    make_country("FRA", name="France")
    good = {**TRANSFER, "recipient": "", "recipient_named_as": "a buyer"}
    told = refusals(ArmsTransfer, good, {**good, "slug": "b", "supplier": "FRX", "kind": "x"}, {**good, "slug": "C"})
    assert [message.partition(":")[0] for message in told] == [
        "line 3, column supplier",
        "line 3, column kind",
        "line 4, column slug",
    ]


def test_every_column_that_a_file_lacks_is_told():
    told = refusals(Mission, {"slug": "embassy", "opened_on": "1975"})
    assert [message.partition(":")[0] for message in told] == [
        f"line 2, column {name}" for name in ("sending", "accredited_to", "kind")
    ]


def test_every_row_that_postgresql_refuses_is_told_wherever_it_stands_in_its_set(monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 4)
    make_country("FRA", name="France")
    rows = [{**TRANSFER, "slug": f"deal-{number}", "recipient": "FRA"} for number in range(10)]
    for number in range(10):
        if number not in (2, 3, 9):
            rows[number] |= {"recipient": "", "recipient_named_as": "a buyer"}
    rows[6]["slug"] = "Deal"
    assert refusals(ArmsTransfer, *({"recipient_named_as": "", **row} for row in rows)) == [
        "line 4, column recipient: 'FRA': another state than the supplier.",
        "line 5, column recipient: 'FRA': another state than the supplier.",
        "line 8, column slug: 'Deal': lower-case letters a–z and digits, joined by single hyphens.",
        "line 11, column recipient: 'FRA': another state than the supplier.",
    ]


def test_of_conflicting_rows_the_second_is_refused():
    country = {"code": "AAA", "name": "Arcadia", "kind": "state"}
    (told,) = refusals(Country, country, {**country, "code": "BBB"})
    assert told == "line 3, column name: 'Arcadia': another country has this name, but for its case, accents or spaces."


def test_every_bad_part_is_told_with_the_row_of_another():
    make_event("PRK", slug="there")
    rows = [
        {"slug": "there", "title": "A visit", "kind": "visit", "figures": "money=20 dollars"},
        {"slug": "new", "title": "A visit", "kind": "visit", "figures": "persons=2..1; money=20 dollars"},
        {"slug": "good", "title": "A visit", "kind": "visit", "figures": "persons=1..2"},
        {"slug": "Bad", "title": "A visit", "kind": "visit", "figures": "persons=1..2"},
    ]
    money = "figure_unit: money needs an ISO 4217 code such as USD."
    assert refusals(Event, *rows) == [
        f"line 2, column figures: 'money=20 dollars': {money}",
        "line 3, column figures: 'persons=2..1; money=20 dollars': figure: low is above high.",
        f"line 3, column figures: 'persons=2..1; money=20 dollars': {money}",
        "line 5, column slug: 'Bad': lower-case letters a–z and digits, joined by single hyphens.",
    ]


def test_every_published_record_without_support_is_told():
    make_event("PRK", slug="there")
    make_source("a-book")
    published = {**EVENT, "state": "published"}
    needs = "a published record needs a citation that supports it"
    assert refusals(
        Event,
        {**published, "slug": "cited", "citations": "a-book@p. 4"},
        {**published, "slug": "contradicted", "citations": "a-book@p. 4 |stance=contradicts"},
        {**published, "slug": "there", "citations": ""},
        {**published, "slug": "uncited", "citations": ""},
    ) == [
        f"line 3, column citations: 'a-book@p. 4 |stance=contradicts': {needs}",
        f"line 4, column citations: {needs}",
        f"line 5, column citations: {needs}",
    ]


def test_faults_are_reported_up_to_a_limit(monkeypatch):
    monkeypatch.setattr(rows_of_files, "MOST_REFUSALS", 2)
    told = refusals(Event, *({**EVENT, "slug": slug} for slug in ("A", "B", "C", "D")))
    assert told[0] == "Only the first 2 faults are told; mend these first."
    assert [message.partition(":")[0] for message in told[1:]] == ["line 2, column slug", "line 3, column slug"]


def test_rows_may_name_rows_of_the_same_file_in_any_order(django_assert_num_queries):
    make_country("FRA", name="France")
    row = {**TRANSFER, "recipient": "", "recipient_named_as": "a buyer"}
    dataset = csv_of({**row, "possibly_same_as": "scuds-2"}, {**row, "slug": "scuds-2", "possibly_same_as": "scuds"})
    with django_assert_num_queries(16):
        imported(ArmsTransfer, dataset)
    doubles = ArmsTransfer.objects.order_by("slug").values_list("slug", "possibly_same_as__slug", "version")
    assert list(doubles) == [("scuds", "scuds-2", 1), ("scuds-2", "scuds", 1)]


def test_rows_that_refer_to_a_refused_row_are_refused_without_a_message():
    make_country("FRA", name="France")
    row = {**TRANSFER, "recipient": "", "recipient_named_as": "a buyer", "possibly_same_as": ""}
    refused = {**row, "slug": "second", "kind": "gift"}
    (told,) = refusals(ArmsTransfer, {**row, "slug": "first", "possibly_same_as": "second"}, refused)
    assert told.startswith("line 3, column kind: 'gift' is none of ")


def test_unknown_source_is_told_once_for_its_passage():
    make_source("a-book")
    (told,) = refusals(Event, {**EVENT, "state": "published", "citations": "a-bok#egypt.2.2"})
    assert told == "line 2, column citations: 'a-bok' is not a known source (did you mean a-book?)"


def test_same_key_twice_names_both_lines():
    assert refusals(Event, EVENT, {**EVENT, "slug": "other"}, EVENT) == [
        "line 4: 'a-visit': is given twice, first in line 2"
    ]


def test_same_key_of_two_columns_twice_names_both_lines():
    for code in ("EGY", "PRK"):
        make_country(code)
    pair = {"country_a": "EGY", "country_b": "PRK"}
    assert refusals(Relation, pair, pair) == ["line 3: 'EGY, PRK': is given twice, first in line 2"]


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
    make_event("PRK", slug="there", state="draft")
    user = User.objects.create_user("ada")
    rows = [{**EVENT, "slug": "there"}, {**EVENT, "slug": "new"}]
    assert refusals(Event, *rows, user=user) == [
        "line 2: you may not change events",
        "line 3: you may not add events",
    ]
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_event", "change_event"]))
    imported(Event, csv_of(*rows), user=User.objects.get(username="ada"))


def test_parts_need_permissions_of_their_own():
    make_event("PRK", "EGY", slug="there")
    make_source("a-book")
    user = User.objects.create_user("ada")
    verbs = ("add", "change", "publish", "withdraw")
    user.user_permissions.set(Permission.objects.filter(codename__in=[f"{verb}_event" for verb in verbs]))
    rows = [
        {**EVENT, "slug": "there", "participants": "PRK:actor; EGY:host", "citations": ""},
        {**EVENT, "slug": "new", "participants": "PRK:actor; EGY:host", "citations": "a-book@p. 4"},
    ]
    assert refusals(Event, *rows, user=User.objects.get(pk=user.pk)) == [
        "line 2, column participants: you may not add participations",
        "line 2, column participants: you may not delete participations",
        "line 2, column citations: you may not delete citations",
        "line 3, column participants: you may not add participations",
        "line 3, column citations: you may not add citations",
    ]
    parts = ["add_participation", "delete_participation", "add_citation", "delete_citation"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=parts))
    imported(Event, csv_of(*rows), user=User.objects.get(pk=user.pk))


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


class InAnotherSession:
    """An import in a database session of its own, which has to wait for another transaction to commit."""

    def __init__(self, model, dataset: Dataset) -> None:
        self.results: list[Any] = []

        def run() -> None:
            self.results.append(RESOURCES[model]().import_data(dataset))
            connection.close()

        self.thread = threading.Thread(target=run)

    def start_and_wait(self, kind: str) -> None:
        """Starts the import, and returns when it waits for a lock of that kind."""
        self.thread.start()
        with connection.cursor() as cursor:
            while True:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = %s AND NOT granted", [kind])
                if cursor.fetchone() == (1,):
                    break
        assert self.results == []

    def result(self) -> Any:
        self.thread.join(10)
        return self.results[0]


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_table_wait_for_each_other():
    """The second begins after the first has committed, so that neither overwrites the other."""
    second = InAnotherSession(Event, csv_of({**EVENT, "title": "Second"}))
    with transaction.atomic():
        imported(Event, csv_of(EVENT))
        second.start_and_wait("advisory")
    assert second.result().totals["update"] == 1
    assert list(Event.objects.values_list("slug", "title")) == [("a-visit", "Second")]


@pytest.mark.django_db(transaction=True)
def test_an_import_that_waits_too_long_says_what_for(monkeypatch):
    monkeypatch.setattr("relations.exchange.existing_rows.PATIENCE", "10ms")
    second = InAnotherSession(Event, csv_of(EVENT))
    with only_writer(Event):
        second.thread.start()
        (told,) = messages(second.result())
    assert told == (
        "Somebody else is importing the same table, or loading fixtures, at this moment. Nothing was written; "
        "try again in a minute or two, when that is over."
    )


@pytest.mark.django_db(transaction=True)
def test_an_import_of_another_table_is_not_waited_for_and_may_be_of_its_rows(monkeypatch):
    monkeypatch.setattr("relations.exchange.existing_rows.PATIENCE", "10ms")
    make_country("EGY")
    second = InAnotherSession(Event, csv_of({**EVENT, "participants": "EGY:actor"}))
    with only_writer(Country):
        ExistingRows().lock(Country, [("EGY",)])
        second.thread.start()
        assert messages(second.result()) == []


@pytest.mark.django_db(transaction=True)
def test_an_import_of_rows_that_somebody_holds_says_so_in_words(monkeypatch):
    monkeypatch.setattr("relations.exchange.existing_rows.PATIENCE", "10ms")
    make_event("PRK", slug="a-visit", title="Old", state="draft")
    second = InAnotherSession(Event, csv_of(EVENT))
    with transaction.atomic():
        Event.objects.select_for_update().get()
        second.thread.start()
        assert messages(second.result()) == [BUSY]


@pytest.mark.django_db(transaction=True)
def test_import_waits_for_the_end_of_a_load_of_fixtures(tmp_path):
    (tmp_path / "visit.yaml").write_text(yaml.safe_dump([{"model": "relations.event", "fields": EVENT}]), "utf-8")
    importing = InAnotherSession(Event, csv_of({**EVENT, "title": "Second"}))
    with transaction.atomic():
        load_fixtures(tmp_path)
        importing.start_and_wait("advisory")
    assert importing.result().totals["update"] == 1


@pytest.mark.django_db(transaction=True)
def test_import_compares_with_what_somebody_is_just_saving():
    make_event("PRK", slug="a-visit", title="Old", state="draft")
    version = Event.objects.get().version
    row = {"slug": "a-visit", "title": "Mine", "note": "", "version": version}
    stale, unversioned = (InAnotherSession(Event, csv_of(each)) for each in (row, {"slug": "a-visit", "title": "Mine"}))
    with transaction.atomic():
        Event.objects.update(title="Theirs", note="Theirs.")
        stale.start_and_wait("transactionid")
    (told,) = messages(stale.result())
    assert told.startswith(f"line 2, column version: '{version}': the record is at version {version + 1} by now")
    with transaction.atomic():
        Event.objects.update(title="Theirs again")
        unversioned.start_and_wait("transactionid")
    (row,) = unversioned.result().rows
    assert row.diff == [("title", "Theirs again", "Mine")]
    assert list(Event.objects.values_list("title", "note")) == [("Mine", "Theirs.")]


@pytest.mark.django_db(transaction=True)
def test_import_of_parts_sees_the_part_that_somebody_is_just_adding():
    event = make_event("PRK", slug="a-visit", state="draft")
    make_country("EGY")
    importing = InAnotherSession(Event, csv_of({"slug": "a-visit", "participants": "PRK:actor"}))
    with transaction.atomic():
        Participation.objects.create(event=event, country_id="EGY", role="host")
        importing.start_and_wait("transactionid")
    (row,) = importing.result().rows
    assert row.diff == [("participants", "PRK:actor; EGY:host", "PRK:actor")]
    assert list(event.participations.values_list("country", "role")) == [("PRK", "actor")]


def test_sequences_are_left_alone():
    make_event("PRK", slug="there")
    imported(Event, csv_of(EVENT))
    event = make_event("PRK", slug="after")
    assert event.pk > Event.objects.get(slug="a-visit").pk
    assert set(RESOURCES) == set(COLUMNS)
    assert [column.name for model in RESOURCES for column in columns_of(model, "desk") if column.name == "id"] == []
    assert (Actor.objects.count(), Citation.objects.count(), issubclass(Event, Record)) == (0, 2, True)


@pytest.mark.parametrize(
    ("row", "title", "count"),
    [
        ({}, "Visit", 8),  # nothing changes: rows found, locked, and read as cells
        ({}, "Renamed", 16),
        ({"participants": "PRK:actor; EGY:host"}, "Visit", 20),
        ({"kind": "visit", "citations": "a-book@p. 4", "participants": "PRK:actor"}, "New", 20),
    ],
    ids=["unchanged", "changed", "parts changed", "new"],
)
def test_number_of_queries_does_not_depend_on_the_number_of_rows(django_assert_num_queries, row, title, count):
    make_source("a-book")
    for number in range(12) if title != "New" else ():
        make_event("PRK", "EGY", slug=f"visit-{number}", title="Visit")
    make_country("PRK")
    make_country("EGY")
    for number in (1, 3, 12):
        rows = [{"slug": f"visit-{each}", "title": title, **row} for each in range(number)]
        with transaction.atomic():
            with django_assert_num_queries(count):
                imported(Event, csv_of(*rows))
            transaction.set_rollback(True)


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
    assert pieces_of(f"{cell}; {cell}", ";") == ([cell, cell] if text else [])
    assert unescaped(cell) == text
