"""Figures typed into one box: unambiguous texts are parsed, others are asked about, and our own wording comes back."""

import string
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.models.figure import BEYOND, FigureValue
from relations.models.vocabularies import Missing, Qualifier
from relations.typed_figures import FigureError, read_figure

READ = [
    ("about 120 tanks", (120, 120, "about", "tanks")),
    ("60 million USD", (60_000_000, 60_000_000, "exact", "USD")),
    ("500 thousand to 2 million tons", (500_000, 2_000_000, "exact", "tons")),
    ("USD 60 million", (60_000_000, 60_000_000, "exact", "USD")),
    ("US$60 million", (60_000_000, 60_000_000, "exact", "USD")),
    ("€1.5 bn", (1_500_000_000, 1_500_000_000, "exact", "EUR")),
    ("20-30 killed", (20, 30, "exact", "killed")),
    ("20–30 killed", (20, 30, "exact", "killed")),
    ("20 to 30 killed", (20, 30, "exact", "killed")),
    ("more than 1,000", (1000, None, "more_than", "")),
    ("over 400 persons", (400, None, "more_than", "persons")),
    ("at least 5", (5, None, "at_least", "")),
    ("no fewer than 5", (5, None, "at_least", "")),
    ("100 or more tanks", (100, None, "at_least", "tanks")),
    ("up to 100 tanks", (None, 100, "at_most", "tanks")),
    ("100 or fewer", (None, 100, "at_most", "")),
    ("an estimated 26 million USD", (26_000_000, 26_000_000, "estimated", "USD")),
    ("some 30 flights", (30, 30, "about", "flights")),
    ("~30", (30, 30, "about", "")),
    ("c. 50 persons", (50, 50, "about", "persons")),
    ("2 to 3 billion KPW", (2_000_000_000, 3_000_000_000, "exact", "KPW")),
    ("2 million to 3 million", (2_000_000, 3_000_000, "exact", "")),
    ("two submarines", (2, 2, "exact", "submarines")),
    ("100 T-55 tanks", (100, 100, "exact", "T-55 tanks")),
    ("3.5 tons of rice", (Decimal("3.5"), Decimal("3.5"), "exact", "tons of rice")),
    ("0.125 m²", (Decimal("0.125"), Decimal("0.125"), "exact", "m²")),
    ("exactly 5", (5, 5, "exact", "")),
    ("5%", (5, 5, "exact", "%")),
    ("rank 3", (3, 3, "exact", "rank")),
    ("about rank 1 to 5", (1, 5, "about", "rank")),
    ("0 missiles", (0, 0, "exact", "missiles")),
    ("60 millions USD", (60_000_000, 60_000_000, "exact", "USD")),
    ("2-3 thousands", (2000, 3000, "exact", "")),
    ("5T-55 tanks", (5, 5, "exact", "T-55 tanks")),
    ("5 'Scud' missiles", (5, 5, "exact", "'Scud' missiles")),
    ("5 K-9 guns", (5, 5, "exact", "K-9 guns")),
    ("5 milk cows", (5, 5, "exact", "milk cows")),
]
ASKS = [
    ("60.000 USD", "“60.000” may be thousands or a fraction: write “60,000” or “60.0000”."),
    ("5,5 tons", "“5,5” has a comma where no thousands end"),
    ("1,00", "“1,00” has a comma where no thousands end"),
    ("1 000 tanks", "Two numbers stand side by side"),
    ("120 122-mm rockets", "Two numbers stand side by side"),
    ("1.000.000", "“1.000.000” has more than one point"),
    ("1e9", "“1e9” is no number as it is written here"),
    ("20-30E3 men", "“20-30E3” is no number as it is written here"),
    ("0x10", "“0x10” is no number as it is written here"),
    ("5'000 men", "“5'000” is no number as it is written here"),
    ("5 ’000 men", "“5 ’000” is no number as it is written here"),
    ("3 dozen tanks", "“dozen tanks” is no unit"),
    ("60 Mio USD", "“Mio USD” is no unit"),
    ("2 lakh", "“lakh” is no unit"),
    ("$60 million", "Which currency “$” is cannot be told"),
    ("60 million dollars", "Which currency “dollars” is cannot be told"),
    ("5 £", "Which currency “£” is cannot be told"),
    ("USD 60 million EUR", "“USD … EUR” is no unit"),
    ("60m", "“m” is no unit"),
    ("5 or 6 tanks", "There is a second number in it"),
    ("100 tanks and 20 guns", "There is a second number in it"),
    ("900 to 1 million", "Both numbers of the range need their “million”"),
    ("1 million to 2", "Both numbers of the range need their “million”"),
    ("30-20", "It ends below its beginning"),
    ("at least 20-30", "“at least” and a range exclude each other"),
    ("about 100 or more", "“about” and a range exclude each other"),
    ("fewer than 100", "There is no form for less than a number"),
    ("almost 100", "There is no form for less than a number"),
    ("tanks", "It begins with no number"),
    ("-5", "It begins with no number"),
    ("٦٠ tanks", "It begins with no number"),
    (f"5 {'x' * 41}", "A unit has 40 characters at most"),
    ("1" * 19, "It has more digits than a figure can have"),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_figure_is_read(text: str, expected: Any) -> None:
    assert read_figure(text) == FigureValue(*expected, "")


@pytest.mark.parametrize(("text", "reason"), ASKS, ids=[text[:20] for text, _ in ASKS])
def test_ambiguous_and_unreadable_texts_are_asked_about(text: str, reason: str) -> None:
    with pytest.raises(FigureError) as refusal:
        read_figure(text)
    assert f"{refusal.value.reason}.".startswith(reason)
    assert f"is not one figure. {reason}" in str(refusal.value)


@pytest.mark.parametrize(("length", "shown"), [(80, "9" * 80), (81, "9" * 79 + "…")])
def test_of_a_long_text_a_refusal_shows_the_beginning(length: int, shown: str) -> None:
    assert str(FigureError("9" * length, "So it is")).startswith(f"“{shown}” is not one figure. So it is.")


def test_the_longest_unit_and_the_largest_number_are_read_and_no_more() -> None:
    unit, most = "x" * 40, Decimal(BEYOND - 1)
    assert read_figure(f"{most} {unit}") == FigureValue(most, most, "exact", unit, "")
    for text, reason in ((f"5 {unit}x", "A unit has 40 characters at most"), (f"{BEYOND} tons", "It has more digits")):
        with pytest.raises(FigureError, match=reason):
            read_figure(text)


@pytest.mark.parametrize("missing", Missing)
def test_why_there_is_no_number_is_read(missing: Missing) -> None:
    assert read_figure(missing.label.capitalize()) == FigureValue(None, None, "", "", missing)
    assert read_figure(f"{missing.label} soldiers") == FigureValue(None, None, "", "soldiers", missing)


def test_nothing_is_no_figure() -> None:
    assert not read_figure("  ")


numbers = st.decimals(min_value=0, max_value=10**18 - 1, places=4)
words = st.text(string.ascii_lowercase, min_size=4, max_size=9).map("x".__add__)
units = st.sampled_from(["", "USD", "rank", "T-55 tanks", "tons of rice", "%"]) | words
ranges = st.tuples(numbers, numbers).map(sorted) | numbers.map(lambda number: [number, number])
figures = st.one_of(
    st.builds(
        lambda ends, how, unit: FigureValue(*ends, how, unit, ""),
        ranges,
        st.sampled_from([Qualifier.EXACT, Qualifier.ABOUT, Qualifier.ESTIMATED]),
        units,
    ),
    st.builds(
        lambda low, how, unit: FigureValue(low, None, how, unit, ""),
        numbers,
        st.sampled_from([Qualifier.AT_LEAST, Qualifier.MORE_THAN]),
        units,
    ),
    st.builds(lambda high, unit: FigureValue(None, high, Qualifier.AT_MOST, unit, ""), numbers, units),
    st.builds(lambda missing, unit: FigureValue(None, None, "", unit, missing), st.sampled_from(Missing), words),
)


@settings(max_examples=300, deadline=None)
@given(figure=figures)
def test_what_we_write_into_the_box_is_read_as_the_same_figure(figure: FigureValue) -> None:
    assert read_figure(figure.typed) == figure


@settings(max_examples=300, deadline=None)
@given(figure=figures, at=st.integers(0, 20), sign=st.sampled_from(["", *"019 ,.-–$%~€x"]))
def test_whatever_is_typed_is_read_or_refused_in_words(figure: FigureValue, at: int, sign: str) -> None:
    text = figure.typed[:at] + sign + figure.typed[at + 1 :]
    try:
        read = read_figure(text)
    except FigureError as error:
        assert str(error)
    else:
        assert str(read_figure(read.typed)) == str(read)
