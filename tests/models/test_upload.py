"""Uploads: only their owner sees them, each file once, for a day, and only the latest ones."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from relations.models import Upload
from relations.models.upload import KEPT_FOR, MOST_KEPT
from tests.factories import make_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa():
    return get_user_model().objects.create_user("rosa")


def staged(owner, content=b"slug\na\n", name="visits.csv", collection="events"):
    upload = Upload(owner=owner, collection=collection, file_format="csv", name=name, content=content)
    Upload.objects.stage(upload)
    return upload


def names_waiting(owner, collection="events"):
    return sorted(Upload.objects.waiting(owner, collection).values_list("name", flat=True))


def test_a_file_waits_for_its_owner_and_its_table_alone(rosa):
    other = get_user_model().objects.create_user("karl")
    staged(rosa)
    staged(other, name="another's.csv")
    assert names_waiting(rosa) == ["visits.csv"]
    assert names_waiting(other) == ["another's.csv"]
    assert names_waiting(rosa, "missions") == []


def test_a_file_is_known_by_its_digest(rosa):
    assert staged(rosa).sha256 == sha256(b"slug\na\n").hexdigest()
    assert bytes(Upload.objects.get().content) == b"slug\na\n"


def test_a_file_that_is_staged_again_is_kept_once_and_for_longer(rosa):
    make_upload("rosa", name="first.csv")
    before = timezone.now()
    staged(rosa, name="second.csv")
    (upload,) = Upload.objects.all()
    assert upload.name == "second.csv"
    assert before + KEPT_FOR <= upload.expires_at <= timezone.now() + KEPT_FOR


def test_what_has_waited_too_long_is_not_found_and_goes_when_anybody_stages(rosa):
    past = timezone.now() - timedelta(seconds=1)
    make_upload("rosa", name="old.csv", expires_at=past)
    make_upload("karl", name="old.csv", expires_at=past)
    assert names_waiting(rosa) == []
    assert Upload.objects.count() == 2
    staged(rosa, b"slug\nb\n", "new.csv")
    assert list(Upload.objects.values_list("name", flat=True)) == ["new.csv"]


def test_of_too_many_files_of_one_person_the_oldest_goes(rosa):
    make_upload("karl", name="karl's.csv")
    for number in range(MOST_KEPT + 1):
        staged(rosa, f"slug\n{number}\n".encode(), f"{number:02}.csv")
    assert names_waiting(rosa) == [f"{number:02}.csv" for number in range(1, MOST_KEPT + 1)]
    assert Upload.objects.filter(name="karl's.csv").exists()


def test_files_go_with_their_owner(rosa):
    staged(rosa)
    rosa.delete()
    assert not Upload.objects.exists()
