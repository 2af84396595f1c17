"""Sources: documents with sentences, data sets with rows, and licences of their own."""

import csv
import io

import pytest
from django.test import Client

from relations.models import Source
from tests.factories import cite, make_event, make_passage, make_relation, make_source
from tests.refusals import refused

pytestmark = pytest.mark.django_db
NON_COMMERCIAL = {"licence": "CC BY-NC 4.0", "licence_url": "https://creativecommons.org/licenses/by-nc/4.0/"}


def licences_in_files(client: Client, path: str) -> list[str]:
    text = b"".join(client.get(path).streaming_content).decode()
    return [row["source_licences"] for row in csv.DictReader(io.StringIO(text))]


def test_record_of_a_source_with_its_own_licence_says_so_on_its_page_and_in_the_file(client: Client) -> None:
    event = make_event(slug="dispute")
    assert licences_in_files(client, "/events.csv") == [""]
    assert "not that of this register" not in client.get("/events/dispute/").content.decode()

    cite(event, source=make_source("rows", csl_type="dataset", title="Rows; of ours", **NON_COMMERCIAL), locator="2")
    cite(event, source=make_source("more-rows", csl_type="dataset", **NON_COMMERCIAL), locator="7")
    cite(event, source=make_source("book", licence="Free; with citation"), locator="p. 2")

    assert licences_in_files(client, "/events.csv") == [r"CC BY-NC 4.0; Free\; with citation"]
    page = client.get("/events/dispute/").content.decode()
    assert page.count("not that of this register") == 3
    assert page.count(f'<a href="{NON_COMMERCIAL["licence_url"]}" rel="noreferrer">CC BY-NC 4.0</a>') == 2


@pytest.mark.parametrize("stance", ["mentions", "contradicts"])
def test_licence_of_a_source_that_does_not_support_a_record_does_not_bind_it(client: Client, stance: str) -> None:
    event = make_event(slug="dispute")
    cite(event, source=make_source("rows", csl_type="dataset", **NON_COMMERCIAL), locator="2", stance=stance)
    assert licences_in_files(client, "/events.csv") == [""]
    assert "not that of this register" not in client.get("/events/dispute/").content.decode()


def test_things_name_the_licences_of_their_sources_too(client: Client) -> None:
    make_event("PRK", "EGY")
    cite(make_relation(), source=make_source("rows", csl_type="dataset", **NON_COMMERCIAL), locator="2")
    assert licences_in_files(client, "/relations.csv") == ["CC BY-NC 4.0"]


def test_page_of_a_data_set_speaks_of_rows_and_asks_for_no_coverage(client: Client) -> None:
    source = make_source("rows", csl_type="dataset", **NON_COMMERCIAL)
    cite(make_event(title="A dispute"), source=source, locator="dispute 2")
    page = client.get("/sources/rows/").content.decode()
    assert "What its rows are evidence for" in page
    assert "dispute 2" in page
    assert "CC BY-NC 4.0</a>" in page
    assert "How far it is coded" not in page
    assert "sentences" not in page


def test_page_of_a_document_tells_how_far_it_is_coded(client: Client) -> None:
    cite(make_event(), passage=make_passage(make_source("report")))
    page = client.get("/sources/report/").content.decode()
    assert "How far it is coded" in page
    assert "<dt>Licence</dt>" not in page
    assert "What its rows are" not in page


def test_page_of_a_source_shows_the_first_places_and_leads_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relations.views.sources.MOST_PLACES", 2)
    source = make_source("rows", csl_type="dataset")
    for row in range(1, 4):
        cite(make_event(), source=source, locator=f"row {row}")
        page = client.get("/sources/rows/").content.decode()
        assert [f"row {number}" in page for number in (1, 2, 3)] == [True, row >= 2, False]
        assert ("More of them" in page) == (row == 3)


def test_data_set_has_no_sentences() -> None:
    with refused("passage_stands_in_a_document"):
        make_passage(make_source("rows", csl_type="dataset"))
    passage = make_passage(make_source("report"))
    with refused("passage_stands_in_a_document"):
        passage.source = make_source("rows", csl_type="dataset")
        passage.save()


def test_document_with_sentences_becomes_no_data_set() -> None:
    make_passage(make_source("report"))
    make_source("list")
    with refused("source_data_set_has_rows"):
        Source.objects.filter(key="report").update(csl_type="dataset")
    Source.objects.filter(key="report").update(csl_type="book")
    Source.objects.filter(key="list").update(csl_type="dataset")
