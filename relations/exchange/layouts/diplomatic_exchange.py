"""The layout of the Diplomatic Exchange of the Correlates of War: the rank of representatives by dyad and year."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from relations.exchange.layouts.layout import Row, their_columns
from relations.exchange.panels import Codes, column, states, statuses
from relations.models import CountryCode
from relations.models.tracks import LevelOfRepresentation, Track
from relations.models.vocabularies import CodeScheme, HeadRank, MissionKind, Verdict
from relations.status import Answer, RelationStatus

RANKS = {
    LevelOfRepresentation.NONE: "0",
    LevelOfRepresentation.CHARGE: "1",
    LevelOfRepresentation.MINISTER: "2",
    LevelOfRepresentation.AMBASSADOR: "3",
}
RANKS_OF_HEADS = {HeadRank.CHARGE: "1", HeadRank.MINISTER: "2", HeadRank.AMBASSADOR: "3"}
NO_EVIDENCE, OTHER_RANK = "0", "9"
DIPLOMATIC = (MissionKind.EMBASSY, MissionKind.LEGATION, MissionKind.HIGH_COMMISSION, MissionKind.INTERESTS_SECTION)
STANDS = (Verdict.ON, Verdict.POSSIBLY)
EXCHANGE = (
    *their_columns("ccode1", "ccode2", "year", "DR_at_1", "DR_at_2", "DE", "version"),
    column("dyad_relation", "code", "Both codes here: those of the two sides."),
    column("dyad_verdict_at_1", "term", "The verdict of DR_at_1 for that day.", Verdict),
    column("dyad_verdict_at_2", "term", "The verdict of DR_at_2 for that day.", Verdict),
)


def exchange(relations: QuerySet, days: list[date]) -> Iterator[Row]:
    """A row for each dyad and year: `DR_at_1` is the rank of the representative of the second side at the first."""
    codes = Codes()
    numbered = CountryCode.objects.filter(scheme=CodeScheme.COW).values("country")
    both = relations.filter(country_a__in=numbered, country_b__in=numbered)
    for status in statuses(both.iterator(), days, [Track.LEVEL], states(), with_missions=True):
        day = status.day
        one, two = status.relation.natural_key()
        numbers = [codes.of(code, CodeScheme.COW, day.year) for code in (one, two)]
        if not all(numbers):
            continue
        at_sides = [rank_of(status, two), rank_of(status, one)]
        (first, at_1), (second, at_2) = sorted(zip(map(int, numbers), at_sides, strict=True))
        is_exchange = (at_1.code, at_2.code) != (NO_EVIDENCE, NO_EVIDENCE)
        yield (
            *(str(first), str(second), str(day.year), at_1.code, at_2.code, str(int(is_exchange)), ""),
            *(status.relation.code, at_1.verdict, at_2.verdict),
        )


class Rank(NamedTuple):
    """The rank of a representative in the codes of the Diplomatic Exchange, and its verdict for the day."""

    code: str
    verdict: str


def rank_of(status: RelationStatus, sender: str) -> Rank:
    """The rank of a side's representative: by the level that is stated or, without one, by its missions."""
    level = next(answer for answer in status.answers if answer.holder and answer.holder.pk == sender)
    posts = [answer for answer in status.missions if sends(answer, sender)]
    for answer in [level, *posts]:
        if answer.verdict in STANDS and answer.records:
            return Rank(rank(answer.records[0]), str(answer.verdict))
    return Rank(NO_EVIDENCE, str(level.verdict))


def sends(answer: Answer, sender: str) -> bool:
    """Whether an answer is a diplomatic mission of that country."""
    (post,) = answer.records
    return post.sending_id == sender and post.kind in DIPLOMATIC


def rank(record: Any) -> str:
    """The code for a level of representation, or for the rank of the head of a mission."""
    if hasattr(record, "head_rank"):
        return RANKS_OF_HEADS.get(record.head_rank, OTHER_RANK)
    return RANKS.get(record.value, OTHER_RANK)
