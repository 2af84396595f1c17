"""The SQL functions that normalise spelling and split words, the same for stored texts and queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.database import value_of
from tests.factories import (
    make_event,
    make_mission,
    make_observation,
    make_period,
    make_transfer,
)

pytestmark = pytest.mark.django_db


# fold(): one spelling


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Türkiye", "turkiye"),
        ("İSTANBUL ısı", "istanbul isi"),
        ("Łódź, Đặng, Þór, Søren, Œuvre, Ægir, Straße, ẞ, ŋ", "lodz, dang, thor, soren, oeuvre, aegir, strasse, ss, n"),
        ("“Nodong‑1” – «Hwasŏng»", '"nodong-1" - "hwasong"'),
        ("ﬁ ½ Ⅳ １９７９", "fi 1⁄2 iv 1979"),
        ("ce\u00adment \u200bof \ufeffSyria\u200f", "cement of syria"),
        ("Йод и Ёж", "иод и еж"),
        ("Αθήνας ΑΘΗΝΑΣ", "αθηνασ αθηνασ"),
        ("مُحَمَّد إلى الىٰ القاهرة ١٩٧٣ ۱۹۷۳", "محمد الي الي القاهره 1973 1973"),
        ("대표단이", "대표단이"),
        # Apostrophes, and the letters that stand for ayin and hamza
        ("Sana'a Sana’a Sanaʿa Sanaʾa Sanaʻa Sana`a Sana´a Sanaʹa Sanaʕa Sana＇a", " ".join(["sanaa"] * 10)),
        ("ᶜAden ‘Abd ʿUmar", "aden abd umar"),
        ("the 'Great' Leader", "the great leader"),
        ("Côte d’Ivoire, l'Égypte, chargé d'affaires", "cote d ivoire, l egypte, charge d affaires"),
        ("Nasser’s, Abbas's, the workers', UK's, the 1990's", "nasser, abbas, the workers, uk, the 1990s"),
        ("Ra's al-Khaimah", "ras al-khaimah"),
        # Marks within a word
        ("The U.S., the D.P.R.K.'s U.S.-led e.g. U.S.Navy in U.S", "the us, the dprk us-led eg us.navy in us"),
        ("T-55.A, No.5, news.kp, A. B.", "t-55.a, no.5, news.kp, a. b."),
        ("30,000 of 1,000,000; 1973,1974; 1,5; 12,3456", "30000 of 1000000; 1973,1974; 1,5; 12,3456"),
        ("", ""),
    ],
)
def test_fold_gives_one_spelling(text: str, folded: str) -> None:
    assert value_of("SELECT public.fold(%s)", text) == folded
    # With the collation "C", only ASCII letters are folded.
    assert value_of('SELECT public.fold(%s COLLATE "C")', text) == folded
    assert value_of("SELECT public.fold(public.fold(%s))", text) == folded


# words(): where a word ends


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Talks on a long loan, 1973–1976", "talks on a long loan 1973 1976"),
        ("instructors/mechanics and/or 1979/80", "instructors mechanics and or 1979 80"),
        ("R-17, BM-21 and Mi-8; R17, MiG21", "r 17 bm 21 and mi 8 r 17 mig 21"),
        ("thirty MiG-21s of the 1990s, the 5th T-55.A", "thirty mig 21 of the 1990 the 5th t 55 a"),
        ("U.N. news.kp, a@b.com, https://x.org/a_b?c=d, v1.2.3", "un news kp a b com https x org a b c d v 1 2 3"),
        ("<b>Ba'ath</b> &amp; -5 +7", "b baath b amp 5 7"),
        ("Sanaʿa…Marib → «Aden»·Mocha × 5", "sanaa marib aden mocha 5"),
        ("زيارة، وفد؟ नमस्ते। 平壌、東京・大阪。", "زياره وفد नमस्ते 平壌 東京 大阪"),
        ("  (…) \n —", ""),
    ],
)
def test_words_are_letters_and_digits_between_anything_else(text: str, words: str) -> None:
    assert value_of("SELECT public.words(%s)", text) == words
    assert value_of('SELECT public.words(%s COLLATE "C")', text) == words


# sought(): what a query finds

FINDS = "SELECT to_tsvector('english', public.words(%s)) @@ public.sought(%s)"


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("Talks on a long loan, 1973–1976", ["1973", "1976", "1973-1976", "1973–1976", '"1973 1976"', "loan 1976"]),
        ("Instructors/mechanics reached it", ["instructor", "mechanics", "instructors/mechanics", "reached mechanic"]),
        (
            "The BM-21 beside the R-17 and Mi-8",
            ["21", "17", "8", "R-17", "r17", "R 17", "R–17", "17 R", '"R 17"', "Mi8"],
        ),
        ("Thirty MiG-21s in the 1990s", ["21", "MiG-21", "MiG-21s", "mig21", "1990s", "1990's", "1990"]),
        ("The type-21 frigate, T-55.A, No.5", ["21", "type-21", "T-55", "55", "55.A", "5", "No.5"]),
        ("A loan for the ce\u00adment works", ["cement"]),
        ("To Sanaʿa, then to Maʿrib", ["Sanaa", "Marib", "sana'a", "Ma‘rib", "ma`rib"]),
        ("Sanaa and Marib", ["Sanaʿa", "sana'a", "Maʾrib"]),
        ("The Ba'ath and the Qur'an", ["baath", "Quran", "Qurʾān", '"Ba’ath and the Quran"']),
        ("Nasser's visit, Abbas's and the workers' demands", ["nasser", "Nasser’s", "abbas", "workers"]),
        ("Nasser and Abbas", ["nasser's", "Abbas’s"]),
        ("Ra's al-Khaimah", ["ras al khaimah", "Ra’s al-Khaimah", "khaimah"]),
        ("The chargé d’affaires", ["charge", "affaires", "chargé d'affaires", "charge d affaires"]),
        ("The U.N. office and news.kp report it to the U.S.", ["UN", "U.N.", "news.kp", "news", "kp", "us", "U.S"]),
        ("30,000 rifles", ["30000", "30,000", "rifle"]),
        ("Write to press@mission.kp", ["press@mission.kp", "mission", "press"]),
        ("대표단이 다마스쿠스를 방문하였다", ["대표단이", "방문하였다"]),
        ("وصل الوفد إلى القاهرة", ["القاهره", "الى"]),
    ],
)
def test_query_finds(text: str, queries: list[str]) -> None:
    assert [query for query in queries if not value_of(FINDS, text, query)] == []


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("Talks of 1973 to 1976", ["1973-1976", "-1976 talks", "197", "-talks"]),
        ("The R-17 launcher of 1955", ["R-55", '"17 R"', "-17", "R-17 -launcher", '-"R 17"', "-r17", "-R-17"]),
        ("The Ba'ath party", ["ath", "-baath party"]),
        ("Visit of Sadat", ["visit -sadat", "tour or -visit", '"visit sadat"', "the", "of", "or", "?!"]),
        ("Thirty MiG-21s", ["MiG-2", "210"]),
    ],
)
def test_query_does_not_find(text: str, queries: list[str]) -> None:
    assert [query for query in queries if value_of(FINDS, text, query)] == []


@pytest.mark.parametrize(
    ("query", "sought"),
    [
        ("tanks launchers", "'tank' & 'launcher'"),
        ("tanks OR launchers", "'tank' | 'launcher'"),
        ("tanks -launchers", "'tank' & !'launcher'"),
        ("tanks - launchers", "'tank' & 'launcher'"),
        ('tanks -"rocket launchers"', "'tank' & !( 'rocket' <-> 'launcher' )"),
        ('"tanks or launchers', "'tank' <2> 'launcher'"),
        ("R-17 tanks", "'r' <-> '17' & 'tank'"),
        ("-R-17", "!( 'r' <-> '17' )"),
        ("and/or", ""),
        ('"" - -- (', ""),
        ("or", ""),
    ],
)
def test_operators_keep_their_meaning(query: str, sought: str) -> None:
    assert value_of("SELECT public.sought(%s)::text", query) == sought


# Of two letters or more: a dot between single ones stands within a word (U.S.), as an apostrophe does (Qur'an).
WORD = st.text(st.characters(categories=["L", "Nd"]), min_size=2, max_size=8) | st.sampled_from(
    [
        "1976",
        "17",
        "30",
        "000",
        "the",
        "or",
        "not",
        "1e5",
        "21s",
        "R17",
        "55A",
        "ß",
        "Qurʾān",
        "Sana'a",
        "d’Ivoire",
        "Ra's",
        "Un's",
        "İz",
        "대표단",
    ]
)
SEPARATOR = st.sampled_from(
    [*" -–—/\\.:;@_&+<>|()=#%*~…«»·،؟।。・→", " - ", ", ", ". ", " / ", "\n", "…", "//", "://", "--", " -"]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.tuples(WORD, SEPARATOR), min_size=1, max_size=6))
@example(parts=[("1973", "–"), ("1976", "")])
@example(parts=[("http", "://"), ("news", "."), ("kp", "/"), ("index", "."), ("html", "")])
@example(parts=[("press", "@"), ("mission", "."), ("kp", "")])
def test_every_word_between_separators_is_found_by_itself(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + separator for word, separator in parts)
    missed = """
        SELECT array_agg(word) FROM unnest(%s::text[]) AS word
        WHERE numnode(public.sought(word)) > 0
        AND NOT to_tsvector('english', public.words(%s)) @@ public.sought(word)
    """

    assert value_of(missed, [word for word, _ in parts], text) is None


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text("abor17 \"-–'’.,/&|!():*<>\\\néʿ대", max_size=20))
def test_no_query_is_an_error(query: str) -> None:
    assert value_of("SELECT public.sought(%s) IS NOT NULL AND public.words(%s) IS NOT NULL", query, query) is True


# The same in every list

RECORDS: dict[str, Callable[..., Any]] = {
    "events": lambda text: make_event("PRK", "EGY", slug="found", title=text),
    "periods": lambda text: make_period("position", "favours", slug="found", subject=text),
    "missions": lambda text: make_mission("PRK", "EGY", slug="found", city=text),
    "arms-transfers": lambda text: make_transfer("PRK", "EGY", slug="found", designation=text),
    "observations": lambda text: make_observation("PRK", "EGY", slug="found", subject=text),
}


@pytest.mark.parametrize("collection", RECORDS)
def test_every_list_of_records_is_searched_in_one_way(client: Client, collection: str) -> None:
    RECORDS[collection]("R-17 to Maʿrib, 1973–1976")

    for query, is_found in (("marib", True), ("Maʾrib 17", True), ("1976", True), ("R-18", False)):
        rows = client.get(f"/{collection}/", {"q": query}).context["rows"]
        assert [row.slug for row in rows] == ["found"] * is_found, query
        groups = client.get("/search/", {"q": query}).context["groups"]
        assert [group.all.partition("?")[0] for group in groups] == [f"/{collection}/"] * is_found, query
