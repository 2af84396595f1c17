"""Comparisons of relations, and dossiers: the same status as on the page of each relation, with its sources."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from relations.models import DealParty
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


@pytest.fixture
def three() -> None:
    """Three relations with different statuses."""
    egypt, iraq = make_relation("EGY", "PRK"), make_relation("IRQ", "PRK")
    make_period("level", "ambassador", relation=egypt, held_by_id="EGY", began_on="1963-08-24")
    make_period("legal", "severed", relation=iraq, held_by_id="IRQ", began_on="1980-10", modality="reported")
    make_mission("PRK", "IRQ", opened_on="1970", closed_on="1980-10")
    make_lifespan("YMD", "1967", "1990-05-21")
    make_event("PRK", "YMD")
    make_relation("PRK", "YMD")


def cells(client: Client, path: str) -> dict[str, list[str]]:
    """The rows of the comparison: the texts of the cells by name of the track."""
    page = client.get(path).content.decode()
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page.split("<tbody>")[1].split("</tbody>")[0], re.DOTALL):
        texts = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        first, *others = (" ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split()) for text in texts)
        found[first] = others
    return found


def test_relations_are_answered_for_track_by_track(client: Client, three: None) -> None:
    rows = cells(client, "/compare/EGY-PRK/IRQ-PRK/PRK-YMD/?as_of=1990-12-31")
    assert list(rows) == ["Legal status", "Level of representation", "Missions"]
    legal, level, missions = rows.values()
    assert legal[0].startswith("Whether Egypt and North Korea have diplomatic relations is not stated. How they are")
    assert legal[1].startswith("It is reported that Iraq has severed diplomatic relations with North Korea – since")
    assert "Reported" in legal[1]
    assert legal[2] == level[2] == "South Yemen no longer existed."
    assert level[0].startswith("Egypt is represented to North Korea at the level of ambassador – since 24 August 1963.")
    assert level[0].endswith("Not stated: at what level North Korea is represented to Egypt.")
    assert level[1] == "not stated"
    assert missions[1].startswith("The embassy of North Korea to Iraq was open – since 1970; closed in October 1980;")
    assert missions[::2] == ["not stated", "not stated"]


def test_a_comparison_is_for_today_or_for_a_day(client: Client, three: None) -> None:
    today = client.get("/compare/EGY-PRK/IRQ-PRK/")
    then = client.get("/compare/EGY-PRK/IRQ-PRK/?as_of=1975")
    assert today.context["day"] == timezone.localdate()
    assert "Today, as far as the sources go" in today.content.decode()
    assert "On 31 December 1975, as far as the sources go" in then.content.decode()
    assert "understood as 31 December 1975, the last day of 1975" in then.content.decode()
    assert '<a href="/compare/EGY-PRK/IRQ-PRK/">Today</a>' in then.content.decode()
    assert "Not stated of any: military ties; recognition; position; cooperation; character." in then.content.decode()


@pytest.mark.parametrize(
    ("path", "called"),
    [
        ("/compare/EGY-PRK/IRQ-PRK/", "Egypt and North Korea compared with Iraq and North Korea"),
        (
            "/compare/EGY-PRK/IRQ-PRK/PRK-YMD/",
            "Egypt and North Korea compared with Iraq and North Korea; North Korea and South Yemen",
        ),
    ],
)
def test_a_comparison_names_what_it_compares(client: Client, three: None, path: str, called: str) -> None:
    page = " ".join(client.get(path).content.decode().split())
    assert re.findall("<h1>(.*?) ?</h1>", page) == [called]
    assert f"<title>{called} · " in page


def test_all_stand_on_one_axis_below_their_names(client: Client, three: None) -> None:
    drawing = client.get("/compare/PRK-YMD/IRQ-PRK/EGY-PRK/").context["timeline"]
    assert [(name, [bar.label for bar in bars]) for name, bars in drawing.groups] == [
        ("Iraq and North Korea", ["Reported: Legal status, severed (by Iraq)", "Embassy of North Korea to Iraq"]),
        ("Egypt and North Korea", ["Level of representation, ambassador (by Egypt)"]),
    ]
    assert drawing.ticks[0][0] == 1960
    assert client.get("/relations/IRQ-PRK/").context["timeline"].groups[0][0] == ""


@pytest.mark.parametrize(
    ("ended_on", "ticks"),
    [
        ("1977", [1970, 1972, 1974, 1976, 1978]),
        ("1985", [1970, 1975, 1980, 1985]),
        ("1995", [1970, 1980, 1990]),
        ("2075", [1970, 2020, 2070]),
    ],
)
def test_axis_of_few_years_is_marked_more_closely(client: Client, ended_on: str, ticks: list[int]) -> None:
    make_period("military", "alliance", began_on="1975", ended_on=ended_on)
    drawing = client.get("/relations/EGY-PRK/").context["timeline"]
    assert [year for year, _ in drawing.ticks] == ticks


@pytest.mark.parametrize("column", ["began_on", "ended_on"])
def test_bar_that_is_dated_by_an_announcement_is_only_possible(client: Client, column: str) -> None:
    dates = {"began_on": "2010", "ended_on": "2018"}
    period = make_period("military", "alliance", modality="announced", **dates)
    make_mission("PRK", "EGY", opened_on="2010-01-01")

    def cores(path: str) -> list[float]:
        return [bar.core_width for _, bars in client.get(path).context["timeline"].groups for bar in bars]

    make_period(relation=make_relation("IRQ", "PRK"), began_on="2000", ended_on="2020")
    paths = ("/relations/EGY-PRK/", "/compare/EGY-PRK/IRQ-PRK/")
    assert [cores(path)[:2] for path in paths] == [[70.04, 100.0], [23.34, 66.66]]
    cite(period, field=column, is_announcement=True)
    assert [cores(path)[:2] for path in paths] == [[0, 100.0], [0, 66.66]]


ADDRESSES: list[tuple[str, int, str | None]] = [
    ("/compare/prk-egy/IRQ-PRK/?as_of=1990", 301, "/compare/EGY-PRK/IRQ-PRK/?as_of=1990"),
    ("/compare/EGY-PRK/IRQ-PRK/PRK-EGY/", 301, "/compare/EGY-PRK/IRQ-PRK/"),
    ("/compare/EGY-PRK/XXX-YYY/", 404, None),
    ("/compare/EGY-PRK/EGY/", 404, None),
    ("/compare/EGY-PRK/é-PRK/", 404, None),
    ("/compare/EGY-PRK//", 404, None),
    ("/compare/EGY-PRK/EGY-IRQ/", 404, None),  # no public record of this pair
    ("/compare/EGY-PRK/", 400, None),
    ("/compare/EGY-PRK/PRK-EGY/", 400, None),
    ("/compare/A-B/C-D/E-F/G-H/I-J/K-L/M-N/", 400, None),
    ("/compare/EGY-PRK/IRQ-PRK/?as_of=yesterday", 400, None),
    ("/compare/?pair=EGY-PRK&pair=IRQ-PRK+PRK-YMD", 302, "/compare/EGY-PRK/IRQ-PRK/PRK-YMD/"),
    ("/compare/?pair=EGY-PRK,IRQ-PRK", 302, "/compare/EGY-PRK/IRQ-PRK/"),
    ("/compare/?pair=", 200, None),
    ("/compare/?pairs=EGY-PRK", 400, None),
]


def test_what_can_be_compared_has_one_address(client: Client, three: None) -> None:
    make_event("EGY", "IRQ", state="draft")
    make_relation("EGY", "IRQ")
    answers = {path: client.get(path) for path, *_ in ADDRESSES}
    told = [(path, answer.status_code, answer.headers.get("Location")) for path, answer in answers.items()]
    assert told == ADDRESSES
    for path, answer in answers.items():
        if answer.status_code == 400 and "?" not in path:
            page = answer.content.decode()
            assert "2 to 6 relations are compared, such as KWT-PRK/PRK-QAT; this address has " in page
            assert 'action="/compare/"' in page


def test_the_page_of_a_relation_offers_others_of_the_studied_state(client: Client, three: None, settings) -> None:
    make_event("EGY", "IRQ")
    make_relation("EGY", "IRQ")
    offered = re.compile(r'name="pair" value="([A-Z-]+)"')
    assert offered.findall(client.get("/relations/EGY-PRK/").content.decode()) == ["EGY-PRK", "IRQ-PRK", "PRK-YMD"]
    assert offered.findall(client.get("/relations/EGY-IRQ/").content.decode()) == ["EGY-IRQ", "EGY-PRK"]


def test_relations_are_offered_in_the_order_of_their_names(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for code, name in (("ALA", "Åland"), ("OMN", "Oman"), ("TUR", "Turkey"), ("ARE", "Emirates"), ("BRN", "brunei")):
        make_country(code, name=name)
        make_relation(code, "PRK")
        make_event(code, "PRK")
    make_relation("KOR", "PRK")  # without public records

    def offered(path: str) -> list[tuple[str, str]]:
        page = client.get(path).content.decode()
        return re.findall(r'<label><input type="checkbox" name="pair" value="([A-Z-]+)"> ([^<]*)</label>', page)

    assert offered("/relations/PRK-TUR/") == [
        *(("ALA-PRK", "Åland"), ("BRN-PRK", "brunei"), ("ARE-PRK", "Emirates"), ("OMN-PRK", "Oman")),
    ]
    assert offered("/compare/") == [
        ("ALA-PRK", "Åland and North Korea"),
        ("BRN-PRK", "brunei and North Korea"),
        ("ARE-PRK", "Emirates and North Korea"),
        ("PRK-TUR", "North Korea and Turkey"),
        ("OMN-PRK", "Oman and North Korea"),
    ]
    answer = client.get("/compare/?pair=ALA-PRK&pair=PRK-TUR&pair=")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/compare/ALA-PRK/PRK-TUR/")


def sections(client: Client, path: str) -> dict[str, list[str]]:
    """The lines of a dossier under each heading, with the numbers of their notes."""
    page = client.get(path).content.decode()
    parts = re.findall(r"<h2[^>]*>(.*?)</h2>(.*?)</section>", page, re.DOTALL)
    return {
        name: [
            " ".join(unescape(re.sub(r"<[^>]*>", "", re.sub(r"<sup>(.*?)</sup>", r" [\1]", line))).split())
            for line in re.findall(r"<li[^>]*>(.*?)</li>", part, re.DOTALL)
        ]
        for name, part in parts
    }


@pytest.fixture
def dossier() -> None:
    """A relation with a record of every type, cited from two sentences of a document and a row of a table."""
    first, second, third = (
        make_passage(make_source("report", title="A report"), f"egypt.1.{n}", digest=f"What the {name} says.")
        for n, name in enumerate(("first", "second", "third"), start=1)
    )
    relation = make_relation("EGY", "PRK", summary="The two are close.")
    cite(relation, passage=second, field="summary")
    records = [
        make_period("level", "ambassador", relation=relation, held_by_id="EGY", began_on="1963-08-24"),
        make_mission("PRK", "EGY", slug="cairo", city="Cairo", opened_on="1961", closed_on="1999"),
        make_event("PRK", "EGY", title="A visit", happened_on="1973-03", summary="They met.", modality="alleged"),
        make_event("PRK", "EGY", title="Talks", slug="talks"),
        make_transfer("PRK", "EGY", ordered_on="1980", delivered_on="1981"),
        make_observation("PRK", "EGY", period="2010"),
    ]
    for record in records:
        record.citations.all().delete()
        cite(record, passage=first)
        cite(record, passage=third, stance="mentions")
    cite(records[2], source=make_source("table", title="A table", issued_on="2015"), locator="row 7")
    make_event("PRK", "EGY", title="SECRET", slug="secret", state="draft")


def test_a_dossier_tells_everything_with_its_evidence_numbered(client: Client, dossier: None) -> None:
    found = sections(client, "/relations/EGY-PRK/dossier/")
    level = "Egypt is represented to North Korea at the level of ambassador – since 24 August 1963. [2]"
    who = "Who: North Korea (actor), Egypt (recipient)."
    embassy = "The embassy of North Korea to Egypt in Cairo was open – since 1961; closed in 1999"
    assert found == {
        "Today, as far as the sources go": [level, f"{embassy}; no later information for that day. [2]"],
        "What was the case": [level],
        "Missions": [f"{embassy}. [2]"],
        "What happened": [
            f"March 1973: Alleged: A visit. They met. {who} [2] [,] [3]",
            f"undated: Talks. {who} [2]",
        ],
        "Arms transfers": ["1980: Scud-B, North Korea to Egypt: delivered 1981. [2]"],
        "Figures": ["2010: Exports, North Korea to Egypt: 712,000 USD. [2]"],
        "Where it is said": [
            "egypt.1.2 in A report. In our words: What the second says.",
            "egypt.1.1 in A report. In our words: What the first says.",
            "row 7 in A table, 2015",
        ],
    }
    page = client.get("/relations/EGY-PRK/dossier/").content.decode()
    main = page.split("<main")[1]
    day = timezone.localdate()
    assert f"as of {day.day} {day:%B} {day.year}: http://testserver/relations/EGY-PRK/." in main
    silent = "Not stated: whether Egypt and North Korea have diplomatic relations; at what level North Korea"
    assert silent in main
    assert "<form" not in main
    assert '<a href="/relations/EGY-PRK/dossier/">' in client.get("/relations/EGY-PRK/").content.decode()


def test_a_dossier_of_another_day_has_the_status_of_that_day(client: Client, dossier: None) -> None:
    found = sections(client, "/relations/EGY-PRK/dossier/?as_of=1962-05-01")
    assert found["On 1 May 1962, as far as the sources go"] == [
        "The embassy of North Korea to Egypt in Cairo is open – since 1961; closed in 1999. [2]"
    ]
    country = sections(client, "/countries/EGY/dossier/?as_of=1962-05-01")
    assert "Egypt and North Korea on 1 May 1962, as far as the sources go" in country
    page = client.get("/relations/EGY-PRK/dossier/?as_of=1962-05-01").content.decode()
    assert '<a href="/relations/EGY-PRK/dossier/">as of today</a>' in page
    led_by = client.get("/relations/EGY-PRK/?as_of=1962-05-01").content.decode()
    assert '<a href="/relations/EGY-PRK/dossier/?as_of=1962-05-01">Dossier to print</a>' in led_by


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"delivered_on": "[1979,1980]"}, "1979 or 1980: Scud-B, North Korea to Egypt: delivered."),
        (
            {"ordered_on": "1980", "delivered_on": "1981", "negated": True},
            "1980: Did not take place: Scud-B, North Korea to Egypt: not delivered 1981.",
        ),
        (
            {"ordered_on": "1980", "delivered_on": "1981", "deal_status": "partly_delivered"},
            "1980: Scud-B, North Korea to Egypt: partly delivered; delivered 1981.",
        ),
        (
            {
                "deal_status": "paid_not_delivered",
                "value_kind": "down_payment",
                "tiv_delivered": "0.5",
                "note": "Why so?",
            }
            | {"value_low": 5, "value_high": 5, "value_qualifier": "exact", "value_unit": "USD", "reason": "Thrift."},
            (
                "undated: Scud-B, North Korea to Egypt: paid, not delivered; value (down payment): 5 USD; "
                "TIV delivered: 0.5. Why: Thrift. Note: Why so?"
            ),
        ),
    ],
)
def test_a_dossier_says_of_a_deal_what_lists_say(client: Client, columns: dict[str, Any], words: str) -> None:
    make_relation()
    make_transfer("PRK", "EGY", **columns)
    assert sections(client, "/relations/EGY-PRK/dossier/")["Arms transfers"] == [f"{words} [1]"]


def test_a_dossier_leaves_nothing_out(client: Client) -> None:
    make_source("report", speaks_until="1965")
    make_period("military", "alliance", began_on="1961", negated=True, note="Denied")
    make_mission("EGY", "PRK", opened_on="1961", closed_on="[1990..2090]", head_rank="consul", reason="Thrift.")
    level = make_period("level", "ambassador", began_on="1963")
    level.citations.all().delete()
    cite(level, source=make_source("report"), locator="p. 1")
    seizure = make_event("PRK", "EGY", title="A seizure", happened_on="1990", place="Suez", reason="A hint.")
    make_event("PRK", "EGY", title="A raid", modality="reported", possibly_same_as=seizure)
    make_event("PRK", "EGY", title="SECRET", state="draft", possibly_same_as=seizure)
    cite(seizure, field="reason", modality="inferred")
    make_figure(seizure, "items", 1, 1, of="a week", figure_unit="flights")
    make_figure(seizure, "persons", of="pilots")
    deal = make_transfer("PRK", "EGY", event=seizure, condition="second_hand", description="missiles")
    DealParty.objects.create(transfer=deal, actor=make_actor("broker"), role="brokered")
    make_observation("PRK", "EGY", reporter="the customs")
    found = sections(client, "/relations/EGY-PRK/dossier/")
    lines = [re.sub(r" \[[\[\], 0-9]*$", "", line) for name in list(found)[:-1] for line in found[name]]
    who, embassy = "Who: North Korea (actor), Egypt (recipient).", "The embassy of Egypt to North Korea"
    times, ambassador = (
        "since 1961; closed some time from 1990 to 2090.",
        "Egypt is represented to North Korea at the level",
    )
    assert lines == [
        f"{ambassador} of ambassador – since 1963. Its sources tell of nothing after 1965.",
        f"{embassy} may be open – {times} This is only possible on that day.",
        "It was not so that Egypt and North Korea were allied by treaty – since 1961. Note: Denied.",
        f"{ambassador} of ambassador – since 1963.",
        f"{embassy} was open – {times} Rank of its head: consul. Why: Thrift.",
        (
            f"1990: A seizure. {who} Where: Suez. Items (a week): 1 flight; Persons (pilots): 20 persons. Why: A hint. "
            "Put in another way: reason, inferred. Possibly the same as: Reported: A raid."
        ),
        f"undated: Reported: A raid. {who} Possibly the same as: A seizure.",
        (
            "undated: Scud-B, North Korea to Egypt: delivered; description: missiles; condition: second-hand. "
            "Participants: Broker (brokered it). Seized, shown or used in: A seizure."
        ),
        "undated: Exports, North Korea to Egypt: 712,000 USD. Reported by the customs.",
    ]


def test_the_dossier_of_a_country_begins_with_its_relations_today(client: Client, dossier: None) -> None:
    make_period(relation=make_relation("EGY", "IRQ"), began_on="1958", slug="with-iraq")
    found = sections(client, "/countries/EGY/dossier/")
    assert list(found) == [
        "Egypt and Iraq today, as far as the sources go",
        "Egypt and North Korea today, as far as the sources go",
        "What was the case",
        *("Missions", "What happened", "Arms transfers", "Figures", "Where it is said"),
    ]
    assert found["Egypt and Iraq today, as far as the sources go"][0].startswith("Egypt and Iraq have diplomatic")
    assert [line.split(" – ")[0] for line in found["What was the case"]] == [
        "Egypt and Iraq have diplomatic relations",
        "Egypt is represented to North Korea at the level of ambassador",
    ]
    assert '<a href="/countries/EGY/dossier/">' in client.get("/countries/EGY/").content.decode()


def test_the_relations_of_a_country_stand_in_the_order_of_its_partners(client: Client) -> None:
    make_country("PSE", name="Palestine")
    for code in ("KOR", "PSE", "SYR"):
        make_period(relation=make_relation(code, "PRK"), slug=f"with-{code.lower()}")
    found = [name.split(" today")[0] for name in sections(client, "/countries/PRK/dossier/")]
    assert found[:3] == ["North Korea and Palestine", "South Korea and North Korea", "North Korea and Syria"]


def test_a_long_section_says_that_it_is_cut(client: Client, dossier: None, monkeypatch) -> None:
    monkeypatch.setattr("relations.views.dossiers.MOST", 1)
    page = client.get("/relations/EGY-PRK/dossier/").content.decode()
    assert len(sections(client, "/relations/EGY-PRK/dossier/")["What happened"]) == 1
    assert page.count('The first 1; the <a href="/data/">files</a> have them all.') == 1


def test_a_country_of_many_relations_names_some_and_says_where_all_are(
    client: Client, dossier: None, monkeypatch
) -> None:
    note = "The list of relations has them all, on any day."
    assert note not in client.get("/countries/EGY/dossier/").content.decode()
    make_period("legal", "established", relation=make_relation("EGY", "IRQ"), slug="iraq")
    monkeypatch.setattr("relations.views.dossiers.MOST_RELATIONS", 1)
    page = client.get("/countries/EGY/dossier/").content.decode()
    assert (page.count("today, as far as the sources go</h2>"), page.count(note)) == (1, 1)


def test_a_dossier_is_public_as_its_page_is(client: Client, dossier: None) -> None:
    make_country("BGR")
    told = {
        "/relations/prk-egy/dossier/": (301, "/relations/EGY-PRK/dossier/"),
        "/countries/egy/dossier/": (301, "/countries/EGY/dossier/"),
        "/relations/EGY-XXX/dossier/": (404, None),
        "/countries/BGR/dossier/": (404, None),
    }
    answers = {path: client.get(path) for path in told}
    assert {path: (each.status_code, each.headers.get("Location")) for path, each in answers.items()} == told


def test_that_a_state_did_not_exist_is_said_where_nothing_is_stated_of_any(client: Client) -> None:
    make_lifespan("YMD", "1967", "1990-05-21")
    for code in ("EGY", "PRK"):
        make_event(code, "YMD")
        make_relation(code, "YMD")
    page = client.get("/compare/EGY-YMD/PRK-YMD/?as_of=1995-01-01").content.decode()
    assert page.count("no longer existed") >= 2
    assert "Not stated of any: legal status" not in page


def test_a_relation_of_missions_alone_has_its_time_line(client: Client) -> None:
    make_relation("EGY", "PRK")
    make_mission("PRK", "EGY", opened_on="1964", closed_on="1970")
    assert "<svg" in client.get("/relations/EGY-PRK/").content.decode()
