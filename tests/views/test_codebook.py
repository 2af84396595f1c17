"""The codebook: a page for each table and closed list, and the anchors from when it was one page."""

import re

import pytest
from django.test import Client

from relations.exchange import codebook
from relations.models.vocabularies import Modality
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def test_every_table_and_every_list_has_a_page_that_the_index_leads_to(client: Client) -> None:
    index = client.get("/codebook/").content.decode()
    led_to = set(re.findall(r'href="(/codebook/[a-z0-9-]+/|/codebook/lists/[a-z]+/)(?:#[^"]*)?"', index))
    assert led_to == {
        *(f"/codebook/{name}/" for name in codebook.tables()),
        *(f"/codebook/lists/{name}/" for name in codebook.LISTS),
    }
    assert [path for path in led_to if client.get(path).status_code != 200] == []
    assert {"events", "participations", "citations", "dyad-years", "figures", "sipri-2025"} <= {*codebook.tables()}
    assert [client.get(f"/codebook/{name}/").status_code for name in ("never", "lists/never")] == [404] * 2
    assert client.get("/codebook/lists/").headers["Location"] == "/codebook/#lists"
    assert index.count('id="lists"') == 1


def test_a_table_says_its_columns_their_terms_and_its_rules(client: Client) -> None:
    page = client.get("/codebook/participations/").content.decode()
    columns = re.findall('<tr id="column-([a-z_]+)">', page)
    assert columns == [variable.name for variable in codebook.tables()["participations"].variables]
    assert '<a href="#role">Role</a>' in page
    assert '<tr id="role-concerned">' in page
    assert "<li>Give exactly one of country, actor and named_as.</li>" in page
    assert "<li>At the end of the transaction no published event has lost its last party.</li>" in page
    assert "role: use one of" not in page
    assert 'href="/participations.csv"' in page


def test_a_list_says_every_term_and_where_it_comes_from(client: Client) -> None:
    page = client.get("/codebook/lists/modality/").content.decode()
    for term in Modality:
        row = re.search(f'<tr id="modality-{term.value}">.*?</tr>', page)
        assert row
        assert all(words in row[0] for words in (term.label, term.origin))
    assert '<a href="/codebook/events/">Events</a>' in page
    assert '<a href="/codebook/participations/">' not in page


def test_a_list_does_not_say_how_its_code_is_written(client: Client) -> None:
    page = client.get("/codebook/lists/eventkind/").content.decode()
    assert "What happened, with the PLOVER event that each kind maps to" in page
    assert "A member is written" not in page


def test_the_anchors_of_the_one_page_that_it_was_still_lead_to_the_terms(client: Client) -> None:
    index = client.get("/codebook/").content.decode()
    for anchor in ("table-events", "modality", "role-concerned", "dealstatus-unknown", "verdict-on_that_day"):
        assert index.count(f'id="{anchor}"') == 1
    assert re.search('id="role-concerned" class="term"><a href="/codebook/lists/role/#role-concerned">', index)


def test_a_badge_and_a_record_lead_to_the_term(client: Client) -> None:
    make_event("PRK", "EGY", slug="visit", modality="alleged")
    page = client.get("/events/visit/").content.decode()
    assert page.count('href="/codebook/lists/modality/#modality-alleged"') == 2
