"""Figures in words, and read from their columns."""

from decimal import Decimal

import pytest

from relations.models import EventFigure, Observation
from relations.models.figure import FigureValue
from tests.factories import make_event, make_figure, make_observation


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "unit", "missing", "words"),
    [
        ("712000", "712000", "exact", "USD", "", "712,000 USD"),
        ("712000.0000", "712000.0000", "exact", "USD", "", "712,000 USD"),
        ("30000", "30000", "about", "pieces", "", "about 30,000 pieces"),
        ("3", "3", "exact", "rank", "", "rank 3"),
        ("1", "5", "about", "rank", "", "about rank 1 to 5"),
        ("1", "1", "exact", "flights", "", "1 flight"),
        ("1", "1", "about", "tons of rice", "", "about 1 ton of rice"),
        ("1", "1", "exact", "deliveries", "", "1 delivery"),
        ("1", "1", "exact", "bus", "", "1 bus"),
        ("1", "1", "exact", "USD", "", "1 USD"),
        ("1", None, "at_least", "brass", "", "at least 1 brass"),
        ("1", "2", "exact", "flights", "", "1 to 2 flights"),
        ("24", "26", "estimated", "million USD", "", "estimated 24 to 26 million USD"),
        ("400", None, "more_than", "persons", "", "more than 400 persons"),
        ("400", None, "at_least", "", "", "at least 400"),
        (None, "3.50", "at_most", "tons", "", "at most 3.5 tons"),
        ("0", "0", "exact", "missiles", "", "0 missiles"),
        (None, None, "", "", "not_reported", "not reported"),
        (None, None, "", "soldiers", "uncounted", "uncounted"),
        (None, None, "", "", "", ""),
        ("100000000000000000", "100000000000000000", "exact", "", "", "100,000,000,000,000,000"),
    ],
)
def test_figure_in_words(low, high, qualifier, unit, missing, words):
    bounds = [Decimal(bound) if bound else None for bound in (low, high)]
    figure = FigureValue(*bounds, qualifier, unit, missing)
    assert str(figure) == words
    assert bool(figure) == bool(words)


@pytest.mark.django_db
def test_figure_is_read_from_its_columns():
    make_observation()
    figure = Observation.objects.get().figure
    assert figure == FigureValue(Decimal(712000), Decimal(712000), "exact", "USD", "")


@pytest.mark.django_db
def test_figure_of_an_event_names_what_it_counts():
    make_figure(make_event(), "persons", 20, 20, of="trainers", figure_qualifier="about", figure_unit="")
    assert str(EventFigure.objects.get()) == "Persons: about 20 trainers"
