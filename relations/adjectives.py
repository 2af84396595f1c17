"""Adjectives of countries, as English makes them of a name: Syrian, Kuwaiti, Lebanese, South African.

The rules are those of most names; French or Emirati follow none.
"""

import re

# How a name ends, and how its adjective does.
ENDINGS = (
    ("", "n"),
    ("", "an"),
    ("", "ian"),
    ("a", "ian"),
    ("e", "ian"),
    ("y", "ian"),
    ("o", "an"),
    ("any", "an"),
    ("", "i"),
    ("ia", "i"),
    ("", "ese"),
    ("a", "ese"),
    ("on", "ese"),
    ("al", "uese"),
    ("ey", "ish"),
    ("en", "ish"),
    ("and", "ish"),
    ("land", "nish"),
    ("ain", "anish"),
)
SHORTEST = 4  # letters of a name that has an adjective, which codes and abbreviations have not


def adjectives(name: str) -> list[str]:
    """What may be the adjective of a name, and its plural, by which people are called."""
    if len(name) < SHORTEST:
        return []
    made = [name.removesuffix(of_name) + ending for of_name, ending in ENDINGS if name.endswith(of_name)]
    return [form for one in made for form in (one, f"{one}s")]


def named_by(query: str) -> list[str]:
    """The names that words of a query may be the adjectives of, each after the two words before it: South Africa."""
    return [
        " ".join([*query[: match.start()].split()[-2:], name])
        for match in re.finditer(r"[^\W\d_]{5,}", query)
        for name in names(match[0].lower())
    ]


def names(word: str) -> set[str]:
    """The names that a word may be the adjective of."""
    return {
        form.removesuffix(ending) + of_name
        for form in (word, word.removesuffix("s"))
        for of_name, ending in ENDINGS
        if form.endswith(ending)
    }
