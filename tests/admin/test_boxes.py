"""Typed figures and dates: they are stored as they are parsed, and the desk shows how they are parsed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from relations.models import ArmsTransfer, Event, Observation
from tests.admin.forms import filled
from tests.admin.test_records import ADD, an_event, errors_of
from tests.factories import make_country, make_event, make_figure, make_observation, make_transfer

pytestmark = pytest.mark.django_db


def columns(row, name: str = "figure") -> tuple:
    return tuple(getattr(row, f"{name}_{part}") for part in ("low", "high", "qualifier", "unit", "missing"))


def test_figures_and_dates_in_words_are_stored_as_they_are_read(desk):
    make_country("PRK")
    figures = [{"measure": "killed", "figure": "20–30 persons"}, {"measure": "money", "figure": "60 million USD"}]
    who = [{"role": "actor", "country": "PRK"}]
    posted = an_event(happened_on="between 1976 and 1981", figures=figures, participations=who)
    assert desk.post(ADD, posted).status_code == 302
    event = Event.objects.get()
    assert event.happened_on == "[1976..1981]"
    assert [columns(figure) for figure in event.figures.all()] == [
        (Decimal(20), Decimal(30), "exact", "persons", ""),
        (Decimal(60_000_000), Decimal(60_000_000), "exact", "USD", ""),
    ]


def test_a_figure_that_is_not_one_is_shown_in_its_box(desk):
    wrong = [{"measure": "killed", "figure": "60.000"}, {"measure": "persons", "figure": ""}]
    errors = errors_of(desk.post(ADD, an_event(figures=wrong)))
    assert {name: told[0][:40] for name, told in errors.items()} == {
        "figures-0-figure": "“60.000” is not one figure. “60.000” may",
        "figures-1-__all__": "Give a number, or why there is none.",
    }


def test_a_box_that_was_not_changed_keeps_what_no_words_would_say(desk):
    """A unit from a file that the input would not accept is stored unchanged."""
    observation = make_observation(
        measure="weight", figure_low=24, figure_high=26, figure_unit="million pounds", state="draft"
    )
    url = reverse("admin:relations_observation_change", args=[observation.pk])
    form = desk.get(url)
    assert filled(form)["figure"] == "24 to 26 million pounds"
    assert desk.post(url, filled(form, subject="Aid")).status_code == 302
    kept = Observation.objects.get()
    assert (kept.subject, *columns(kept)) == ("Aid", Decimal(24), Decimal(26), "exact", "million pounds", "")
    assert desk.post(url, filled(desk.get(url), figure="about 24 tons")).status_code == 302
    assert columns(Observation.objects.get()) == (Decimal(24), Decimal(24), "about", "tons", "")
    assert desk.post(url, filled(desk.get(url), figure="")).status_code == 302
    assert columns(Observation.objects.get()) == (None, None, "", "", "")


def test_every_figure_of_a_deal_has_its_box(desk):
    deal = make_transfer("PRK", "EGY", state="draft")
    url = reverse("admin:relations_armstransfer_change", args=[deal.pk])
    typed = {"number_ordered": "at least 5 missiles", "number_delivered": "uncounted", "value": "1.5 million USD"}
    assert desk.post(url, filled(desk.get(url), value_kind="estimate", **typed)).status_code == 302
    deal = ArmsTransfer.objects.get()
    assert [columns(deal, name) for name in typed] == [
        (Decimal(5), None, "at_least", "missiles", ""),
        (None, None, "", "", "uncounted"),
        (Decimal(1_500_000), Decimal(1_500_000), "exact", "USD", ""),
    ]


def test_a_part_that_is_changed_in_its_box_is_changed(desk):
    event = make_event("PRK", state="draft")
    make_figure(event, "killed", 5, 5)
    url = reverse("admin:relations_event_change", args=[event.pk])
    assert desk.post(url, filled(desk.get(url), **{"figures-0-figure": "5 to 7 persons"})).status_code == 302
    assert columns(event.figures.get()) == (Decimal(5), Decimal(7), "exact", "persons", "")


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("date", "late 1980s", "[1986..1989]: some time from 1986 to 1989 (1 January 1986 to 31 December 1989)"),
        ("date", "3 Nov 1956", "1956-11-03: 3 November 1956"),
        ("date", "since 1988", "1988/..: since 1988 (from 1 January 1988)"),
        ("instant", "by 1988", "[..1988]: by 1988 (up to 31 December 1988)"),
        ("figure", "60 million USD", "60,000,000 USD"),
        ("figure", " ", ""),
    ],
)
def test_a_reading_is_shown_in_words(desk, kind, text, told):
    answer = desk.get(reverse("reading"), {"kind": kind, "text": text})
    assert (answer.status_code, answer.content.decode().strip()) == (200, told)


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("date", "3/11/1956", "Write the year first, “1956-11-03” or “1956-03-11”"),
        ("instant", "since 1988", "“1988/..” is a span (/); a beginning or an end is one date"),
        ("figure", "tanks", "It begins with no number."),
        ("figure", "5 <b>", "“&lt;b&gt;” is no unit"),
    ],
)
def test_what_is_not_read_is_explained(desk, kind, text, told):
    page = desk.get(reverse("reading"), {"kind": kind, "text": text}).content.decode()
    assert told in page
    assert page.startswith('<strong class="refused">')


@pytest.mark.parametrize("asked", [{}, {"kind": "x", "text": "1"}, {"kind": "date", "text": "1" * 201}])
def test_what_is_no_box_is_refused(desk, asked):
    assert desk.get(reverse("reading"), asked).status_code == 400


def test_readings_are_for_the_desk(client):
    assert client.get(reverse("reading"), {"kind": "date", "text": "1956"}).status_code == 302
