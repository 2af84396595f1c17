"""ISBNs and DOIs, validated by their form and check digit."""

import re
from urllib.parse import unquote

from django.core.exceptions import ValidationError

ISBN = re.compile(r"[0-9]{9}[0-9X]|97[89][0-9]{10}")
DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/\S+")
RESOLVER = re.compile(r"(?i:(https?://)?(dx\.|www\.)?doi\.org/|doi:)\s*")
RESOLVED_BY = "https://doi.org/"


def validate_isbn(value: str) -> None:
    """ValidationError unless it is ten or thirteen digits, with or without hyphens, with a right check digit."""
    digits = re.sub("[- ]", "", value)
    if not ISBN.fullmatch(digits):
        raise ValidationError(
            "“%(value)s” is no ISBN: ten digits, of which the last may be X, or thirteen that begin with 978 or 979;"
            " hyphens may stand between them.",
            code="invalid",
            params={"value": value},
        )
    numbers = [10 if digit == "X" else int(digit) for digit in digits]
    if len(numbers) == 10:
        is_right = sum(weight * number for weight, number in zip(range(10, 0, -1), numbers, strict=True)) % 11 == 0
    else:
        is_right = (sum(numbers[::2]) + 3 * sum(numbers[1::2])) % 10 == 0
    if not is_right:
        raise ValidationError(
            "“%(value)s” is no ISBN: its last digit does not fit the others, so one of them is wrong.",
            code="invalid",
            params={"value": value},
        )


def bare_doi(text: str) -> str:
    """A DOI without its resolver and without percent-escapes; other text unchanged."""
    text = text.strip()
    resolver = RESOLVER.match(text)
    while resolver:
        text = text[resolver.end() :]
        text = unquote(text) if "/" in resolver[0] else text
        resolver = RESOLVER.match(text)
    return text


def validate_doi(value: str) -> None:
    """ValidationError unless it is a prefix that begins with “10.”, a slash and a suffix."""
    if not DOI.fullmatch(value):
        without = bare_doi(value)
        reason = f"write {without} alone" if DOI.fullmatch(without) else "it begins with 10. and has a slash"
        raise ValidationError(
            "“%(value)s” is no DOI: %(reason)s.", code="invalid", params={"value": value, "reason": reason}
        )
