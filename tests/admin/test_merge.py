"""Merging at the desk: who may do it, what is shown before, and that only what was shown is merged."""

import pytest
from django.urls import reverse

from relations.merging import MERGED
from relations.models import Actor, Event, Participation
from tests.admin.test_rights import desk_of, member
from tests.factories import aged, make_actor, make_event, make_one_of_everything

pytestmark = pytest.mark.django_db


def url_of(row):
    return reverse(f"admin:relations_{row._meta.model_name}_merge", args=[row.pk])


@pytest.fixture
def two():
    kept, other = make_actor("kimco", name="Kimco"), aged(make_actor("kim-co", name="Kim Co."))
    Participation.objects.create(event=make_event("PRK"), actor=other, role="host")
    return kept, other


@pytest.mark.parametrize("model", MERGED)
def test_managers_merge_what_is_public(model):
    make_one_of_everything()
    row = model._default_manager.order_by("pk").first()
    for group in ("viewer", "coder", "editor", "manager"):
        client, may = desk_of(member(group)), group == "manager"
        assert client.get(url_of(row)).status_code == (200 if may else 403), group
        assert client.post(url_of(row), {"into": row.pk}).status_code == (200 if may else 403), group
        page = client.get(reverse(f"admin:relations_{model._meta.model_name}_change", args=[row.pk])).content.decode()
        assert (f'href="{url_of(row)}"' in page) == may


def test_both_are_shown_side_by_side_and_become_one(two):
    kept, other = two
    client = desk_of(member("manager"))
    page = client.get(url_of(other), {"into": kept.pk})
    html = page.content.decode()
    assert '<th scope="row">Name</th><td>Kimco</td><td><mark>Kim Co.</mark></td>' in html
    assert "<li>1 participation</li>" in html
    answer = client.post(url_of(other), {"into": kept.pk, "versions": page.context["versions"]})
    assert answer.url == reverse("admin:relations_actor_change", args=[kept.pk])
    assert list(Actor.objects.all()) == [kept]
    assert "Kim Co. is now merged into Kimco." in client.get(answer.url).content.decode()
    history = client.get(reverse("admin:relations_actor_history", args=[kept.pk])).content.decode()
    assert "<p>Actor kim-co merged into it</p>" in history
    moved = client.get("/actors/kim-co/")
    assert (moved.status_code, moved.url) == (301, "/actors/kimco/")


def test_what_has_changed_since_is_shown_again_and_not_merged(two):
    kept, other = two
    answer = desk_of(member("manager")).post(url_of(other), {"into": kept.pk, "versions": f"{other.version}.0"})
    assert answer.context["reason"] == "One of the two has changed since they were compared; look again"
    assert answer.context["versions"] == f"{other.version}.{kept.version}"
    assert Actor.objects.count() == 2


def test_what_is_impossible_is_reported(two):
    _, other = two
    client = desk_of(member("manager"))
    page = client.get(url_of(other), {"into": other.pk})
    assert page.context["reason"] == "It is the same row; choose another one"
    assert "Select a valid choice" in client.get(url_of(other), {"into": "0"}).content.decode()
    assert client.get(reverse("admin:relations_actor_merge", args=["x"])).status_code == 404
    assert Actor.objects.count() == 2


def test_who_may_not_change_the_kept_one_does_not_merge():
    coder = member("coder")
    own = make_event("PRK", slug="own", state="draft", created_by=coder)
    public = make_event("PRK", slug="public")
    client = desk_of(coder)
    assert client.get(url_of(own)).status_code == 200
    assert (
        client.post(url_of(own), {"into": public.pk, "versions": f"{own.version}.{public.version}"}).status_code == 403
    )
    assert Event.objects.count() == 2
