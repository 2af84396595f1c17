"""Makes `fixtures/reference/foreign_names.csv`, what countries are called in other languages, of Unicode's CLDR.

`make names` runs it: it takes the folder `main` of npm's package `cldr-localenames-full`, and writes each name once,
with its country and the languages that call it so. What a search would find anyway, because it is the English name but
for accents, is left out, and so are names of two letters, and what means something else in English first of all.
"""

import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import yaml

REFERENCE = Path(__file__).parents[2] / "fixtures" / "reference"
# The languages of the United Nations, of the Middle East, and those in which most is written of foreign relations.
LANGUAGES = [
    *("ar", "az", "bg", "bn", "ca", "ckb", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu"),
    *("id", "it", "ja", "ko", "ko-KP", "ku", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sv", "sw", "th", "tr", "uk"),
    *("ur", "vi", "zh", "zh-Hant"),
]
# In English these are words, people, other places and adjectives, with accents too, which a search does not tell apart.
OTHERWISE_MEANT = {
    *("brasilia", "britannia", "columbia", "day", "dominique", "granada", "grenade", "island", "israeli", "man"),
    *("maurice", "mauricio", "norfolk", "sad", "somali", "tunis", "turki", "uman", "yemeni"),
}
TERRITORY = re.compile(r"([A-Z]{2})(?:-alt-(?:short|variant))?")
SHORTEST = 3  # letters of a name in Latin letters


def plain(name: str) -> str:
    """A name without case and accents."""
    apart = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def is_left_out(name: str) -> bool:
    """Whether a name is too short to be read as one, or means something else in English."""
    return plain(name) in OTHERWISE_MEANT or (name.isascii() and len(re.sub(r"\W", "", name)) < SHORTEST)


def of_register() -> tuple[dict[str, str], set[str]]:
    """The country of each code of two letters that is in use, and whatever countries are called in English."""
    codes, names = {}, set()
    for path in sorted(REFERENCE.glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            fields = row["fields"]
            if row["model"] == "relations.country":
                names |= {plain(name) for name in (fields["name"], *fields.get("aliases", ()))}
            elif row["model"] == "relations.countrycode" and fields["scheme"] == "iso2" and "valid_until" not in fields:
                codes[fields["value"]] = fields["country"]
    return {"XK": "XKX", **codes}, names


def main(folder: str) -> None:
    """Writes the names that the files of CLDR in a folder have."""
    codes, english = of_register()
    languages: dict[tuple[str, str], list[str]] = defaultdict(list)
    for language in LANGUAGES:
        told = json.loads((Path(folder) / language / "territories.json").read_text(encoding="utf-8"))
        for key, name in told["main"][language]["localeDisplayNames"]["territories"].items():
            territory = TERRITORY.fullmatch(key)
            if not territory or territory[1] not in codes or is_left_out(name) or plain(name) in english:
                continue
            if language not in (of := languages[codes[territory[1]], unicodedata.normalize("NFC", name)]):
                of.append(language)
    with (REFERENCE / "foreign_names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country", "name", "languages"])
        writer.writerows((country, name, " ".join(of)) for (country, name), of in sorted(languages.items()))


if __name__ == "__main__":
    main(sys.argv[1])
