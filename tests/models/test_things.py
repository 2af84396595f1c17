"""Countries, actors, sources and passages: when they are public, and their former addresses."""

from datetime import timedelta

import pytest

from relations.models import (
    Actor,
    Citation,
    Country,
    DealParty,
    FormerAddress,
    Passage,
    PassageText,
    Source,
    Succession,
)
from tests.factories import (
    aged,
    cite,
    make_actor,
    make_country,
    make_event,
    make_event_of,
    make_lifespan,
    make_mission,
    make_observation,
    make_organ,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)
from tests.refusals import forbidden, refused

pytestmark = pytest.mark.django_db


# Each way in which a record can refer to Egypt.
NAMING_A_COUNTRY = {
    "event": lambda state: make_event("PRK", "EGY", state=state),
    "actor of it": lambda state: make_event_of(make_organ("EGY"), state=state),
    "first of a pair": lambda state: make_period(relation=make_relation("EGY", "PRK"), state=state),
    "second of a pair": lambda state: make_period(relation=make_relation("BGR", "EGY"), state=state),
    "sends a mission": lambda state: make_mission("EGY", "PRK", state=state),
    "receives a mission": lambda state: make_mission("PRK", "EGY", state=state),
    "hosts a mission": lambda state: make_mission("PRK", "IRQ", host_country_id="EGY", state=state),
    "supplies": lambda state: make_transfer("EGY", "IRQ", state=state),
    "supplies by an actor": lambda state: make_transfer(None, "IRQ", supplier_actor=make_organ("EGY"), state=state),
    "receives": lambda state: make_transfer("PRK", "EGY", state=state),
    "receives by an actor": lambda state: make_transfer("PRK", None, recipient_actor=make_organ("EGY"), state=state),
    "lets pass": lambda state: make_transfer("PRK", "IRQ", transit_country_id="EGY", state=state),
    "is observed from": lambda state: make_observation("EGY", "PRK", state=state),
    "is observed to": lambda state: make_observation("PRK", "EGY", state=state),
}


@pytest.mark.parametrize("naming", NAMING_A_COUNTRY)
def test_country_is_public_when_anything_published_names_it(naming):
    egypt = make_country("EGY")
    cite(egypt)
    make_relation("EGY", "SYR")
    for state in ("draft", "in_review"):
        NAMING_A_COUNTRY[naming](state)
    assert not Country.objects.public().exists()
    NAMING_A_COUNTRY[naming]("published")
    assert Country.objects.public().get(code="EGY") == egypt
    assert not Country.objects.public().filter(code="SYR").exists()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(lambda actor, state: make_event_of(actor, state=state), id="event"),
        pytest.param(
            lambda actor, state: make_transfer("PRK", None, recipient_actor=actor, state=state), id="receives"
        ),
        pytest.param(lambda actor, state: make_transfer(None, "PRK", supplier_actor=actor, state=state), id="supplies"),
        pytest.param(
            lambda actor, state: DealParty.objects.create(
                transfer=make_transfer(state=state), actor=actor, role="approved"
            ),
            id="approves",
        ),
    ],
)
def test_actor_is_public_when_anything_published_names_it(name):
    actor = make_actor("orascom")
    make_event_of(make_actor("another"), state="draft")
    cite(actor)
    for state in ("draft", "in_review"):
        name(actor, state)
    assert list(Actor.objects.public()) == []
    name(actor, "published")
    assert list(Actor.objects.public()) == [actor]


@pytest.mark.parametrize("make", [make_period, make_mission, make_event, make_transfer, make_observation])
def test_source_is_public_when_it_is_evidence_for_anything_published(make):
    source = make_source("handbook")
    for state in ("draft", "in_review"):
        cite(make(state=state), source=source, locator="p. 1")
    make_source("uncited")
    assert list(Source.objects.public()) == []
    cite(make(), source=source, locator="p. 2")
    assert list(Source.objects.filter(key="handbook").public()) == [source]
    assert not Source.objects.public().filter(key="uncited").exists()


@pytest.mark.parametrize("thing", ["country", "actor", "relation"])
def test_source_of_a_thing_is_as_public_as_the_thing(thing):
    source = make_source("handbook")
    actor = make_actor("orascom", country=make_country("EGY"))
    target = {"country": make_country("EGY"), "actor": actor, "relation": make_relation("EGY", "PRK")}[thing]
    cite(target, source=source, locator="p. 1", stance="mentions")
    make_event("PRK", state="draft").participations.create(actor=actor, role="host")
    assert list(Source.objects.public()) == []
    make_event("PRK").participations.create(actor=actor, role="host")
    assert list(Source.objects.filter(key="handbook").public()) == [source]


@pytest.mark.parametrize("model", [Country, Actor, Source])
def test_public_is_one_query(django_assert_num_queries, model):
    for number in range(3):
        make_event_of(make_actor(f"actor-{number}", country=make_country("EGY")))
    with django_assert_num_queries(1):
        assert len(model.objects.public()) == {Country: 2, Actor: 3, Source: 1}[model]


def test_code_of_a_country_never_changes():
    make_country("EGY", name="Egypt")
    with forbidden("code_never_changes|Cannot update"):
        Country.objects.update(code="UAR")
    Country.objects.update(name="United Arab Republic")
    assert Country.objects.get().name == "United Arab Republic"


# Former addresses of things

THINGS = {"actors": (make_actor, "slug", "actor"), "sources": (make_source, "key", "source")}
EACH_THING = pytest.mark.parametrize("collection", THINGS)


def addresses(collection):
    found = FormerAddress.objects.filter(collection=collection).order_by("slug")
    return list(found.values_list("slug", "now_at", "reason"))


@EACH_THING
def test_thing_leaves_every_address_it_had(collection):
    make, column, _ = THINGS[collection]
    thing = aged(make("first"))
    things = type(thing).objects
    things.update(**{column: "second"})
    assert addresses(collection) == [("first", "second", "renamed")]
    aged(thing)
    things.update(**{column: "third"})
    assert addresses(collection) == [("first", "third", "renamed"), ("second", "third", "renamed")]
    aged(thing)
    things.update(**{column: "first"})
    assert addresses(collection) == [("second", "first", "renamed"), ("third", "first", "renamed")]
    things.all().delete()
    assert addresses(collection) == [(slug, "", "deleted") for slug in ("first", "second", "third")]


@EACH_THING
def test_address_of_another_thing_is_never_reused(collection):
    make, column, owner = THINGS[collection]
    thing = aged(make("first"))
    things = type(thing).objects
    things.update(**{column: "second"})
    aged(thing)
    with refused(f"{owner}_{column}_is_never_reused"):
        make("first")
    other = make("other")
    with refused(f"{owner}_{column}_is_never_reused"):
        things.filter(pk=other.pk).update(**{column: "first"})
    things.filter(pk=thing.pk).delete()
    with refused(f"{owner}_{column}_is_never_reused"):
        make("second")
    assert make("third")


@EACH_THING
def test_what_stood_for_less_than_an_hour_leaves_nothing(collection):
    make, *_ = THINGS[collection]
    for minutes, kept in ((59, []), (60, [("mistyped", "", "deleted")])):
        aged(make("mistyped"), timedelta(minutes=minutes)).delete()
        assert addresses(collection) == kept


@EACH_THING
def test_a_slug_that_is_mended_within_the_hour_can_be_used_by_another(collection):
    make, column, _ = THINGS[collection]
    thing = aged(make("old-name"))
    things = type(thing).objects.filter(pk=thing.pk)
    things.update(**{column: "mistyped"})
    things.update(**{column: "new-name"})
    assert addresses(collection) == [("old-name", "new-name", "renamed")]
    assert make("mistyped")


@EACH_THING
def test_thing_that_only_changes_its_name_stays_where_it_is(collection):
    make, column, _ = THINGS[collection]
    thing = make("first")
    thing.save()
    type(thing).objects.update(**{column: "first"})
    assert addresses(collection) == []


# Passages


@pytest.mark.parametrize(
    ("columns", "stances", "coverage"),
    [
        pytest.param({}, [], "to do", id="untouched"),
        pytest.param({}, ["supports"], "to do", id="begun"),
        pytest.param({"finished": True}, [], "to do", id="finished with nothing to show for it"),
        pytest.param({"finished": True}, ["mentions"], "context", id="context"),
        pytest.param({"finished": True}, ["mentions", "mentions"], "context", id="context of two"),
        pytest.param({"finished": True}, ["supports"], "coded", id="coded"),
        pytest.param({"finished": True}, ["contradicts"], "coded", id="coded against a record"),
        pytest.param({"finished": True}, ["mentions", "supports"], "coded", id="coded and context"),
        pytest.param({"finished": True, "out_of_scope_reason": "A heading."}, [], "out of scope", id="out of scope"),
    ],
)
def test_coverage_follows_from_the_citations(columns, stances, coverage):
    passage = make_passage(**columns)
    for number, stance in enumerate(stances):
        cite(make_actor(f"actor-{number}"), passage=passage, stance=stance)
    make_passage(finished=True)
    assert Passage.objects.with_coverage().get(pk=passage.pk).coverage == coverage


def test_coverage_is_one_query_and_counts_every_passage(django_assert_num_queries):
    for _ in range(3):
        cite(make_country("EGY"), passage=make_passage(finished=True))
    with django_assert_num_queries(1):
        assert [passage.coverage for passage in Passage.objects.with_coverage()] == ["coded"] * 3


def test_citation_remembers_its_passage_as_it_was():
    passage, other = make_passage(sha256="a" * 64), make_passage(sha256="b" * 64)
    citation = cite(make_country("EGY"), passage=passage)
    cited = Citation.objects.filter(pk=citation.pk)

    def remembered():
        return cited.get().passage_sha256

    assert remembered() == "a" * 64
    Passage.objects.filter(pk=passage.pk).update(sha256="c" * 64)
    assert remembered() == "a" * 64
    # Fixtures and imports do not have this column, and do not change it.
    cited.update(hedge="reportedly", passage_sha256="")
    assert remembered() == "a" * 64
    citation = cited.get()
    citation.passage = other
    citation.save()
    assert remembered() == "b" * 64
    cited.update(passage=passage)
    assert remembered() == "c" * 64
    cited.update(passage=None, locator="p. 1")
    assert remembered() == ""


def test_citation_names_its_target_and_place():
    event, passage = make_event(), make_passage(make_source("handbook"), "egypt.2.3")
    in_passage, in_page = cite(event, passage=passage), cite(event, source=make_source("report"), locator="p. 1")
    assert (in_passage.target_name, in_passage.target, in_passage.place) == ("event", event, "egypt.2.3")
    assert (str(in_passage), str(in_page)) == ("handbook egypt.2.3", "report p. 1")


def test_text_is_deleted_with_its_passage_and_has_no_history():
    passage = make_passage()
    PassageText.objects.create(passage=passage, text="A sentence of ours.")
    passage.delete()
    assert PassageText.objects.count() == 0


def test_no_state_follows_itself_by_any_way_round():
    first, second, third = make_country("YAR"), make_country("YMD"), make_country("YEM")
    Succession.objects.create(predecessor=first, successor=second)
    Succession.objects.create(predecessor=second, successor=third)
    Succession.objects.create(predecessor=first, successor=third)
    for successor in (first, second):
        with refused("succession_is_no_circle"):
            Succession.objects.create(predecessor=third, successor=successor)
    fourth = make_country("EGY")
    row = Succession.objects.create(predecessor=third, successor=fourth)
    with refused("succession_is_no_circle"):
        Succession.objects.filter(pk=row.pk).update(successor=first)


def test_a_state_that_existed_more_than_once_may_follow_its_own_successors():
    germany, west = make_country("DEU"), make_country("GFR")
    make_lifespan("DEU", "1871-01-18", "1945-05-08")
    Succession.objects.create(predecessor=germany, successor=west)
    with refused("succession_is_no_circle"):
        Succession.objects.create(predecessor=west, successor=germany)
    make_lifespan("DEU", "1990-10-03")
    back = Succession.objects.create(predecessor=west, successor=germany)
    Succession.objects.filter(pk=back.pk).delete()
    Succession.objects.create(predecessor=west, successor=make_country("EGY"))
    Succession.objects.create(predecessor=make_country("EGY"), successor=germany)
    with refused("succession_is_no_circle"):
        Succession.objects.create(predecessor=make_country("EGY"), successor=west)


OVERLAPPING = [("1906-09-24", ""), ("1903", "1904"), ("1900", "1910"), ("1900", ""), ("[..1902]", "1990")]
APART = [
    ("1909-01-23", ""),
    ("1906-09-25", "1909"),
    ("1899", "1902-05-20"),
    ("[1900..]", ""),
    ("", "1990"),
    ("190X", ""),
]


@pytest.mark.parametrize("span", OVERLAPPING)
def test_no_two_lifespans_of_a_country_certainly_cover_a_day(span):
    make_lifespan("CUB", "1902-05-20", "1906-09-25")
    with refused("lifespan_is_one_at_a_time"):
        make_lifespan("CUB", *span)
    make_lifespan("SYR", *span)


@pytest.mark.parametrize("span", APART)
def test_lifespans_of_a_country_may_touch_and_may_be_vague(span):
    make_lifespan("CUB", "1902-05-20", "1906-09-25")
    make_lifespan("CUB", *span)


def test_nothing_follows_the_lifespan_of_a_living_state():
    make_lifespan("CUB", "1909-01-23")
    with refused("lifespan_is_one_at_a_time"):
        make_lifespan("CUB", "1959-01-01")


def test_lifespans_stand_in_the_order_of_time_and_say_it_in_words():
    spans = [("1909-01-23", ""), ("[..1816-01-01]", "1870"), ("1902-05-20", "1906-09-25")]
    for span in spans:
        make_lifespan("CUB", *span)
    assert [str(lifespan) for lifespan in make_country("CUB").lifespans.all()] == [
        "by 1 January 1816 – 1870",
        "20 May 1902 – 25 September 1906",
        "23 January 1909 – today",
    ]
    assert str(make_lifespan("CUB", "", "1800")) == "… – 1800"
