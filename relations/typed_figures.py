"""Parsing figures as people type them into one box at the desk: “about 120 tanks”, “60 million USD”, “20-30 killed”.

The words are those of `FigureValue.__str__` and other usual ones. For a text with two possible meanings, an error says
what to write instead.
"""

import re
from decimal import Decimal

from relations.models.figure import BEYOND, RANK, FigureValue
from relations.models.vocabularies import Missing, Qualifier

EXAMPLES = "120 tanks, about 120 tanks, 20-30 killed, more than 1,000, 60 million USD, rank 1 to 5, uncounted"
LONGEST_UNIT = 40
DIGITS_AFTER_THE_POINT = 4
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
# Other words that multiply a number; read as units they would leave it too small, so they are refused.
OTHER_SCALES = r"dozens?|scores?|gross|lakhs?|crores?|mil|mill|mio|milliards?|mrd|tsd|k|m|b"
SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

QUALIFIERS = {
    Qualifier.EXACT: r"exactly",
    Qualifier.ESTIMATED: r"(?:an )?estimated|est\.",
    Qualifier.ABOUT: r"about|some|around|approx(?:imately|\.)?|roughly|circa|ca\.|c\.|~",
    Qualifier.AT_LEAST: r"at least|(?:not|no) (?:less|fewer) than|>=|≥",
    Qualifier.MORE_THAN: r"more than|over|above|>",
    Qualifier.AT_MOST: r"at most|up to|(?:not|no) more than|<=|≤",
}
AFTER = {Qualifier.AT_LEAST: r"or (?:more|over)", Qualifier.AT_MOST: r"or (?:less|fewer)"}
NUMBER = rf"(?:[0-9][0-9,.]*|{'|'.join(SMALL)})"
SCALE = rf"(?: ?(?:{'|'.join(SCALES)})s?\b)?"
FIGURE = re.compile(
    rf"(?:(?P<currency>[A-Z]{{3}}) ?)?(?P<low>(?i:{NUMBER}))(?P<low_scale>(?i:{SCALE}))"
    rf"(?: ?(?:[-‐‑–—]|(?i:to)\b) ?(?P<high>(?i:{NUMBER}))(?P<high_scale>(?i:{SCALE})))?(?: ?(?P<unit>[^\d\s].*))?"
)

GLUED = re.compile(r"[0-9](?:[a-z]| ?[’'])[0-9]$", re.IGNORECASE)  # notations of one number: 1e9, 5'000

UNKNOWN_FORM = "It begins with no number"
SIDE_BY_SIDE = "Two numbers stand side by side: write commas between thousands, and what is counted in letters"
FEWER = "There is no form for less than a number: write “at most” where that is meant, or leave the figure out"
THOUSANDS = "“{0}” may be thousands or a fraction: write “{1}” or “{0}0”"
COMMAS = "“{0}” has a comma where no thousands end: write a point before a fraction"
POINTS = "“{0}” has more than one point: write commas between thousands, and a point before a fraction"
NO_NUMBER = "“{0}” is no number as it is written here: write all its digits, with commas between thousands"
SEVERAL = "There is a second number in it: each figure has a box of its own"
UNTOLD_UNIT = "“{0}” is no unit: write the figure, and then what is counted"
DOLLARS = "Which currency “{0}” is cannot be told: write its ISO 4217 code, as in “60 million USD”"
BOTH = "“{0}” and a range exclude each other"
SCALED = "Both numbers of the range need their “{0}”: write them in full"
OFF_ORDER = "It ends below its beginning"
TOO_LONG = f"A unit has {LONGEST_UNIT} characters at most"
TOO_LARGE = "It has more digits than a figure can have"


class FigureError(ValueError):
    """A text that is not a figure, or may mean several, with the reason in words for a researcher."""

    def __init__(self, value: str, reason: str) -> None:
        super().__init__(value, reason)
        self.value = value
        self.reason = reason

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 2 * LONGEST_UNIT else self.value[: 2 * LONGEST_UNIT - 1] + "…"
        return f"“{shown}” is not one figure. {self.reason}. Allowed are, for example: {EXAMPLES}."


def read_figure(text: str) -> FigureValue:
    """The figure that a text means, without any number for an empty text; FigureError if it means none or several."""
    text = " ".join(text.split())
    if not text:
        return FigureValue(None, None, "", "", "")
    if missing := missing_of(text):
        return missing
    qualifier, rest = qualified(text)
    if ranked := re.fullmatch(rf"{RANK} (.+)", rest, re.IGNORECASE):
        rest = f"{ranked[1]} {RANK}"
    if re.match(r"(?:fewer|less) than|under|below|<|almost|nearly", rest, re.IGNORECASE):
        raise FigureError(text, FEWER)
    found = FIGURE.fullmatch(re.sub(r"^(?:US ?\$|US dollars ?)", "USD ", re.sub("^€", "EUR ", rest)))
    if not found:
        sign = re.match(r"[$£¥](?=\s?[0-9])", rest)
        form = SIDE_BY_SIDE if re.match(NUMBER, rest) else UNKNOWN_FORM
        raise FigureError(text, DOLLARS.format(sign[0]) if sign else form)
    unit, after = unit_of(text, found)
    if after and qualifier not in ("", Qualifier.EXACT):
        raise FigureError(text, BOTH.format(Qualifier(qualifier).label))
    return bounded(text, after or qualifier or Qualifier.EXACT, *bounds(text, found), unit)


def missing_of(text: str) -> FigureValue | None:
    """The figure for a reason why there is no number, with its unit; None if the text is no such reason."""
    for missing in Missing:
        if match := re.fullmatch(rf"{missing.label}(?: ([^\d\s].*))?", text, re.IGNORECASE):
            return FigureValue(None, None, "", match[1] or "", missing.value)
    return None


def qualified(text: str) -> tuple[str, str]:
    """The qualifier at the beginning of a text, empty if there is none, and the rest of the text."""
    for qualifier, words in QUALIFIERS.items():
        if match := re.match(rf"(?:{words})(?:(?<=\W)| )\s*(?=.)", text, re.IGNORECASE):
            return qualifier.value, text[match.end() :]
    return "", text


def unit_of(text: str, found: re.Match[str]) -> tuple[str, str]:
    """The unit, and the qualifier before it, as in “120 or more tanks”; either may be empty."""
    unit, after = found["unit"] or "", ""
    for qualifier, words in AFTER.items():
        if match := re.match(rf"(?:{words})(?: |$)", unit, re.IGNORECASE):
            unit, after = unit[match.end() :], qualifier.value
    if unit in ("US dollars", "US$"):
        unit = "USD"
    unit = {"€": "EUR", "euros": "EUR", "euro": "EUR"}.get(unit, unit)
    if found["currency"] and unit:
        raise FigureError(text, UNTOLD_UNIT.format(f"{found['currency']} … {unit}"))
    if re.fullmatch(r"[$£¥]|(?:dollars?|pounds?|rials?|dinars?|won)", unit, re.IGNORECASE):
        raise FigureError(text, DOLLARS.format(unit))
    if unit and GLUED.search(found.string, 0, found.start("unit") + 2):
        written = found.string[found.start("low") :].removesuffix(unit.partition(" ")[2])
        raise FigureError(text, NO_NUMBER.format(written.strip()))
    if re.search(r"(?:^|\s)[0-9][0-9,.]*(?=\s|$)", unit):
        raise FigureError(text, SEVERAL)
    if re.match(rf"(?:or|and|to|plus|{'|'.join(SCALES)}|{OTHER_SCALES})\b(?!-)|[^\w(%“‘\"']", unit, re.IGNORECASE):
        raise FigureError(text, UNTOLD_UNIT.format(unit))
    if len(unit) > LONGEST_UNIT:
        raise FigureError(text, TOO_LONG)
    return found["currency"] or unit, after


def bounds(text: str, found: re.Match[str]) -> tuple[Decimal, Decimal]:
    """The lowest and the highest number; if only the second has a scale such as “million”, it applies to both."""
    scales = [
        SCALES.get((found[name] or "").strip().lower().removesuffix("s"), 1) for name in ("low_scale", "high_scale")
    ]
    low = number(text, found["low"])
    if found["high"] is None:
        return low * scales[0], low * scales[0]
    high = number(text, found["high"])
    if not found["low_scale"] and found["high_scale"]:
        if low > high:
            raise FigureError(text, SCALED.format(found["high_scale"].strip()))
        scales[0] = scales[1]
    if found["low_scale"] and not found["high_scale"]:
        raise FigureError(text, SCALED.format(found["low_scale"].strip()))
    return low * scales[0], high * scales[1]


def number(text: str, digits: str) -> Decimal:
    """A number from digits, with commas between thousands and a point before a fraction, or from a word."""
    if digits.lower() in SMALL:
        return Decimal(SMALL.index(digits.lower()))
    if re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", digits):
        raise FigureError(text, THOUSANDS.format(digits, digits.replace(".", ",")))
    if not re.fullmatch(rf"(?:[0-9]+|[0-9]{{1,3}}(?:,[0-9]{{3}})+)(?:\.[0-9]{{1,{DIGITS_AFTER_THE_POINT}}})?", digits):
        raise FigureError(text, (COMMAS if "," in digits else POINTS).format(digits))
    return Decimal(digits.replace(",", ""))


def bounded(text: str, qualifier: str, low: Decimal, high: Decimal, unit: str) -> FigureValue:
    """The figure, with None for the bound that its qualifier leaves open."""
    if low > high:
        raise FigureError(text, OFF_ORDER)
    if high >= BEYOND:
        raise FigureError(text, TOO_LARGE)
    if low != high and qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.AT_MOST):
        raise FigureError(text, BOTH.format(Qualifier(qualifier).label))
    if qualifier == Qualifier.AT_MOST:
        return FigureValue(None, high, qualifier, unit, "")
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return FigureValue(low, None, qualifier, unit, "")
    return FigureValue(low, high, qualifier, unit, "")
