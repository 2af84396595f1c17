"""What all records have in common: versions and timestamps, addresses, evidence."""

from datetime import timedelta
from threading import Thread

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F

from relations.models import Citation, Event, FormerAddress
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_figure,
    make_passage,
    make_source,
)
from tests.models.records import EACH_RECORD, MAKERS, rows
from tests.refusals import commit, refused


def stamps(record):
    return type(record).objects.values_list("version", "created_at", "changed_at", "published_at").get(pk=record.pk)


# Versions and timestamps; each change is a transaction of its own.


@pytest.mark.django_db(transaction=True)
def test_version_counts_transactions_that_changed_the_record():
    with transaction.atomic():
        event = make_event(state="draft", note="")
    version, created, changed, published = stamps(event)
    assert (version, changed, published) == (1, created, None)

    rows(event).update(note="Seen.")
    version, still_created, changed, published = stamps(event)
    assert (version, still_created, published) == (2, created, None)
    assert changed > created

    # Values that a writer gives for these columns are ignored.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE relations_event SET note = 'Seen again.', version = 99, created_at = now(), published_at = now()"
        )
    assert stamps(event)[:2] == (3, created)
    assert stamps(event)[3] is None

    # Writing without a change makes no version.
    before = stamps(event)
    event.refresh_from_db()
    event.save()
    rows(event).update(note="Seen again.", version=99, changed_at=F("created_at"))
    assert stamps(event) == before

    # Several changes in one transaction are one version.
    with transaction.atomic():
        for note in ("a", "b"):
            rows(event).update(note=note)
        event.participations.all().delete()
        make_figure(event)
    assert stamps(event)[0] == 4


@pytest.mark.django_db(transaction=True)
def test_changed_part_moves_its_owner_once_a_transaction():
    with transaction.atomic():
        event, other = make_event("PRK"), make_event("PRK")
    versions = dict.fromkeys((event, other), 0)

    def moved():
        before = dict(versions)
        versions.update({record: stamps(record)[0] for record in versions})
        return [versions[record] - before[record] for record in versions]

    moved()
    with transaction.atomic():
        figure = make_figure(event)
        event.participations.create(country=make_country("EGY"), role="recipient")
        citation = cite(event, locator="p. 1", source=make_source())
    assert moved() == [1, 0]
    figure.save()
    citation.save()
    assert moved() == [0, 0]
    figure.of = "trainers"
    figure.save()
    assert moved() == [1, 0]
    figure.event = other
    figure.save()
    assert moved() == [1, 1]
    Citation.objects.filter(pk=citation.pk).update(hedge="reportedly")
    assert moved() == [1, 0]
    citation.delete()
    assert moved() == [1, 0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM relations_participation WHERE event_id = %s AND role = 'recipient'", [event.pk])
    assert moved() == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_published_at_is_the_first_time():
    with transaction.atomic():
        event = make_event(state="draft")
        cite(event)
    assert stamps(event)[3] is None
    rows(event).update(state="published")
    version, _, changed, published = stamps(event)
    assert (version, changed) == (2, published)
    rows(event).update(state="in_review")
    rows(event).update(state="published")
    assert stamps(event)[0] == 4
    assert stamps(event)[3] == published


@pytest.mark.django_db(transaction=True)
@EACH_RECORD
def test_citation_moves_every_kind_of_record(owner):
    with transaction.atomic():
        record = MAKERS[owner]()
    assert stamps(record)[0] == 1
    with transaction.atomic():
        cite(record)
    assert stamps(record)[0] == 2


@pytest.mark.django_db
@EACH_RECORD
def test_stamps_are_set_by_the_database_alone(owner):
    longer_ago = stamps(MAKERS[owner]())[1] - timedelta(days=900)
    claims = {"version": 7, "created_at": longer_ago, "changed_at": longer_ago, "published_at": longer_ago}
    record = MAKERS[owner](**claims)
    version, created, changed, published = stamps(record)
    assert version == 1
    assert created == changed == published > longer_ago
    assert stamps(MAKERS[owner](**claims, state="draft"))[3] is None


@pytest.mark.django_db
def test_creator_is_kept():
    users = get_user_model().objects
    coder, other = users.create(username="coder"), users.create(username="other")
    event = make_event(created_by=coder)
    for columns in ({"created_by": other}, {"created_by": None}, {"created_by": other, "note": "Changed."}):
        rows(event).update(**columns)
        assert Event.objects.get(pk=event.pk).created_by == coder


# Addresses


@pytest.mark.django_db
@EACH_RECORD
def test_slug_is_free_until_it_was_published(owner):
    record = MAKERS[owner](slug="first", state="draft")
    rows(record).update(slug="second")
    cite(record)
    rows(record).update(state="published")
    with refused(f"{owner}_slug_is_frozen"):
        rows(record).update(slug="third")
    rows(record).update(state="draft")
    with refused(f"{owner}_slug_is_frozen"):
        rows(record).update(slug="third")
    rows(record).update(slug="second", note="Everything else may change.")


@pytest.mark.django_db
@EACH_RECORD
def test_former_address_of_a_record(owner):
    record = MAKERS[owner](slug="embassy")
    address = FormerAddress.objects.filter(collection=type(record).collection, slug="embassy")
    assert not address.exists()
    rows(record).update(state="draft")
    assert address.get().reason == "withdrawn"
    rows(record).update(state="published")
    assert not address.exists()
    rows(record).update(state="in_review")
    assert address.get().reason == "withdrawn"
    rows(record).delete()
    assert (address.get().reason, address.get().now_at) == ("deleted", "")


@pytest.mark.django_db
@EACH_RECORD
def test_draft_leaves_no_address(owner):
    draft = MAKERS[owner](slug="draft", state="draft")
    rows(draft).update(slug="renamed")
    draft.delete()
    assert FormerAddress.objects.count() == 0
    MAKERS[owner](slug="draft")
    MAKERS[owner](slug="renamed")


@pytest.mark.django_db
@EACH_RECORD
def test_address_of_a_deleted_record_is_never_reused(owner):
    MAKERS[owner](slug="embassy").delete()
    for state in ("published", "draft"):
        with refused(f"{owner}_slug_is_never_reused"):
            MAKERS[owner](slug="embassy", state=state)
    draft = MAKERS[owner](slug="another", state="draft")
    with refused(f"{owner}_slug_is_never_reused"):
        rows(draft).update(slug="embassy")


@pytest.mark.django_db
@EACH_RECORD
def test_address_of_another_collection_is_free(owner):
    MAKERS[owner](slug="embassy").delete()
    for other in set(MAKERS) - {owner}:
        MAKERS[other](slug="embassy")


# A published record is cited


@pytest.mark.django_db
@EACH_RECORD
def test_published_record_is_cited_at_the_end_of_the_transaction(owner):
    draft = MAKERS[owner](state="draft")
    commit()
    with refused(f"{owner}_published_is_cited"):
        rows(draft).update(state="published")
        commit()
    rows(draft).update(state="published")
    cite(draft)
    commit()


@pytest.mark.django_db
@pytest.mark.parametrize("stance", ["mentions", "contradicts"])
def test_evidence_is_what_supports(stance):
    draft = make_event(state="draft")
    cite(draft, stance=stance)
    with refused("event_published_is_cited"):
        rows(draft).update(state="published")
        commit()


@pytest.mark.django_db
@EACH_RECORD
def test_published_record_keeps_its_last_evidence(owner):
    record = MAKERS[owner]()
    first = record.citations.get()
    commit()
    other = MAKERS[owner]()
    target = next(name for name in ("period", "mission", "event", "transfer", "observation") if getattr(first, name))
    for change in ({"stance": "mentions"}, {"stance": "contradicts"}, {target: other}):
        with refused(f"{owner}_published_is_cited"):
            Citation.objects.filter(pk=first.pk).update(**change)
            commit()
    with refused(f"{owner}_published_is_cited"):
        first.delete()
        commit()
    # It may be replaced, in either order, and a draft needs none.
    with transaction.atomic():
        Citation.objects.filter(pk=first.pk).delete()
        second = cite(record)
        commit()
    rows(record).update(state="draft")
    second.delete()
    commit()


@pytest.mark.django_db
@EACH_RECORD
def test_record_is_deleted_with_its_evidence(owner):
    record = MAKERS[owner]()
    commit()
    record.delete()
    commit()
    assert Citation.objects.count() == 0


@pytest.mark.django_db
def test_a_published_event_has_a_party():
    event = make_event(slug="visit")
    commit()
    with refused("event_published_has_parties"):
        event.participations.all().delete()
        commit()
    event.participations.first().delete()
    commit()
    draft = make_event(slug="draft", state="draft")
    draft.participations.all().delete()
    commit()
    with refused("event_published_has_parties"):
        rows(draft).update(state="published")
        commit()


@pytest.mark.django_db
def test_the_hash_of_a_cited_passage_cannot_be_forged():
    passage, other = make_passage(), make_passage()
    citation = cite(make_event(), passage=passage, passage_sha256="f" * 64)
    assert sha_of(citation) == passage.sha256
    Citation.objects.filter(pk=citation.pk).update(passage_sha256="f" * 64)
    assert sha_of(citation) == passage.sha256
    Citation.objects.filter(pk=citation.pk).update(passage=other, passage_sha256="f" * 64)
    assert sha_of(citation) == other.sha256
    Citation.objects.filter(pk=citation.pk).update(passage=None, locator="p. 1", passage_sha256="f" * 64)
    assert sha_of(citation) == ""


def sha_of(citation):
    return Citation.objects.values_list("passage_sha256", flat=True).get(pk=citation.pk)


@pytest.mark.django_db(transaction=True)
def test_a_slug_that_waited_for_its_deletion_is_never_reused():
    """The second transaction waits at the unique index until the first has deleted the public record."""
    with transaction.atomic():
        event = make_event(slug="visit")
    waited = []

    def enter_again():
        try:
            with refused("event_slug_is_never_reused"):
                Event.objects.create(slug="visit", kind="visit", title="Another visit")
            waited.append("refused")
        finally:
            connection.close()

    other = Thread(target=enter_again)
    with transaction.atomic():
        event.delete()
        other.start()
        with connection.cursor() as cursor:
            for _ in range(1000):
                cursor.execute("SELECT pg_sleep(0.01), count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[1]:
                    break
    other.join(10)
    assert waited == ["refused"]


@pytest.mark.django_db(transaction=True)
def test_what_only_editors_see_raises_the_version_and_not_the_public_time():
    with transaction.atomic():
        event = make_event()
    version, _, changed, _ = stamps(event)
    rows(event).update(editor_note="Is this printed right?")
    assert (stamps(event)[0], stamps(event)[2]) == (version + 1, changed)
    rows(event).update(note="Printed so.")
    assert stamps(event)[0] == version + 2
    assert stamps(event)[2] > changed
