"""How a query is read: names become filters, and the rest is looked for in the words of the records."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from django.db import connections

from config.databases import reading
from relations.adjectives import adjectives_in
from relations.expressions import LookedFor
from relations.models import Actor, Country
from relations.names import meant, names_of
from relations.thesaurus import also

# What a question is made of, which PostgreSQL does not take for common words; beside others it asks for nothing.
ASKING = frozenset(
    [
        "relation",
        "relations",
        "relationship",
        "relationships",
        "ties",
        "since",
        "many",
        "much",
        "exist",
        "existed",
        "still",
        "today",
        "happen",
        "happened",
        "country",
        "countries",
        "states",
    ]
)
NAMED = "\0"  # where a name stood in a query
CODE = 3  # letters of the code of a country
MARKS = "?!.,;:"  # that end a question
EITHER = re.compile(rf"(?<={NAMED})\s+or\s+(?={NAMED})")
EXCLUDED = re.compile(r'(?<!\S)-(?:"[^"]*"?|\S+)')
OPERATORS = re.compile(r'"|(?<!\S)-|(?<!\S)or(?!\S)')
MOST_WORDS = 8  # of a query, of which some are enough where nothing has all
MOST_WIDENED = 4  # words of a query beside which others are looked for; of more, any others would be found
LOOKED_FOR = """
    SELECT numnode(public.sought(%(words)s)), public.words(%(words)s), ARRAY(
        SELECT word FROM unnest(string_to_array(%(words)s, ' ')) WITH ORDINALITY AS each (word, place)
        WHERE numnode(public.sought(word)) > 0 ORDER BY place
    )
"""
LEXEMES = """
    SELECT public.sought(query)::text FROM unnest(%s::text[]) WITH ORDINALITY AS each (query, place) ORDER BY place
"""


@dataclass(frozen=True)
class Reading:
    """How a query was understood: the countries and actors that it names, and the words that are left to look for."""

    countries: dict[str, str] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    alike: dict[str, list[str]] = field(default_factory=dict)  # adjectives of several countries, and these
    without: dict[str, str] = field(default_factory=dict)  # the names that are excluded
    words: str = ""
    telling: tuple[str, ...] = ()  # the single words of a plain query that are looked for
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what is looked for beside these, by each
    spared: int = 0  # how many of the single words may be lacking
    too_common: tuple[str, ...] = ()  # the words of a query that leaves nothing to look for
    asking: tuple[str, ...] = ()  # the words of a question, which are left out
    is_either: bool = False  # whether one of the names is enough
    was_both: bool = False  # whether all of the names were asked for, and nothing has them together
    missing: str = ""  # the words that nothing has beside the names, and which are left out

    def __bool__(self) -> bool:
        """Whether there is anything to look for, or to leave out."""
        return bool(self.countries or self.actors or self.words or self.without)

    @property
    def names(self) -> list[str]:
        """What is listed under the names."""
        return [*self.countries, *self.actors]

    @property
    def choices(self) -> list[list[str]]:
        """The names as choices, of each of which a record has one."""
        if self.is_either:
            return [self.names]
        of_several = {code for codes in self.alike.values() for code in codes}
        return [*self.alike.values(), *([name] for name in self.names if name not in of_several)]

    @property
    def told(self) -> str:
        """The words, as a page says that they were read: without those that PostgreSQL leaves out."""
        return " ".join(self.telling) or self.words

    @property
    def also_looked_for(self) -> list[str]:
        """What is looked for beside the words, each once."""
        others = [other for others in self.also.values() for other in others]
        return [other for other in dict.fromkeys(others) if other.lower() not in self.telling]

    @property
    def enough(self) -> int:
        """How many of the telling words a record has to have."""
        return len(self.telling) - self.spared

    @property
    def choices_of_words(self) -> list[str]:
        """The words that are looked for together: all, or each choice of as many as are enough."""
        return [" ".join(some) for some in combinations(self.telling, self.enough)] if self.spared else [self.words]

    @property
    def has_all(self) -> bool:
        """Whether what answers has all the words that were asked for."""
        return not (self.spared or self.missing)

    @property
    def weakness(self) -> tuple[int, bool, bool]:
        """What of a query what answers may lack."""
        return self.spared, bool(self.missing), self.was_both

    @cached_property
    def sought(self) -> str:
        """The words, and what says the same, as PostgreSQL looks for them."""
        if not self.also:
            return lexemes(" or ".join(self.choices_of_words))[0]
        each = lexemes(*(" or ".join([word, *map('"{}"'.format, self.also.get(word, ()))]) for word in self.telling))
        return " | ".join(all_of(some) for some in combinations(each, self.enough))

    def matching(self) -> LookedFor:
        """The same as a condition on words."""
        return LookedFor(self.sought)

    def in_sentences(self, query: str) -> list[str]:
        """What is sought in sentences that answer: the query as it was typed, else what it was read as."""
        names = " ".join([*self.countries.values(), *self.actors.values()])
        if self.also:
            typed, named = lexemes(query, names)
            return [typed, all_of([named, self.sought])]
        asked = [self.missing] if self.missing else self.choices_of_words
        return lexemes(query, " or ".join(f"{names} {words}".strip() for words in asked))

    def weaker(self) -> Iterator["Reading"]:
        """What is asked for where nothing answers: fewer words, the names without them, then any of the names.

        What a query excludes is never among what is left out.
        """
        for spared in range(1, len(self.telling)):
            yield replace(self, spared=spared)
        excluded = " ".join(EXCLUDED.findall(self.words))
        if self.names and self.words != excluded:
            yield replace(self, words=excluded, missing=EXCLUDED.sub(" ", self.told).strip())
        if len(self.names) > 1 and not self.is_either:
            any_of_them = replace(self, is_either=True, was_both=True)
            yield any_of_them
            yield from any_of_them.weaker()

    def settled(self, answers: Callable[["Reading"], bool]) -> "Reading":
        """This reading, or the first weaker one that anything answers to."""
        weaker = list(self.weaker())
        if not weaker or answers(self):
            return self
        return next((reading for reading in weaker if answers(reading)), self)


def read_query(query: str, *, actors: bool = True) -> Reading:
    """Reads the names of public countries (and actors) out of a query, the longest first; quoted words stay words.

    A name that is a common word as well, as the codes ARE and CAN are, is read as one only in capitals; the adjective
    of a country stands for its name, and one of several countries for any of them.
    """
    adjectives = adjectives_in(query)
    spoken_of = {code for codes in adjectives.values() for code in codes}
    names = names_of(
        meant(Country.objects.public(), query, spoken_of), query, "countries", "code", "code", "name", "official_name"
    )
    if actors:
        names = names.union(
            names_of(meant(Actor.objects.public(), query), query, "actors", "slug", "slug", "name"), all=True
        )
    known = sorted(names, key=lambda row: (-len(row[0]), row))
    words = known[0][-1] if known else query
    called = {key: name for _, kind, key, name, _ in known if kind == "countries"}
    found: dict[str, dict[str, str]] = {"countries": {}, "actors": {}}
    without: dict[str, str] = {}
    alike: dict[str, list[str]] = {}
    for alias, kind, key, name, _ in known:
        words, excluded = without_name(words, alias, sign="-")
        if excluded:
            without[key] = name
        left, hits = without_name(words, alias)
        if hits and not is_common(alias, query):
            words, found[kind][key] = left, name
    for adjective, codes in adjectives.items():
        of = [code for code in codes if code in called]
        left, hits = without_name(words, adjective)
        if hits and of:
            words = left
            if not found["countries"].keys() & of:
                found["countries"] |= {code: called[code] for code in of}
                alike |= {adjective: of} if len(of) > 1 else {}
    is_either = bool(EITHER.search(words))
    others = EITHER.sub(" ", words).replace(NAMED, " ").split()
    asking = tuple(word for word in others if word.lower().strip(MARKS) in ASKING)
    if len(asking) == len(others) and not any(found.values()):
        asking = ()
    words, telling, too_common = looked_for(" ".join(word for word in others if word not in asking))
    return Reading(
        countries=found["countries"],
        actors=found["actors"],
        alike=alike,
        words=words,
        telling=telling,
        also=also(telling) if len(telling) <= MOST_WIDENED else {},
        too_common=() if any(found.values()) else too_common,
        without={key: name for key, name in without.items() if key not in (*found["countries"], *found["actors"])},
        asking=asking,
        is_either=is_either,
    )


def is_common(code: str, query: str) -> bool:
    """Whether a code stands in a query as the common word that it is as well, and not in capitals."""
    return len(code) == CODE and code.upper() not in query.split() and not looked_for(code)[0]


def without_name(words: str, name: str, sign: str = "") -> tuple[str, int]:
    """The words without that name, and how often it stood there: whole, not in quotes, after a sign or else after none.

    Its own words may be joined by a hyphen or a space, here and there: Guinea-Bissau is Guinea Bissau.
    """
    parts = re.findall(r"\w+", name)
    if not parts or parts[0] not in words:
        return words, 0
    joined = rf"(?:-|[^-\w{NAMED}]+)".join(parts)
    before = rf"(?<!\S){sign}" if sign else r"(?<![\w-])"
    pattern, mark = re.compile(rf"{before}{joined}(?![\w-])"), " " if sign else f" {NAMED} "
    pieces = [
        pattern.subn(mark, piece) if place % 2 == 0 else (piece, 0) for place, piece in enumerate(words.split('"'))
    ]
    return '"'.join(piece for piece, _ in pieces), sum(hits for _, hits in pieces)


def looked_for(words: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The words if PostgreSQL looks for any of them, else none; each that it looks for; those that it leaves out."""
    if not words:
        return "", (), ()
    with connections[reading.database].cursor() as cursor:
        cursor.execute(LOOKED_FOR, {"words": words})
        nodes, common, telling = cursor.fetchone()
    if not nodes:
        return "", (), tuple(dict.fromkeys(common.split()))
    is_plain = not OPERATORS.search(words) and len(telling) <= MOST_WORDS
    return words, tuple(dict.fromkeys(telling)) if is_plain else (), ()


def lexemes(*queries: str) -> list[str]:
    """What PostgreSQL looks for by each of some queries, as `LookedFor` takes it; nothing for common words alone."""
    with connections[reading.database].cursor() as cursor:
        cursor.execute(LEXEMES, [list(queries)])
        return [sought for (sought,) in cursor.fetchall()]


def all_of(sought: Iterable[str]) -> str:
    """All that is sought together."""
    return " & ".join(f"({each})" for each in sought if each)


def is_plain(words: str) -> bool:
    """Whether a query has words, and says no more than these."""
    return bool(words.split()) and not OPERATORS.search(words)
