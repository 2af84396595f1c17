"""The shipped profiles: tables of the field are imported, and questions with known answers are asked."""

import csv
import html
import io
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from relations.coding.fixtures import REFERENCE
from relations.coding.loading import load_fixtures
from relations.dates import FuzzyDateError
from relations.exchange.batches import File
from relations.exchange.catalogue import choose
from relations.exchange.cell_errors import CellError
from relations.exchange.foreign import read_table
from relations.exchange.intake import Intake, Outcome
from relations.exchange.origins import NOTE
from relations.exchange.parties import ADD_IT, Parties, UnclearError
from relations.exchange.profiles import SHIPPED, read_profile, shipped
from relations.exchange.recipes import ForeignRow, ProfileError, RecipeBuilder, RecipeError
from relations.exchange.unclear import unclear_names
from relations.exchange.verbs import VERBS
from relations.models import ArmsTransfer, Batch, Citation, Country, Event, Lifespan, Relation, RelationPeriod, Source
from relations.status import status_on
from tests.factories import make_actor, make_source

pytestmark = pytest.mark.django_db

SPECIMENS = Path(__file__).parent / "specimens"
ON, ENDED, POSSIBLY = "on_that_day", "ended", "possibly"


@pytest.fixture(scope="module", autouse=True)
def states(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All states with their codes, and nothing else: a register that will study another state."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_fixtures(REFERENCE)
        yield
        transaction.set_rollback(True)


def brought(name: str, data: bytes | None = None, profile: str = "", **options: Any) -> Outcome:
    """The outcome of importing a file, with records as published."""
    data = (SPECIMENS / name).read_bytes() if data is None else data
    found, table = choose(data, profile)
    return Intake(table, found, File(name, sha256(data).hexdigest()), state="published").run(**options)


def counts(outcome: Outcome) -> dict[str, tuple[int, int]]:
    """The numbers of added and changed records by type."""
    return {of: (done["added"], done["changed"]) for of, done in outcome.counts.items()}


def told(outcome: Outcome) -> list[str]:
    return [str(refusal) for refusal in outcome.refusals]


def levels(holder: str, other: str, day: str) -> tuple[tuple[str, list[str]], list[tuple[str, str]]]:
    """The level of one state at another on a day, and the missions of both, each with its verdict."""
    status = status_on(Relation.objects.of_pair(holder, other).get(), date.fromisoformat(day), ["level"])
    (answer,) = (each for each in status.answers if each.holder and each.holder.code == holder)
    posts = [(str(post.verdict), record.kind) for post in status.missions for record in post.records]
    return (str(answer.verdict), [record.value for record in answer.records]), posts


# Questions with known answers

MISSIONS = {
    ("CUB", "1904-07-01"): ((ON, ["minister"]), [(ON, "legation")]),
    ("CUB", "1907-07-01"): (("did_not_exist", []), []),
    ("CUB", "1950-07-01"): ((ON, ["ambassador"]), [(ON, "embassy")]),
    ("CUB", "1970-06-30"): ((ON, ["none"]), [(ENDED, "embassy")]),
    ("CUB", "1990-07-01"): ((ON, ["interests_section"]), [(ON, "interests_section")]),
    ("CUB", "2020-07-01"): ((ON, ["ambassador"]), [(ON, "embassy")]),
    ("EGY", "1967-06-06"): ((ON, ["none"]), [(ENDED, "embassy")]),
    ("EGY", "1970-07-01"): ((ON, ["interests_section"]), [(ON, "interests_section")]),
    ("EGY", "1980-07-01"): ((ON, ["ambassador"]), [(ON, "embassy")]),
    ("IRN", "1900-07-01"): ((ON, ["minister"]), [(ON, "legation")]),
    ("IRN", "1980-05-01"): ((ON, ["none"]), [(ENDED, "embassy")]),
    ("IRN", "2003-07-01"): ((ON, ["interests_section"]), [(ON, "interests_section")]),
    ("THA", "1944-07-01"): ((ON, ["none"]), [(ENDED, "legation")]),
    ("XMO", "1850-07-01"): ((ON, ["none"]), []),
}
RANKS = {
    ("SUR", "FRA", "1985-07-01"): ("not_stated", []),
    ("FRA", "SUR", "1985-07-01"): (ON, ["charge_d_affaires"]),
    ("FRA", "SUR", "1992-07-01"): (POSSIBLY, ["charge_d_affaires", "ambassador"]),
    ("FRA", "SUR", "1995-07-01"): (ON, ["ambassador"]),
    ("GUY", "FRA", "1985-07-01"): (ENDED, ["ambassador"]),
    ("BRA", "FRA", "1920-07-01"): (ON, ["ambassador"]),
    ("FRA", "BRA", "1920-07-01"): (ON, ["minister"]),
    ("BRA", "FRA", "1955-07-01"): (ON, ["unspecified"]),
}


SAID = {
    "none": "{holder} was not represented to {other}",
    "interests_section": "{holder} was represented to {other} by an interests section",
    "unspecified": "{holder} was represented to {other}, at what level is not known",
    **{
        level: f"{{holder}} was represented to {{other}} at the level of {label}"
        for level, label in (("ambassador", "ambassador"), ("minister", "minister"), ("charge_d_affaires", "chargé"))
    },
}


def page_of(client: Client, holder: str, other: str, day: str) -> str:
    """The text of the page of two states on a day."""
    pair = "-".join(sorted((holder, other)))
    page = client.get(f"/relations/{pair}/?as_of={day}").content.decode()
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())
    return re.sub(r"\b(is|are) (not )?represented", r"was \2represented", text)


def test_four_tables_become_the_register_of_another_state_without_a_line_of_code(client: Client) -> None:
    for name in ("us_missions.csv", "cow_diplomatic_exchange.csv", "gml_mids.csv", "sipri_classic.csv"):
        call_command("import_table", SPECIMENS / name, verbosity=0, stdout=io.StringIO())
    assert {(code, day): levels("USA", code, day) for code, day in MISSIONS} == MISSIONS
    assert {asked: levels(*asked)[0] for asked in RANKS} == RANKS
    asked = {("USA", code, day): told for (code, day), (told, _) in [*MISSIONS.items()][::3]} | dict(
        [*RANKS.items()][::3]
    )
    for (holder, other, day), (verdict, found) in asked.items():
        page = page_of(client, holder, other, day)
        names = {"holder": Country.objects.get(pk=holder).name, "other": Country.objects.get(pk=other).name}
        said = {level: words.format(**names) in page for level, words in SAID.items()}
        assert (holder, other, day, [level for level in found if verdict != ENDED and not said[level]]) == (
            *(holder, other, day),
            [],
        )
    assert list(Batch.objects.order_by("pk").values_list("name", "profile")) == [
        ("us_missions.csv", "us-missions"),
        ("cow_diplomatic_exchange.csv", "cow-diplomatic-exchange"),
        ("gml_mids.csv", "mids"),
        ("sipri_classic.csv", "sipri-register"),
    ]


def test_disputes_are_events_of_the_kind_of_their_highest_action(client: Client) -> None:
    """A side is the state that had the number then: 345 was Serbia in 1913."""
    assert counts(brought("gml_mids.csv")) == {"sources": (1, 0), "events": (5, 0)}
    page = client.get("/events.csv?sort=date").getvalue().decode()
    columns = ("slug", "kind", "happened_on", "participants", "figures", "citations")
    assert [tuple(row[name] for name in columns) for row in csv.DictReader(io.StringIO(page))] == [
        (
            *("dispute-2", "show_of_force", "1902-05", "USA:actor; GBR:recipient", "killed=0 persons"),
            "gml-mid@dispute 2",
        ),
        (
            *("dispute-3", "mobilisation", "1913-05-02/1913-10-25", "XAH:actor; SRB:recipient", "killed=0 persons"),
            "gml-mid@dispute 3",
        ),
        (
            *("dispute-4", "attack", "1946-05-15/1946-11-13", "ALB:actor; GBR:recipient", "killed=26..100 persons"),
            "gml-mid@dispute 4",
        ),
        (
            *("dispute-7", "clash", "1951-10-13/1952-01-25", "GBR:actor; EGY:recipient", "killed=26..100 persons"),
            "gml-mid@dispute 7",
        ),
        (
            *("dispute-246", "clash", "1960-05-06/1961-04-19", "USA:actor; CUB:recipient; SUN:recipient"),
            *("killed=0 persons", "gml-mid@dispute 246"),
        ),
    ]


DEALS = {
    "Specimen-1": ("SUN", "EGY", "aircraft", "delivered", "1961?", "1962/1965", "40 estimated", "40 estimated"),
    "Specimen-2": ("USA", "TUR", "armoured_vehicles", "partly_delivered", "2001", "2003/2004", "12 exact", "7 exact"),
    "Specimen-3": ("IRN", "hezbollah", "missiles", "delivered", "2005?", "2006", "uncounted", "20 estimated"),
    "Specimen-4": ("USA", "NATO", "aircraft", "delivered", "2010", "2019", "5 exact", "5 exact"),
    "Specimen-5": (
        "CHN",
        "an unknown recipient",
        "missiles",
        "delivered",
        "1990?",
        "1991",
        "10 estimated",
        "10 estimated",
    ),
    "Specimen-6": ("an unknown supplier", "IRQ", "satellites", "delivered", "1985?", "1986", "2 exact", "2 exact"),
    "Specimen-7": ("DDR", "CIV", "ships", "ordered", "1980", "", "3 exact", ""),
}


def deal(row: ArmsTransfer) -> tuple[str, ...]:
    """A deal in the form of the table with the right answers."""
    sides = []
    for side in ("supplier", "recipient"):
        actor = getattr(row, f"{side}_actor")
        sides.append(getattr(row, f"{side}_id") or (actor and actor.slug) or getattr(row, f"{side}_named_as"))
    figures = [
        f"{value.low:f} {value.qualifier}" if value.qualifier else value.missing
        for value in (row.number_ordered, row.number_delivered)
    ]
    figures = [text.replace(".0000", "") for text in figures]
    return (*sides, row.category, row.deal_status, row.ordered_on, row.delivered_on, *figures)


def test_rows_of_the_classic_register_are_deals(client: Client) -> None:
    make_actor("hezbollah", kind="armed_group", name="Hezbollah")
    assert counts(brought("sipri_classic.csv"))["arms-transfers"] == (7, 0)
    assert {row.designation: deal(row) for row in ArmsTransfer.objects.all()} == DEALS
    first, second = (ArmsTransfer.objects.get(designation=f"Specimen-{number}") for number in (1, 2))
    assert (first.note, second.note) == ("Delivered in 1962, 1963 and 1965. Made-up row", "Made-up row; Señor version")
    assert (str(second.tiv_per_unit), second.condition) == ("0.2000", "second_hand_modernised")
    assert Source.objects.get(key="sipri-arms-transfers").is_data_set


def test_deliveries_of_the_register_since_2025_are_added_up() -> None:
    assert counts(brought("sipri_2025.csv", profile="sipri-register"))["arms-transfers"] == (3, 0)
    found = ArmsTransfer.objects.get(designation="Specimen-10")
    assert deal(found) == ("RUS", "IND", "armoured_vehicles", "delivered", "2001?", "2002/2003", "", "110 estimated")
    assert (found.licence_production, found.tiv_delivered, found.tiv_ordered) == (True, 330, None)


def test_spells_of_states_are_those_that_the_reference_holds() -> None:
    outcome = brought("cow_states.csv")
    assert (counts(outcome), told(outcome), outcome.batch) == ({"countries": (0, 0)}, [], None)
    assert dict(outcome.skipped) == {"the list has one number for several countries of the register": 4}


def test_a_lifespan_that_is_missing_is_brought_in_with_its_evidence() -> None:
    Lifespan.objects.filter(country="AUT", existed_from="1919-09-10").delete()
    Citation.objects.filter(country="AUT", field="lifespans").delete()
    assert counts(brought("cow_states.csv")) == {"countries": (0, 1)}
    assert [str(span.existed_from) for span in Country.objects.get(code="AUT").lifespans.all()] == [
        "1919-09-10",
        "1955-07-27",
    ]
    (cited,) = Citation.objects.filter(country="AUT", field="lifespans")
    assert (cited.source.key, cited.locator) == ("cow-state-system-2016", "state 305")


def test_votes_are_one_event_and_who_did_not_vote_has_no_part() -> None:
    outcome = brought("un_votes.csv")
    (vote,) = Event.objects.all()
    assert (vote.slug, vote.happened_on, vote.title) == (
        "vote-on-a-res-46-86-1991-12-16",
        "1991-12-16",
        "Vote on resolution A/RES/46/86",
    )
    assert sorted((part.country_id, part.role) for part in vote.participations.all()) == [
        ("PRK", "voted_against"),
        ("SUN", "voted_for"),
        ("TUR", "abstained"),
        ("USA", "voted_for"),
    ]
    assert dict(outcome.skipped) == {"the member did not vote": 1}


def test_years_of_alliance_are_one_period_as_long_as_they_follow_each_other() -> None:
    brought("atop.csv")
    periods = RelationPeriod.objects.order_by("relation", "slug")
    assert [(row.relation.code, row.value, row.began_on, row.ended_on) for row in periods] == [
        ("CAN-USA", "alliance", "1949", ""),
        ("FRA-GBR", "alliance", "1936", "1937"),
        ("FRA-GBR", "alliance", "1939", "1939"),
    ]


def test_a_bibliography_becomes_sources() -> None:
    assert counts(brought("bibliography.json")) == {"sources": (2, 0)}
    article, book = (
        Source.objects.filter(key__in=["smith-2016", "the-office-a-history"]).order_by("key").reverse()[::-1]
    )
    assert (article.csl_type, article.authors, article.issued_on, article.doi) == (
        *("article-journal", "Smith, Ann\nvan der Horst, Jan", "2016-05", "10.1000/xyz123"),
    )
    assert (book.authors, book.publisher_place, book.issued_on) == ("Ministry of Specimens", "Cairo", "1972")


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        ("us_missions.csv", "us-missions"),
        ("cow_states.csv", "cow-states"),
        ("cow_diplomatic_exchange.csv", "cow-diplomatic-exchange"),
        ("gml_mids.csv", "mids"),
        ("sipri_classic.csv", "sipri-register"),
        ("sipri_2025.csv", "sipri-register-2025"),
        ("un_votes.csv", "un-votes"),
        ("atop.csv", "atop"),
        ("bibliography.json", "csl-json"),
    ],
)
def test_a_profile_is_known_by_the_header(name: str, profile: str) -> None:
    assert choose((SPECIMENS / name).read_bytes())[0].name == profile


def test_every_profile_that_is_shipped_is_tried_here() -> None:
    tried = {choose(path.read_bytes())[0].name for path in SPECIMENS.iterdir() if path.suffix in (".csv", ".json")}
    assert tried == {*shipped()} == {path.stem for path in SHIPPED.glob("*.toml")}


# What is wrong


def mended(name: str, *changes: tuple[str, str], encoding: str = "utf-8") -> bytes:
    """A specimen with errors in it."""
    text = (SPECIMENS / name).read_text(encoding=encoding)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode(encoding)


def test_all_that_is_wrong_is_told_at_once_with_line_column_and_value() -> None:
    errors = (
        ("CUB,40,Cuba,Cuba,1902-05-20", "CUB,4040,Cuba,Cuba,1902-05-20"),
        ("1946-10-10,1967-06-05,Embassy", "1946-10-10,1967-06-31,Embasy"),
        ("EGY,651,Egypt,Egypt,1937-05-26", "EGY,651,Egypt,Egypt,1900-05-26"),
        ("MOD,332", "MOD,332,more"),
    )
    outcome = brought("us_missions.csv", mended("us_missions.csv", *errors))
    none_of = "None, Consulate, Consul Nonresident, Interests, Legation, Envoy Nonresident, Liaison, Embassy"
    none_of += ", Ambassador Nonresident"
    assert told(outcome) == [
        f"line 2, column country_code_cow: '4040' is no code of the scheme cow; {ADD_IT}",
        "line 10, column country_code_cow: '651' is nobody's code in 1900-05-26: it is of Egypt, 1855–1882, 1937–",
        f"line 11, column us_mission_status: 'Embasy' is none of {none_of} (did you mean Embassy?)",
        f"line 11, column date_end: {FuzzyDateError('1967-06-31', 'June 1967 has 30 days.')}",
        "line 20: has 8 cells, and the header 7",
    ]
    assert (outcome.batch, RelationPeriod.objects.count(), Source.objects.filter(key="us-missions").exists()) == (
        *(None, 0, False),
    )


def test_what_the_database_refuses_is_told_with_the_line_of_the_table() -> None:
    twice = mended("us_missions.csv", ("1961-01-03,1977-08-31,None", "1961-01-03,1979-08-31,None"))
    (refusal,) = told(brought("us_missions.csv", twice))
    assert refusal == "line 7: Another published value of this track certainly covers some of the same days."


def test_the_rest_comes_in_and_refused_rows_can_be_mended_and_sent_alone(tmp_path: Path) -> None:
    table, rejected = tmp_path / "missions.csv", tmp_path / "rejects.csv"
    table.write_bytes(mended("us_missions.csv", ("1902-05-20,1902-05-26,None", "1902-05-20,1902-05-26,Nobody")))
    out = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_table", table, stdout=out, stderr=io.StringIO())
    assert RelationPeriod.objects.count() == 0
    call_command("import_table", table, rejects=rejected, stdout=out, stderr=io.StringIO())
    assert RelationPeriod.objects.count() == 22
    assert rejected.read_text() == (
        "refused line of missions.csv,"
        "country_abbrev_cow,country_code_cow,country_name_cow,country_name_usdos,date_start,date_end,us_mission_status\n"
        "2,CUB,40,Cuba,Cuba,1902-05-20,1902-05-26,Nobody\n"
    )
    rejected.write_text(rejected.read_text().replace("Nobody", "None"))
    call_command("import_table", rejected, stdout=out)
    assert (RelationPeriod.objects.count(), Batch.objects.count()) == (23, 2)
    assert NOTE.format("missions.csv") in out.getvalue()
    assert Batch.objects.latest("pk").name == "rejects.csv (refused of missions.csv)"
    assert re.findall("^(.+): (.+), by the profile", out.getvalue(), re.MULTILINE) == [
        *[(table.name, "23 rows")] * 2,
        (rejected.name, "1 row"),
    ]


def test_a_check_writes_nothing_and_says_what_would_be(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("import_table", SPECIMENS / "gml_mids.csv", check=True, stdout=out)
    assert (Event.objects.count(), Batch.objects.count()) == (0, 0)
    assert "events: 5 would be added" in out.getvalue()


def test_the_same_table_twice_writes_once() -> None:
    brought("gml_mids.csv")
    again = brought("gml_mids.csv")
    assert (counts(again), again.batch, Batch.objects.count()) == ({"events": (0, 0)}, None, 1)


def test_evidence_that_others_gave_stays() -> None:
    brought("gml_mids.csv")
    event = Event.objects.get(slug="dispute-2")
    event.citations.create(source=Source.objects.get(key="gml-mid"), locator="p. 3", stance="mentions")
    assert counts(brought("gml_mids.csv")) == {"events": (0, 0)}
    assert event.citations.count() == 2


def test_the_state_of_what_stands_is_left_as_it_is() -> None:
    brought("gml_mids.csv")
    Event.objects.filter(slug="dispute-2").update(state="draft")
    assert counts(brought("gml_mids.csv")) == {"events": (0, 0)}
    assert Event.objects.get(slug="dispute-2").state == "draft"


def test_a_record_of_another_source_is_not_written_over() -> None:
    brought("gml_mids.csv")
    Citation.objects.filter(event__slug="dispute-3").update(source=make_source("gml-mid-2"))
    (refusal,) = told(brought("gml_mids.csv"))
    assert refusal == (
        "lines 4, 5, column dispnum: '3': slug: there is such a record already, and it is not of the source gml-mid;"
        " give another"
    )


def test_an_export_of_ours_comes_back_by_the_command(tmp_path: Path, client: Client) -> None:
    brought("gml_mids.csv")
    file = tmp_path / "events.csv"
    columns = ("slug", "kind", "happened_on", "title", "participants", "citations", "note")
    rows = list(csv.DictReader(io.StringIO(client.get("/events.csv?sort=date").getvalue().decode())))
    lines = [{name: row[name] for name in columns} | {"note": ""} for row in rows]
    lines[0]["note"] = "Mended"
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(lines)
    said = io.StringIO()
    call_command("import_table", file, profile="events", stdout=said)
    assert "events: 0 added, 1 changed, 4 unchanged" in said.getvalue()
    assert (Event.objects.get(slug="dispute-2").note, Batch.objects.latest("pk").profile) == ("Mended", "events")
    file.with_suffix(".xlsx").write_bytes(b"".join(client.get("/events.xlsx")))
    call_command("import_table", file.with_suffix(".xlsx"), profile="events", stdout=said)
    assert said.getvalue().endswith("events: 0 added, 0 changed, 5 unchanged\n")
    file.write_text("slug,kind\ndispute-2,vizit\n")
    with pytest.raises(CommandError, match="line 2, column kind: 'vizit' is none of"):
        call_command("import_table", file, profile="events", stdout=said)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("records = 1", "profile a: records: a list."),
        ('title = "x"', "profile a: it makes no records: give [[records]]."),
        ("a = [", "a: "),
        ('records = [{of = "evnts"}]', "records 1.of: 'evnts' is none of"),
        (
            'records = [{of = "sources", cells = {tilte = "x"}}]',
            "records 1.cells.tilte: there is no such thing (did you mean title?)",
        ),
        ('records = [{of = "events", cells = {}}]', "give a [source], which every record cites."),
        ('[file]\nencoding = "latin-9x"', "file.encoding: latin-9x is none that Python knows."),
        ('skip = [{column = "a"}]\nrecords = [{of = "sources"}]', "skip 1: give column, values and why."),
    ],
)
def test_an_error_in_a_profile_is_reported_with_its_place(text: str, told: str) -> None:
    with pytest.raises(ProfileError) as refused:
        read_profile("a", text)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('"{nam}"', "{nam} is neither a column of the file nor a value (did you mean name?)"),
        ('{ of = "{name}", term = {} }', "term is nothing that of knows"),
        (
            '{ country = "{name}", scheme = "cwo" }',
            "'cwo' is none of register, iso3, iso2, cow, gw, wikidata",
        ),
        ('{ less = ["{name}"], then = "x" }', "less compares two numbers"),
        ('{ date = "{name}", order = "year-month" }', "order puts year, month and day in a row"),
        ("{ nothing = 1 }", "is no recipe; its verb is one of split, of, if, less"),
    ],
)
def test_an_error_in_a_recipe_is_reported_when_the_table_is_read(said: str, told: str) -> None:
    text = f'[file]\ncolumns = ["name"]\n[[records]]\nof = "sources"\n[records.cells]\nkey = {said}\n'
    profile = read_profile("a", text.replace("{nam}", "{name}"))
    builder = RecipeBuilder(["name"], {}, Parties(), VERBS)
    with pytest.raises(ValueError, match=re.escape(told)):
        builder.recipe(tomllib.loads(f"said = {said}")["said"], "records 1.cells.key")
    assert profile.columns == {"name"}


@pytest.mark.parametrize(
    ("said", "cell", "expected"),
    [
        ("", "1973", "1973"),
        ("", "973", "0973"),
        ("", "1973²", CellError),
        ("", "٣", CellError),
        ("", "9" * 5000, CellError),
        ('order = "day-month-year"', "1.3.1973", "1973-03-01"),
        ('order = "day-month-year"', "1. 3. 1973", "1973-03-01"),
        ('order = "month-day-year"', "3/1/1973", "1973-03-01"),
        ('order = "day-month-year"', "3.1973", "1973-03"),
        ('order = "day-month-year"', "1973", "1973"),
        ('order = "year-month-day"', "1973/3", "1973-03"),
        ('order = "day-month-year"', "1.3.73", CellError),
        ('order = "day-month-year"', "1.3.1973²", CellError),
        ('order = "day-month-year"', "1.3.1973.4", CellError),
        ('order = "day-month-year"', "", ""),
        ("", "1975.0", "1975"),  # a year of pandas among empty cells
        ("", "1975.1", CellError),
        ("", "1975-01-01 00:00:00", "1975-01-01"),
        ("", "1975-01-01T00:00", "1975-01-01"),
        ("", "1975-01-01 12:00:00", CellError),
        ('order = "day-month-year"', "1/3/1973 00:00", "1973-03-01"),
        ("", "19730301", "1973-03-01"),
        ("", "19731301", CellError),
        ("", "1973030", CellError),
        ('order = "day-month-year"', "01031973", CellError),
        ('order = "words"', "3 mars 1973", "1973-03-03"),
        ('order = "words", doubted = "yes"', "mars 1973", "1973-03?"),
        ('order = "words"', "3/4/1973", CellError),
        ('order = "words"', "", ""),
    ],
)
def test_a_date_is_as_exact_as_its_cell_and_a_number_with_a_mark_is_none(said: str, cell: str, expected: Any) -> None:
    recipe = tomllib.loads(f'said = {{ date = "{{on}}"{said and ", "}{said} }}')["said"]
    made = RecipeBuilder(["on"], {}, Parties(), VERBS).recipe(recipe, "here").apply
    row = [ForeignRow(2, (cell,), {"on": 0}, {}, "2")]
    if expected is CellError:
        with pytest.raises(CellError, match="is not"):
            made(row)
    else:
        assert made(row) == expected


def test_a_party_is_who_had_the_name_or_code_then() -> None:
    make_actor("hezbollah", kind="armed_group", name="Hezbollah", aliases=["Party of God"])
    parties = Parties()
    assert [parties.country("260", "cow", day) for day in ("1970", "1990-10-02")] == ["XWG", "XWG"]
    assert [parties.country("345", "cow", day) for day in ("1913-05", "1950", "2004", "2010")] == [
        "SRB",
        "YUG",
        "SCG",
        "SRB",
    ]
    assert [parties.party(name, "", "2006") for name in ("Iran", "IRN", "party of god", "Hezbollah (Lebanon)")] == [
        *("IRN", "IRN", "actor/hezbollah", "actor/hezbollah"),
    ]
    assert parties.actor_or_unnamed("16 others; unnamed") == '"\\16 others\\; unnamed"'
    with pytest.raises(CellError, match="'260' is nobody's code in 1992"):
        parties.country("260", "cow", "1992")
    assert [parties.country("Soviet Union", "", day) for day in ("1922", "1991", "")] == ["SUN"] * 3
    assert parties.country("SUN", "", "1992") == "SUN"  # who writes our own code knows what he means
    with pytest.raises(CellError, match=r"'Soviet Union' is Soviet Union \(SUN\), which had ended before 1992; say in"):
        parties.country("Soviet Union", "", "1992")
    with pytest.raises(
        CellError, match=r"did not exist in 1979, when North Yemen \(YAR\) and South Yemen \(YMD\) did; say"
    ):
        parties.country("Yemen", "", "1979")
    assert [parties.country(*each) for each in (("Yemen", "", "1990"), ("Yemen", "", ""), ("YEM", "", "1979"))] == [
        "YEM"
    ] * 3
    assert parties.country("Kuwait", "", "1950") == "KWT"  # no state of the register was there before it
    with pytest.raises(CellError, match="'Atlantis' is no code, name or alias of a country"):
        parties.party("Atlantis", "", "")
    with pytest.raises(CellError, match=r"country; in another language it is Iran \(IRN\); add it first, or say"):
        parties.party("Иран", "", "")


def test_a_profile_says_who_is_meant_by_a_name() -> None:
    make_actor("hezbollah", kind="armed_group", name="Hezbollah")
    names = 'names = { Yemen = ["YAR", "YEM"], Ladonia = "actor/hezbollah", UAE = "ARE", Nobody = "actor/nobody" }'
    said = tomllib.loads(f'said = {{ party = "{{who}}", on = "{{on}}", {names} }}')["said"]
    builder = RecipeBuilder(["who", "on"], {}, Parties(), VERBS)

    def made(who: str, on: str, verb: str = "party") -> str:
        recipe = said if verb == "party" else {"country" if name == "party" else name: it for name, it in said.items()}
        return builder.recipe(recipe, "here").apply([ForeignRow(2, (who, on), {"who": 0, "on": 1}, {}, "2")])

    assert [made("Yemen", day, verb) for day in ("1979", "1995") for verb in ("party", "country")] == [
        *("YAR", "YAR", "YEM", "YEM"),
    ]
    assert [made(who, "1995") for who in ("UAE", "Ladonia", "Iran")] == ["ARE", "actor/hezbollah", "IRN"]
    for who, on, reason in (
        ("Yemen", "1990", "'Yemen' is to be who existed in 1990 of North Yemen (YAR) and Yemen (YEM); North Yemen"),
        ("Yemen", "1900", "existed in 1900 of North Yemen (YAR) and Yemen (YEM); none of them did"),
        ("Yemen", "", "existed in no year of North Yemen (YAR) and Yemen (YEM); none of them did"),
        ("Nobody", "1995", "'nobody' is the slug of no actor"),
    ):
        with pytest.raises(CellError, match=re.escape(reason)):
            made(who, on)
    with pytest.raises(CellError, match=r"“1975\.0” is not a date") as refused:
        made("Iran", "1975.0")
    assert (refused.value.columns, refused.value.value) == (("on",), "1975.0")
    with pytest.raises(ValueError, match=r"here.names: give names, each with who is meant"):
        builder.recipe({"party": "{who}", "names": ["ARE"]}, "here")


def test_names_that_are_not_clear_on_their_days_are_found_with_who_they_may_be() -> None:
    make_actor("hezbollah", kind="armed_group", name="Hezbollah")
    profile = read_profile(
        "a",
        """
        [source]
        key = "a"
        [values]
        country = { country = "{a}", on = "{on}", names = { Persia = "IRN" } }
        other = { party = "{b}", on = "{on}", marks = "*" }
        [[records]]
        of = "events"
        [records.cells]
        slug = "{a} {b}"
        happened_on = "{on}"
        kind = { of = "{a}", terms = { country = "visit", Korea = "visit" }, else = "talks" }
        participants = ["{country}:actor", { if = "{a}", then = { party = "{b}", on = "{on}" } }]
        """,
    )
    rows = ["Yemen,Iran,1979", "Yemen,Soviet Union,1995", "Persia,Hezbollah,1979", "Rebels*,Rebels*,1979", ",Iraq,1979"]
    rows += ["Korea,Korea Republic,1979", "Germany,Ladonia,1979", "Iran,Iraq,last year"]
    table = read_table("\n".join(["a,b,on", *rows]).encode(), profile)
    found = {each.name: each for each in unclear_names(table, profile, Parties())}
    after = ("ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "MDA", "TJK", "TKM", "UKR", "UZB")
    assert {name: (each.countries, each.pairs) for name, each in found.items()} == {
        "Soviet Union": (
            ["SUN", "RUS", *after],
            [("SUN", "RUS"), *(("SUN", code) for code in after)],
        ),
        "Korea Republic": (["KOR", "KHM", "SYR", "PRK", "XKO"], [("XKO", "KOR"), ("XKO", "PRK")]),
        "Ladonia": (["MKD"], []),  # as near in letters as that
        "Germany": (["DEU", "DDR", "XWG"], [("DEU", "DDR"), ("DEU", "XWG")]),
        "Korea": (["XKO", "KOR", "PRK"], [("XKO", "KOR"), ("XKO", "PRK")]),
        "Yemen": (["YEM", "YAR", "YMD"], [("YAR", "YEM"), ("YMD", "YEM")]),
        "Rebels*": ([], []),
    }
    assert [(name, sorted(each.lines), each.is_country) for name, each in found.items()] == [
        ("Germany", [8], True),
        ("Korea", [7], True),
        ("Korea Republic", [7], False),
        ("Ladonia", [8], False),
        ("Rebels*", [5], True),
        ("Soviet Union", [3], False),
        ("Yemen", [2], True),
    ]


@pytest.mark.parametrize("verb", ["earliest", "latest"])
def test_the_first_or_last_of_what_is_no_date_is_refused(verb: str) -> None:
    recipe = RecipeBuilder(["on"], {}, Parties(), VERBS).recipe({verb: "{on}"}, "here")
    with pytest.raises(CellError, match=r"“1975\.0” is not a date") as refused:
        recipe.apply([ForeignRow(line, (on,), {"on": 0}, {}, str(line)) for line, on in ((2, "1974"), (3, "1975.0"))])
    assert (refused.value.columns, refused.value.value) == (("on",), "1974, 1975.0")


def test_a_number_is_nobodys_code_until_its_scheme_is_said() -> None:
    parties = Parties()
    assert parties.country("840", "cow", "1975") == "PHL"  # which is the United States among the numbers of ISO
    with pytest.raises(CellError, match=r"^'840' is a number, which is a code of other countries elsewhere; say whose"):
        parties.party("840", "", "1975")
    nordkorea = ", name or alias of a country; in another language it is North Korea (PRK)"
    for scheme, told, countries in (("", nordkorea, ["PRK"]), ("cow", " of the scheme cow", [])):
        with pytest.raises(UnclearError) as refused:
            parties.country("Nordkorea", scheme, "1975")
        assert str(refused.value) == f"'Nordkorea' is no code{told}; {ADD_IT}"
        assert refused.value.countries == countries


@pytest.mark.parametrize("verb", ["country", "party"])
def test_a_code_is_read_by_its_scheme_alone_but_for_whom_the_profile_names(verb: str) -> None:
    said = {verb: "{who}", "scheme": "cow", "names": {"999": "PRK"}}
    recipe = RecipeBuilder(["who"], {}, Parties(), VERBS).recipe(said, "here")

    def made(who: str) -> str:
        return recipe.apply([ForeignRow(2, (who,), {"who": 0}, {}, "2")])

    assert [made(who) for who in ("2", "999")] == ["USA", "PRK"]
    with pytest.raises(CellError, match=r"^'PRK' is no code of the scheme cow"):
        made("PRK")  # which is a code of ours


def test_each_piece_of_a_cell_is_read_by_itself() -> None:
    builder = RecipeBuilder(["who", "piece"], {"on": "1975"}, Parties(), VERBS)

    def made(recipe: dict[str, Any], who: str) -> str:
        return builder.recipe(recipe, "here").apply(
            [ForeignRow(2, (who, "a column"), {"who": 0, "piece": 1}, builder.values, "2")]
        )

    by_marks = {"split": "{who}", "at": [",", " and "], "into": {"party": "{piece}", "on": "{on}"}, "role": "host"}
    assert made(by_marks, "Egypt, Syria AND Egypt,, ") == "EGY:host; SYR:host"
    assert made(by_marks, "") == ""
    assert made({"split": "{who}"}, "a; b;c") == "a; b; c"
    with pytest.raises(RecipeError, match="'Utopia' is no code, name or alias of a country") as error:
        made(by_marks, "Egypt and Utopia")
    assert (error.value.columns, error.value.value) == (("who",), "Utopia")
    for wrong in ("", [], [1]):
        with pytest.raises(ProfileError, match=r"here\.at: give what parts the pieces"):
            made({"split": "{who}", "at": wrong}, "a")
