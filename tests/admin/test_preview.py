"""The preview of a draft shows what readers will see, and nobody else sees it."""

import pytest
from django.test import Client
from django.urls import reverse

from relations.models import Event, FormerAddress
from tests.admin.test_rights import desk_of, member
from tests.factories import cite, make_event, make_mission, make_observation, make_period, make_transfer

pytestmark = pytest.mark.django_db


def address(record) -> str:
    return reverse(f"admin:relations_{record._meta.model_name}_preview", args=[record.pk])


def test_a_draft_is_seen_as_the_public_will_see_it(desk):
    event = make_event("PRK", "EGY", slug="talks", title="Talks in Cairo", state="draft", happened_on="1973-03")
    cite(event, hedge="reportedly")
    before = Event.objects.values().get()
    page = desk.get(address(event)).content.decode()
    assert "nobody else sees this page" in page
    Event.objects.update(state="published")
    public = Client().get("/events/talks/").content.decode()
    assert "nobody else sees this page" not in public
    Event.objects.update(state="draft")
    heading = "<h1>Talks in Cairo"
    assert heading in page
    assert page.partition(heading)[2].partition("<footer")[0] == public.partition(heading)[2].partition("<footer")[0]
    assert before["state"] == "draft"


def test_a_preview_leaves_nothing_behind(desk):
    event = make_event(slug="talks", state="in_review")
    before = Event.objects.values().get()
    assert desk.get(address(event)).status_code == 200
    assert Event.objects.values().get() == before
    assert Event.pgh_event_model.objects.filter(pgh_obj_id=event.pk, state="published").count() == 0
    assert not FormerAddress.objects.exists()
    assert Client().get("/events/talks/").status_code == 404


@pytest.mark.parametrize("make", [make_mission, make_observation, make_period, make_transfer])
def test_every_kind_has_a_preview(desk, make):
    record = make(state="draft")
    assert "nobody else sees this page" in desk.get(address(record)).content.decode()
    assert f'href="{address(record)}"' in desk.get(address(record).replace("preview", "change")).content.decode()


def test_what_cannot_be_published_yet_says_why(desk):
    event = make_event(title="", state="draft")
    answer = desk.get(address(event), follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "There is no page to be seen yet: needed to publish."
    ]


def test_what_is_public_leads_to_its_page_and_others_see_no_draft(desk):
    event = make_event(slug="talks")
    assert desk.get(address(event)).url == "/events/talks/"
    assert "preview" not in desk.get(address(event).replace("preview", "change")).content.decode()
    draft = make_event(state="draft")
    assert desk_of(member("viewer")).get(address(draft)).status_code == 200
    assert Client().get(address(draft)).status_code == 302
    assert desk.get(address(draft).replace(str(draft.pk), "999999")).status_code == 302


def test_a_preview_is_looked_at_and_takes_nothing(desk):
    url = address(make_event(state="draft", slug="talks"))
    assert [desk.get(url).status_code, desk.head(url).status_code, desk.post(url).status_code] == [200, 200, 405]


def test_staff_without_rights_see_no_draft(guest):
    assert guest.get(address(make_event(state="draft"))).status_code == 403
