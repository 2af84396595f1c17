"""Merging: references move to the row that is kept, duplicates disappear, and the old address redirects."""

import pytest
from django.db import connection

from relations import addresses
from relations.merging import MERGED, MergeError, foreign_keys_to, merge, numbers_of_references
from relations.models import (
    Actor,
    ArmsTransfer,
    Citation,
    DealParty,
    Event,
    FormerAddress,
    Mission,
    Participation,
    Source,
)
from relations.read_model import differences
from tests.factories import (
    aged,
    cite,
    make_actor,
    make_event,
    make_figure,
    make_mission,
    make_passage,
    make_period,
    make_source,
    make_transfer,
)

pytestmark = pytest.mark.django_db

KEYS = """
    SELECT pg_class.relname, attname FROM pg_constraint
    JOIN pg_class ON pg_class.oid = conrelid JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND confrelid = to_regclass(%s) AND cardinality(conkey) = 1
"""


@pytest.mark.parametrize("model", MERGED)
def test_every_foreign_key_there_is_is_known(model):
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [f"public.{model._meta.db_table}"])
        kept = {*cursor.fetchall()}
    known = {(key.model._meta.db_table, key.column) for key in foreign_keys_to(model)}
    assert {key for key in kept if not key[0].endswith("history")} == known


def test_an_actor_takes_the_part_of_another_in_everything():
    kept = make_actor("kimco", name="Kimco", aliases=["Kim and Company"])
    number = 10**12  # of a row and, by chance, of one that names it
    other = aged(make_actor("kim-co", pk=number, name="Kim Co.", aliases=["Kimco", "Kim and Company", "K. Co."]))
    both, alone = make_event("PRK", slug="both"), make_event("PRK", slug="alone")
    for actor in (kept, other):
        Participation.objects.create(event=both, actor=actor, role="host")
    Participation.objects.create(event=alone, actor=other, role="host", pk=number)
    named = make_event("PRK", slug="named")
    Participation.objects.create(event=named, named_as="kim-co", role="host")
    passage = make_passage()
    for event, actor in ((both, kept), (both, other), (alone, other), (named, other)):
        cite(event, passage=passage, field="participants", part=actor.slug)
    deal = make_transfer("PRK", None, recipient_actor=other)
    DealParty.objects.create(transfer=deal, actor=other, role="brokered")
    cite(deal, passage=passage, field="participants", part="kim-co")
    cite(other, passage=passage)
    merge(kept, other)
    kept.refresh_from_db()
    assert kept.aliases == ["Kim and Company", "Kim Co.", "K. Co."]
    assert list(
        Participation.objects.exclude(actor=None).order_by("event__slug").values_list("event__slug", "actor__slug")
    ) == [
        ("alone", "kimco"),
        ("both", "kimco"),
    ]
    parts = Citation.objects.exclude(part="").order_by("event__slug").values_list("event__slug", "part")
    assert list(parts) == [("alone", "kimco"), ("both", "kimco"), ("named", "kim-co"), (None, "kimco")]
    assert ArmsTransfer.objects.get().recipient_actor == kept
    assert DealParty.objects.get().actor == kept
    assert kept.citations.count() == 1
    assert list(Actor.objects.all()) == [kept]
    assert addresses.resolve("actors", "kim-co") == addresses.Moved(kept)
    assert list(differences()) == []


def test_addresses_that_led_to_it_lead_on():
    kept, other = make_actor("kimco"), make_actor("kim")
    for actor in (kept, other):
        Participation.objects.create(event=make_event("PRK", slug=f"of-{actor.slug}"), actor=actor, role="host")
    Actor.objects.filter(pk=aged(other).pk).update(slug="kim-co")
    aged(other)
    other.refresh_from_db()
    others = [("actors", "gone", "", "deleted"), ("sources", "kim", "kim-co", "renamed")]
    others += [("sources", "kim-co", "", "deleted")]
    for collection, slug, now_at, why in others:
        FormerAddress.objects.create(collection=collection, slug=slug, now_at=now_at, reason=why)
    merge(kept, other)
    told = FormerAddress.objects.order_by("collection", "slug").values_list("collection", "slug", "now_at", "reason")
    merged = [("actors", "kim", "kimco", "merged"), ("actors", "kim-co", "kimco", "merged")]
    assert list(told) == [others[0], *merged, *others[1:]]
    assert addresses.resolve("actors", "kim") == addresses.Moved(kept)


def test_a_record_gets_the_evidence_and_the_parts_that_it_lacks():
    source = make_source("report")
    kept, other = make_event("PRK", "EGY", slug="visit"), make_event("PRK", "SYR", slug="journey")
    other.possibly_same_as = kept
    other.save()
    kept.possibly_same_as = other
    kept.save()
    third = make_event("PRK", slug="third", possibly_same_as=other)
    fourth = make_event("PRK", slug="fourth", possibly_same_as=third)
    deal = make_transfer(event=other)
    for event in (kept, other):
        cite(event, source=source, locator="p. 1")
    cite(other, source=source, locator="p. 2")
    make_figure(other, "persons")
    merge(kept, other)
    kept.refresh_from_db()
    assert sorted(kept.participations.values_list("country", flat=True)) == ["EGY", "PRK", "SYR"]
    assert sorted(kept.citations.filter(source=source).values_list("locator", flat=True)) == ["p. 1", "p. 2"]
    assert kept.figures.count() == 1
    assert kept.possibly_same_as is None
    for row in (third, fourth, deal):
        row.refresh_from_db()
    assert (third.possibly_same_as, fourth.possibly_same_as, deal.event) == (kept, third, kept)
    assert not Event.objects.filter(slug="journey").exists()
    assert addresses.resolve("events", "journey") == addresses.Moved(kept)
    assert list(differences()) == []


def test_what_moves_is_counted():
    actor = make_actor()
    assert numbers_of_references(actor) == []
    for number in range(2):
        Participation.objects.create(event=make_event("PRK", slug=f"event-{number}"), actor=actor, role="host")
    make_transfer("PRK", None, recipient_actor=actor)
    assert sorted((model.__name__, number) for model, number in numbers_of_references(actor)) == [
        ("ArmsTransfer", 1),
        ("Participation", 2),
    ]


def test_a_source_takes_the_places_of_another():
    kept, other = make_source("report"), aged(make_source("report-again"))
    event = make_event("PRK")
    for source in (kept, other):
        cite(event, source=source, locator="p. 1")
    cite(make_mission(), source=other, locator="p. 2")
    merge(kept, other)
    assert sorted(Citation.objects.filter(source=kept).values_list("locator", flat=True)) == ["p. 1", "p. 2"]
    assert not Source.objects.filter(key="report-again").exists()
    assert addresses.resolve("sources", "report-again") == addresses.Moved(kept)


def reason(kept, other):
    """The reason why two rows are not merged; asserts that both still exist."""
    with pytest.raises(MergeError) as told:
        merge(kept, other)
    for row in (kept, other):
        row.refresh_from_db()
    return str(told.value)


def test_what_cannot_be_merged_is_left_as_it_is_and_told_why():
    source, read = make_source("report"), make_source("read")
    make_passage(read, "a.1.1")
    assert reason(source, source) == "it is the same row; choose another one"
    assert reason(source, read) == "it has sentences of its own; keep it, and merge the other one into it"
    public, draft = make_event("PRK", slug="public"), make_event("PRK", slug="draft", state="draft")
    assert reason(draft, public) == "it is public and the other one is a draft; publish that first"
    merge(public, draft)
    assert not FormerAddress.objects.exists()  # nobody ever saw it there


def test_what_postgresql_refuses_is_told_in_its_words():
    """A mission that reopened another cannot reopen one of other states."""
    other = make_mission("EGY", "PRK", slug="first", opened_on="1960", closed_on="1967")
    make_mission("EGY", "PRK", slug="second", opened_on="1970", reopens=other)
    kept = make_mission("SYR", "PRK", slug="kept", opened_on="1960", closed_on="1967")
    assert reason(kept, other) == "reopens: kept is of other states than this mission"
    assert Mission.objects.count() == 3


def test_periods_that_may_be_one_become_one():
    kept = make_period(value="established", began_on="1963", slug="one")
    other = make_period(value="established", began_on="1970", ended_on="1971", slug="other", state="draft")
    cite(other, locator="p. 3")
    merge(kept, other)
    assert kept.citations.filter(locator="p. 3").count() == 1
