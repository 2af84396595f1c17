"""The names of records: a hedge begins a title that stands alone, and is said once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from relations.models import Record
from relations.models.vocabularies import Modality
from relations.wording import HEDGE_WORDS, heading, says, title
from tests.factories import (
    cite,
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


@pytest.mark.parametrize(
    ("modality", "called"),
    [
        ("asserted", "Troops fight in Syria"),
        ("announced", "Announced: Troops fight in Syria"),
        ("reported", "Reported: Troops fight in Syria"),
        ("inferred", "Inferred: Troops fight in Syria"),
        ("alleged", "Alleged: Troops fight in Syria"),
        ("disputed", "Disputed: Troops fight in Syria"),
    ],
)
def test_a_title_that_stands_alone_is_led_by_its_hedge(modality: str, called: str) -> None:
    event = make_event(title="Troops fight in Syria", modality=modality)

    assert heading(event) == called
    assert title(event) == "Troops fight in Syria"


@pytest.mark.parametrize(
    ("modality", "words"),
    [
        ("announced", "Kuwait announces an end of visas"),
        ("announced", "Kuwait indicates that workers may stay"),
        ("reported", "North Korean troops are reported to fight in Syria"),
        ("reported", "Troops reportedly fight in Syria"),
        ("inferred", "North Korea is suggested to have followed a model"),
        ("inferred", "Egypt probably reacts"),
        ("alleged", "Grenades, the buyer alleged"),
        ("disputed", "A disputed visit"),
    ],
)
def test_a_title_that_says_its_hedge_is_not_led_by_it(modality: str, words: str) -> None:
    assert heading(make_event(title=words, modality=modality)) == words


@pytest.mark.parametrize(
    ("modality", "words"),
    [
        ("reported", "Reporters visit North Korea"),
        ("alleged", "Troops are reported to fight in Syria"),
        ("reported", "Grenades, the buyer alleged"),
        ("announced", "A visit is disputed"),
    ],
)
def test_another_word_is_not_the_hedge(modality: str, words: str) -> None:
    assert not says(words, modality)


@pytest.mark.parametrize(
    ("modality", "called"),
    [
        ("asserted", "Did not happen: Iran attends"),
        ("announced", "Announced that it did not happen: Iran attends"),
        ("reported", "Reported that it did not happen: Iran attends"),
        ("inferred", "Inferred that it did not happen: Iran attends"),
        ("alleged", "Alleged that it did not happen: Iran attends"),
        ("disputed", "Disputed that it did not happen: Iran attends"),
    ],
)
def test_hedge_and_denial_lead_a_title_in_one_clause(modality: str, called: str) -> None:
    event = make_event(title="Iran attends", modality=modality, negated=True)

    assert heading(event) == called
    assert title(event) == "Did not happen: Iran attends"


def test_denial_of_every_type_follows_its_hedge_and_a_hedge_that_is_said_is_not_repeated() -> None:
    columns: dict[str, Any] = {"modality": "reported", "negated": True}
    period, mission, transfer = make_period(**columns), make_mission(**columns), make_transfer(**columns)

    assert heading(period) == "Reported that it was not so: Egypt and North Korea: legal status, established"
    assert heading(mission) == "Reported that it did not exist: Embassy of Egypt to North Korea"
    assert heading(transfer) == "Reported that it did not take place: Scud-B, North Korea to Egypt"
    assert heading(make_observation(**columns)) == "Reported that it was not so: Exports, North Korea to Egypt"
    assert heading(make_event(title="A visit is reported", **columns)) == "Did not happen: A visit is reported"


def test_every_modality_but_the_plain_one_has_words_that_say_it() -> None:
    assert set(HEDGE_WORDS) == set(Modality) - {Modality.ASSERTED}


def test_records_of_every_type_carry_their_hedge_and_things_have_none() -> None:
    make_country("JOR", name="Jordan")
    period = make_period("legal", "severed", relation=make_relation("JOR", "PRK"), modality="announced")

    assert heading(period) == "Announced: Jordan and North Korea: legal status, severed"
    assert heading(make_mission("EGY", "PRK", modality="disputed")) == "Disputed: Embassy of Egypt to North Korea"
    transfer = make_transfer("PRK", "EGY", designation="Scud", modality="alleged")
    assert heading(transfer) == "Alleged: Scud, North Korea to Egypt"
    observation = make_observation("PRK", "EGY", measure="workers", modality="reported")
    assert heading(observation) == "Reported: Workers, North Korea to Egypt"
    assert heading(period.relation) == "Jordan and North Korea"
    assert heading(make_country("EGY")) == "Egypt"


def test_period_of_one_side_names_that_side_and_what_it_is_towards() -> None:
    columns = {"subject": "trade"}
    names = {
        "Egypt towards North Korea: level of representation, ambassador": make_period("level", "ambassador"),
        "North Korea towards Egypt: recognition, not recognised": make_period(
            "recognition", "not_recognised", held_by_id="PRK"
        ),
        "Egypt towards North Korea: character, cordial – trade": make_period(
            "character", "cordial", held_by_id="EGY", **columns
        ),
        "Egypt and North Korea: character, close – trade": make_period("character", "close", **columns),
        "Egypt and North Korea: legal status, severed": make_period("legal", "severed", held_by_id="PRK"),
    }
    assert [title(period) for period in names.values()] == [*names]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/", r'<a href="/events/strike/">(.*?)</a>'),
        ("/events/strike/", r"<title>\s*(.*?) ·"),
        ("/events/strike/", r"<h1>(.*?)<"),
        ("/sources/report/", r'<a href="/events/strike/">(.*?)</a>'),
        ("/sources/report/a.1.1/", r'<a href="/events/strike/">(.*?)</a>'),
        ("/arms-transfers/arms/", r'<a href="/events/strike/">(.*?)</a>'),
    ],
)
def test_pages_on_which_a_title_stands_alone_say_its_hedge(client: Client, path: str, where: str) -> None:
    event = make_event(slug="strike", title="Troops strike", modality="reported")
    cite(event, passage=make_passage(make_source("report"), ref="a.1.1", finished=True))
    make_transfer(slug="arms", event=event)

    page = re.sub("</?mark>", "", client.get(path).content.decode())
    assert re.findall(where, page) == ["Reported: Troops strike"]


@pytest.mark.parametrize("path", ["/chronology/", "/search/?q=strike", "/everything/", "/countries/PRK/"])
def test_lines_of_records_have_the_hedge_before_the_title(client: Client, path: str) -> None:
    event = make_event("PRK", slug="strike", title="Troops strike", modality="reported")
    cite(event)
    page = re.sub("</?mark>", "", client.get(path).content.decode())
    line = r'<a class="badge [^>]*>(\w+)</a>(?:</span>)?\s*<span class="what">\s*<a href="/events/strike/">(.*?)</a>'
    assert re.findall(line, page) == [("Reported", "Troops strike")]


@pytest.mark.parametrize(
    ("status", "negated", "words"),
    [
        ("delivered", False, ""),
        ("delivered", True, "not Delivered"),
        ("paid_not_delivered", False, "Paid, not delivered"),
        ("ordered", False, "Ordered"),
    ],
)
def test_pages_on_which_a_deal_stands_alone_say_how_far_it_came(
    client: Client, status: str, negated: bool, words: str
) -> None:
    make_relation()
    event = make_event("PRK", "EGY", slug="show", title="A show")
    columns = {"deal_status": status, "negated": negated, "event": event, "ordered_on": "1980"}
    deal = make_transfer(slug="arms", **columns)
    make_transfer(slug="twin", possibly_same_as=deal)
    cite(deal, passage=make_passage(make_source("report"), ref="a.1.1", finished=True))
    pages = ("/", "/chronology/", "/search/?q=Scud", "/events/show/", "/arms-transfers/twin/", "/sources/report/a.1.1/")
    for path in (*pages, "/relations/EGY-PRK/", "/countries/EGY/"):
        line = re.split(r"</li>", client.get(path).content.decode().split('href="/arms-transfers/arms/"')[-1])[0]
        said = " ".join(re.sub(r"<[^>]*>", " ", "".join(re.findall(r'"happened">(.*?)</span>', line))).split())
        assert (path, said) == (path, words)


def test_bars_of_a_timeline_say_the_hedge_of_their_records(client: Client) -> None:
    make_period("military", "severed", began_on="2017", modality="reported")
    make_mission("EGY", "PRK", opened_on="1970", modality="alleged")
    page = client.get("/relations/EGY-PRK/").content.decode()

    assert re.findall(r'class="label">(.*?)</p>', page) == [
        "Reported: Military ties, severed",
        "Alleged: Embassy of Egypt to North Korea",
    ]


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (make_period, "/periods/"),
        (make_mission, "/missions/"),
        (make_event, "/events/"),
        (make_transfer, "/arms-transfers/"),
        (make_observation, "/observations/"),
    ],
)
def test_where_a_column_has_the_modality_a_title_does_not_repeat_it(
    client: Client, make: Callable[..., Record], path: str
) -> None:
    record = make(modality="reported")
    page = client.get(path).content.decode()

    assert re.findall(rf'<a href="{record.get_absolute_url()}">(.*?)</a>', page) == [title(record)]
    assert page.count(">Reported</a>") == 1


def test_every_template_that_leaves_the_hedge_out_of_a_title_shows_it_beside() -> None:
    called = {}
    for path in (settings.BASE_DIR / "relations/templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"\b([\w.]+)\|called\b", text):
            shown = (f"{{% badge {name}|hedge %}}", f"{{% modality_of {name} %}}", f"{{% hedges_in_line {name} ")
            called[path.name, name] = any(words in text for words in shown)

    assert ("everything.html", "record") in called
    assert [place for place, is_shown in called.items() if not is_shown] == []


def test_pages_write_the_apostrophe_as_the_records_do() -> None:
    templates = (settings.BASE_DIR / "relations" / "templates").rglob("*.html")
    of_django = re.compile("{% translate .*? %}")  # whose words its catalogues have as Django writes them
    assert [str(path) for path in templates if re.search(r"\w’", of_django.sub("", path.read_text()))] == []
