"""Parses a query: days and names become filters, and the remaining words are searched for in the records."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from django.conf import settings

from relations.expressions import LexemeQuery
from relations.search.days import Days, days_in
from relations.search.earlier import earlier_states
from relations.search.named import ACTOR, COUNTRY, NAMED, read_names
from relations.search.sought import all_of, lexemes, split_words
from relations.search.thesaurus import synonyms_of

TIES = ("relation", "relations", "relationship", "relationships", "ties")
TODAY = ("current", "currently", "nowadays", "now", "still", "today")
OF_RELATIONS = frozenset(("diplomatic", "formal", "official", "status"))  # words about relations as such
# Words of a question that are not stop words in PostgreSQL; they are ignored if the query has anything else.
QUESTION_WORDS = frozenset(
    [
        *("country", "countries", "states"),
        *("since", "many", "much", "exist", "existed", "happen", "happened", "ever", "say", "says"),
        *("list", "timeline", "compare", "compared", "show", "tell", "true", "sure", "certain", "mean"),
        *TIES,
        *TODAY,
        *("关系", "關係", "関係", "관계"),
    ]
)
MARKS = "?!.,;:"  # punctuation that is stripped from words
EITHER = re.compile(rf"(?<={NAMED})\s+or\s+(?={NAMED})")
EXCLUDED = re.compile(r'(?<!\S)-(?:"[^"]*"?|\S+)')
MOST_WIDENED = 4  # synonyms are used for queries of at most so many keywords; in longer ones they match too much


@dataclass(frozen=True)
class ParsedQuery:
    """A parsed query: the countries, actors and days that it names, and the words that are left to search for."""

    countries: dict[str, str] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    ambiguous: dict[str, list[str]] = field(default_factory=dict)  # names of several things, and their keys
    foreign: dict[str, str] = field(default_factory=dict)  # names in other languages, and how they were read
    earlier: dict[str, list[str]] = field(default_factory=dict)  # states, and their predecessors in the days
    absent: dict[str, list[str]] = field(default_factory=dict)  # states that no record names, and their predecessors
    excluded: dict[str, str] = field(default_factory=dict)  # names after a minus sign, by key
    days: Days | None = None  # in which something happened, began or ended
    words: str = ""
    keywords: tuple[str, ...] = ()  # the words of a plain query, one by one, without stop words
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of the keywords
    may_lack: int = 0  # how many of the keywords a record may lack
    too_common: tuple[str, ...] = ()  # the stop words of a query that has nothing else
    question_words: tuple[str, ...] = ()  # words of a question that were ignored
    is_either: bool = False  # whether any of the names is enough
    was_both: bool = False  # weakened: the query had all of the names, and no record has them together
    is_vague: bool = False  # weakened: records that only may lie in the days, or lasted then, match too
    undated: Days | None = None  # weakened: the days of the query, which were dropped
    missing: str = ""  # weakened: the words of the query, which were dropped

    def __bool__(self) -> bool:
        """Whether the query selects anything."""
        return bool(self.countries or self.actors or self.words or self.excluded or self.days)

    @property
    def names(self) -> list[str]:
        """The keys of countries and actors, under which records are listed."""
        return [*self.countries, *self.actors]

    @property
    def choices(self) -> list[list[str]]:
        """The keys as lists of alternatives; a record must match one key of each list."""
        if self.is_either:
            return [self.names]
        of_several = {code for codes in self.ambiguous.values() for code in codes}
        return [*self.ambiguous.values(), *([name] for name in self.names if name not in of_several)]

    @property
    def shown_words(self) -> str:
        """The words as the page shows them: without stop words, if the query is plain."""
        return " ".join(word.strip(MARKS) for word in self.keywords) or self.words

    @property
    def in_short(self) -> str:
        """The names and the words as a shorter query."""
        excluded = (f"-{name}" for name in self.excluded.values())
        return " ".join([*self.countries.values(), *self.actors.values(), *excluded, self.shown_words]).strip()

    @property
    def also_looked_for(self) -> list[str]:
        """The synonyms that the page lists, each once."""
        others = [other for others in self.synonyms.values() for other in others]
        return [other for other in dict.fromkeys(others) if other.lower() not in self.keywords]

    @property
    def is_of_relations(self) -> bool:
        """Whether the query only asks about the relations between two or more countries."""
        has_other_words = bool(self.words) and not OF_RELATIONS.issuperset(self.keywords)
        return len(self.countries) > 1 and not (has_other_words or self.days)

    @property
    def is_of_ties(self) -> bool:
        """Whether the query has a word such as “relations”: who broke them off, when they were established."""
        return not {*TIES}.isdisjoint(self.question_words)

    @property
    def is_of_today(self) -> bool:
        """Whether the query asks about today."""
        return not {*TODAY}.isdisjoint(self.question_words)

    @property
    def required(self) -> int:
        """The number of keywords that a record must have."""
        return len(self.keywords) - self.may_lack

    @property
    def choices_of_words(self) -> list[str]:
        """The words that a record must have together: all, or each combination of `required` keywords."""
        return (
            [" ".join(some) for some in combinations(self.keywords, self.required)] if self.may_lack else [self.words]
        )

    @property
    def has_all(self) -> bool:
        """Whether the results have all words and days of the original query."""
        return not (self.may_lack or self.missing or self.undated)

    @property
    def weakness(self) -> tuple[int, bool, bool, bool, bool]:
        """How the query was weakened, for comparison with another parse of the same query."""
        return self.may_lack, bool(self.missing), self.was_both, self.is_vague, bool(self.undated)

    @cached_property
    def sought(self) -> str:
        """The tsquery for the words and their synonyms."""
        if not self.synonyms:
            return lexemes(" or ".join(self.choices_of_words))[0]
        each = lexemes(
            *(" or ".join([word, *map('"{}"'.format, self.synonyms.get(word, ()))]) for word in self.keywords)
        )
        return " | ".join(all_of(some) for some in combinations(each, self.required))

    def matching(self) -> LexemeQuery:
        """`sought` as an expression to filter by."""
        return LexemeQuery(self.sought)

    def in_sentences(self, query: str) -> list[str]:
        """The tsqueries for sentences, to be tried in turn: the query as typed, then as it was parsed."""
        names = " ".join([*self.countries.values(), *self.actors.values()])
        if self.days:
            return lexemes(query)
        if self.synonyms:
            typed, named = lexemes(query, names)
            return [typed, all_of([named, self.sought])]
        choices = [self.missing] if self.missing else self.choices_of_words
        return lexemes(query, " or ".join(f"{names} {words}".strip() for words in choices))

    def weaker(self) -> Iterator["ParsedQuery"]:
        """Weaker versions of this query, to be tried in turn if nothing matches.

        First with vague days and without days, then with fewer keywords, then with any of the names, then without
        words; then the same again without days or with any of the names. Exclusions are never dropped.
        """
        undated = replace(self, days=None, undated=self.days) if self.days else None
        if undated:
            yield replace(self, is_vague=True)
            yield undated
        for may_lack in range(1, len(self.keywords)):
            yield replace(self, may_lack=may_lack)
        any_of_them = replace(self, is_either=True, was_both=True)
        has_several = len(self.names) > 1 and not self.is_either
        if has_several:
            yield any_of_them
        excluded = " ".join(EXCLUDED.findall(self.words))
        if (self.names or self.days) and self.words != excluded:
            yield replace(self, words=excluded, missing=EXCLUDED.sub(" ", self.shown_words).strip())
        if undated:
            yield from undated.weaker()
        elif has_several:
            yield from any_of_them.weaker()

    def settled(self, answers: Callable[["ParsedQuery"], bool]) -> "ParsedQuery":
        """This query or the first weaker one for which `answers` is true; this one if it is true for none."""
        weaker = list(self.weaker())
        if not weaker or answers(self):
            return self
        return next((each for each in weaker if answers(each)), self)


def read_query(query: str, *, actors: bool = True) -> ParsedQuery:
    """Parses a query: first days, then names of public countries (and actors), then the remaining words."""
    query, days = days_in(query)
    named = read_names(query, days, actors=actors)
    countries, actors_named = named.of_kind(COUNTRY), named.of_kind(ACTOR)
    is_either = bool(EITHER.search(named.words))
    others = EITHER.sub(" ", named.words).replace(NAMED, " ").split()
    left, ignored = without_question_words(others)
    words, keywords, too_common = split_words(" ".join(left))
    if ignored and not (words or named.things or days):
        ignored = []
        words, keywords, too_common = split_words(" ".join(others))
    before = earlier_states([*countries], days, keywords)
    return ParsedQuery(
        countries=countries | {code: name for states in before.values() for code, name in states.items()},
        actors=actors_named,
        ambiguous=with_earlier(named.ambiguous, countries, before),
        earlier={countries[code]: [*states.values()] for code, states in before.items()},
        absent=named.absent,
        foreign=named.foreign,
        excluded=named.excluded,
        days=days,
        words=words,
        keywords=keywords,
        synonyms=synonyms_of(keywords) if len(keywords) <= MOST_WIDENED else {},
        too_common=() if named.things or days else too_common,
        question_words=tuple(ignored),
        is_either=is_either,
    )


def with_earlier(
    ambiguous: dict[str, list[str]], countries: dict[str, str], before: dict[str, dict[str, str]]
) -> dict[str, list[str]]:
    """The ambiguous names with predecessors added to their keys; a state with predecessors becomes ambiguous."""
    found = {
        name: [*dict.fromkeys(each for code in codes for each in (code, *before.get(code, ())))]
        for name, codes in ambiguous.items()
    }
    said = {code for codes in ambiguous.values() for code in codes}
    return found | {countries[code]: [code, *states] for code, states in before.items() if code not in said}


def without_question_words(words: list[str]) -> tuple[list[str], list[str]]:
    """The words without question words and the name of the register's region; and what was removed, in lower case."""
    plain = [word.lower().strip(MARKS) for word in words]
    region = settings.REGISTER.region.lower().split()
    ignored = {place for place, word in enumerate(plain) if word in QUESTION_WORDS}
    for place in range(len(plain)):
        if region and plain[place : place + len(region)] == region:
            ignored |= {*range(place, place + len(region))}
    left = [word for place, word in enumerate(words) if place not in ignored]
    return left, [plain[place] for place in sorted(ignored)]
