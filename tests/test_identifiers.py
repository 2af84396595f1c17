"""ISBN and DOI: valid ones are stored as they are, invalid ones are refused with the reason."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from relations.identifiers import bare_doi, validate_doi, validate_isbn


@pytest.mark.parametrize(
    "isbn", ["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "979-10-90636-07-1", "080442957X"]
)
def test_an_isbn_with_a_valid_check_digit_is_accepted(isbn):
    validate_isbn(isbn)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("978-0-306-40615-8", "“978-0-306-40615-8” is no ISBN: its last digit does not fit the others, so one of them"),
        (
            "9780920000000",
            "“9780920000000” is no ISBN: its last digit does not fit the others, so one of them is wrong.",
        ),
        (
            "0-306-40615-X",
            "“0-306-40615-X” is no ISBN: its last digit does not fit the others, so one of them is wrong.",
        ),
        ("977-0-306-40615-7", "“977-0-306-40615-7” is no ISBN: ten digits, of which the last may be X, or thirteen"),
        ("978030640615", "“978030640615” is no ISBN: ten digits, of which the last may be X, or thirteen"),
        ("97803064061577", "“97803064061577” is no ISBN: ten digits, of which the last may be X, or thirteen"),
        ("ISBN 0306406152", "“ISBN 0306406152” is no ISBN: ten digits, of which the last may be X, or thirteen"),
    ],
)
def test_isbn_that_is_none_is_refused(text, reason):
    with pytest.raises(ValidationError) as refusal:
        validate_isbn(text)
    assert refusal.value.messages[0].startswith(reason)


@given(st.integers(0, 9), st.integers(0, 12), st.integers(1, 9))
def test_no_isbn_of_thirteen_digits_survives_a_wrong_digit(first, place, shift):
    body = [9, 7, 8, first, 3, 0, 6, 4, 0, 6, 1, 5]
    digits = [*body, -sum(number * (3 if at % 2 else 1) for at, number in enumerate(body)) % 10]
    validate_isbn("".join(map(str, digits)))
    digits[place] = (digits[place] + shift) % 10
    with pytest.raises(ValidationError):
        validate_isbn("".join(map(str, digits)))


@pytest.mark.parametrize("doi", ["10.1080/03050629908434958", "10.1000.10/a(b)c", "10.5281/zenodo.1234"])
def test_doi_is_taken_as_it_stands(doi):
    validate_doi(doi)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "https://doi.org/10.1080/03050629908434958",
            "“https://doi.org/10.1080/03050629908434958” is no DOI: write 10.1080/03050629908434958 alone.",
        ),
        ("doi:10.5281/zenodo.1234", "“doi:10.5281/zenodo.1234” is no DOI: write 10.5281/zenodo.1234 alone."),
        ("10.1080", "“10.1080” is no DOI: it begins with 10. and has a slash."),
        ("10.1080/a b", "“10.1080/a b” is no DOI: it begins with 10. and has a slash."),
        ("11.1080/a", "“11.1080/a” is no DOI: it begins with 10. and has a slash."),
    ],
)
def test_doi_that_is_none_is_refused(text, reason):
    with pytest.raises(ValidationError) as refusal:
        validate_doi(text)
    assert refusal.value.messages == [reason]


@pytest.mark.parametrize(
    "text",
    [
        *("10.1000/182", " doi:10.1000/182 ", "DOI: 10.1000/182", "https://doi.org/10.1000/182"),
        *("http://dx.doi.org/10.1000/182", "doi.org/10.1000/182", "doi:https://doi.org/10.1000%2F182"),
    ],
)
def test_a_doi_is_taken_out_of_what_resolves_it(text):
    assert bare_doi(text) == "10.1000/182"


@pytest.mark.parametrize("text", ["10.1000/a%2Fb", "https://example.org/10.1000/182", "", "x doi:10.1000/182"])
def test_what_has_no_resolver_is_left_as_it_stands(text):
    assert bare_doi(text) == text
