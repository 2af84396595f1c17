"""The columns: the cells of a record in a file."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import models

from relations.exchange.columns import COLUMNS, columns_of, key_of, values
from relations.models import (
    ArmsTransfer,
    Citation,
    Country,
    CountryCode,
    DealParty,
    Event,
    EventFigure,
    Participation,
    Passage,
    PassageText,
    RelationPeriod,
    Source,
    Succession,
)
from relations.models.citation import TARGETS, citable_fields
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
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


def row_of(instance: models.Model, audience: str = "public") -> dict:
    """The cells of this row in the file of all rows."""
    columns = columns_of(type(instance), audience)
    (row,) = values(type(instance)._default_manager.filter(pk=instance.pk), columns, "https://dyad.example/")
    return {column.name: value for column, value in zip(columns, row, strict=True)}


def test_columns_have_a_name_of_their_own_and_help():
    for model in COLUMNS:
        for audience in ("public", "desk"):
            names = [column.name for column in columns_of(model, audience)]
            assert sorted(set(names)) == sorted(names), model
        assert [column.name for column in COLUMNS[model] if not column.help] == []
        assert key_of(model)


def test_columns_of_the_public_have_nothing_of_the_desk():
    for model in COLUMNS:
        public = {column.name for column in columns_of(model)}
        assert public & {"editor_note", "state", "created_by", "text"} == set()
        assert public >= {"version", "changed_at"}


def test_columns_of_the_desk_add_note_and_state():
    desk = [column.name for column in columns_of(Event, "desk")]
    assert desk[-4:] == ["editor_note", "state", "version", "changed_at"]


def test_every_field_of_a_model_is_in_its_columns_except_what_the_database_keeps():
    kept = {"id", "search", "created_by", "created_at", "changed_at", "published_at"}
    for model in COLUMNS:
        names = {column.name for column in COLUMNS[model]}
        assert {field.name for field in model._meta.concrete_fields} - names - kept == set(), model


def test_row_of_a_transfer():
    transfer = make_transfer(
        slug="prk-egy-scud-b",
        ordered_on="[1979,1980]",
        number_ordered_low=Decimal("60"),
        number_ordered_high=Decimal("60"),
        number_ordered_qualifier="about",
        number_ordered_unit="pieces",
        note="Public.",
        editor_note="Never public.",
    )
    DealParty.objects.create(transfer=transfer, actor=make_actor("anwar-sadat"), role="approved")
    citation = transfer.citations.get()
    assert row_of(transfer) == {
        "permalink": "https://dyad.example/arms-transfers/prk-egy-scud-b/",
        "slug": "prk-egy-scud-b",
        "supplier": "PRK",
        "supplier_label": "North Korea",
        "supplier_actor": None,
        "supplier_actor_label": None,
        "supplier_named_as": "",
        "recipient": "EGY",
        "recipient_label": "Egypt",
        "recipient_actor": None,
        "recipient_actor_label": None,
        "recipient_named_as": "",
        "kind": "equipment",
        "category": "missiles",
        "designation": "Scud-B",
        "description": "",
        "condition": "",
        "licence_production": False,
        "participants": "actor/anwar-sadat:approved",
        "deal_status": "delivered",
        "ordered_on": "[1979,1980]",
        "ordered_on_earliest": date(1979, 1, 1),
        "ordered_on_latest": date(1980, 12, 31),
        "delivered_on": "",
        "delivered_on_earliest": None,
        "delivered_on_latest": None,
        "number_ordered_low": Decimal("60"),
        "number_ordered_high": Decimal("60"),
        "number_ordered_qualifier": "about",
        "number_ordered_unit": "pieces",
        "number_ordered_missing": "",
        **dict.fromkeys(["number_delivered_low", "number_delivered_high"]),
        **dict.fromkeys([f"number_delivered_{part}" for part in ("qualifier", "unit", "missing")], ""),
        **dict.fromkeys(["value_low", "value_high"]),
        **dict.fromkeys([f"value_{part}" for part in ("qualifier", "unit", "missing")], ""),
        "value_kind": "",
        **dict.fromkeys(["tiv_per_unit", "tiv_ordered", "tiv_delivered"]),
        "transit_country": None,
        "transit_country_label": None,
        "event": "",
        "possibly_same_as": "",
        "reason": "",
        "modality": "asserted",
        "negated": False,
        "note": "Public.",
        "citations": f"test-source#{citation.passage.ref}",
        "source_licences": "",
        "version": 1,
        "changed_at": ArmsTransfer.objects.get().changed_at,
    }


def test_row_of_a_transfer_names_no_unpublished_record():
    seen = make_event(slug="public-seizure")
    hidden = make_event(slug="secret-draft", state="draft")
    double = make_transfer(slug="secret-double", state="in_review")
    first = make_transfer(event=hidden, possibly_same_as=double)
    second = make_transfer(event=seen, possibly_same_as=first)
    assert (row_of(first)["event"], row_of(first)["possibly_same_as"]) == ("", "")
    assert (row_of(second)["event"], row_of(second)["possibly_same_as"]) == ("public-seizure", first.slug)
    desk = row_of(first, "desk")
    assert (desk["event"], desk["possibly_same_as"]) == ("secret-draft", "secret-double")


def test_row_of_a_period_names_its_relation_by_both_codes():
    period = make_period(slug="egy-prk-legal-1963", began_on="1963-08-24")
    row = row_of(period)
    assert (row["relation"], row["held_by"], row["began_on_latest"]) == ("EGY-PRK", None, date(1963, 8, 24))
    assert row["permalink"] == "https://dyad.example/periods/egy-prk-legal-1963/"


def test_rows_of_periods_and_missions_have_their_effective_end():
    """Its date with both bounds, its basis, and the record or the state that ended it."""
    make_lifespan("YMD", "1967-11", "1990-05-22")
    first = make_period(began_on="1963")
    stated = make_period("military", "alliance", began_on="1963", ended_on="[1975..]")
    make_period(value="severed", slug="severance", began_on="[1970,1972]")
    open_ended, of_state = make_mission(opened_on="1961"), make_mission("YMD", "PRK", opened_on="1968")
    names = ["effective_end", *(f"effective_end_{part}" for part in ("earliest", "latest", "basis", "by"))]
    ends = [[row_of(record)[name] for name in names] for record in (first, stated, of_state, open_ended)]
    assert ends == [
        ["[1970,1972]", date(1970, 1, 1), date(1972, 12, 31), "next_value", "severance"],
        ["[1975..]", date(1975, 1, 1), None, "stated", ""],
        ["1990-05-22", date(1990, 5, 22), date(1990, 5, 22), "end_of_state", "YMD"],
        [None, None, None, None, None],
    ]


def test_permalinks_of_things():
    assert row_of(make_country("EGY"))["permalink"] == "https://dyad.example/countries/EGY/"
    assert row_of(make_relation())["permalink"] == "https://dyad.example/relations/EGY-PRK/"
    assert row_of(make_actor("orascom"))["permalink"] == "https://dyad.example/actors/orascom/"
    assert row_of(make_source("a-book"))["permalink"] == "https://dyad.example/sources/a-book/"
    passage = make_passage(make_source("a-book"), "egypt.2.2")
    assert row_of(passage)["permalink"] == "https://dyad.example/sources/a-book/egypt.2.2/"


def test_participants_stand_in_the_order_of_their_roles_and_codes():
    event = make_event("PRK", "SYR", "EGY")
    Participation.objects.create(event=event, actor=make_actor("orascom"), role="host")
    Participation.objects.create(event=event, named_as="other Arab states", count=16, role="addressee")
    assert row_of(event)["participants"] == (
        'PRK:actor; EGY:recipient; SYR:recipient; actor/orascom:host; "16 other Arab states":addressee'
    )


def test_participants_escape_what_would_mean_something():
    event = make_event("PRK")
    Participation.objects.create(event=event, named_as='16 "wise; men": a|b#c@d\\', role="host")
    assert row_of(event)["participants"] == r'PRK:actor; "\16 \"wise\; men\"\: a\|b\#c\@d\\":host'


@pytest.mark.parametrize(
    ("figure", "cell"),
    [
        (
            {"low": 20, "high": 20, "qualifier": "exact", "unit": "persons", "of": "pilots"},
            "persons=20 persons of pilots",
        ),
        ({"low": 1, "high": 5, "qualifier": "exact", "unit": ""}, "persons=1..5"),
        ({"low": Decimal("3.5"), "high": Decimal("3.50"), "qualifier": "about", "unit": "t"}, "persons=about 3.5 t"),
        ({"low": 1000, "high": None, "qualifier": "at_least", "unit": "men"}, "persons=at_least 1000 men"),
        ({"low": None, "high": 7, "qualifier": "at_most", "unit": "men"}, "persons=at_most 7 men"),
        ({"low": None, "high": None, "missing": "uncounted", "unit": "soldiers"}, "persons=uncounted soldiers"),
        (
            {"low": 2, "high": 2, "qualifier": "exact", "unit": "head of cattle", "of": "a herd of cows"},
            r"persons=2 head \of cattle of a herd of cows",
        ),
    ],
)
def test_figures_keep_every_part(figure, cell):
    event = make_event("PRK")
    of = figure.pop("of", "")
    columns = {f"figure_{part}": value for part, value in figure.items()}
    EventFigure.objects.create(event=event, measure="persons", of=of, **columns)
    assert row_of(event)["figures"] == cell


def test_citations_keep_every_part():
    event = make_event("PRK", state="draft")
    source = make_source("a-book")
    cite(event, source=source, locator="p. 4")
    cite(
        event,
        passage=make_passage(source, "egypt.2.2"),
        field="place",
        stance="contradicts",
        value="Cairo; or Giza",
        modality="alleged",
        hedge="allegedly",
        attributed_to="A | B",
        attributed_on="2016",
    )
    cite(event, source=source, locator="p. 5", field="happened_on", is_announcement=True)
    assert row_of(event)["citations"] == (
        r"a-book#egypt.2.2 |field=place |stance=contradicts |value=Cairo\; or Giza |modality=alleged"
        r" |hedge=allegedly |by=A \| B |on=2016; a-book@p. 4; a-book@p. 5 |field=happened_on |announced=true"
    )


def test_row_of_a_country_has_its_codes_successors_and_other_names():
    yemen = make_country("YMD", aliases=["PDRY", "Aden; South"])
    make_lifespan("YMD", "1967-11-30", "1990-05-22")
    make_lifespan("YMD", "[..1816-01-01]", "1839")
    make_lifespan("YMD", "1995")
    make_lifespan("YMD", "", "1700")
    for code in ("YEM", "EGY"):
        Succession.objects.create(predecessor=yemen, successor=make_country(code))
    CountryCode.objects.create(country=yemen, scheme="iso2", value="YD")
    CountryCode.objects.create(country=yemen, scheme="cow", value="680", valid_from=1967, valid_until=1990)
    CountryCode.objects.create(country=yemen, scheme="gw", value="680", valid_from=1967)
    row = row_of(yemen)
    assert row["codes"] == "cow=680@1967..1990; gw=680@1967..; iso2=YD"
    assert (row["successors"], row_of(yemen, "desk")["successors"]) == ("", "EGY; YEM")
    make_mission("EGY", "PRK")
    assert row_of(yemen)["successors"] == "EGY"
    assert row["aliases"] == r"PDRY; Aden\; South"
    assert row["lifespans"] == "/1700; [..1816-01-01]/1839; 1967-11-30/1990-05-22; 1995/.."


def test_no_column_reads_the_text_of_a_passage(django_assert_num_queries):
    passage = make_passage()
    PassageText.objects.create(passage=passage, text="The sentence itself.")
    assert "The sentence itself." not in row_of(passage, "desk").values()
    with django_assert_num_queries(1) as queries:
        row_of(passage, "desk")
    assert "relations_passagetext" not in queries[0]["sql"]


@pytest.mark.parametrize("model", COLUMNS, ids=lambda model: model._meta.model_name)
def test_rows_take_one_query_however_many_parts_they_have(model, django_assert_num_queries):
    make_observation()
    make_period()
    for many in (1, 3):
        event = make_event("PRK", *["EGY", "SYR", "IRQ"][:many])
        for _ in range(many):
            cite(event)
            cite(make_country("PRK"))
        make_transfer(event=event)
        for audience in ("public", "desk"):
            with django_assert_num_queries(1):
                list(values(model._default_manager.all(), columns_of(model, audience)))


def test_parts_of_another_record_are_not_in_the_cell():
    one, other = make_event("PRK"), make_event("EGY")
    assert (row_of(one)["participants"], row_of(other)["participants"]) == ("PRK:actor", "EGY:actor")
    assert Citation.objects.count() == 2
    assert [model for model in (ArmsTransfer, RelationPeriod) if model.objects.exists()] == []
    assert (Country.objects.count(), Source.objects.count(), Passage.objects.count()) == (2, 1, 2)


def test_citable_fields_are_columns_or_whole_figures():
    for model in TARGETS.values():
        names = {column.name for column in COLUMNS[model] if column.writes}
        assert {name for name in citable_fields(model) if name not in names and f"{name}_low" not in names} == set()


def test_citable_fields_are_those_that_make_a_claim():
    assert citable_fields(Event) == [
        "kind",
        "happened_on",
        "title",
        "summary",
        "place",
        "reason",
        "possibly_same_as",
        "participants",
        "figures",
    ]
    assert "number_ordered" in citable_fields(ArmsTransfer)
    assert "number_ordered_low" in citable_fields(ArmsTransfer)
    assert "lifespans" in citable_fields(Country)


@pytest.mark.parametrize(("began", "cow"), [("1912", "679"), ("1975", "678"), ("2000", "679"), ("", "679")])
def test_period_has_the_numbers_of_its_sides_as_they_were_when_it_began(began, cow):
    codes = make_country("YEM").codes
    codes.create(scheme="cow", value="678", valid_from=1926, valid_until=1990)
    codes.create(scheme="cow", value="679", valid_from=1990)
    codes.create(scheme="gw", value="678", valid_from=1918)
    row = row_of(make_period(relation=make_relation("PRK", "YEM"), began_on=began))
    assert (row["country_a"], row["country_b"], row["country_b_label"]) == ("PRK", "YEM", "Country YEM")
    assert [row[name] for name in ("cow_a", "cow_b", "gw_a", "gw_b")] == [None, cow, None, "678"]
