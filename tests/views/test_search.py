"""The search page: what comes first, what is found by which words, and what is shown if nothing is found."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags

from relations.foreign_names import by_words
from relations.models import Country, Event
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_mission,
    make_observation,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)

pytestmark = pytest.mark.django_db


def search(client: Client, query: str) -> dict[str, Any]:
    return client.get("/search/", {"q": query}).context


def found(client: Client, query: str) -> list[str]:
    return [record.slug for group in search(client, query)["groups"] for record in group.records]


def lines(client: Client, query: str) -> list[str]:
    """The marked titles and lines."""
    context = search(client, query)
    excerpts = context["excerpts"]
    records = [record for group in context["groups"] for record in group.records]
    return [
        *(f"{excerpts.title(record)} | {excerpts.line(record)}" for record in records),
        *(str(excerpts.line(passage)) for passage in context["passages"]),
    ]


FOUND = {
    "severed": ["severed"],
    "embassy Cairo": ["embassy"],
    "legation": [],
    "exports": ["exports"],
    "missiles": ["scuds"],
    "2017 Egypt": ["severed"],
    "2016": ["drill"],
    "2013": ["drill"],
    "2012": ["scuds"],
    "1999": [],
    "exports -exports": [],
}


def test_records_are_found_by_what_their_terms_are_called_and_by_their_years(client: Client) -> None:
    make_period("legal", "severed", slug="severed", began_on="2017-09")
    make_mission("PRK", "EGY", slug="embassy", city="Cairo")
    make_transfer("PRK", "EGY", slug="scuds", category="missiles", designation="Scud-B", ordered_on="2012/..")
    make_observation("PRK", "EGY", slug="exports", measure="exports")
    make_event("SYR", slug="drill", title="A drill", happened_on="2013/2016")
    assert {query: found(client, query) for query in FOUND} == FOUND


def test_words_as_they_are_written_come_before_their_stems_and_titles_before_summaries(client: Client) -> None:
    make_event(
        "EGY", slug="a-stem", kind="talks", title="Visits of envoys", summary="They visit and visited, of all visits."
    )
    make_event("EGY", slug="b-summary", kind="talks", title="Talks", summary="Envoys were visiting.")
    make_event("EGY", slug="c-title", kind="talks", title="Envoys visiting a dam")
    make_event("EGY", slug="d-neither", kind="talks", title="Envoys build a dam")
    assert found(client, "visiting") == ["c-title", "b-summary", "a-stem"]


def test_the_group_with_the_best_answer_comes_first(client: Client) -> None:
    make_event("EGY", slug="stem", title="The severity of a flood")
    make_observation("PRK", "EGY", slug="exact", subject="severing of ties")
    assert found(client, "severing") == ["exact", "stem"]
    assert found(client, "severity") == ["stem", "exact"]


def test_what_a_term_is_called_and_the_words_of_a_digest_come_before_others_of_their_stems(client: Client) -> None:
    make_event("EGY", slug="a-stem", title="Several dams are built")
    make_period("legal", "severed", slug="by-its-term")
    make_period("legal", "established", slug="a-stem-of-a-period", note="Told by several of them.")
    cite(Event.objects.get(), passage=make_passage(digest="Several dams, and severe floods of several rivers."))
    cite(Event.objects.get(), passage=make_passage(digest="All of them were severed."))
    assert found(client, "severed") == ["by-its-term", "a-stem-of-a-period", "a-stem"]
    assert [passage.digest[:3] for passage in search(client, "severed")["passages"]] == ["All", "Sev"]
    assert [passage.digest[:3] for passage in search(client, "several")["passages"]] == ["Sev", "All"]


def test_a_source_is_found_by_its_title_though_no_record_has_all_its_words(client: Client) -> None:
    title = "Relations of North Korea with the Middle East"
    sources = [make_source("of-relations", title=title), make_source("wars", authors="Correlates of War Project")]
    event = make_event("EGY", slug="war", title="A war")
    make_event("PRK", slug="gun", title="A gun")
    for source in sources:
        cite(event, source=source, locator="p. 1")
    found_by = {
        "relations of North Korea Middle East": ["of-relations"],
        "correlates of war": ["wars"],
        "correlates": ["wars"],
        "relations of France": [],
        "correlates of peace": [],
    }
    found = {query: [source.key for source in search(client, query)["things"]["sources"]] for query in found_by}
    assert found == found_by
    page = client.get("/search/", {"q": "correlates of war"}).content.decode()
    assert page.index("By name") < page.index("<h2>Events")
    assert "Nothing here has" not in page
    assert "No published record answers" not in client.get("/search/?q=correlates").content.decode()
    assert "No published record answers" in client.get("/search/?q=correlates+of+peace").content.decode()


def test_who_asks_for_relations_has_states_of_affairs_first(client: Client) -> None:
    make_event("EGY", "PRK", slug="visit", title="A visit is broken off")
    make_period("legal", "severed", slug="severed")
    assert found(client, "broken off") == ["visit", "severed"]
    assert found(client, "who has broken off relations") == ["severed", "visit"]
    assert found(client, "which ties are broken") == ["severed", "visit"]


def test_who_asks_for_an_ambassador_has_the_embassy_too(client: Client) -> None:
    make_mission("PRK", "EGY", slug="cairo", city="Cairo")
    make_event("PRK", "EGY", slug="ambassador", title="The ambassador leaves")
    assert found(client, "ambassador Cairo") == ["cairo"]
    assert found(client, "ambassador") == ["ambassador", "cairo"]
    assert found(client, "embassy") == ["cairo"]


def test_two_countries_in_any_words_have_their_relation_first_with_its_status_today(client: Client) -> None:
    make_country("PRK", aliases=["DPRK"])
    period = make_period(
        "legal", "severed", slug="severed", relation=make_relation("EGY", "PRK"), began_on="2018-02-01"
    )
    make_period("military", "severed", slug="military", relation=period.relation)
    for query in ("egypt north korea", "EGY PRK", "Does Egypt have relations with the DPRK?"):
        page = client.get("/search/", {"q": query})
        assert [status.relation.code for status in page.context["relations"]] == ["EGY-PRK"], query
        assert page.context["relations"][0].day >= date(2026, 1, 1)
        html = page.content.decode()
        answer = "Diplomatic relations between Egypt and North Korea are severed"
        assert html.index(answer) < html.index("Read as")
        assert 'href="/periods/severed/"' in html
        assert 'href="/periods/military/"' not in html.partition("Read as")[0]
    assert (
        "Left out, as words of a question: relations."
        in client.get("/search/?q=egypt+north+korea+relations").content.decode()
    )
    make_country("SYR")
    make_event("SYR")
    assert search(client, "Egypt Syria")["relations"] == []


def test_one_country_has_its_page_and_its_relation_with_the_studied_state(client: Client) -> None:
    make_period("legal", "severed", relation=make_relation("EGY", "PRK"))
    context = search(client, "egypt")
    assert [str(country) for country in context["things"]["countries"]] == ["Egypt"]
    assert [status.relation.code for status in context["relations"]] == ["EGY-PRK"]
    assert search(client, "north korea")["relations"] == []


def test_countries_that_no_record_has_together_are_any_of_them_and_it_says_so(client: Client) -> None:
    make_event("EGY", slug="egypt", title="A dam is built")
    make_event("SYR", slug="syria", title="A dam is built")
    make_event("IRQ", slug="iraq", title="A dam is built")
    told = "No record has all of them together"
    for path in ("/search/", "/events/"):
        page = client.get(path, {"q": "egypt syria dam"})
        assert told in page.content.decode()
        assert "<q>dam</q>" in page.content.decode()
    assert sorted(found(client, "egypt syria dam")) == ["egypt", "syria"]
    assert [row.slug for row in client.get("/events/", {"q": "egypt syria dam"}).context["rows"]] == ["egypt", "syria"]
    make_event("EGY", "SYR", slug="both", title="A dam is built")
    assert found(client, "egypt syria dam") == ["both"]
    assert told not in client.get("/search/?q=egypt+syria+dam").content.decode()
    assert sorted(found(client, "egypt or syria")) == ["both", "egypt", "syria"]
    assert sorted(found(client, "egypt -syria")) == ["egypt"]


def test_words_that_nothing_has_beside_a_name_are_left_out_and_it_says_so(client: Client) -> None:
    make_event("EGY", slug="egypt", title="A dam is built")
    page = client.get("/search/?q=egypt+reactor").content.decode()
    assert "No record has <q>reactor</q> beside what is named" in page
    assert found(client, "egypt reactor") == ["egypt"]
    assert found(client, "reactor") == []


def test_where_nothing_has_all_words_those_come_that_have_most_and_it_says_so(client: Client) -> None:
    make_event("EGY", slug="dam", title="A dam is built for a town")
    make_event("EGY", slug="loan", title="A loan for a dam is promised")
    make_event("SYR", slug="port", title="A port is built")
    for query, slugs, told in (
        ("when was the dam built", ["dam"], None),
        ("which dam was built by a loan", ["dam", "loan"], "2 of them"),
        ("egypt loan and port", ["loan"], "one of them"),
        ("loan -port", ["loan"], None),
    ):
        assert found(client, query) == slugs, query
        listed = client.get("/events/", {"q": query})
        assert [row.slug for row in listed.context["rows"]] == slugs, query
        for page in (client.get("/search/", {"q": query}), listed):
            weaker = "<strong>No record has all of these words</strong>"
            assert (f"{weaker}; these have {told}." if told else weaker) in page.content.decode() or not told, query
            assert (weaker in page.content.decode()) is bool(told), query
    assert found(client, "dam loan or port") == ["loan", "port"]


def test_words_that_nothing_has_are_named(client: Client) -> None:
    shown = make_passage(make_source("shown"), digest="A canal is dug.")
    make_passage(make_source("hidden"), digest="A mosque is built.")
    cite(make_event("EGY", slug="dam", title="A dam is built"), passage=shown, source=shown.source)
    assert search(client, "dam in Damascus, of the canal and mosque, 1973")["unknown"] == ["damascus", "mosque"]
    assert "Nothing here has <q>damascus</q>." in client.get("/search/?q=dam+damascus").content.decode()
    assert search(client, "dam")["unknown"] == []


def test_one_word_is_read_as_a_word_and_two_as_words(client: Client) -> None:
    one, two = (client.get("/search/", {"q": query}).content.decode() for query in ("reactor", "reactor canal"))
    assert "the word <q>reactor</q>, in the texts of records" in one
    assert "the words <q>reactor canal</q>, in the texts of records" in two


def test_the_search_says_how_to_ask_and_where_to_go_on_where_nothing_answers(client: Client) -> None:
    make_event("EGY", title="A reactor")
    how = '<dt><code>"trade agreement"</code></dt><dd>the words side by side</dd>'
    browse = 'or browse the <a href="/relations/">relations</a>, the <a href="/countries/">countries</a> or'

    def said(query: str) -> tuple[bool, bool]:
        page = client.get("/search/", {"q": query}).content.decode()
        return how in page, browse in page

    assert (said(""), said("reactor"), said("zebra")) == ((True, False), (False, False), (False, True))


def test_sentences_answer_to_names_in_any_spelling(client: Client) -> None:
    make_country("PRK", aliases=["DPRK"])
    event = make_event("PRK")
    shown = make_passage(make_source("shown"), digest="North Korea promised a loan.")
    cite(event, passage=shown, source=shown.source)
    assert search(client, "DPRK loans")["passages"] == [shown]
    assert search(client, "DPRK loans reactor")["passages"] == []


def test_a_record_that_answers_comes_before_what_stands_today(client: Client) -> None:
    make_period("legal", "severed", relation=make_relation("EGY", "PRK"), slug="severed")
    make_event("EGY", "PRK", slug="dam", title="A dam is built")
    for query, is_first in (("egypt dam", False), ("egypt", True), ("egypt north korea dam", False)):
        page = client.get("/search/", {"q": query}).content.decode()
        assert (page.index("today, as far as") < page.index("/events/dam/")) is is_first, query


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("egpyt dam", "Egypt dam"),
        ("embasy", "embassy"),
        ("orascon licence", "Orascom licence"),
        ("egypt embasy", "egypt embassy"),
        ("orascon and EGPYT", "Orascom and Egypt"),
        ("embassies", None),
        ("zzzzzz", None),
        ("egypt", None),
    ],
)
def test_suggestions_come_from_names_and_terms(client: Client, query: str, meant: str | None) -> None:
    event = make_event("EGY", title="A dam")
    event.participations.create(actor=make_actor("orascom"), role="actor")
    make_actor("embasyy", name="Embasy")  # without public records
    nearest = search(client, query)["nearest"]
    assert nearest == ({"query": meant, "url": f"/search/?q={meant.replace(' ', '+')}"} if meant else {}) or not meant
    assert bool(nearest) is bool(meant)


def test_things_are_found_by_words_of_their_names(client: Client) -> None:
    make_country("ARE", name="United Arab Emirates")
    event = make_event("ARE")
    event.participations.create(actor=make_actor("fund", name="Kuwait Fund"), role="actor")
    source = make_source("seamen", title="A report on seamen")
    cite(event, source=source)
    make_source("unread", title="Another report on seamen")
    make_country("ARX", name="Emirates of old")

    def named(query: str) -> dict[str, list[str]]:
        return {
            kind: [str(thing) for thing in things] for kind, things in search(client, query)["things"].items() if things
        }

    assert named("emirates") == {"countries": ["United Arab Emirates"]}
    assert named("fund") == {"actors": ["Kuwait Fund"]}
    assert named("seaman") == {}
    assert named("seamen report") == {"sources": [str(source)]}
    assert named('"emirates"') == {}


@pytest.mark.parametrize("query", ["Korea", "korea", "KOREA "])
def test_a_part_of_a_name_offers_all_who_have_it_in_whatever_case(client: Client, query: str) -> None:
    for code, name in (("PRK", "North Korea"), ("KOR", "South Korea"), ("EGY", "Egypt")):
        make_event(make_country(code, name=name).code, slug=code.lower())
    make_country("KOX", name="Old Korea")  # without public records
    offered = client.get("/search/", {"q": query}).context["things"]["countries"]
    assert sorted(country.name for country in offered) == ["North Korea", "South Korea"]


def test_a_hedge_stands_once_in_a_line(client: Client) -> None:
    make_event("EGY", "PRK", title="A raid", happened_on="1974", modality="reported")
    for path in ("/search/?q=raid", "/chronology/"):
        (line,) = re.findall(r'<li class="line">.*?</li>', client.get(path).text, re.DOTALL)
        assert " ".join(strip_tags(line).split()) == "1974 Reported A raid", path


def test_records_come_before_the_status_of_today_where_words_or_days_ask_for_them(client: Client) -> None:
    make_event("EGY", "PRK", title="A raid", happened_on="1974-10-06")
    make_period("legal", "established", relation=make_relation("EGY", "PRK"), began_on="1974")
    for query, of_relations, of_names in (
        ("Egypt", True, True),
        ("Egypt raid", False, False),
        ("Egypt October 1974", False, False),
        ("Egypt PRK", True, True),
        ("Egypt PRK raid", False, False),
        ("Egypt PRK status", True, False),
        ("Egypt PRK status 1974", False, False),
        ("Egypt PRK loan", True, True),  # of which nothing is found
        ("Egypt PRK 1974", False, False),
        ("Egypt PRK October 1974", False, False),
        ("Egypt PRK 1999", True, True),  # of which nothing is found
    ):
        context = search(client, query)
        assert (context["is_about_relations"], context["is_about_names"]) == (of_relations, of_names), query


def test_the_line_of_a_deal_says_how_many_and_how_sure_that_is(client: Client) -> None:
    number = {"low": Decimal(30), "high": Decimal(30), "qualifier": "exact", "unit": "missiles"}
    columns = {f"number_ordered_{part}": value for part, value in number.items()}
    deal = make_transfer("PRK", "EGY", designation="Scud", deal_status="ordered", **columns)
    cite(deal, field="number_ordered_low", modality="alleged")
    make_transfer("PRK", "EGY", designation="Scud-C", deal_status="ordered")
    page = client.get("/search/?q=scud").text
    told = [" ".join(strip_tags(line).split()) for line in re.findall(r'<li class="line">.*?</li>', page, re.DOTALL)]
    assert sorted(told) == [
        "undated Scud-C, North Korea to Egypt Ordered",
        "undated number ordered Alleged Scud, North Korea to Egypt 30 missiles Ordered",
    ]


def test_who_asks_for_today_is_led_to_what_is_so_today(client: Client) -> None:
    make_mission("PRK", "EGY", closed_on="1998")
    make_event("SYR", title="A dam")
    make_event("PRK", "EGY", title="An embassy, an embassy")
    for query, first, today in (
        ("embassy", "event", ""),
        ("embassy now", "mission", "/missions/?q=embassy&as_of=today"),
        ("how many embassies has Egypt now?", "mission", "/missions/?q=Egypt+embassies&as_of=today"),
        ("embassies now -Syria Egypt", "mission", "/missions/?q=Egypt+-Syria+embassies&as_of=today"),
    ):
        groups = search(client, query)["groups"]
        assert (groups[0].about.model_name, {each.about.model_name: each.today for each in groups}) == (
            first,
            {"event": "", "mission": today},
        )
    assert client.get("/missions/?q=embassy+now&as_of=today", follow=True).status_code == 200


def test_a_word_of_which_others_are_found_suggests_nothing(client: Client) -> None:
    make_event("EGY", title="A missile is sought")
    assert search(client, "fought missile")["nearest"] == {}
    assert search(client, "soughtt missile")["nearest"]["query"] == "sought missile"


def test_an_ambiguous_name_is_shown_for_countries_and_for_actors(client: Client) -> None:
    event = make_event("EGY", "PRK", title="A raid")
    for slug in ("front", "other-front"):
        event.participations.create(actor=make_actor(slug, aliases=["The Front"]), role="actor")
    page = client.get("/search/", {"q": "the front raid"})
    assert [record.title for record in page.context["groups"][0].records] == ["A raid"]
    assert "the front is said of several; any of them answers." in " ".join(strip_tags(page.text).split())


def test_the_page_shows_how_days_and_foreign_names_were_read(client: Client) -> None:
    make_event("EGY", "PRK", title="Later", happened_on="1974-12-01")
    make_event("EGY", "PRK", title="Sooner", happened_on="1974")
    page = client.get("/search/", {"q": "Nordkorea December 1974"})
    told = " ".join(strip_tags(page.text).split())
    assert "Read as the country North Korea, in December 1974." in told.replace(" ,", ",")
    assert "Nordkorea is read as North Korea." in told
    (events,) = page.context["groups"]
    # Certain matches come before possible ones.
    assert [record.title for record in events.records] == ["Later", "Sooner"]
    page = client.get("/search/", {"q": "Nordkorea Ägypten"})
    read = "“Nordkorea” is read as North Korea. “Ägypten” is read as Egypt. How it was read"
    assert read in " ".join(strip_tags(page.text.replace("<q>", "“").replace("</q>", "”")).split())
    page = client.get("/search/", {"q": "Nordkorea March 1999"})
    assert "Nothing of this is dated in March 1999; these are of any time." in " ".join(strip_tags(page.text).split())


def test_sentences_are_found_by_their_digests_where_their_document_is_public(client: Client) -> None:
    shown = make_passage(make_source("shown"), "egypt.1.1", digest="A loan of seven million was promised.")
    make_passage(make_source("hidden"), "egypt.1.1", digest="A loan of seven million was promised.")
    make_passage(shown.source, "egypt.1.2", digest="It was paid back.")
    cite(make_event("EGY"), passage=shown, source=shown.source)
    assert search(client, "loans promised")["passages"] == [shown]
    assert lines(client, "loans promised") == ["A <mark>loan</mark> of seven million was <mark>promised</mark>."]
    assert search(client, "loan -seven")["passages"] == []


def test_a_line_of_context_names_a_record_by_its_title(client: Client) -> None:
    make_event("EGY", slug="dam-is-built", title="A dam is built")
    make_event("EGY", slug="draft-of-something", title="SECRET", state="draft")
    make_event("EGY", slug="loan", title="A loan", note="For a reactor, see dam-is-built and draft-of-something.")
    page = client.get("/search/?q=reactor").content.decode()
    assert "For a <mark>reactor</mark>, see A dam is built and draft-of-something." in page


def test_words_are_marked_in_titles_and_in_a_line_of_context(client: Client) -> None:
    make_event(
        "EGY",
        title="Sanaʿa <i>dam</i>",
        summary="One " * 40 + "and then the dams of Sana’a & others were visited " + "once more " * 40,
    )
    (line,) = lines(client, "dam sanaa visit")
    title, _, context = line.partition(" | ")
    assert title == "<mark>Sanaʿa</mark> &lt;i&gt;<mark>dam</mark>&lt;/i&gt;"
    assert context.startswith("… One One")
    assert (
        "and then the <mark>dams</mark> of <mark>Sana’a</mark> &amp; others were <mark>visited</mark> once" in context
    )
    assert context.endswith("once more …")
    assert "<mark>" not in lines(client, "egypt")[0]
    assert lines(client, "dam -visited") == []


def test_words_of_a_question_that_are_left_out_are_not_marked(client: Client) -> None:
    make_event("EGY", title="Relations since a dam")
    assert lines(client, "dam since relations") == ["Relations since a <mark>dam</mark> | "]
    assert lines(client, "relations") == ["<mark>Relations</mark> since a dam | "]


def test_what_is_excluded_is_shown_by_no_weaker_reading(client: Client) -> None:
    make_event("EGY", slug="dam", title="A dam is built")
    make_event("EGY", slug="loan", title="A loan for a dam")
    (group,) = search(client, "egypt reactor -loan")["groups"]
    assert [record.slug for record in group.records] == ["dam"]
    page = client.get("/search/?q=egypt+reactor+-loan").content.decode()
    assert "No record has <q>reactor</q> beside what is named" in page
    assert search(client, "egypt reactor -canal")["unknown"] == ["reactor"]
    assert search(client, "egypt -dam")["groups"] == []


def test_a_query_that_only_excludes_is_read_as_everything_else(client: Client) -> None:
    make_event("EGY", slug="dam")
    make_event("SYR", slug="canal")
    (group,) = search(client, "-egypt")["groups"]
    assert [record.slug for record in group.records] == ["canal"]
    assert "Read as everything, without Egypt." in " ".join(client.get("/search/?q=-egypt").content.decode().split())


def test_a_query_that_is_too_long_is_refused_in_words(client: Client) -> None:
    response = client.get("/search/", {"q": "x" * 201})
    assert response.status_code == 400
    assert "At most 200 characters are looked for, and these are 201." in response.content.decode()


@pytest.mark.parametrize(("query", "queries"), [("dam", 18), ("egypt syria dam", 25)])
def test_a_search_takes_as_many_queries_for_one_record_as_for_three(
    client: Client, django_assert_num_queries: Any, query: str, queries: int
) -> None:
    make_period("legal", "established", relation=make_relation("EGY", "SYR"))
    by_words()  # names in other languages, read once per process
    for number in range(3):
        make_event("EGY", "SYR", title="A dam", slug=f"dam-{number}")
        if number in (0, 2):
            with django_assert_num_queries(queries, info=query):
                client.get("/search/", {"q": query})


def test_a_renamed_country_is_found_by_its_new_name_alone(client: Client) -> None:
    make_event("EGY", slug="egypt", title="A dam")
    Country.objects.filter(pk="EGY").update(name="Misr")
    assert found(client, "misr") == ["egypt"]
    assert found(client, "egypt") == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.names(ARRAY['', '—']), public.names_in('')")
        assert cursor.fetchone() == ([], [])
