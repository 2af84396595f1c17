"""The pages of countries, actors, relations and sources: their context, and pagination of long parts."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from relations.models import DealParty, Participation
from relations.views import things
from relations.views.charts import multiples
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


def test_a_country_has_its_status_with_each_partner(client: Client) -> None:
    make_period("legal", "severed", slug="severed", relation=make_relation("EGY", "PRK"), began_on="2018")
    make_mission("EGY", "SYR", opened_on="1961")
    make_relation("EGY", "SYR")
    page = client.get("/countries/EGY/")
    rows = [(row.relation.code, row.word, str(row.last_on)) for row in page.context["relations"]]
    assert rows == [("EGY-PRK", "Severed", "2018"), ("EGY-SYR", "Not stated", "1961")]
    assert '<a href="/relations/EGY-PRK/">North Korea</a>' in page.content.decode()
    assert [row.relation.code for row in client.get("/countries/SYR/").context["relations"]] == ["EGY-SYR"]


def test_partners_stand_by_name_whichever_comes_first_in_the_pair(client: Client) -> None:
    for code, name in (("SYR", "Syria"), ("OMN", "Oman"), ("ZAF", "Aland")):
        make_country(code, name=name)
        make_period(slug=f"with-{code.lower()}", relation=make_relation(*sorted((code, "PRK"))))
    page = client.get("/countries/PRK/")
    assert [row.relation.code for row in page.context["relations"]] == ["PRK-ZAF", "OMN-PRK", "PRK-SYR"]


def test_a_country_shows_the_relations_of_which_most_is_published_and_leads_to_all(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in ("EGY", "SYR", "YEM"):
        make_relation(*sorted((code, "PRK")))
        for number in range({"EGY": 1, "SYR": 2, "YEM": 3}[code]):
            make_mission("PRK", code, opened_on=f"19{70 + number}", slug=f"{code.lower()}-{number}")
    more = ("of which most is published.", "All of them, as a table", "All its missions")
    monkeypatch.setattr(things, "MOST_OF_COUNTRY", 6)
    page = client.get("/countries/PRK/")
    assert {row.relation.code for row in page.context["relations"]} == {"EGY-PRK", "PRK-SYR", "PRK-YEM"}
    assert [words in page.content.decode() for words in more] == [False, False, False]
    assert [mission.slug for mission in page.context["missions"].rows] == [
        *("egy-0", "syr-0", "yem-0", "syr-1", "yem-1", "yem-2")
    ]

    monkeypatch.setattr(things, "MOST_OF_COUNTRY", 2)
    page = client.get("/countries/PRK/")
    assert {row.relation.code for row in page.context["relations"]} == {"PRK-SYR", "PRK-YEM"}
    assert [mission.slug for mission in page.context["missions"].rows] == ["egy-0", "syr-0"]
    assert [words in page.content.decode() for words in more] == [True, True, True]
    assert "The 2 of which most is published." in page.content.decode()


@pytest.mark.parametrize(
    ("tag", "name"), [("en", "English"), ("fa", "Persian"), ("de-CH", "German"), ("zzj", "zzj"), ("", None)]
)
def test_the_language_of_a_source_is_called_by_name(client: Client, tag: str, name: str | None) -> None:
    cite(make_event(), source=make_source("report", language=tag))
    assert dict(client.get("/sources/report/").context["description"]).get("Language") == name


def test_a_dossier_calls_what_a_note_names_by_its_title(client: Client) -> None:
    make_event("PRK", "EGY", slug="a-sixth-test", title="A sixth test", note="Not a-hidden-test; nor a-sixth-testing.")
    make_event("PRK", "EGY", slug="a-hidden-test", title="A hidden test", state="draft")
    make_event("PRK", "EGY", slug="an-end-of-visas", note="It followed a-sixth-test.")
    html = client.get("/countries/EGY/dossier/").content.decode()
    assert "Note: It followed A sixth test." in html
    assert "Note: Not a-hidden-test; nor a-sixth-testing." in html


def slugs(records: Any) -> list[str]:
    return sorted(record.slug for record in records)


def test_what_happened_on_the_ground_of_a_country_is_on_its_page(client: Client) -> None:
    make_country("BHR", name="Bahrain")
    make_event("BHR", slug="named", title="An agent is seized", place="A hotel in Bahrain")
    hosted = make_event("PRK", slug="hosted")
    Participation.objects.create(event=hosted, country=make_country("BHR"), role="host")
    make_event("PRK", "BHR", slug="elsewhere", place="Cairo", summary="Bahrain was told.")
    make_event("PRK", slug="draft", place="Bahrain", state="draft")
    make_event("PRK", slug="of-others", place="Bahrain")
    assert slugs(client.get("/countries/BHR/").context["ground"]) == ["hosted", "named", "of-others"]
    assert slugs(client.get("/countries/PRK/").context["ground"]) == []


def test_what_the_same_sentences_tell_of_others_is_on_the_page_of_a_country(client: Client) -> None:
    source = make_source("report")
    shared, other = make_passage(source, "bahrain.1.1"), make_passage(source, "bahrain.1.2")
    seized = make_event("BHR", slug="seized")
    bombing, hidden, apart = (
        make_event("PRK", slug="bombing", summary="A bombing killed 115 people."),
        make_event("PRK", slug="hidden", state="draft"),
        make_event("PRK", slug="apart"),
    )
    mentioned, own = make_event("PRK", slug="mentioned"), make_event("BHR", slug="own")
    for event, passage, stance in (
        *((seized, shared, "supports"), (bombing, shared, "supports"), (hidden, shared, "supports")),
        *((apart, other, "supports"), (mentioned, shared, "mentions"), (own, shared, "supports")),
    ):
        cite(event, source=source, passage=passage, stance=stance)
    page = client.get("/countries/BHR/")
    assert slugs(page.context["beside"]) == ["bombing"]
    assert '<li class="summary">A bombing killed 115 people.</li>' in page.content.decode()


def test_deals_are_counted_by_partner_and_direction(client: Client) -> None:
    for number in range(3):
        make_transfer("PRK", "EGY", slug=f"to-{number}")
    make_transfer("EGY", "PRK", slug="back")
    make_transfer("PRK", "SYR", slug="syria")
    make_transfer("PRK", "EGY", slug="never", negated=True)
    make_transfer("PRK", "EGY", slug="draft", state="draft")
    make_transfer("IRQ", "EGY", slug="others")
    maker, buyer = make_actor("maker", country=make_country("PRK")), make_actor("buyer", country=make_country("SYR"))
    make_transfer(None, "SYR", slug="of-an-actor", supplier_actor=maker)
    make_transfer(None, None, slug="of-two-actors", supplier_actor=maker, recipient_actor=buyer)
    make_transfer("PRK", None, slug="to-a-fellow", recipient_actor=make_actor("fellow", country=make_country("PRK")))
    make_transfer("PRK", None, slug="to-somebody", recipient_named_as="a group")
    found = {
        code: [(each.partner.code, each.supplied, each.received) for each in page.context["deals"]]
        for code in ("PRK", "SYR")
        for page in [client.get(f"/countries/{code}/")]
    }
    assert found == {"PRK": [("EGY", 3, 1), ("SYR", 3, 0)], "SYR": [("PRK", 0, 3)]}
    page = client.get("/countries/PRK/").content.decode().replace("&amp;", "&")
    links = re.findall(r'href="(/arms-transfers/\S+role=\w+)"', page)
    numbers = [client.get(f"{link}&negated=no").context["count"] for link in links]
    assert numbers == [3, 1, 3]
    assert client.get("/countries/SYR/").context["deals"][0].received_width == 100.0


def test_a_person_has_the_part_that_he_had(client: Client) -> None:
    sadat = make_actor("sadat", name="Anwar Sadat", kind="person")
    visit = make_event("EGY", slug="visit", happened_on="1977")
    Participation.objects.create(event=visit, actor=sadat, role="actor")
    Participation.objects.create(event=visit, actor=make_actor("begin"), role="host")
    deal = make_transfer("EGY", "PRK", slug="deal", ordered_on="1978")
    DealParty.objects.create(transfer=deal, actor=sadat, role="approved")
    page = client.get("/actors/sadat/")
    assert [(line.record.slug, roles) for line, roles in page.context["parts"]] == [
        ("visit", ["actor"]),
        ("deal", ["approved"]),
    ]
    html = page.content.decode()
    assert "The person's part in what happened" in html
    assert '<span class="happened">role: actor</span>' in html
    assert "role: host" not in html
    assert "Its part in what happened" in client.get("/actors/begin/").content.decode()


def located(client: Client, path: str) -> tuple[list[str], str]:
    context = client.get(path).context
    return [place[0].locator for place in context["located"]], context["next_rows"]


def test_a_source_of_very_many_rows_is_read_page_by_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relations.views.sources.MOST_PLACES", 2)
    source = make_source("sipri")
    for number in range(5):
        cite(make_event("EGY", slug=f"event-{number}"), source=source, locator=f"row {number}")
    cite(make_event("EGY", slug="draft", state="draft"), source=source, locator="row 9")
    first, after = located(client, "/sources/sipri/")
    second, later = located(client, f"/sources/sipri/?after={after}")
    third, last = located(client, f"/sources/sipri/?after={later}")
    assert (first, second, third, last) == (["row 0", "row 1"], ["row 2", "row 3"], ["row 4"], "")
    assert "More of them" in client.get("/sources/sipri/").content.decode()
    for bad in ("rows", "rows~x", "lines~1", "rows~1~2"):
        assert client.get("/sources/sipri/", {"after": bad}).status_code == 400


def test_what_one_row_says_of_one_country_stands_in_one_line(client: Client) -> None:
    source = make_source("states")
    egypt, syria = make_country("EGY"), make_country("SYR")
    make_event("EGY", "SYR")
    for country, field in ((egypt, "codes"), (egypt, "lifespans"), (syria, "lifespans")):
        cite(country, source=source, locator="state 651", field=field)
    html = client.get("/sources/states/").content.decode()
    assert [" ".join(strip_tags(line).split()) for line in re.findall(r"<li><span.*?</li>", html)] == [
        "state 651 Egypt codes, lifespans",
        "state 651 Syria lifespans",
    ]


def test_a_document_is_read_page_by_page_and_its_coverage_is_of_all(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relations.views.sources.MOST_PLACES", 2)
    source = make_source("report")
    passages = [make_passage(source, f"egypt.1.{number}", finished=number < 2) for number in range(1, 6)]
    cite(make_event("EGY"), source=source, passage=passages[0])
    path, read = "/sources/report/", []
    while path:
        context = client.get(path).context
        read += [passage.ref for _, section in context["sections"] for passage in section]
        assert (context["passage_count"], [share.count for share in context["coverage"]]) == (5, [1, 0, 0, 4])
        path = context["next_sentences"] and f"/sources/report/?after={context['next_sentences']}"
    assert read == [f"egypt.1.{number}" for number in range(1, 6)]


def test_figures_of_one_kind_over_years_are_drawn_alike() -> None:
    money = {"measure": "exports", "figure_unit": "USD"}
    records = [
        make_observation("PRK", "EGY", slug="a", period="2015", figure_low=50, figure_high=100, **money),
        make_observation("PRK", "EGY", slug="b", period="2018", figure_low=50, figure_high=50, **money),
        make_observation("EGY", "PRK", slug="c", period="2016", figure_low=7, figure_high=7, **money),
        make_observation("PRK", "EGY", slug="d", period="", figure_low=7, figure_high=7, **money),
        make_observation("PRK", "EGY", slug="e", period="2017", figure_low=9, figure_high=9, negated=True, **money),
    ]
    (drawn,) = multiples(records)
    assert (drawn.name, drawn.unit) == ("Exports, North Korea to Egypt", "USD")
    assert [(point.year, point.x, point.y, point.height) for point in drawn.points] == [
        (2015, 0.0, 0.0, 100.0),
        (2018, 75.0, 50.0, 50.0),
    ]
    assert multiples(records[2:]) == []


@pytest.mark.parametrize(
    ("query", "decades", "steps"),
    [
        ("", ["1950s", "1970s", "No date"], 3),
        ("country=SYR", ["1970s"], 1),
        ("country=EGY&partner=SYR", ["1970s"], 1),
        ("actor=envoy", ["1950s"], 1),
        ("actor=envoy&country=EGY", ["1950s"], 0),
    ],
)
def test_the_chronology_is_divided_by_decades_under_a_drawing_of_all(
    client: Client, query: str, decades: list[str], steps: int
) -> None:
    event = make_event("EGY", happened_on="1956/..")
    Participation.objects.create(event=event, actor=make_actor("envoy"), role="host")
    make_event("EGY", "SYR", slug="seventies", happened_on="1973-05")
    make_event("EGY", slug="undated")
    page = client.get(f"/chronology/?{query}")
    assert [decade for decade, _ in page.context["decades"]] == decades
    assert len(page.context["density"]) == steps
    assert ('<figure class="density">' in page.content.decode()) is (steps > 1)  # one step has nothing to compare
