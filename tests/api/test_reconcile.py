"""The reconciliation service: names and codes from other data find countries and actors, with scores."""

import json
from urllib.parse import urlencode

import pytest

from tests.factories import make_actor, make_country, make_event

pytestmark = pytest.mark.django_db
PATH = "/api/v1/reconcile/"


@pytest.fixture(autouse=True)
def register():
    """The two Koreas and their predecessor, Egypt and an Egyptian company, and a country without records."""
    for code, name, official, numbers in (
        ("KOR", "South Korea", "Republic of Korea", [("cow", "732", 1949, None), ("iso2", "KR", None, None)]),
        ("PRK", "North Korea", "Democratic People's Republic of Korea", [("cow", "731", 1948, None)]),
        ("XKR", "Korea (1887–1905)", "", [("cow", "730", 1887, 1905), ("gw", "730", 1887, 1910)]),
        ("EGY", "Egypt", "Arab Republic of Egypt", [("cow", "651", 1937, None)]),
        ("XNO", "Nowhere", "", [("cow", "999", None, None)]),
    ):
        country = make_country(code, name=name, official_name=official)
        for scheme, value, first, last in numbers:
            country.codes.create(scheme=scheme, value=value, valid_from=first, valid_until=last)
    event = make_event("KOR", "PRK", "XKR", "EGY")
    event.participations.create(actor=make_actor("orascom", aliases=["OTMT"], country=make_country("EGY")), role="host")
    make_actor("hidden")


def asked(client, **queries):
    response = client.post(PATH, {"queries": json.dumps(queries)})
    assert response.status_code == 200, response.content
    got = client.get(f"{PATH}?{urlencode({'queries': json.dumps(queries)})}")
    assert got.json() == response.json()
    return {name: answer["result"] for name, answer in response.json().items()}


@pytest.mark.parametrize(
    ("words", "best", "is_match"),
    [
        ("South Korea", "countries/KOR", True),
        ("Rep. of Korea", "countries/KOR", True),
        ("republic of korea", "countries/KOR", True),
        ("Korea, Republic of", "countries/KOR", True),
        ("Egupt", "countries/EGY", False),
        ("EGY", "countries/EGY", True),
        ("KR", "countries/KOR", True),
        ("732", "countries/KOR", True),
        ("Orascom", "actors/orascom", True),
        ("otmt", "actors/orascom", True),
        ("Nordkorea", "countries/PRK", True),
        ("Corée du Sud", "countries/KOR", True),
        ("مصر", "countries/EGY", True),
    ],
)
def test_name_or_code_finds_what_is_meant(client, words, best, is_match):
    (first, *_) = asked(client, q={"query": words})["q"]
    assert (first["id"], first["match"]) == (best, is_match)


def test_number_of_a_year_is_that_of_the_state_of_then(client):
    of_1907 = {"pid": "year", "v": 1900}
    told = asked(
        client,
        then={"query": "730", "type": "country", "properties": [of_1907]},
        now={"query": "730", "type": "country"},
        gw={"query": "", "properties": [{"pid": "gw", "v": "730"}, {"pid": "year", "v": "1907"}]},
        cow={"query": "", "properties": [{"pid": "cow", "v": "730"}, {"pid": "year", "v": "1907"}]},
    )
    assert [(answers[0]["id"], answers[0]["score"], answers[0]["match"]) for answers in told.values()] == [
        ("countries/XKR", 100.0, True),
        ("countries/XKR", 60.0, False),
        ("countries/XKR", 100.0, True),
        ("countries/XKR", 60.0, False),
    ]


def test_name_of_several_is_no_match_and_the_best_comes_first(client):
    found = asked(client, q={"query": "Korea", "limit": 2})["q"]
    assert (len(found), {each["match"] for each in found}) == (2, {False})
    scores = [each["score"] for each in asked(client, q={"query": "Korea"})["q"]]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] >= 40


def test_type_narrows_and_nothing_that_is_not_public_is_found(client):
    told = asked(
        client,
        a={"query": "Egypt", "type": "actor"},
        b={"query": "Nowhere", "limit": 1, "type": "actor"},
        c={"query": "999"},
        d={"query": "hidden"},
        e={"query": ""},
    )
    assert told == {name: [] for name in "abcde"}
    assert "countries/XNO" not in {each["id"] for each in asked(client, q={"query": "Nowhere"})["q"]}


def test_service_says_what_it_is(client):
    told = client.get(PATH).json()
    assert (told["versions"], told["identifierSpace"]) == (["0.2"], "http://testserver/")
    assert told["view"]["url"] == "http://testserver/{{id}}/"
    assert client.get("/countries/KOR/").status_code == 200


@pytest.mark.parametrize(
    ("queries", "reason"),
    [
        ("no JSON", "an object in JSON"),
        ("[]", "an object in JSON"),
        ("[" * 5000, "an object in JSON"),
        ('{"q": 1}', "is no query"),
        ('{"q": {"query": 1}}', "is no query"),
        ('{"q": {"query": "x", "type": "planet"}}', "type is one of country, actor"),
        ('{"q": {"query": "x", "limit": 0}}', "limit is a whole number from 1"),
        ('{"q": {"query": "x", "limit": true}}', "limit is a whole number from 1"),
        ('{"q": {"query": "x", "properties": {}}}', "properties is a list"),
        ('{"q": {"query": "x", "properties": [{"pid": "year", "v": "soon"}]}}', "is no year"),
        (json.dumps({str(number): {"query": "x"} for number in range(51)}), "51 at once are too many"),
    ],
)
def test_query_that_makes_no_sense_is_refused(client, queries, reason):
    response = client.post(PATH, {"queries": queries})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert reason in response.json()["detail"]
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("character", ["\0", "\ud800", "\udfff\ud800"])
def test_characters_that_postgresql_refuses_are_ignored(client, character):
    (found, *_) = asked(client, q={"query": f"{character}Egy{character}pt"})["q"]
    assert (found["id"], found["score"]) == ("countries/EGY", 100.0)


def test_what_is_not_known_in_a_query_narrows_nothing(client):
    (found, *_) = asked(
        client, q={"query": "Egypt", "properties": [{"pid": "colour", "v": "red"}, 1], "type_strict": "any"}
    )["q"]
    assert found["id"] == "countries/EGY"
