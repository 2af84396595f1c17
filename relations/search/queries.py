"""How a query is read: names become filters, and the rest is looked for in the words of the records."""

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
from relations.search.sought import all_of, lexemes, looked_for
from relations.search.thesaurus import also

TIES = ("relation", "relations", "relationship", "relationships", "ties")
TODAY = ("current", "currently", "nowadays", "now", "still", "today")
OF_RELATIONS = frozenset(("diplomatic", "formal", "official", "status"))  # said of relations as such
# What a question is made of, which PostgreSQL does not take for common words; beside others it asks for nothing.
ASKING = frozenset(
    [
        *("country", "countries", "states"),
        *("since", "many", "much", "exist", "existed", "happen", "happened", "ever", "say", "says"),
        *("list", "timeline", "compare", "compared", "show", "tell", "true", "sure", "certain", "mean"),
        *TIES,
        *TODAY,
        *("关系", "關係", "関係", "관계"),
    ]
)
MARKS = "?!.,;:"  # that end a question
EITHER = re.compile(rf"(?<={NAMED})\s+or\s+(?={NAMED})")
EXCLUDED = re.compile(r'(?<!\S)-(?:"[^"]*"?|\S+)')
MOST_WIDENED = 4  # words of a query beside which others are looked for; of more, any others would be found


@dataclass(frozen=True)
class ParsedQuery:
    """A query as it was understood: the countries, actors and days that it names, and the words left to look for."""

    countries: dict[str, str] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    alike: dict[str, list[str]] = field(default_factory=dict)  # what is said of several, and these
    foreign: dict[str, str] = field(default_factory=dict)  # names in other languages, and how they were read
    earlier: dict[str, list[str]] = field(default_factory=dict)  # states, and those before them that stood then
    absent: dict[str, list[str]] = field(default_factory=dict)  # states that no record names, and those before them
    without: dict[str, str] = field(default_factory=dict)  # the names that are excluded
    days: Days | None = None  # between which something happened, began or ended
    words: str = ""
    telling: tuple[str, ...] = ()  # the single words of a plain query that are looked for
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what is looked for beside these, by each
    spared: int = 0  # how many of the single words may be lacking
    too_common: tuple[str, ...] = ()  # the words of a query that leaves nothing to look for
    asking: tuple[str, ...] = ()  # the words of a question, which are left out
    is_either: bool = False  # whether one of the names is enough
    was_both: bool = False  # whether all of the names were asked for, and nothing has them together
    is_vague: bool = False  # whether all that may have been in the days is enough, and what only lasted then
    undated: Days | None = None  # the days that were asked for, on which nothing is dated
    missing: str = ""  # the words that nothing has beside the names, and which are left out

    def __bool__(self) -> bool:
        """Whether there is anything to look for, or to leave out."""
        return bool(self.countries or self.actors or self.words or self.without or self.days)

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
        return " ".join(word.strip(MARKS) for word in self.telling) or self.words

    @property
    def in_short(self) -> str:
        """What it names and the words that are looked for, as a query of its own."""
        excluded = (f"-{name}" for name in self.without.values())
        return " ".join([*self.countries.values(), *self.actors.values(), *excluded, self.told]).strip()

    @property
    def also_looked_for(self) -> list[str]:
        """What is looked for beside the words, each once."""
        others = [other for others in self.also.values() for other in others]
        return [other for other in dict.fromkeys(others) if other.lower() not in self.telling]

    @property
    def is_of_relations(self) -> bool:
        """Whether it asks how two countries stand to each other, and for no more."""
        has_other_words = bool(self.words) and not OF_RELATIONS.issuperset(self.telling)
        return len(self.countries) > 1 and not (has_other_words or self.days)

    @property
    def is_of_ties(self) -> bool:
        """Whether it asks for relations as such: who broke them off, since when they are."""
        return not {*TIES}.isdisjoint(self.asking)

    @property
    def is_of_today(self) -> bool:
        """Whether it asks for what is so today."""
        return not {*TODAY}.isdisjoint(self.asking)

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
        return not (self.spared or self.missing or self.undated)

    @property
    def weakness(self) -> tuple[int, bool, bool, bool, bool]:
        """What of a query what answers may lack."""
        return self.spared, bool(self.missing), self.was_both, self.is_vague, bool(self.undated)

    @cached_property
    def sought(self) -> str:
        """The words, and what says the same, as PostgreSQL looks for them."""
        if not self.also:
            return lexemes(" or ".join(self.choices_of_words))[0]
        each = lexemes(*(" or ".join([word, *map('"{}"'.format, self.also.get(word, ()))]) for word in self.telling))
        return " | ".join(all_of(some) for some in combinations(each, self.enough))

    def matching(self) -> LexemeQuery:
        """The same as a condition on words."""
        return LexemeQuery(self.sought)

    def in_sentences(self, query: str) -> list[str]:
        """What is sought in sentences that answer: the query as it was typed, else what it was read as."""
        names = " ".join([*self.countries.values(), *self.actors.values()])
        if self.days:
            return lexemes(query)
        if self.also:
            typed, named = lexemes(query, names)
            return [typed, all_of([named, self.sought])]
        asked = [self.missing] if self.missing else self.choices_of_words
        return lexemes(query, " or ".join(f"{names} {words}".strip() for words in asked))

    def weaker(self) -> Iterator["ParsedQuery"]:
        """What is asked for where nothing answers: what may be of the days, all without these, then fewer words.

        Then any of the names, the names without the words, and the same of any days, and of any of the names. What a
        query excludes is never among what is left out.
        """
        undated = replace(self, days=None, undated=self.days) if self.days else None
        if undated:
            yield replace(self, is_vague=True)
            yield undated
        for spared in range(1, len(self.telling)):
            yield replace(self, spared=spared)
        any_of_them = replace(self, is_either=True, was_both=True)
        has_several = len(self.names) > 1 and not self.is_either
        if has_several:
            yield any_of_them
        excluded = " ".join(EXCLUDED.findall(self.words))
        if (self.names or self.days) and self.words != excluded:
            yield replace(self, words=excluded, missing=EXCLUDED.sub(" ", self.told).strip())
        if undated:
            yield from undated.weaker()
        elif has_several:
            yield from any_of_them.weaker()

    def settled(self, answers: Callable[["ParsedQuery"], bool]) -> "ParsedQuery":
        """This query, or the first weaker one for which `answers` is true; this one where it is for none."""
        weaker = list(self.weaker())
        if not weaker or answers(self):
            return self
        return next((each for each in weaker if answers(each)), self)


def read_query(query: str, *, actors: bool = True) -> ParsedQuery:
    """Reads a query: first the days, then the names of public countries (and actors), then the words that are left."""
    query, days = days_in(query)
    named = read_names(query, days, actors=actors)
    countries, actors_named = named.of_kind(COUNTRY), named.of_kind(ACTOR)
    is_either = bool(EITHER.search(named.words))
    others = EITHER.sub(" ", named.words).replace(NAMED, " ").split()
    left, asking = without_asking(others)
    words, telling, too_common = looked_for(" ".join(left))
    if asking and not (words or named.things or days):
        asking = []
        words, telling, too_common = looked_for(" ".join(others))
    before = earlier_states([*countries], days, telling)
    return ParsedQuery(
        countries=countries | {code: name for states in before.values() for code, name in states.items()},
        actors=actors_named,
        alike=with_earlier(named.alike, countries, before),
        earlier={countries[code]: [*states.values()] for code, states in before.items()},
        absent=named.absent,
        foreign=named.foreign,
        without=named.without,
        days=days,
        words=words,
        telling=telling,
        also=also(telling) if len(telling) <= MOST_WIDENED else {},
        too_common=() if named.things or days else too_common,
        asking=tuple(asking),
        is_either=is_either,
    )


def with_earlier(
    alike: dict[str, list[str]], countries: dict[str, str], before: dict[str, dict[str, str]]
) -> dict[str, list[str]]:
    """What is said of several, with the states before these; a state that others stood before is one of several."""
    found = {
        name: [*dict.fromkeys(each for code in codes for each in (code, *before.get(code, ())))]
        for name, codes in alike.items()
    }
    said = {code for codes in alike.values() for code in codes}
    return found | {countries[code]: [code, *states] for code, states in before.items() if code not in said}


def without_asking(words: list[str]) -> tuple[list[str], list[str]]:
    """Words without those of a question and those that name the part of the world that the register is about; these."""
    plain = [word.lower().strip(MARKS) for word in words]
    region = settings.REGISTER.region.lower().split()
    asking = {place for place, word in enumerate(plain) if word in ASKING}
    for place in range(len(plain)):
        if region and plain[place : place + len(region)] == region:
            asking |= {*range(place, place + len(region))}
    left = [word for place, word in enumerate(words) if place not in asking]
    return left, [plain[place] for place in sorted(asking)]
