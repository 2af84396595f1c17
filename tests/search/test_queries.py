"""How queries are parsed: names, adjectives and days become filters, the rest stays words."""

import re
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.db.models import Value
from django.test import Client

from relations.coding.fixtures import REFERENCE, read_fixtures
from relations.expressions import WordQuery
from relations.foreign_names import by_words, foreign_names_in
from relations.models import Actor, Country, Entry, Event, Mission, Participation, Passage, Source
from relations.models.country import Succession
from relations.names import named_in
from relations.search.adjectives import adjectives_in, countries_by_adjective
from relations.search.days import days_in
from relations.search.queries import MOST_WIDENED, ParsedQuery, read_query
from relations.search.thesaurus import SYNONYMS, synonyms_by_word, synonyms_of
from tests.factories import (
    make_actor,
    make_country,
    make_event,
    make_lifespan,
    make_mission,
    make_transfer,
)

pytestmark = pytest.mark.django_db


# Names in a query


@pytest.fixture
def named() -> None:
    """Public countries and actors, some of whose names contain each other."""
    countries = {
        "PRK": {"aliases": ["DPRK"]},
        "EGY": {"aliases": ["Égypte"]},
        "YAR": {"name": "North Yemen"},
        "YEM": {"name": "Yemen", "aliases": ["Sanaʿa"]},
        "TUR": {"aliases": ["Türkiye"]},
        "CIV": {"name": "Côte d’Ivoire"},
        "GNB": {"name": "Guinea-Bissau"},
        "GIN": {"name": "Guinea"},
        "USA": {"name": "United States", "aliases": ["U.S."]},
        "CAN": {},
    }
    for code, columns in countries.items():
        make_country(code, **columns)
    make_country("ATL", name="Atlantis")
    event = make_event(*countries)
    Participation.objects.create(event=event, actor=make_actor("orascom"), role="actor")
    Participation.objects.create(event=event, actor=make_actor("baath", name="Ba'ath Party"), role="actor")


UNDERSTOOD = [
    ("North Korea reactor", ["PRK"], "reactor"),
    ("DPRK and Égypte", ["EGY", "PRK"], ""),
    ("Egypt, Turkey / Yemen", ["EGY", "TUR", "YEM"], ""),
    ("Egypt’s reactor", ["EGY"], "reactor"),
    ("the U.S. reactor", ["USA"], "the reactor"),
    ("us reactor", ["USA"], "reactor"),
    ("prk egy", ["EGY", "PRK"], ""),
    ("Does Egypt have relations with the DPRK?", ["EGY", "PRK"], ""),
    ("relations", [], "relations"),
    ("Guinea or Yemen", ["GIN", "YEM"], ""),
    ("reactor or Yemen", ["YEM"], "reactor or"),
    ("Orascom licence", ["orascom"], "licence"),
    ("baath party Sanaa", ["YEM", "baath"], ""),
    ("Ba‘ath Party in SANA'A", ["YEM", "baath"], ""),
    ("turkiye", ["TUR"], ""),
    ("TÜRKİYE", ["TUR"], ""),
    ("cote d'ivoire", ["CIV"], ""),
    ("Cote d Ivoire", ["CIV"], ""),
    ("côte d’ivoire", ["CIV"], ""),
    ("guinea bissau", ["GNB"], ""),
    ("Guinea–Bissau and Guinea", ["GIN", "GNB"], ""),
    ("North Yemen", ["YAR"], ""),
    ("North -Yemen", [], "north"),
    ('"North Korea" visit', [], '"north korea" visit'),
    ("-egypt visit", [], "visit"),
    ("Yemen-Egypt visit", [], "yemen-egypt visit"),
    ("Egyptian visit", ["EGY"], "visit"),
    ("Yemenis, Turkish and North Korean pilots", ["PRK", "TUR", "YEM"], ", and pilots"),
    ("the Korean pilots", [], "the Korean pilots"),
    ('the "Egyptian visit"', [], 'the "egyptian visit"'),
    ("what can Egypt build", ["EGY"], "what can build"),
    ("CAN and Egypt", ["CAN", "EGY"], ""),
    ("Atlantis", [], "Atlantis"),
    ("(.*", [], ""),
    ("of the", [], ""),
]


def test_names_in_a_query_are_understood(named: None) -> None:
    queries = [(query, read_query(query)) for query, *_ in UNDERSTOOD]
    assert [
        (query, sorted([*parsed.countries, *parsed.actors]), parsed.words) for query, parsed in queries
    ] == UNDERSTOOD


def test_a_name_after_a_minus_sign_is_excluded_and_or_asks_for_any_of_two(named: None) -> None:
    assert read_query("Guinea -Yemen visit").excluded == {"YEM": "Yemen"}
    assert read_query("Yemen -Yemen").excluded == {}
    assert read_query('"Yemen" can -Guinea').excluded == {"GIN": "Guinea"}
    assert [read_query(query).choices for query in ("Guinea or Yemen", "Guinea Yemen", "or Yemen")] == [
        [["GIN", "YEM"]],
        [["GIN"], ["YEM"]],
        [["YEM"]],
    ]
    assert read_query("Does Egypt have relations?").question_words == ("relations",)
    assert read_query("how sure is a reactor in Egypt").question_words == ("sure",)
    assert read_query("which countries visited Egypt").question_words == ("countries",)
    today = read_query("embassies of Egypt in the Middle East today?")
    assert (today.words.split(), today.question_words, today.is_of_today) == (
        ["embassies", "of", "in", "the"],
        ("middle", "east", "today"),
        True,
    )
    assert (read_query("Egypt middle").words, read_query("east Egypt").words) == ("middle", "east")
    assert (read_query("Middle East").words, read_query("Egypt embassies").is_of_today) == ("Middle East", False)
    assert (read_query("list of embassies").question_words, read_query("list").words) == (("list",), "list")
    assert (read_query("how many countries").question_words, read_query("how many countries").keywords) == (
        (),
        ("many", "countries"),
    )


def test_records_with_an_excluded_name_are_not_found(named: None) -> None:
    make_event("GIN", "PRK", slug="kept")
    make_event("GIN", "YEM", slug="left-out")
    for query, slugs in (("Guinea", {"kept", "left-out"}), ("Guinea -Yemen", {"kept"})):
        found = Entry.objects.for_query(Event, read_query(query)).filter(slug__in=("kept", "left-out"))
        assert set(found.values_list("slug", flat=True)) == slugs


def test_names_are_found_by_an_index(named: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for things, index, some in ((Country.objects, "country_names", ["EGY"]), (Actor.objects, "actor_names", [7])):
            for keys in (None, [], some):
                assert index in named_in(things.order_by(), Value("the Ba'ath in North Korea"), keys).explain(), index
        for things, index in ((Source.objects, "source_words"), (Passage.objects, "passage_words")):
            found = things.alias(found=things.model.described).filter(found=WordQuery("reactor")).order_by()
            assert index in found.explain(), index


def test_names_of_actors_are_words_where_actors_have_no_part(named: None) -> None:
    assert read_query("Orascom Egypt", actors=False).words == "orascom"


def test_reading_a_query_takes_three_queries(named: None, django_assert_num_queries: Any) -> None:
    read_query("Egypt")  # normalises names in other languages, once per process
    for query, count in (("Egypt reactor", 3), ("Egypt", 2), ("reactor of the", 3)):
        with django_assert_num_queries(count, info=query):
            read_query(query)


@pytest.mark.parametrize(
    ("query", "adjectives"),
    [
        ("French arms", {"french": ("FRA",)}),
        ("an Emirati firm, Dutchmen and the Swiss", {"dutchmen": ("NLD",), "emirati": ("ARE",), "swiss": ("CHE",)}),
        ("north-korean workers", {"north-korean": ("PRK",)}),
        ("Saudi Arabian, Saudis", {"saudi-arabian": ("SAU",), "saudis": ("SAU",), "saudi": ("SAU",)}),
        ("São Tomeans; Curacaoan", {"sao-tomeans": ("STP",), "curacaoan": ("CUW",)}),
        ("Congolese", {"congolese": ("COD", "COG")}),
        ("Korean", {}),
        ("a visit of the workers of France in 2017", {}),
        ("", {}),
    ],
)
def test_adjectives_in_a_query_are_those_of_a_closed_list(query: str, adjectives: dict[str, tuple[str, ...]]) -> None:
    assert adjectives_in(query) == adjectives


def test_every_adjective_is_of_a_country_that_the_register_begins_with() -> None:
    countries = {row.key[0] for row in read_fixtures(REFERENCE).rows if row.model is Country}
    assert {code for codes in countries_by_adjective().values() for code in codes} - countries == set()
    assert [form for form, codes in countries_by_adjective().items() if len(codes) > 1] == [
        "congolese",
        "congoleses",
        "dominican",
        "dominicans",
    ]


def test_an_adjective_of_several_countries_stands_for_any_of_them(named: None) -> None:
    assert read_query("Congolese dam").words == "Congolese dam"  # not the name of a public country
    make_event("COD", "EGY", slug="first")
    assert read_query("Congolese dam").choices == [["COD"]]
    make_event("COG", "PRK", slug="second")
    parsed = read_query("Congolese and Egyptian dams")
    assert (parsed.ambiguous, parsed.words) == ({"congolese": ["COD", "COG"]}, "and dams")
    assert sorted(map(sorted, parsed.choices)) == [["COD", "COG"], ["EGY"]]
    assert read_query("Congolese or COD").ambiguous == {}  # the code decides between them
    assert read_query('"Congolese" Egypt').countries == {"EGY": "Egypt"}


# Names in other languages


@pytest.mark.parametrize(
    ("query", "names", "words", "told"),
    [
        ("Nordkorea Raketen", ["PRK"], "raketen", {"Nordkorea": "North Korea"}),
        ("كوريا الشمالية ومصر", ["EGY", "PRK"], "", {"مصر": "Egypt", "كوريا الشمالية": "North Korea"}),
        ("مصر وزير", ["EGY"], "وزير", {"مصر": "Egypt"}),  # “minister” begins with the letter for “and”
        ("علاقات لليمن", ["YEM"], "علاقات", {"اليمن": "Yemen"}),  # “to” and “the” in one prefix
        ("وبمصر", ["EGY"], "", {"مصر": "Egypt"}),  # and in Egypt
        ("لكوريا الشمالية", ["PRK"], "", {"كوريا الشمالية": "North Korea"}),
        ("للنقل", [], "للنقل", {}),  # to a transport
        ("coree du nord", ["PRK"], "", {"Corée du Nord": "North Korea"}),
        ("북한", ["PRK"], "", {"북한": "North Korea"}),
        ("조선", ["PRK"], "", {"조선": "North Korea"}),
        ("북조선", ["PRK"], "", {"북조선": "North Korea"}),
        ("Ägypten", ["EGY"], "", {"Ägypten": "Egypt"}),
        ("مصر و كوريا الشمالية", ["EGY", "PRK"], "و", {"كوريا الشمالية": "North Korea", "مصر": "Egypt"}),
        ("Corea del Norte y Yemen", ["PRK", "YEM"], "y", {"Corea del Norte": "North Korea"}),
        ("Yémen du Nord", ["YAR"], "", {"Yémen du Nord": "North Yemen"}),
        ("DVRK", ["PRK"], "", {"DVRK": "North Korea"}),
        ("埃及朝鲜关系", ["EGY", "PRK"], "", {"埃及": "Egypt", "朝鲜": "North Korea"}),
        ("朝鮮とエジプト1973", ["EGY", "PRK"], "1973", {"エジプト": "Egypt", "朝鮮": "North Korea"}),
        ("北朝鮮の大使館", ["PRK"], "大使館", {"北朝鮮": "North Korea"}),  # not Korea
        ("大使館の料理", [], "大使館の料理", {}),
        ("북한과 이집트의", ["EGY", "PRK"], "", {"북한": "North Korea", "이집트": "Egypt"}),
        ("이집트인", [], "이집트인", {}),  # “Egyptian” is not a name with a particle
        ("Guinée-Bissau", ["GNB"], "", {"Guinée-Bissau": "Guinea-Bissau"}),
        ("Egypt", ["EGY"], "", {}),  # also its name in Czech
        ("Deutschland Egypt", ["EGY"], "deutschland", {}),  # without public records
        ('"Nordkorea" Egypt', ["EGY"], '"nordkorea"', {}),
    ],
)
def test_names_in_other_languages_are_recognised_and_shown(
    named: None, query: str, names: list[str], words: str, told: dict[str, str]
) -> None:
    parsed = read_query(query)

    assert (sorted(parsed.countries), parsed.words, parsed.foreign) == (names, words, told)


def test_a_foreign_name_is_excluded_after_a_minus_sign(named: None) -> None:
    assert read_query("Egypt -Nordkorea").excluded == {"PRK": "North Korea"}


def test_a_short_foreign_name_is_one_only_as_it_is_written(named: None) -> None:
    make_event("ARE", "EGY", slug="emirates")
    assert list(read_query("VAE Botschaft").countries) == ["ARE"]
    assert list(read_query("vae Botschaft").countries) == []
    # SAD and DAY mean the United States in Croatian and Kurdish, but are English words.
    assert list(read_query("WHAT A SAD DAY IN EGYPT").countries) == ["EGY"]
    assert list(read_query("dvrk Botschaft").countries) == ["PRK"]  # only names of three letters must be in capitals


def test_the_longest_foreign_name_is_read_as_a_whole() -> None:
    longest = max(by_words(), key=lambda words: words.count(" "))
    assert longest in foreign_names_in(longest, longest)


def test_a_name_that_several_languages_give_to_different_countries_stands_for_any_of_them(named: None) -> None:
    make_event("COD", "EGY", slug="first")
    make_event("COG", "PRK", slug="second")
    parsed = read_query("Kongo")
    assert (parsed.choices, parsed.foreign) == ([["COD", "COG"]], {"Kongo": "Country COD or Country COG"})


def test_a_name_that_a_thing_has_here_is_no_foreign_one(named: None) -> None:
    make_actor("misir", name="Misir")
    make_event("EGY", "PRK", slug="by-misir").participations.create(actor=Actor.objects.get(slug="misir"), role="host")
    parsed = read_query("Misir")  # Egypt in Azerbaijani
    assert (list(parsed.countries), list(parsed.actors), parsed.foreign) == ([], ["misir"], {})


def test_a_name_of_its_own_is_not_cut(named: None) -> None:
    make_actor("party", name="朝鮮労働党")
    make_event("EGY", slug="party").participations.create(actor=Actor.objects.get(slug="party"), role="host")
    parsed = read_query("朝鮮労働党")
    assert (list(parsed.countries), list(parsed.actors), parsed.words) == ([], ["party"], "")
    assert list(read_query("朝鮮労働党の").countries) == ["PRK"]


def test_a_name_of_several_things_stands_for_any_of_them_and_is_not_guessed(named: None) -> None:
    for code in ("PRK", "YAR"):
        Country.objects.filter(code=code).update(aliases=["The North"])
    parsed = read_query("the north visit")
    assert (parsed.choices, parsed.words) == ([["PRK", "YAR"]], "visit")


def test_every_foreign_name_is_of_a_country_that_the_register_begins_with() -> None:
    countries = {row.key[0] for row in read_fixtures(REFERENCE).rows if row.model is Country}
    assert {code for name in by_words().values() for code in name.codes} - countries == set()
    assert {words: name.codes for words, name in by_words().items() if len(name.codes) > 1 and words.isascii()} == {
        "kongo": ("COD", "COG")
    }


def test_what_means_something_else_in_english_is_no_foreign_name() -> None:
    others = {"island", "grenade", "man", "maurice", "mauricio", "brasilia", "tunis", "uman", "day", "sad"}
    assert others & by_words().keys() == set()
    assert {"islande", "brasilien", "tunisie"} - by_words().keys() == set()


# Days


def test_what_happens_begins_or_ends_within_days_is_found_and_what_may_if_known_to_a_year(named: None) -> None:
    dates = {"day": "1973-10-06", "year": "1973", "decade": "197X", "later": "1956/..", "before": "1973-09-30"}
    for slug, happened_on in dates.items():
        make_event("EGY", "PRK", slug=slug, happened_on=happened_on)
    for query, slugs in (
        ("Egypt October 1973", {"day", "year"}),
        ("Egypt in the 1970s", {"day", "year", "decade", "before"}),
        ("Egypt before October 1973", {"year", "before"}),
        ("October 1973", {"day", "year"}),
        ("Egypt since 1980", set()),
    ):
        found = Entry.objects.for_query(Event, read_query(query))
        assert set(found.values_list("slug", flat=True)) == slugs, query
    make_mission("EGY", "PRK", slug="ended", opened_on="1963", closed_on="1973-10-20")
    make_mission("EGY", "PRK", slug="vague", opened_on="1963", closed_on="[1971,1975]", kind="consulate")
    for query, slugs in (("October 1973", {"ended"}), ("between 1970 and 1976", {"ended", "vague"})):
        found = Entry.objects.for_query(Mission, read_query(query))
        assert set(found.values_list("slug", flat=True)) == slugs, query


def test_where_nothing_is_dated_so_words_come_before_days(named: None) -> None:
    make_event("EGY", "PRK", slug="dam", title="A dam", happened_on="1980")
    make_event("EGY", "PRK", slug="talks", title="Talks", happened_on="1973-10")

    def settled(query: str) -> ParsedQuery:
        return read_query(query).settled(lambda parsed: Entry.objects.for_query(Event, parsed).exists())

    dam = settled("Egypt dam October 1973")
    assert (dam.undated, dam.days, dam.words, dam.missing) == (read_query("October 1973").days, None, "dam", "")
    talks = settled("Egypt airport October 1973")
    assert (talks.undated, talks.days, talks.words) == (None, read_query("October 1973").days, "")
    assert talks.missing == "airport"
    nothing = settled("October 1999")
    assert (nothing.days, nothing.undated) == (read_query("October 1999").days, None)


def test_what_may_be_of_the_days_comes_before_what_is_of_any_time(client: Client) -> None:
    make_transfer("PRK", "IRN", slug="since-about-1980", designation="Rifles", ordered_on="1980~/..")
    make_transfer("PRK", "IRN", slug="by-2009", designation="Rifles", ordered_on="../2009")
    make_transfer("PRK", "IRN", slug="of-1995", designation="Rifles", ordered_on="1995")
    make_mission("PRK", "IRN", slug="embassy", opened_on="1975", closed_on="1999")
    answers = {
        "rifles Iran in the 1980s": (["since-about-1980"], True, None),
        "rifles Iran in 1995": (["of-1995"], False, None),
        "embassy Iran June 1988": (["embassy"], True, None),
        "embassy Iran June 1974": (["embassy"], False, days_in("June 1974")[1]),
    }
    told = "these lasted then or may lie in that time."
    for query, answer in answers.items():
        page = client.get("/search/", {"q": query})
        read = page.context["understood"]
        found = sorted(record.slug for group in page.context["groups"] for record in group.records)
        assert (found, read.is_vague, read.undated) == answer, query
        assert (told in page.content.decode()) == read.is_vague, query


# Words that say the same


def test_a_word_of_the_field_brings_others_that_say_the_same_and_itself_never() -> None:
    assert synonyms_of(("Severed", "dam")) == {"Severed": ("broke", "cut")}
    assert synonyms_of(("missiles",)) == {"missiles": ("rockets", "Scud")}
    assert "missiles" in synonyms_of(("weapons",))["weapons"]
    assert synonyms_of(("dam", "reactor of")) == {}
    assert "shipment" in synonyms_of(("delivered",))["delivered"]


def test_no_word_of_a_question_stands_twice_in_the_thesaurus() -> None:
    words = [word for asked, _ in SYNONYMS for word in asked.split()]
    assert [word for word in words if words.count(word) > 1] == []
    assert set(synonyms_by_word()) == set(words)


def found_by(client: Client, query: str) -> list[str]:
    """The slugs of the events on the search page, in order."""
    page = client.get("/search/", {"q": query}).content.decode()
    return re.findall(r'href="/events/([\w-]+)/">', page.partition("<h2>Events")[2].partition("</section>")[0])


def test_synonyms_are_found_after_the_word_itself_and_shown(client: Client) -> None:
    make_event(slug="a-shipment", title="Rockets are supplied", happened_on="1980")
    make_event(slug="b-sale", title="Missiles are sold", happened_on="1990")
    make_event(slug="c-talks", title="Talks on grain", happened_on="1970")
    assert found_by(client, "who sold missiles") == ["b-sale", "a-shipment"]
    assert found_by(client, "rockets") == ["a-shipment", "b-sale"]
    assert found_by(client, '"missiles"') == ["b-sale"]
    told = client.get("/search/", {"q": "missiles"}).content.decode()
    assert "Also looked for: rockets, Scud." in told
    assert "In quotation marks a word is looked for alone." in told
    assert "<mark>Rockets</mark>" in told
    assert "Also looked for" not in client.get("/search/", {"q": "grain"}).content.decode()
    listed = client.get("/events/", {"q": "missiles"})
    assert sorted(event.slug for event in listed.context["rows"]) == ["a-shipment", "b-sale"]
    assert "Also looked for: rockets, Scud." in listed.content.decode()


def test_of_many_words_none_brings_others() -> None:
    words = ["missile", "tank", "soldier", "treaty", "visit"]
    assert len(words) == MOST_WIDENED + 1
    assert read_query(" ".join(words)).synonyms == {}
    assert list(read_query(" ".join(words[:-1])).synonyms) == words[:-1]


def test_a_query_is_weakened_in_steps() -> None:
    parsed = ParsedQuery(countries={"EGY": "Egypt"}, words="the dam the loan", keywords=("dam", "loan", "visit"))
    assert [(each.choices_of_words, each.weakness) for each in parsed.weaker()] == [
        (["dam loan", "dam visit", "loan visit"], (1, False, False, False, False)),
        (["dam", "loan", "visit"], (2, False, False, False, False)),
        ([""], (0, True, False, False, False)),
    ]
    assert [each.has_all for each in (parsed, *parsed.weaker())] == [True, False, False, False]
    assert list(ParsedQuery(words="dam", keywords=("dam",)).weaker()) == []
    _, days = days_in("October 1973")
    dated = ParsedQuery(countries={"EGY": "Egypt"}, words="dam loan", keywords=("dam", "loan"), days=days)
    assert [(each.days, each.weakness) for each in dated.weaker()] == [
        (days, (0, False, False, True, False)),
        (None, (0, False, False, False, True)),
        (days, (1, False, False, False, False)),
        (days, (0, True, False, False, False)),
        (None, (1, False, False, False, True)),
        (None, (0, True, False, False, True)),
    ]
    both = ParsedQuery(countries={"EGY": "Egypt", "SYR": "Syria"}, words="dam loan", keywords=("dam", "loan"))
    assert [(len(each.choices), each.weakness) for each in both.weaker()] == [
        (2, (1, False, False, False, False)),
        (1, (0, False, True, False, False)),
        (2, (0, True, False, False, False)),
        (1, (1, False, True, False, False)),
        (1, (0, True, True, False, False)),
    ]


@pytest.mark.parametrize(
    ("query", "keywords"),
    [
        ("how many dams were built", ("dams", "built")),
        ("dam or loan", ()),
        ("dam -loan", ()),
        ('"dam loan" visit', ()),
        ("a b c d e f g h", ("b", "c", "d", "e", "f", "g", "h")),
        ("one two six ten red blue pink grey brown", ()),
    ],
)
def test_of_a_plain_query_the_words_are_known_that_are_looked_for(query: str, keywords: tuple) -> None:
    assert read_query(query).keywords == keywords


# Words that are in everything


TOO_COMMON = {
    "the": ("the",),
    "of the": ("of", "the"),
    "-the of-the OR": ("the", "of", "or"),
    '"and the"': ("and", "the"),
    "the reactor": (),
    "Egypt and the": (),
    "?!": (),
}


def test_words_too_common_to_look_for_are_named(client: Client, named: None) -> None:
    assert {query: read_query(query).too_common for query in TOO_COMMON} == TOO_COMMON
    for (query, words), path in product(TOO_COMMON.items(), ["/events/", "/search/"]):
        page = client.get(path, {"q": query}).content.decode()
        told = "Too common to look for: " + ", ".join(f"<q>{word}</q>" for word in words)
        assert (told in page) is bool(words), (query, path)
        nothing = f"No published record answers to <q>{query}</q>." if path == "/search/" else "Nothing public answers"
        assert (nothing in page) is (query in ("the reactor", "?!")), (query, path)


def test_common_words_beside_a_name_are_left_out(client: Client, named: None) -> None:
    make_event("IRQ", slug="elsewhere")

    for query in ("Egypt", "Egypt and the", "Egypt, Turkey", "the event"):
        rows = client.get("/events/", {"q": query}).context["rows"]
        assert [row.slug for row in rows] != [], query
        assert ("elsewhere" in [row.slug for row in rows]) is (query == "the event")


# The states before one that is named


def make_yemens() -> None:
    """Yemen and its predecessors, each with an event in the year of its beginning."""
    for code, name, began, ended in (
        ("YKI", "Kingdom of Yemen", "1918", "1962-09-27"),
        ("YAR", "North Yemen", "1962-09-27", "1990-05-22"),
        ("YMD", "South Yemen", "1967-11-30", "1990-05-22"),
        ("YEM", "Yemen", "1990-05-22", ""),
    ):
        make_country(code, name=name)
        make_lifespan(code, began, ended)
        make_event(code, "PRK", slug=f"of-{code.lower()}", happened_on=began[:4])
    for before, after in (("YKI", "YAR"), ("YAR", "YEM"), ("YMD", "YEM")):
        Succession.objects.create(predecessor_id=before, successor_id=after)


def test_a_state_stands_for_its_predecessors_in_the_days_of_the_query():
    make_yemens()
    choices = {
        "Yemen": ["YEM"],
        "Yemen 1988": ["YEM", "YAR", "YMD"],
        "Yemen in the 1980s": ["YEM", "YAR", "YMD"],
        "Yemen since 1985": ["YEM", "YAR", "YMD"],
        "Yemen before 1967": ["YEM", "YAR", "YKI"],
        "Yemen 1950": ["YEM", "YKI"],
        "Yemen 1962": ["YEM", "YAR", "YKI"],
        "Yemen 1990": ["YEM", "YAR", "YMD"],
        "Yemen 1991": ["YEM"],
        "Yemen 1850": ["YEM"],
        "Yemen 3000 rifles": ["YEM"],
        "North Yemen 1988": ["YAR"],
    }
    queries = {query: read_query(query) for query in choices}
    assert {query: parsed.choices for query, parsed in queries.items()} == {
        query: [codes] for query, codes in choices.items()
    }
    assert queries["Yemen 1990"].earlier == {"Yemen": ["North Yemen", "South Yemen"]}
    assert queries["Yemen 1991"].earlier == {}


def test_a_predecessor_that_is_named_itself_is_required_besides_its_successor():
    make_yemens()
    assert read_query("Yemen and North Yemen 1988").choices == [["YEM", "YMD"], ["YAR"]]


def test_what_no_record_names_did_not_stand_before():
    make_yemens()
    Event.objects.filter(slug="of-ymd").update(state="draft")
    assert read_query("Yemen 1988").countries == {"YEM": "Yemen", "YAR": "North Yemen"}


def test_a_page_says_which_states_stood_before(client):
    make_yemens()
    page = client.get("/search/", {"q": "North Korea and Yemen 1967"})
    assert (
        "Before Yemen stood, in that time, North Yemen and South Yemen; any of them answers." in page.content.decode()
    )
    assert [record.slug for group in page.context["groups"] for record in group.records] == ["of-ymd"]


def test_a_state_that_no_record_names_stands_for_those_before_it(client):
    make_country("SUN", name="Soviet Union")
    make_country("RUS", name="Russia", aliases=["Russian Federation"])
    make_lifespan("SUN", "1922-12-30", "1991-12-26")
    make_event("SUN", "PRK", slug="of-sun", happened_on="1950")
    Succession.objects.create(predecessor_id="SUN", successor_id="RUS")
    soviet = {"SUN": "Soviet Union"}
    stood = {"Russia": ["Soviet Union"]}
    readings = {
        "Russia": (soviet, stood, ""),
        "Russia 1950": (soviet, stood, "1950"),
        "Russian Federation in the 1950s": (soviet, stood, ""),
        "Russian aid": (soviet, stood, "aid"),
        "Russland": (soviet, stood, ""),
        "Soviet Union": (soviet, {}, ""),
        "Russia 2010": ({}, {}, "Russia 2010"),
        "Russia since 2010": ({}, {}, "Russia"),
        '"Russia" 1950': ({}, {}, '"russia" 1950'),
        "-Russia": ({}, {}, ""),
    }
    read = {query: read_query(query) for query in readings}
    assert {query: (each.countries, each.absent, each.words) for query, each in read.items()} == readings
    assert read["-Russia"].excluded == soviet
    page = client.get("/search/", {"q": "Russia 1950"})
    assert "No record names Russia; Soviet Union stood before it." in page.content.decode()
    assert [record.slug for group in page.context["groups"] for record in group.records] == ["of-sun"]
    make_country("ZZA", name="Freedonia")
    Succession.objects.create(predecessor_id="SUN", successor_id="ZZA")
    assert read_query("Freedonia 1950").words == "Freedonia 1950"  # known only at the desk
    make_event("RUS", "PRK", slug="of-rus", happened_on="2000")
    assert (read_query("Russia").countries, read_query("Russia").absent) == ({"RUS": "Russia"}, {})
    assert read_query("Russia 1950").earlier == stood
