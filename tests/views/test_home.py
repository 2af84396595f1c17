"""The home page and the look of a register: with a studied state, without one, and with nothing in it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.templatetags.static import static
from django.test import Client

from config.register import Register, read
from relations.models import Country
from relations.tally import best_known_pairs, best_known_states
from tests.factories import (
    make_actor,
    make_country,
    make_event,
    make_mission,
    make_observation,
    make_period,
    make_relation,
    make_transfer,
)

pytestmark = pytest.mark.django_db

LATELY, MADE_OF = "Lately published or changed", "What it is made of"


def headings(html: str) -> list[str]:
    return re.findall(r"<h2[^>]*>(.*?)</h2>", html)


def relations(page: Any) -> dict[str, list[str]]:
    """The names of the relations by status."""
    return {status: [row.relation.code for _, row in rows] for status, rows in page.context["by_status"]}


def test_home_with_a_studied_state_lists_its_relations(client: Client) -> None:
    make_period(relation=make_relation("EGY", "PRK"))
    make_period(relation=make_relation("BGR", "EGY"))
    page = client.get("/")
    assert headings(page.content.decode()) == ["Relations of North Korea today", LATELY, MADE_OF]
    assert relations(page) == {"Established (not dated)": ["EGY-PRK"]}
    assert page.context["states"] == []


def test_home_without_a_studied_state_lists_states_and_pairs_by_what_is_known(client: Client, settings) -> None:
    settings.REGISTER = Register(title="All of them")
    make_period(relation=make_relation("BGR", "EGY"))
    for number in range(2):
        make_mission("EGY", "IRQ", slug=f"mission-{number}")
    page = client.get("/")
    html = page.content.decode()
    assert headings(html) == ["Relations today", "States", LATELY, MADE_OF]
    assert "<h1>All of them</h1>" in html
    assert "foreign relations of states." in html
    assert "North Korea" not in html
    assert [country.code for country in page.context["states"]] == ["EGY", "IRQ", "BGR"]
    assert relations(page) == {"Established (not dated)": ["BGR-EGY"]}


def test_home_of_an_empty_register_says_so(client: Client, settings) -> None:
    make_country("EGY")
    for state in ("", "EGY"):
        settings.REGISTER = Register(studied_state=state)
        html = client.get("/").content.decode()
        assert headings(html) == ["Relations today", MADE_OF]
        assert "Nothing is published yet." in html


def test_states_and_pairs_are_counted_by_the_published_records_in_which_they_have_a_part() -> None:
    make_relation("EGY", "PRK")
    make_relation("IRQ", "PRK")
    make_relation("EGY", "SYR")
    make_event("PRK", "IRQ", "SYR")
    make_event("PRK", "IRQ")
    make_event("EGY", "PRK", state="draft")
    make_transfer("PRK", None, recipient_actor=make_actor(country=make_country("EGY")), transit_country_id="SYR")
    make_observation("PRK", "IRQ")
    make_mission("SYR", "EGY", negated=True)  # negated records count, too
    assert [country.code for country in best_known_states()] == ["PRK", "IRQ", "SYR", "EGY"]
    assert [str(relation) for relation in best_known_pairs()] == ["IRQ-PRK", "EGY-SYR", "EGY-PRK"]


@pytest.mark.parametrize("rows", [1, 3])
def test_home_costs_the_same_however_much_it_shows(
    client: Client, settings, django_assert_num_queries, rows: int
) -> None:
    for code in ("EGY", "IRQ", "SYR")[:rows]:
        make_period(relation=make_relation(code, "PRK"))
        make_event(code, "PRK")
    # The latest changes are of two types: one query for each, and one for the hedges of both.
    with django_assert_num_queries(14):
        client.get("/")
    settings.REGISTER = Register()
    with django_assert_num_queries(15):
        client.get("/")


def test_no_country_of_the_reference_alone_is_shown(client: Client) -> None:
    call_command("load_fixtures", directory=Path(__file__).parents[2] / "fixtures" / "reference", verbosity=0)
    assert Country.objects.count() > 290
    for path in ("/", "/countries/", "/countries.csv", "/events/", "/chronology/"):
        page = client.get(path)
        body = b"".join(page.streaming_content) if page.streaming else page.content
        assert b"Bulgaria" not in body, path
    assert client.get("/countries/BGR/").status_code == 404


def test_licence_contact_and_about_are_those_of_the_register(client: Client, settings) -> None:
    settings.REGISTER = Register(
        title="Ours",
        licence="CC0",
        licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
        contact="register@example.org",
        about="First <b>words</b>.\n\nSecond.",
    )
    html = client.get("/about/").content.decode()
    assert html.count('<a href="https://creativecommons.org/publicdomain/zero/1.0/">CC0</a>') == 2
    assert html.count('href="mailto:register@example.org"') == 2
    assert "<p>First &lt;b&gt;words&lt;/b&gt;.</p>" in html
    assert "CC BY" not in html
    settings.REGISTER = Register()
    for path in ("/", "/data/", "/about/"):
        html = client.get(path).content.decode()
        assert "no licence is stated" in html
        assert "mailto:" not in html
        assert "CC BY" not in html


def test_colours_and_logo_are_served_where_the_register_has_them(client: Client, settings, tmp_path: Path) -> None:
    assert [client.get(path).status_code for path in ("/register.css", "/logo")] == [404, 404]
    assert "/register.css" not in client.get("/about/").content.decode()
    (tmp_path / "crest.svg").write_text("<svg/>")
    (tmp_path / "register.toml").write_text('accent = "#7a1f1f"\naccent_in_the_dark = "#f4b4b4"\nlogo = "crest.svg"\n')
    settings.REGISTER = read(tmp_path / "register.toml")
    html = client.get("/about/").content.decode()
    assert '<link rel="stylesheet" href="/register.css">' in html
    assert '<img src="/logo" alt="">Dyad</a>' in html
    sheet, logo = client.get("/register.css"), client.get("/logo")
    assert (sheet.headers["Content-Type"], logo.headers["Content-Type"]) == ("text/css; charset=utf-8", "image/svg+xml")
    assert "--accent:#7a1f1f" in sheet.content.decode()
    assert logo.content == b"<svg/>"
    assert "no-store" not in sheet.headers["Cache-Control"]


def test_a_studied_state_that_is_no_country_stops_the_start(settings) -> None:
    make_country("CUB")
    settings.DEBUG = True
    settings.REGISTER = Register(studied_state="KUB", file="register.toml")
    with pytest.raises(CommandError) as refusal:
        call_command("prepare", verbosity=0)
    assert str(refusal.value) == (
        "register.toml: studied_state: 'KUB' is not a known country code; add the country first, or see the list of"
        " countries."
    )


def test_the_icon_is_found_where_it_always_was(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Location"]) == (302, static("relations/icon.svg"))
    assert f'<link rel="icon" href="{answer.headers["Location"]}"' in client.get("/").content.decode()
