"""The public addresses of rows that exist, were renamed, withdrawn or deleted."""

from itertools import product

import pytest

from relations.addresses import Found, Gone, Moved, NotFound, finder, resolve, resolve_passage
from relations.models import Event, FormerAddress
from tests.factories import (
    aged,
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

MAKERS = {
    "periods": make_period,
    "missions": make_mission,
    "events": make_event,
    "arms-transfers": make_transfer,
    "observations": make_observation,
}


def make_public_actor(slug, **columns):
    actor = make_actor(slug, **columns)
    make_event().participations.create(actor=actor, role="actor")
    return actor


def make_public_source(key, **columns):
    source = make_source(key, **columns)
    cite(make_event(), source=source, locator="p. 1")
    return source


@pytest.mark.parametrize("collection", MAKERS)
def test_record_is_found_at_its_slug_alone(django_assert_num_queries, collection):
    record = MAKERS[collection](slug="egypt-2010")
    with django_assert_num_queries(1):
        assert resolve(collection, "egypt-2010") == Found(record)
    assert resolve(collection, "Egypt-2010") == Moved(record)
    for other in set(MAKERS) - {collection} | {"actors", "sources"}:
        assert resolve(other, "egypt-2010") == NotFound()


@pytest.mark.parametrize("state", ["draft", "in_review"])
@pytest.mark.parametrize("collection", MAKERS)
def test_record_that_was_never_public_is_missing(collection, state):
    MAKERS[collection](slug="egypt-2010", state=state)
    assert resolve(collection, "egypt-2010") == NotFound()
    assert resolve(collection, "EGYPT-2010") == NotFound()


@pytest.mark.parametrize("collection", MAKERS)
def test_record_that_was_withdrawn_is_gone_until_it_is_published_again(collection):
    record = MAKERS[collection](slug="egypt-2010")
    records = type(record).objects.filter(pk=record.pk)
    records.update(state="draft")
    gone = FormerAddress.objects.get()
    assert (gone.collection, gone.slug, gone.reason) == (collection, "egypt-2010", "withdrawn")
    assert resolve(collection, "egypt-2010") == Gone(gone)
    assert resolve(collection, "EGYPT-2010") == Gone(gone)
    records.update(state="published")
    assert resolve(collection, "egypt-2010") == Found(record)


@pytest.mark.parametrize("collection", MAKERS)
def test_record_that_was_deleted_is_gone(collection):
    MAKERS[collection](slug="egypt-2010").delete()
    assert resolve(collection, "egypt-2010") == Gone(FormerAddress.objects.get(reason="deleted"))


def test_merged_record_has_moved():
    kept = make_event(slug="kept")
    make_event(slug="merged").delete()
    FormerAddress.objects.update(now_at="kept", reason="merged")
    assert resolve("events", "merged") == Moved(kept)
    kept.delete()
    assert resolve("events", "merged") == Gone(FormerAddress.objects.get(slug="merged"))


def test_chain_is_followed_to_its_end():
    last = make_event(slug="d")
    for slug, now_at in (("a", "b"), ("b", "c"), ("c", "d")):
        FormerAddress.objects.create(collection="events", slug=slug, now_at=now_at, reason="merged")
    assert resolve("events", "a") == Moved(last)
    assert resolve("events", "A") == Moved(last)
    last.delete()
    assert resolve("events", "a") == Gone(FormerAddress.objects.get(slug="a"))


@pytest.mark.parametrize("now_at", ["a", "b"])
def test_chain_that_leads_back_is_gone(now_at):
    first = FormerAddress.objects.create(collection="events", slug="a", now_at=now_at, reason="merged")
    FormerAddress.objects.create(collection="events", slug="b", now_at="a", reason="merged")
    assert resolve("events", "a") == Gone(first)


def test_a_chain_of_addresses_to_a_draft_is_gone():
    make_event(slug="draft", state="draft")
    for now_at in ("draft", "never-was"):
        FormerAddress.objects.all().delete()
        former = FormerAddress.objects.create(collection="events", slug="a", now_at=now_at, reason="merged")
        assert resolve("events", "a") == Gone(former)


@pytest.mark.parametrize(
    ("collection", "make", "column"), [("actors", make_public_actor, "slug"), ("sources", make_public_source, "key")]
)
def test_thing_is_followed_through_its_names(collection, make, column):
    thing = make("first-name")
    things = type(thing).objects.filter(pk=thing.pk)
    assert resolve(collection, "first-name") == Found(thing)
    assert resolve(collection, "First-Name") == Moved(thing)
    for name in ("second-name", "third-name"):
        aged(thing)
        things.update(**{column: name})
    aged(thing)
    assert resolve(collection, "first-name") == Moved(thing)
    assert resolve(collection, "second-name") == Moved(thing)
    assert resolve(collection, "third-name") == Found(thing)
    things.update(**{column: "first-name"})
    assert resolve(collection, "first-name") == Found(thing)
    assert resolve(collection, "third-name") == Moved(thing)


def test_thing_that_was_deleted_is_gone_under_every_name():
    actor = aged(make_actor("first-name"))
    actor.slug = "second-name"
    actor.save()
    aged(actor).delete()
    for slug in ("first-name", "second-name"):
        assert resolve("actors", slug) == Gone(FormerAddress.objects.get(slug=slug, now_at="", reason="deleted"))


def test_thing_that_nothing_published_names_is_missing():
    make_event(state="draft").participations.create(actor=make_actor("orascom"), role="actor")
    make_source("handbook")
    make_country("EGY")
    make_relation("IRQ", "PRK")
    assert resolve("actors", "orascom") == NotFound()
    assert resolve("sources", "handbook") == NotFound()
    assert resolve("countries", "EGY") == resolve("countries", "egy") == NotFound()
    assert resolve("relations", "IRQ-PRK") == resolve("relations", "PRK-IRQ") == NotFound()


def test_country_is_found_at_its_code_in_capitals(django_assert_num_queries):
    make_event("PRK", "EGY")
    egypt = make_country("EGY")
    with django_assert_num_queries(1):
        assert resolve("countries", "EGY") == Found(egypt)
    assert resolve("countries", "egy") == Moved(egypt)
    assert resolve("countries", "IRQ") == NotFound()


@pytest.mark.parametrize("key", ["egy-prk", "PRK-EGY", "prk-egy", "EGY-prk"])
def test_relation_is_found_at_both_codes_in_order(key):
    make_event("PRK", "EGY")
    relation = make_relation("EGY", "PRK")
    assert resolve("relations", "EGY-PRK") == Found(relation)
    assert resolve("relations", key) == Moved(relation)


NO_KEYS = [
    "",
    "-",
    "EGY-",
    "EGY-PRK-IRQ",
    "EGY-EGY",
    "E\x00Y",
    "EGY\n",
    "ＥＧＹ",
    "ßy",
    "ſun",
    "\N{KELVIN SIGN}im",
    "a--b",
    "a/b",
    "%",
    "x" * 500,
]


def test_key_that_is_none_is_missing():
    # The capitals of ß are SS and that of ſ is S; the small letter of the Kelvin sign is k.
    make_event("PRK", "EGY", "SSY", "SUN", slug="kim")
    make_relation("EGY", "PRK")
    asked = [*product(["countries", "relations", "events", "actors", "sources"], NO_KEYS)]
    assert [(*each, resolve(*each)) for each in asked] == [(*each, NotFound()) for each in asked]


def test_collection_that_is_none_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        resolve("visits", "egypt-2010")


def test_queryset_says_what_may_be_found():
    shown, hidden = make_event(slug="shown"), make_event(slug="hidden")
    find = finder(Event.objects.exclude(pk=hidden.pk))
    assert resolve("events", "shown", find) == Found(shown)
    assert resolve("events", "hidden", find) == NotFound()


def test_passage_is_found_at_its_ref():
    source = aged(make_public_source("handbook"))
    passage = make_passage(source, "egypt.2.3")
    make_passage(make_source("another"), "egypt.2.4")
    assert resolve_passage("handbook", "egypt.2.3") == Found(passage)
    assert resolve_passage("handbook", "Egypt.2.3") == Moved(passage)
    assert resolve_passage("Handbook", "egypt.2.3") == Moved(passage)
    for ref in ("egypt.2.4", "egypt", "", "egypt.2.3\x00", "egypt.2.٣"):
        assert resolve_passage("handbook", ref) == NotFound()


def test_passage_follows_its_source():
    source = aged(make_public_source("handbook"))
    passage = make_passage(source, "egypt.2.3")
    source.key = "handbook-2018"
    source.save()
    assert resolve_passage("handbook-2018", "egypt.2.3") == Found(passage)
    assert resolve_passage("handbook", "egypt.2.3") == Moved(passage)
    assert resolve_passage("handbook", "egypt.2.4") == NotFound()


def test_passage_of_a_source_that_is_not_public():
    hidden, deleted = make_source("hidden"), make_source("deleted")
    make_passage(hidden, "egypt.2.3")
    aged(deleted).delete()
    assert resolve_passage("hidden", "egypt.2.3") == NotFound()
    assert resolve_passage("deleted", "egypt.2.3") == Gone(FormerAddress.objects.get(slug="deleted"))
