"""The desk finds rows in any spelling, in every list and every autocomplete field."""

import re
from collections.abc import Callable, Iterator
from random import Random
from string import ascii_uppercase
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth import get_user
from django.db import connection, models
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relations.admin.search import COUNTRY_NAMES, SearchMixin
from relations.models import (
    Actor,
    ArmsTransfer,
    Country,
    Event,
    FormerAddress,
    Mission,
    Observation,
    Passage,
    Relation,
    RelationPeriod,
    Source,
)
from relations.words import SEARCHED_MODELS, key_of, texts_of
from tests.factories import (
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

SPELLED = "Türkiye’s Sanaʿa-17 Łódź"
SEARCHED = ["turkiye", "TÜRKİYE’S", "sanaa", "Sana'a 17", "sana’a-17", "SANAA17", "lodz", "kiye", "LÓDŹ türkiye's"]
MISSED = ['"sana a"', "sanaa-18", "turkmen", "'x'"]

# Each creates a row whose searched related rows belong to no other row.
MAKERS: dict[type[models.Model], Callable[[str, str], Any]] = {
    Actor: lambda one, _: make_actor(one.lower()),
    ArmsTransfer: make_transfer,
    Country: lambda one, _: make_country(one),
    Event: make_event,
    Mission: make_mission,
    Observation: make_observation,
    Passage: lambda one, _: make_passage(make_source(one.lower())),
    Relation: make_relation,
    RelationPeriod: lambda *pair: make_period("position", "favours", subject="peace", relation=make_relation(*pair)),
    Source: lambda one, _: make_source(one.lower()),
}
DESKS = [
    model for model, desk in admin.site._registry.items() if model._meta.app_label == "relations" and desk.search_fields
]


def found(desk, model: type[models.Model], query: str) -> list[Any]:
    """The rows of a searched list; rendering a page for each would take most of the time."""
    request = RequestFactory().get("/", {"q": query})
    request.user = get_user(desk)
    return list(admin.site._registry[model].get_changelist_instance(request).result_list)


def text_columns(model: type[models.Model]) -> list[list[str]]:
    """The searched columns with free text: those of the model, and those of related models; empty lists are left out.

    Keys and slugs are left out, since they have only plain ASCII letters.
    """
    names = [name.lstrip("=") for name in admin.site._registry[model].search_fields]
    found = [name for name in names if name.rpartition("__")[2] not in ("slug", "key", "code", "ref", "now_at")]
    both = [[name for name in found if ("__" in name) == is_led] for is_led in (False, True)]
    return [columns for columns in both if columns]


def spell(row: Any, column: str, text: str) -> None:
    """Sets a searched column of a row, or of a row that it refers to."""
    *path, name = column.split("__")
    for step in path:
        row = getattr(row, step)
    columns = {name: [text] if name == "aliases" else text}
    if name in ("supplier_named_as", "recipient_named_as"):
        columns[name.removesuffix("_named_as")] = None
    type(row)._default_manager.filter(pk=row.pk).update(**columns)


def test_every_desk_of_the_register_is_searched() -> None:
    assert {*MAKERS, FormerAddress} == set(DESKS)


@pytest.mark.parametrize(
    ("model", "searched"),
    [(model, searched) for model in MAKERS for searched in text_columns(model)],
    ids=lambda value: value[0] if isinstance(value, list) else value._meta.model_name,
)
def test_text_is_found_in_whatever_spelling_and_column(desk, model, searched):
    letters = dict(zip(searched, ascii_uppercase, strict=False))
    rows = {column: MAKERS[model](f"A{letter}A", f"B{letter}B") for column, letter in letters.items()}
    unspelled = MAKERS[model]("CAC", "DAD")
    for column, row in rows.items():
        spell(row, column, f"{SPELLED} {letters[column]}")  # names of countries are unique
    columns = {row.pk: column for column, row in rows.items()} | {unspelled.pk: "none"}
    for query in SEARCHED:
        assert sorted(columns[row.pk] for row in found(desk, model, query)) == sorted(rows), query
    assert [query for query in MISSED if found(desk, model, query)] == []


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("Turkiye", ["TUR"]),
        ("türkiye", ["TUR"]),
        ("Turkey", ["TUR"]),
        ("tur", ["TUR"]),
        ("TUR", ["TUR"]),
        ("tu", ["TUR"]),
        ("cote d'ivoire", ["CIV"]),
        ("Cote d Ivoire", ["CIV"]),
        ("d’ivoire c", ["CIV"]),
        ("us", ["USA"]),
        ("U.S.", ["USA"]),
        ("US U.S", ["USA"]),
        ("ey e", ["TUR"]),
        ("yu", []),
    ],
)
def test_countries_are_found_and_chosen_by_any_of_their_names(desk, query, codes):
    make_country("TUR", aliases=["Asia Minor", "Türkiye"])
    make_country("CIV", name="Côte d’Ivoire")
    make_country("USA", name="America", aliases=["U.S."])
    assert [country.code for country in found(desk, Country, query)] == codes
    choice = {"term": query, "app_label": "relations", "model_name": "participation", "field_name": "country"}
    results = desk.get(reverse("admin:autocomplete"), choice).json()["results"]
    assert [result["id"] for result in results] == codes


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("mali", ["Mali", "Maliland", "Somalia"]),
        ("MLI", ["Mali"]),
        (" guinéa ", ["Guinea", "Guinea-Bissau", "Equatorial Guinea"]),
        ("french sudan", ["Mali", "Anglo-French Sudan"]),
    ],
)
def test_what_is_called_as_it_is_typed_is_the_first_to_be_chosen(desk, typed, names):
    named = {"MLI": "Mali", "SOM": "Somalia", "AAA": "Maliland", "GIN": "Guinea", "GNQ": "Equatorial Guinea"}
    for code, name in (named | {"GNB": "Guinea-Bissau", "BBB": "Anglo-French Sudan"}).items():
        make_country(code, name=name, aliases=["French Sudan"] if code == "MLI" else [])
    choice = {"term": typed, "app_label": "relations", "model_name": "participation", "field_name": "country"}
    results = desk.get(reverse("admin:autocomplete"), choice).json()["results"]
    assert [result["text"] for result in results] == names


@pytest.mark.parametrize(("query", "count"), [("Turkiye", 1), ("turkey", 1), ("Syria", 0), ("turkiye korea", 1)])
@pytest.mark.parametrize("model", [ArmsTransfer, Mission, Observation, Relation, RelationPeriod])
def test_records_are_found_by_any_name_of_their_countries(desk, model, query, count):
    make_country("TUR", aliases=["Türkiye"])
    make_country("SYR")
    MAKERS[model]("PRK", "TUR")
    assert len(found(desk, model, query)) == count


def test_slugs_keys_and_former_addresses_are_found_by_their_words(desk):
    event = make_event(slug="visit-to-sanaa-1977")
    gone = make_event(slug="gone-to-marib-1977")
    gone.delete()
    source = make_source("a-book")
    assert found(desk, Event, "Sana'a 1977") == [event]
    assert found(desk, Event, "to Sanaa-1977") == [event]
    assert found(desk, Source, "a book") == [source]
    assert [address.slug for address in found(desk, FormerAddress, "Maʿrib")] == ["gone-to-marib-1977"]
    assert found(desk, FormerAddress, "sanaa") == []


def test_apostrophes_of_two_words_are_no_quotation_marks(desk):
    event = make_event(title="From Ma'rib to Sana'a")
    assert found(desk, Event, "Sana'a from Ma'rib") == [event]
    assert found(desk, Event, '"Sana\'a from"') == []
    assert found(desk, Event, '"to Sana\'a"') == [event]
    assert found(desk, Event, "Ma'rib - Sana'a") == [event]


def test_insides_of_words_are_found_where_no_word_begins_so(desk):
    first, second = make_event(title="Rockets for Hwasong"), make_event(title="Songbirds")
    assert found(desk, Event, "song") == [second]
    assert found(desk, Event, "wason") == [first]
    assert found(desk, Event, "rock wason") == [first]
    assert found(desk, Event, "rock son") == [first]
    assert found(desk, Event, "rock bird") == []
    second.delete()
    assert found(desk, Event, "song") == [first]


TEXTS = [
    "Rockets for Hwasong; U.S.-led talks",
    "Sanaʿa-17, Łódź and Türkiye’s “other side” of the and/or",
    "The MiG-21s and R17E of 1990's, for 30,000 (30.5 %)",
    "Côte d'Ivoire:\nl'Étoile du Nord – Ra's al-Khaimah’s",
    "평양 주재 이집트대사관은 카이로에서",
    "المصرية، القاهرة والسُّودان ١٩٧٣",
    "Посольство КНДР в Каире, съезд",
    "金日成主席、訪問する。エジプト",
    "https://kcna.example/2018/05?id=a1b2c3 e-mail: x_y@dprk.example 1e5 v2.0",
    "ﬁrst ß þing æther Ǆ İstanbul ΣΟΦΟΣ ﬀ ½ ² 😀flag no😀",
    "Its doing, others' being; hers #12 №5 a17 x86s64",
]
SLUGS = ["visit-to-sanaa-1977", "mig21-of-egypt", "a-1b2c3-21s", "the-others"]
ASKED = ("{}", '"{}"', "{}zq", "{} ock", "q{}")


def pieces(random: Random) -> Iterator[str]:
    """Pieces of texts and of words, several words, phrases in quotation marks, and words that occur nowhere."""
    for text in [*TEXTS, *SLUGS] * 12:
        begin = random.randrange(len(text))
        yield random.choice(ASKED).format(text[begin : begin + random.choice((2, 3, 4, 5, 8, 14))])


def test_by_words_is_found_what_reading_all_texts_finds(desk):
    random = Random(1977)  # noqa: S311 - nothing secret
    for text in TEXTS:
        make_event(
            "PRK", title=text.split("\n")[0], summary=random.choice(TEXTS), place=random.choice(TEXTS)[:60].strip()
        )
        make_passage(
            make_source(f"kcna-{2000 + TEXTS.index(text)}", title=text.split("\n")[0]), "text.1.1", digest=text
        )
    for slug in SLUGS:
        make_event(slug=slug, title="Talks")
    request, answers, narrowed = RequestFactory().get("/"), {}, 0
    for query in pieces(random):
        model = random.choice((Event, Event, Passage, Source))
        page: Any = admin.site._registry[model]
        term, every = query.replace("'", "’"), model._default_manager.all()
        search = super(SearchMixin, page).get_search_results
        some = page.candidates(every, term)
        narrowed += some.count() < every.count()
        answers[query] = [sorted(row.pk for row in search(request, rows, term)[0]) for rows in (some, every)]
    assert {query: both for query, both in answers.items() if both[0] != both[1]} == {}
    assert narrowed > len(answers) / 2
    assert sum(bool(some) for some, _ in answers.values()) > len(answers) / 4


@pytest.mark.parametrize("model", SEARCHED_MODELS)
def test_what_is_searched_is_kept_as_words_or_a_key_or_a_name_of_a_country(model):
    page = admin.site._registry[model]
    searched = {name for name in page.search_fields if name.rpartition("__")[2] not in COUNTRY_NAMES}
    assert searched - {*page.keys} <= {*texts_of(model)}
    assert {*page.keys} <= searched
    assert key_of(model) in page.keys


@pytest.mark.parametrize(("typed", "titles", "reads"), [("wason", ["Hwasong"], 1), ("zzz", [], 0), ("alk zzz", [], 0)])
def test_texts_are_read_only_where_a_word_holds_what_is_typed(desk, typed, titles, reads):
    make_event(title="Hwasong")
    make_event(title="Talks")
    with CaptureQueriesContext(connection) as queries:
        events = desk.get(reverse("admin:relations_event_changelist"), {"q": typed}).context["cl"].result_list
    assert [event.title for event in events] == titles
    read = [
        query["sql"] for query in queries if "strpos" in query["sql"] and '"relations_event"."title"' in query["sql"]
    ]
    assert ["to_tsquery" in sql for sql in read] == [True, *[False] * reads]  # for prefixes, then for parts of words


def test_what_is_inside_of_a_key_is_found_however_many_have_it(desk, monkeypatch):
    events = [make_event(slug=f"talks-1977-{letter}", title="A visit") for letter in "abc"]
    other = make_event(slug="talks-b", title="Hwasong 1974")
    for many in (1, 10):
        monkeypatch.setattr("relations.admin.search.MANY", many)
        monkeypatch.setattr("relations.admin.search.FEW", many)
        assert found(desk, Event, "977") == found(desk, Event, "lks-197") == events
        assert found(desk, Event, "alks 97") == [*events, other]
        assert found(desk, Event, "979") == []
    source = make_source("kcna-1969", title="News")
    passage = make_passage(source, "text.968.1")
    assert found(desk, Source, "969") == [source]
    assert found(desk, Passage, "969") == found(desk, Passage, "68 cna") == [passage]


def test_what_is_inside_of_a_word_and_of_the_name_of_a_country_is_found_together(desk):
    mission = make_mission("PRK", make_country("EGY", name="Egypt").code, city="Hwasong")
    make_mission("PRK", "SYR", city="Hwasong")
    assert found(desk, Mission, "wason gypt") == [mission]


def test_a_slug_is_found_as_it_is_typed(desk):
    event = make_event(slug="2018-visit-to-sanaa", title="Talks")
    make_event(slug="visit-in-2018", title="More talks")
    for typed in ("2018-v", "2018-visit-to", "2018-VISIT-TO-SANAA"):
        assert found(desk, Event, typed) == [event]


def test_many_rows_are_put_in_order_as_few_are(desk, monkeypatch):
    events = [make_event(slug=f"talks-{number}", title="Talks") for number in range(4)]
    for few in (2, 3, 4):
        monkeypatch.setattr("relations.admin.search.FEW", few)
        assert found(desk, Event, "talk") == events
        assert found(desk, Event, "alk") == events


def test_things_are_found_by_the_words_that_an_index_has_and_by_how_their_keys_begin(desk, monkeypatch):
    book, paper = make_source("a-book", title="Rockets for Hwasong"), make_source("rocketry-1974", title="Talks")
    first, second = make_passage(book, "egypt.1.1", digest="Talks in Cairo"), make_passage(paper, "talks.1.1")
    assert found(desk, Source, "rock") == [book, paper]
    assert found(desk, Source, "rock hwas") == [book]
    assert found(desk, Source, '"talks"') == [paper]
    assert found(desk, Source, "wason") == [book]
    assert found(desk, Passage, "talks") == [first, second]
    assert found(desk, Passage, "rocketry") == [second]
    assert found(desk, Passage, "egypt.1.1 cairo") == [first]
    assert found(desk, Passage, "ocket") == [second]
    monkeypatch.setattr("relations.admin.search.FEW", 1)
    assert found(desk, Passage, "talks cairo") == [first]
    assert found(desk, Passage, "talks") == [first, second]


def test_no_text_of_a_source_is_read_where_an_index_has_the_word(desk):
    make_source("a-book", title="Rockets")
    with CaptureQueriesContext(connection) as queries:
        found(desk, Source, "rocket")
    reads = [query["sql"] for query in queries if "strpos" in query["sql"]]
    assert reads
    assert all('"relations_source"."id" = ANY(' in sql for sql in reads)


def test_what_rows_refer_to_is_chosen_from_a_list_that_is_not_long(desk, monkeypatch):
    for key in ("a-book", "a-paper"):
        make_passage(make_source(key), "text.1.1")
    address = reverse("admin:relations_passage_changelist")
    for few, is_offered in ((2, True), (1, False)):
        monkeypatch.setattr("relations.admin.search.CHOICES", few)
        assert ("?source__id__exact=" in desk.get(address).content.decode()) == is_offered


def test_a_list_is_counted_only_so_far_and_says_so(desk, monkeypatch):
    for number in range(3):
        make_event(slug=f"talks-{number}", title="Talks")
    monkeypatch.setattr("relations.admin.search.MANY", 2)
    page = desk.get(reverse("admin:relations_event_changelist"), {"q": "talks"}).content.decode()
    assert "2+ results" in page
    assert re.search(r"2\+\s+events", page)
    monkeypatch.setattr("relations.admin.search.MANY", 3)
    page = desk.get(reverse("admin:relations_event_changelist")).content.decode()
    assert re.search(r"\b3\s+events", page)
