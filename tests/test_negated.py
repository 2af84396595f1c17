"""Negated records: marked as such everywhere, and never counted among what happened."""

from datetime import date

import pytest
from django.test import Client

from relations.models import RECORD_TYPES, Mission, RelationPeriod
from relations.status import status_on
from relations.views.charts import timeline
from relations.wording import DENIALS, title
from tests.factories import cite, make_event, make_mission, make_observation, make_period, make_relation, make_transfer
from tests.refusals import commit, refused

pytestmark = pytest.mark.django_db
MAKERS = [make_period, make_mission, make_event, make_transfer, make_observation]
DAY = date(1990, 1, 1)


def test_every_type_of_record_has_words_for_it() -> None:
    assert {*RECORD_TYPES} == {*DENIALS}


@pytest.mark.parametrize("make", MAKERS)
def test_title_says_first_that_it_is_denied(make: object, client: Client) -> None:
    record = make()
    assert not title(record).startswith(DENIALS[type(record)])
    record.negated = True
    record.save()
    assert title(record).startswith(f"{DENIALS[type(record)]}: ")
    page = client.get(record.get_absolute_url()).content.decode()
    assert f"{DENIALS[type(record)]}: " in page
    assert "not counted among what happened" in page


@pytest.mark.parametrize("make", MAKERS)
def test_page_of_what_happened_does_not_speak_of_denial(make: object, client: Client) -> None:
    assert "not counted among what happened" not in client.get(make().get_absolute_url()).content.decode()


@pytest.mark.parametrize("make", MAKERS)
def test_lists_hold_both_or_one_of_the_two(make: object, client: Client) -> None:
    there, denied = make(slug="there"), make(slug="denied", negated=True)
    path = f"/{there.collection}/"

    def listed(query: str) -> set[str]:
        return {record.slug for record in client.get(path + query).context["rows"]}

    assert listed("") == {there.slug, denied.slug}
    assert listed("?negated=no") == {there.slug}
    assert listed("?negated=yes") == {denied.slug}
    assert client.get(path + "?negated=true").status_code == 400


def test_home_and_countries_count_what_happened(client: Client) -> None:
    make_event("PRK", "EGY", slug="talks")
    make_event("PRK", "EGY", slug="no-talks", negated=True)
    for path, link in (("/", "/events/?negated=no"), ("/countries/EGY/", "/events/?country=EGY&negated=no")):
        (of_events,) = (count for count in client.get(path).context["counts"] if count["name"] == "event")
        assert (of_events["number"], of_events["url"]) == (1, link)
        assert len(client.get(link).context["rows"]) == 1


def test_relation_of_which_only_a_negation_is_known_has_its_page(client: Client) -> None:
    make_period(negated=True, began_on="1980")
    page = client.get("/relations/EGY-PRK/").content.decode()
    assert "Was not so: <a href" in page


def test_the_timeline_marks_negated_records(client: Client) -> None:
    make_period("military", "alliance", began_on="1970")
    affirmed = client.get("/relations/EGY-PRK/").content.decode()
    make_mission(negated=True, opened_on="1980")
    denied = client.get("/relations/EGY-PRK/").content.decode()
    assert 'class="denied"' not in affirmed
    assert "not so, as a source says" not in affirmed
    assert denied.count('class="denied"') == 2  # the bar, and its swatch in the legend
    assert denied.count('class="certain"') == affirmed.count('class="certain"') == 2
    assert "not so, as a source says" in denied
    assert "Did not exist: Embassy of Egypt" in denied


def test_bars_carry_the_denial_in_their_label() -> None:
    make_period(negated=True, began_on="1970", value="severed")
    drawing = timeline(("", list(RelationPeriod.objects.with_shown().with_ends())))
    assert drawing is not None
    assert [bar.label for _, bars in drawing.groups for bar in bars] == ["Was not so: Legal status, severed"]


# Status


def test_denied_period_is_no_answer() -> None:
    make_period(began_on="1970", negated=True)
    (answer,) = status_on(make_relation(), DAY, ["legal"]).answers
    assert (str(answer.verdict), answer.records) == ("not_stated", ())


def test_denied_value_ends_no_other_and_is_ended_by_none() -> None:
    stands = make_period(began_on="1970")
    denied = make_period(value="severed", began_on="1980", negated=True)
    ends = {period.pk: period.end for period in RelationPeriod.objects.with_ends()}
    assert (ends[stands.pk], ends[denied.pk]) == (None, None)
    (answer,) = status_on(make_relation(), DAY, ["legal"]).answers
    assert answer.records == (stands,)
    denied.negated = False
    denied.save()
    assert RelationPeriod.objects.with_ends().get(pk=stands.pk).end


def test_denied_value_is_not_ended_by_the_next_one() -> None:
    denied = make_period(began_on="1970", negated=True)
    make_period(value="severed", began_on="1980")
    assert not RelationPeriod.objects.with_ends().get(pk=denied.pk).end


def test_denied_mission_is_not_open() -> None:
    make_mission(opened_on="1970", negated=True)
    assert status_on(make_relation(), DAY, []).missions == ()
    assert not Mission.objects.standing_on(DAY).exists()


def test_denied_value_may_stand_beside_the_one_of_the_same_days() -> None:
    make_period(began_on="1970", ended_on="1980")
    make_period(value="severed", began_on="1972", ended_on="1978", negated=True)
    with refused("relationperiod_one_mutual_value"):
        make_period(value="severed", began_on="1972", ended_on="1978")


def test_what_did_not_happen_needs_evidence_too() -> None:
    event = make_event(state="draft", negated=True)
    with refused("event_published_is_cited"):
        event.state = "published"
        event.save()
        commit()
    cite(event)
    event.save()
    commit()
