"""Names of months in other languages, from Django's translations: Oktober, octobre, октября, أكتوبر."""

import re
import unicodedata
from collections import defaultdict
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_ALT

from relations.hints import MONTH_NAMES

LANGUAGES = ("ar", "cs", "de", "es", "fa", "fr", "he", "hr", "it", "nl", "pl", "pt", "ru", "tr", "uk")
WORD = re.compile(r"[^\W\d_]+")
OF = re.compile(r"\s+de\s+", re.IGNORECASE)  # 6 de octubre de 1973
# A date in Chinese, Japanese or Korean, with a sign for year, month or day after each number.
EASTERN = re.compile(r"(?<!\d)(\d{4}) ?[年년](?: ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일])?)?에?")


@cache
def months() -> dict[str, str]:
    """English names of months by foreign names, without names that mean different months in different languages."""
    found: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        with translation.override(language):
            for number, english in enumerate(MONTH_NAMES, start=1):
                for name in (MONTHS[number], MONTHS_ALT[number]):
                    found[plain(str(name))].add(english)
    return {name: english.pop() for name, english in found.items() if len(english) == 1}


def plain(word: str) -> str:
    """A word without case, accents and vowel points."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def in_english(text: str) -> str:
    """The text with names of months translated to English."""
    english = WORD.sub(lambda word: months().get(plain(word[0]), word[0]), text)
    return OF.sub(" ", english) if english != text else text


def with_hyphens(text: str) -> str:
    """The text with Chinese, Japanese and Korean dates written as 1973-10-06, with spaces around them."""
    return EASTERN.sub(lambda date: f" {'-'.join(f'{part:0>2}' for part in date.groups() if part)} ", text)
