"""Pages: numbers of queries, what is never shown, and responses at addresses without a page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from relations.foreign_names import by_words
from relations.models import (
    Actor,
    ArmsTransfer,
    Country,
    CountryCode,
    DealParty,
    Event,
    FormerAddress,
    Mission,
    Observation,
    Participation,
    PassageText,
    RelationPeriod,
    Succession,
)
from relations.models.citation import citable_fields
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
from tests.refusals import commit

pytestmark = pytest.mark.django_db


def populate(rows: int, parts: int) -> None:
    """Creates records of every type about one pair, each with parts of every kind."""
    relation = make_relation("EGY", "PRK")
    make_period(relation=make_relation("EGY", "IRQ"), began_on="1958")
    actors = [make_actor(f"actor-{number}", country=make_country("EGY")) for number in range(parts)]
    source = make_source()
    Succession.objects.create(predecessor=make_country("PRK"), successor=make_country("EGY"))
    for target in (relation, make_country("EGY"), *actors[:1]):
        for _ in range(parts):
            cite(target, source=source)
    for number in range(parts):
        make_lifespan("EGY", f"19{number}1", f"19{number}5")
        make_lifespan("PRK", f"19{number}1", f"19{number}5")
        CountryCode.objects.create(country=make_country("EGY"), scheme="cow", value=str(number), valid_from=number)
    for number in range(rows):
        event = make_event("PRK", "EGY", slug=f"event-of-{number}", happened_on=f"19{60 + number}")
        for actor in actors:
            Participation.objects.create(event=event, actor=actor, role="mediator")
        for measure in ("persons", "weight", "items")[:parts]:
            make_figure(event, measure)
        first = make_transfer("PRK", "EGY", slug=f"transfer-of-{number}", ordered_on="1980")
        first.event = event
        first.transit_country = make_country("BGR")
        first.save()
        for actor in actors:
            DealParty.objects.create(transfer=first, actor=actor, role="approved")
        for part in range(parts):
            make_transfer("PRK", "EGY", slug=f"double-{part}-of-{number}", possibly_same_as=first)
            make_event("PRK", "EGY", slug=f"double-{part}-of-event-{number}", possibly_same_as=event)
        records = [event, first]
        began = f"19{60 + number}"
        records.append(make_period("position", "favours", slug=f"period-of-{number}", subject="peace", began_on=began))
        records.append(make_mission("PRK", "EGY", slug=f"mission-of-{number}", opened_on=began))
        records.append(make_observation("PRK", "EGY", slug=f"observation-of-{number}", period=began))
        for record in records:
            for _ in range(parts - 1):
                cite(record, source=source)


COSTS = {
    "/countries/": 2,
    "/relations/": 10,
    "/actors/": 2,
    "/sources/": 1,
    "/events/": 7,
    "/events/?q=Egypt+event": 11,
    "/events/?country=EGY&kind=visit": 9,
    "/events/?from=1950&to=1970": 9,
    "/everything/?modality=asserted&country=EGY": 30,
    "/periods/": 6,
    "/periods/?as_of=1970-01-01": 6,
    "/periods.csv?as_of=1970-01-01": 7,
    "/missions/": 6,
    "/arms-transfers/": 7,
    "/observations/": 6,
    "/figures/": 9,
    "/events.csv": 8,
    "/chronology/": 10,
    "/search/?q=Egypt+event": 25,
    "/search/?q=Egypt+North+Korea": 29,
    "/countries/EGY/": 32,
    "/relations/EGY-PRK/": 19,
    "/relations/EGY-PRK/?as_of=1970-01-01": 19,
    "/actors/actor-0/": 10,
    "/events/event-of-0/": 8,
    "/events/event-of-0/cite.bib": 5,
    "/relations/EGY-PRK/cite.json": 2,
    "/sources/test-source/cite.ris": 1,
    "/periods/period-of-0/": 2,
    "/missions/mission-of-0/": 4,
    "/arms-transfers/transfer-of-0/": 7,
    "/observations/observation-of-0/": 3,
    "/sources/test-source/": 13,
    "/sources/test-source/test.1.1/": 5,
    "/relations/EGY-PRK/dossier/": 25,
    "/countries/EGY/dossier/": 27,
    "/compare/": 1,
    "/network/": 5,
    "/compare/EGY-PRK/EGY-IRQ/": 10,
    "/codebook/": 0,
    "/codebook/events/": 0,
    "/codebook/lists/modality/": 0,
    "/data/": 0,
    "/about/": 0,
}


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_however_many_rows_and_parts_it_shows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    make_passage(make_source(), "test.1.1")
    populate(number, number)
    by_words()  # names in other languages, read once per process
    for path, cost in COSTS.items():
        with django_assert_num_queries(cost, info=path):
            response = client.get(path)
            assert response.status_code == 200
            if response.streaming:
                list(response.streaming_content)


def test_the_page_of_a_record_shows_its_fields_and_their_evidence(client: Client) -> None:
    source = make_source("report", title="A report")
    transfer = make_transfer(
        "PRK",
        "EGY",
        slug="grenades",
        designation="",
        description="grenades",
        modality="reported",
        ordered_on="[..2016]",
        number_ordered_low=30000,
        number_ordered_high=30000,
        number_ordered_qualifier="about",
        number_ordered_unit="pieces",
    )
    passage = make_passage(source, "egypt.8.2", digest="A freighter with grenades is stopped.")
    cite(transfer, passage=passage, field="recipient", modality="alleged", hedge="allegedly", attributed_to="a panel")

    page = client.get("/arms-transfers/grenades/").content.decode()

    for words in (
        "Grenades, North Korea to Egypt",
        "by 2016",
        "<code>[..2016]</code>",
        "open to 2016-12-31",
        "about 30,000 pieces",
        "not stated in the sources",
        'href="/codebook/lists/modality/#modality-reported"',
        'href="/codebook/lists/modality/#modality-alleged"',
        "<q>allegedly</q>",
        "according to a panel",
        "A freighter with grenades is stopped.",
        'href="/sources/report/egypt.8.2/"',
        'href="/countries/PRK/"',
        'href="/countries/EGY/"',
    ):
        assert words in page


def test_the_relation_says_what_was_the_case_on_a_day(client: Client) -> None:
    source = make_source(speaks_until="2017")
    period = make_period("level", "ambassador", began_on="1963-08-24")
    period.citations.all().delete()
    cite(period, source=source)

    before = client.get("/relations/EGY-PRK/?as_of=1963-08-23").context["status"].answers
    on_the_day = client.get("/relations/EGY-PRK/?as_of=1963-08-24").context["status"].answers
    later = client.get("/relations/EGY-PRK/?as_of=2020-01-01")

    def level(answers: Any) -> list[tuple[str, int]]:
        return [(answer.verdict.value, len(answer.records)) for answer in answers if answer.track == "level"]

    other_side = ("not_stated", 0)
    assert level(before) == [("not_stated", 0), other_side]
    assert level(on_the_day) == [("on_that_day", 1), other_side]
    assert "The sources of these answers tell of nothing after 2017." in later.content.decode()


def test_the_relation_answers_for_today_first(client: Client) -> None:
    make_period("level", "ambassador", began_on="1963-08-24", held_by_id="EGY")
    make_period("level", "minister", held_by_id="PRK", began_on="1970", ended_on="1980", modality="alleged")

    today = client.get("/relations/EGY-PRK/")
    in_a_year = client.get("/relations/EGY-PRK/?as_of=1963")

    page = today.content.decode()
    assert today.context["status"].day == timezone.localdate()
    assert "Today, as far as the sources go" in page
    assert page.index("at the level of ambassador – since 24 August 1963.") < page.index("verdict-ended")
    assert "Not stated: whether Egypt and North Korea have diplomatic relations; what military" not in page
    silent = "Not stated: what military ties Egypt and North Korea have; whether Egypt recognises North Korea;"
    assert silent in page
    assert 'value="1963"' in in_a_year.content.decode()
    assert "understood as 31 December 1963, the last day of 1963" in in_a_year.content.decode()
    assert "On 31 December 1963, as far as the sources go" in in_a_year.content.decode()


def test_the_page_of_a_country_names_only_public_states_before_and_after_it(client: Client) -> None:
    make_event("YAR", "YMD", "YEM")
    yemen = make_country("YEM")
    for code in ("YAR", "YMD", "XXA"):
        Succession.objects.create(predecessor=make_country(code), successor=yemen)
    for code in ("PRK", "EGY", "XXB"):
        Succession.objects.create(predecessor=yemen, successor=make_country(code))
    make_event("PRK", "XXA", "XXB", state="draft")
    make_event("PRK", "EGY")

    context = client.get("/countries/YEM/").context

    assert [country.code for country in context["predecessors"]] == ["YAR", "YMD"]
    assert [country.code for country in context["successors"]] == ["EGY", "PRK"]


# One unpublished row of every type, which any query that forgets to filter by state would find.
SECRETS: dict[str, Callable[[], Any]] = {
    "events": lambda: make_event("PRK", "EGY", slug="secret", title="SECRET", summary="SECRET", state="in_review"),
    "periods": lambda: make_period("position", "favours", slug="secret", subject="SECRET", state="draft"),
    "missions": lambda: make_mission("PRK", "EGY", slug="secret", city="SECRET", state="draft"),
    "arms-transfers": lambda: make_transfer("PRK", "EGY", slug="secret", designation="SECRET", state="draft"),
    "observations": lambda: make_observation("PRK", "EGY", slug="secret", subject="SECRET", state="draft"),
}


@pytest.mark.parametrize("collection", SECRETS)
def test_nothing_shows_what_is_not_published(client: Client, collection: str) -> None:
    make_relation("EGY", "PRK")
    public = make_transfer("PRK", "EGY", slug="public", editor_note="SECRET")
    secret = SECRETS[collection]()
    passage = make_passage(make_source(), "test.9.9")
    PassageText.objects.create(passage=passage, text="SECRET")
    for record in (public, secret):
        cite(record, passage=passage)
    if isinstance(secret, Event):
        Participation.objects.create(event=secret, actor=make_actor("secret-agent", name="SECRET"), role="actor")
        public.event = secret
        make_event(slug="public", possibly_same_as=secret)
    elif collection == "arms-transfers":
        public.possibly_same_as = secret
    public.save()
    commit()

    assert client.get(f"/{collection}/secret/").status_code == 404
    for path in (
        *("/", "/countries/", "/countries/EGY/", "/relations/", "/relations/EGY-PRK/?as_of=1970-01-01", "/actors/"),
        *("/chronology/", "/search/?q=secret", "/sources/", "/sources/test-source/", "/sources/test-source/test.9.9/"),
        *(f"/{collection}/", f"/{collection}/?q=secret", f"/{collection}.csv", "/arms-transfers/public/"),
        *("/countries.csv", "/relations.csv", "/actors.csv", "/sources.csv", "/arms-transfers.csv"),
        *(["/events/public/"] if collection == "events" else []),
    ):
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200, path
        assert b"SECRET" not in body, path


def test_a_sentence_leads_to_its_page_from_its_source_alone(client: Client) -> None:
    passage = make_passage(make_source("shown"), "egypt.1.1", digest="A loan was promised.")
    cite(make_event("EGY"), passage=passage, source=passage.source)
    link = '<a class="ref" href="/sources/shown/egypt.1.1/">egypt.1.1</a>'
    assert link in client.get("/sources/shown/").content.decode()
    assert link not in client.get("/sources/shown/egypt.1.1/").content.decode()


def test_a_sentence_is_shown_only_where_its_document_is_public(client: Client) -> None:
    for key, is_public in (("open", True), ("closed", False)):
        passage = make_passage(make_source(key, text_is_public=is_public), "a.1.1")
        PassageText.objects.create(passage=passage, text=f"The sentence of {key}.")
        cite(make_event("PRK", "EGY", slug=f"event-{key}"), passage=passage)

    for path in ("/sources/open/", "/sources/open/a.1.1/"):
        assert "The sentence of open." in client.get(path).content.decode()
    for path in ("/sources/closed/", "/sources/closed/a.1.1/", "/events/event-closed/"):
        assert "The sentence of closed." not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/countries/egy/", "/countries/EGY/"),
        ("/relations/PRK-EGY/", "/relations/EGY-PRK/"),
        ("/relations/prk-egy/?as_of=1962-01-01", "/relations/EGY-PRK/?as_of=1962-01-01"),
        ("/events/The-Visit/", "/events/the-visit/"),
        ("/events/old-visit/", "/events/the-visit/"),
        ("/sources/Test-Source/test.1.1/", "/sources/test-source/test.1.1/"),
    ],
)
def test_what_has_moved_is_found(client: Client, path: str, location: str) -> None:
    make_relation("EGY", "PRK")
    event = make_event("PRK", "EGY", slug="the-visit")
    cite(event, passage=make_passage(make_source(), "test.1.1"))
    FormerAddress.objects.create(collection="events", slug="old-visit", now_at="the-visit", reason="renamed")

    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (301, location)


def test_what_is_withdrawn_leaves_a_notice(client: Client) -> None:
    event = make_event("PRK", "EGY", slug="withdrawn")
    Event.objects.filter(pk=event.pk).update(state="draft")

    response = client.get("/events/withdrawn/")

    assert response.status_code == 410
    assert "Its address is never given to another record." in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        *("/events/never/", "/countries/XXX/", "/relations/EGY/", "/relations/EGY-EGY/", "/actors/x%00/", "/nowhere/"),
        *("/sources/never/a.1.1/", "/periods/é/", "/relations/EGY-PRK-IRQ/"),
    ],
)
def test_where_nothing_ever_stood_is_not_found(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert "Nothing public stands at this address" in response.content.decode()


def test_readers_get_no_cookie_and_a_strict_policy(client: Client) -> None:
    make_event("PRK", "EGY", slug="visit")
    for path in ("/", "/events/", "/events/visit/", "/search/?q=visit", "/events/?bad=1"):
        response = client.get(path)

        assert response.cookies == {}, path
        assert "default-src 'none'" in response.headers["Content-Security-Policy"], path
        assert "Cookie" not in response.headers.get("Vary", ""), path


def test_an_empty_register_renders(client: Client) -> None:
    for path in ("/", "/countries/", "/events/", "/chronology/", "/search/?q=x", "/data/", "/codebook/", "/about/"):
        assert client.get(path).status_code == 200


def make_full_country() -> Country:
    country = make_country("EGY")
    columns = {"official_name": "Arab Republic", "aliases": ["UAR"]}
    Country.objects.filter(pk="EGY").update(**columns)
    make_lifespan("EGY", "1922", "2900")
    CountryCode.objects.create(country=country, scheme="cow", value="651")
    Succession.objects.create(predecessor=country, successor=make_country("PRK"))
    return country


def make_full_mission() -> Mission:
    others = {"host_country": make_country("BGR"), "protecting_power": make_country("CHE"), "reopens": make_mission()}
    dates = {"opened_on": "1963", "closed_on": "1970", "ending": "suspended"}
    words = {"kind": "interests_section", "head_rank": "consul", "city": "Sofia", "reason": "Thrift."}
    return make_mission(**others, **dates, **words)


def make_full_event() -> Event:
    words = {"summary": "A visit.", "place": "Cairo", "reason": "Trade."}
    event = make_event("PRK", "EGY", **words, happened_on="1963", possibly_same_as=make_event())
    make_figure(event)
    return event


def make_full_transfer() -> ArmsTransfer:
    number = {"low": 2, "high": 2, "qualifier": "exact", "unit": "pieces"}
    names = ("number_ordered", "number_delivered")
    figures = {f"{name}_{part}": value for name in names for part, value in number.items()}
    money = {"value_low": 1, "value_high": 1, "value_qualifier": "exact", "value_unit": "USD", "value_kind": "contract"}
    words = {"description": "missiles", "reason": "Thanks.", "ordered_on": "1976", "delivered_on": "1981"}
    others = {"event": make_event(), "possibly_same_as": make_transfer(), "transit_country": make_country("BGR")}
    points = {"tiv_per_unit": "0.2", "tiv_ordered": "0.4", "tiv_delivered": 0}
    kind = {"condition": "second_hand", "licence_production": True}
    transfer = make_transfer(**figures, **money, **words, **others, **points, **kind)
    DealParty.objects.create(transfer=transfer, actor=make_actor(), role="brokered")
    return transfer


# One row of every type with a value in every column that its page shows.
FULL: dict[type[Any], Callable[[], Any]] = {
    RelationPeriod: lambda: make_period(
        "position",
        "opposes",
        subject="sanctions",
        exception="food",
        held_by=make_country("EGY"),
        reason="Trade.",
        began_on="1963",
        ended_on="1970",
    ),
    Mission: make_full_mission,
    Event: make_full_event,
    ArmsTransfer: make_full_transfer,
    Observation: lambda: make_observation(subject="crude oil", period="2010", reporter="customs"),
    Country: make_full_country,
    Actor: lambda: make_actor(country=make_country("EGY"), description="A firm.", aliases=["OCI"]),
}


@pytest.mark.parametrize("model", FULL, ids=lambda model: model.__name__)
def test_evidence_for_a_field_stands_at_the_field(client: Client, model: type[Any]) -> None:
    event = make_event("PRK", "EGY")
    thing = FULL[model]()
    if model is Actor:
        Participation.objects.create(event=event, actor=thing, role="host")
    columns_of_figures = ("_low", "_high", "_unit", "_missing", "_qualifier")
    places = [name for name in citable_fields(model) if not name.endswith(columns_of_figures)]
    if model is ArmsTransfer:
        others = {f"{side}_{kind}" for side in ("supplier", "recipient") for kind in ("actor", "named_as")}
        places = [name for name in places if name not in others]
    cited = {name: cite(thing, locator=f"p. {name}", field=name) for name in places}

    page = client.get(thing.get_absolute_url())

    notes = {citation.field: number for number, citation in page.context["evidence"].notes}
    body = page.content.decode()
    assert [name for name in cited if f'href="#evidence-{notes[name]}"' not in body] == []


def test_a_note_leads_to_the_public_records_that_it_names(client: Client) -> None:
    make_event(slug="a-test-of-1998", title="A <test>")
    make_event(slug="a-draft-of-1999", title="Another test", state="draft")
    make_event(
        slug="visit",
        title="A visit",
        note="It followed\n(a-test-of-1998), a-draft-of-1999 & a-word-of-no-record; not /events/a-test-of-1998/.",
    )
    page = client.get("/events/visit/").content.decode()
    assert (
        'It followed<br>(<a href="/events/a-test-of-1998/">A &lt;test&gt;</a>), a-draft-of-1999 &amp; '
        "a-word-of-no-record; not /events/a-test-of-1998/."
    ) in page


def test_the_page_of_a_mission_leads_to_those_before_and_after_a_break(client: Client) -> None:
    first = make_mission("USA", "IRQ", slug="first", closed_on="1991", ending="suspended")
    second = make_mission("USA", "IRQ", slug="second", opened_on="2004", reopens=first)
    make_mission("USA", "IRQ", slug="secret", state="draft", reopens=first)

    pages = [client.get(mission.get_absolute_url()).content.decode() for mission in (first, second)]

    assert [
        page.count(f'class="what"><a href="/missions/{slug}/"')
        for page, slug in zip(pages, ("second", "first"), strict=True)
    ] == [1, 1]
    assert "secret" not in pages[0]
    assert "Its work was suspended" in pages[0]


def test_a_relation_names_each_sentence_once_and_says_what_a_number_counts(client: Client) -> None:
    passage = make_passage(make_source("report"), "iraq.1.2")
    period = make_period("legal", "severed", relation=make_relation("IRQ", "PRK"), began_on="1980-10")
    period.citations.all().delete()
    for field in ("", "began_on"):
        cite(period, passage=passage, field=field)
    none = {"number_delivered_low": 0, "number_delivered_high": 0, "number_delivered_qualifier": "exact"}
    make_transfer("PRK", "IRQ", deal_status="paid_not_delivered", number_delivered_unit="missiles", **none)

    page = client.get("/relations/IRQ-PRK/").content.decode()

    answer, table = page.split("<table", 1)
    assert [part.count('href="/sources/report/iraq.1.2/"') for part in (answer, table)] == [1, 1]
    assert '0 missiles <span class="happened">delivered</span>' in page


def test_a_page_shows_the_first_of_many_and_leads_to_the_list_of_them(client: Client, monkeypatch) -> None:
    make_relation("EGY", "PRK")
    for number in range(3):
        make_transfer("PRK", "EGY", slug=f"transfer-{number}", designation=f"Gun {number}")
        make_observation("PRK", "EGY", subject=f"Goods {number}", period=f"200{number}")
        make_mission("PRK", "EGY", slug=f"mission-{number}", opened_on=f"196{number}")
    lists = ("arms-transfers", "missions")
    for most, shown in ((3, 3), (2, 2)):
        monkeypatch.setattr("relations.views.things.MOST_ROWS", most)
        html = client.get("/relations/EGY-PRK/").content.decode()
        table = html.partition('id="transfers"')[2].partition("</table>")[0]
        assert len(re.findall("Gun [0-9]", table)) == shown
        assert [f'href="/{name}/?country=EGY&amp;partner=PRK"' in html for name in lists] == [shown < 3] * 2
        answers = html.partition('class="answers"')[2].partition("</section>")[0]
        assert answers.count('href="/missions/mission-') == 3  # none of them closed


def test_the_page_of_data_counts_the_columns_that_its_files_have(client: Client) -> None:
    page = client.get("/data/").content.decode()
    rows = re.findall(r'href="/([a-z0-9-]+)\.csv" download>.*?<td data-label="Columns">(.*?)</td>', page)
    told = {file: re.sub(r"<[^>]*>", "", cell) for file, cell in rows}

    def header(path: str) -> list[str]:
        return client.get(path).getvalue().decode().splitlines()[0].split(",")

    for file, words in told.items():
        always = [name for name in header(f"/{file}.csv") if name.strip()]
        assert words.startswith(f"{len(always)} columns of "), file
        of_a_day = words.partition("; asked for a day (?as_of=), also ")[2].split(" and ")
        if file in ("periods", "missions"):
            assert [name for name in header(f"/{file}.csv?as_of=1970") if name not in always] == of_a_day
        else:
            assert of_a_day == [""]
    assert len(told) == 23


def test_a_chronology_of_some_days_leads_to_what_certainly_lies_in_them(client: Client) -> None:
    make_event("EGY", slug="vague", title="A vague raid", happened_on="1956/..")
    make_event("EGY", slug="exact", title="An exact raid", happened_on="2007-09-06")
    url = "/chronology/?from=2006&country=EGY&reading=certainly"
    page = client.get("/chronology/?from=2006&country=EGY")
    assert ("A vague raid" in page.text, page.context["certainly"]) == (True, url)
    assert f'href="{url.replace("&", "&amp;")}"' in page.text
    certain = client.get(url)
    assert ("A vague raid" in certain.text, "An exact raid" in certain.text) == (False, True)
    assert (certain.context["certainly"], client.get("/chronology/").context["certainly"]) == ("", "")
    assert "Only those that certainly do" not in client.get("/chronology/?from=1900&to=1901").text
