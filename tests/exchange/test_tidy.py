"""Tidy files: a row for each part, with the key of its record, and nothing that is not public."""

import csv
import io

import pytest

from relations.exchange.columns import columns_of
from relations.exchange.tidy import TIDY, tidy_of
from relations.models import TARGETS, Actor, Citation, Country, Event, Passage, Succession
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_one_of_everything,
    make_passage,
    make_source,
)

pytestmark = pytest.mark.django_db


def rows(client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))


def test_participations_take_the_parameters_of_events_and_join_them(client):
    event = make_event("PRK", "EGY", slug="visit", happened_on="1973")
    event.participations.create(actor=make_actor("orascom"), role="host")
    make_event("PRK", "IRN", slug="another", happened_on="1974")
    make_event("PRK", "EGY", slug="draft", state="draft")
    every = rows(client, "/participations.csv")
    assert [(row["event"], row["role"], row["country"] or row["actor"]) for row in every] == [
        ("another", "actor", "PRK"),
        ("another", "recipient", "IRN"),
        ("visit", "actor", "PRK"),
        ("visit", "host", "orascom"),
        ("visit", "recipient", "EGY"),
    ]
    assert {row["event"] for row in rows(client, "/participations.csv?country=EGY")} == {"visit"}
    assert rows(client, "/participations.csv?to=1972") == []
    assert client.get("/participations.csv?no=1").status_code == 400


def test_citations_name_what_they_are_for_by_its_key(client):
    make_one_of_everything()
    for model in (Country, Actor):
        cite(model.objects.public().first())
    cite(make_event(slug="hidden", state="draft"))
    told = rows(client, "/citations.csv")
    assert {(row["collection"], row["slug"]) for row in told} == {
        (str(getattr(citation.target, "collection", "")) or f"{type(citation.target)._meta.verbose_name_plural}", key)
        for citation in Citation.objects.public()
        for key in [str(getattr(citation.target, "slug", "") or citation.target.code)]
    }
    assert "hidden" not in {row["slug"] for row in told}
    assert {row["collection"] for row in told} >= {"events", "countries", "actors", "relations"} - {"relations"}
    assert client.get("/citations.csv?country=EGY").status_code == 400


def test_passages_have_no_text_and_are_of_public_sources(client):
    shown, hidden = make_passage(make_source("shown"), "a.1.1"), make_passage(make_source("hidden"), "b.1.1")
    cite(make_event(slug="visit"), passage=shown)
    told = rows(client, "/passages.csv")
    assert "a.1.1" in {row["ref"] for row in told}
    assert hidden.ref not in {row["ref"] for row in told}
    assert "text" not in told[0]
    assert {row["source"] for row in rows(client, "/passages.csv?q=shown")} == {"shown"}


def test_codes_and_lifespans_are_of_public_countries(client):
    for code in ("EGY", "XAA"):
        country = make_country(code)
        country.codes.create(scheme="cow", value=f"6{len(code)}", valid_from=1937)
        country.lifespans.create(existed_from="1922-02-28")
    make_event("PRK", "EGY")
    (code,), (span,) = rows(client, "/country-codes.csv"), rows(client, "/lifespans.csv")
    assert code == {"country": "EGY", "scheme": "cow", "value": "63", "valid_from": "1937", "valid_until": ""}
    assert (span["country"], span["existed_from"], span["existed_from_latest"]) == ("EGY", "1922-02-28", "1922-02-28")


def test_rows_of_every_file_have_a_key_of_their_own(client):
    make_one_of_everything()
    Succession.objects.create(predecessor=make_country("SUN"), successor=make_country("EGY"))
    for tidy in TIDY:
        if tidy.has_file:
            keys = [tuple(row[name] for name in tidy.key) for row in rows(client, f"/{tidy.name}.csv")]
            assert sorted(set(keys)) == keys, tidy.name
            for form in ("json", "xlsx"):
                assert client.get(f"/{tidy.name}.{form}").getvalue()


def test_every_cell_of_parts_is_tidy_somewhere():
    told = {
        tidy.model
        for model in (Event, Country, *TARGETS.values())
        for column in columns_of(model)
        if (tidy := tidy_of(column))
    }
    assert told == {tidy.model for tidy in TIDY} - {Passage}
