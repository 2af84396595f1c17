r"""The parts of a record in one cell, in a canonical order: rendered by PostgreSQL, parsed by `cells.py`.

    participants  PRK:actor; EGY:recipient; actor/orascom:host; "16 other Arab states":addressee
    participants  actor/anwar-sadat:approved; actor/saddam-hussein:sought (of a deal)
    figures       persons=20 of pilots; money=about 26000000 USD
    citations     source-key#egypt.2.2; source-key@p. 4 |field=place |stance=contradicts |value=Cairo |hedge=reportedly
    lifespans     1902-05-20/1906-09-25; 1909-01-23/..
    codes         cow=651@1937..; iso2=EG

A backslash escapes the character after it: `; | # @ : "`, another backslash, or white space at an end.
"""

from functools import reduce
from operator import and_
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Func, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from relations.models import Citation, CountryCode, DealParty, EventFigure, Lifespan, Participation, Succession
from relations.models.vocabularies import DealRole, Measure, Qualifier, Role, Stance, Vocabulary

SPECIAL = r'([\\;|#@:"]|^[ \t\r\n]|[ \t\r\n]$)'
ESCAPE = r"\\\1"
NOTHING = Value("")
SEPARATOR = "; "
# A number before the words of an unnamed party, in the correct form and in those of common mistakes.
NUMBERED = r"[-−–+(]?[0-9]+(?:[.,'’ \u00a0\u202f][0-9]+)*\)?"
ONE_SIDED = {Qualifier.AT_LEAST: "low", Qualifier.MORE_THAN: "low", Qualifier.AT_MOST: "high"}
# What a citation has besides its place: the key in the cell, and the field.
OPTIONS = {
    "field": "field",
    "part": "part",
    "stance": "stance",
    "value": "value",
    "modality": "modality",
    "hedge": "hedge",
    "by": "attributed_to",
    "on": "attributed_on",
    "announced": "is_announcement",
}


class Replaced(Func):
    """A text in which every match of a regular expression is replaced."""

    function = "regexp_replace"
    output_field = TextField()

    def __init__(self, text: Any, pattern: str, replacement: str) -> None:
        super().__init__(text, Value(pattern), Value(replacement), Value("g"))


class InCodePoints(Func):
    """A text that is sorted by code points, independently of the locale."""

    template = '(%(expressions)s) COLLATE "C"'
    output_field = TextField()


def escaped(column: str) -> Replaced:
    """A text column with special characters escaped."""
    return Replaced(column, SPECIAL, ESCAPE)


def text(*pieces: Any) -> Concat:
    """Columns and literal texts, concatenated."""
    return Concat(*pieces, output_field=TextField())


def if_(condition: Q, then: Any, otherwise: Any = NOTHING) -> Case:
    """One text if a condition is true, else another."""
    return Case(When(condition, then=then), default=otherwise, output_field=TextField())


def place_in(vocabulary: type[Vocabulary], column: str) -> Case:
    """The position of a term in its closed list, for sorting."""
    return Case(*[When(**{column: term}, then=Value(place)) for place, term in enumerate(vocabulary)])


def number(column: str) -> Cast:
    """A number without trailing zeros."""
    return Cast(Func(column, function="trim_scale"), TextField())


class Cell(Combinable):
    """The parts of a row as one text, in an order that depends only on their content."""

    def __init__(self, parts: QuerySet, owner: str, rendered: Any, *order: Any, distinct: bool = False) -> None:
        self.parts, self.owner, self.rendered, self.order, self.distinct = parts, owner, rendered, order, distinct

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """In a query, the cell is a subquery for each row."""
        parts = self.parts.filter(**{self.owner: OuterRef("pk")}).order_by(*self.order).values_list(self.rendered)
        rows = ArraySubquery(parts.distinct() if self.distinct else parts)
        cell = Func(rows, Value(SEPARATOR), function="array_to_string", output_field=TextField())
        return cell.resolve_expression(*args, **kwargs)

    def of_rows(self, keys: Any) -> QuerySet:
        """The cells of all rows with these primary keys in one query: pairs of key and text, without empty ones."""
        parts = self.parts.order_by().filter(**{f"{self.owner}__pk__among": keys}).values_list(self.owner)
        return parts.annotate(
            cell=StringAgg(self.rendered, SEPARATOR, distinct=self.distinct, order_by=self.order),
        )


def participants() -> Cell:
    """The parties of an event."""
    # A number that belongs to the words is escaped, to distinguish it from a count.
    words = Replaced(escaped("named_as"), "^([-−–+(]?[0-9])", ESCAPE)
    unnamed = if_(Q(count__isnull=False), text(Cast("count", TextField()), Value(" "), words), words)
    party = Case(
        When(country__isnull=False, then=Cast("country_id", TextField())),
        When(actor__isnull=False, then=text(Value("actor/"), "actor__slug")),
        default=text(Value('"'), unnamed, Value('"')),
        output_field=TextField(),
    )
    return Cell(
        Participation.objects.all(),
        "event",
        text(party, Value(":"), "role"),
        place_in(Role, "role"),
        InCodePoints("country_id"),
        "actor__slug",
        InCodePoints("named_as"),
    )


def deal_parties() -> Cell:
    """The persons and organisations that took part in a deal."""
    return Cell(
        DealParty.objects.all(),
        "transfer",
        text(Value("actor/"), "actor__slug", Value(":"), "role"),
        place_in(DealRole, "role"),
        "actor__slug",
    )


def deal_side(side: str) -> Concat:
    """The supplier or recipient of a deal, in the syntax of the participants of events."""
    named = text(Value('"'), escaped(f"{side}_named_as"), Value('"'))
    party = Case(
        When(**{f"{side}__isnull": False}, then=Cast(f"{side}_id", TextField())),
        When(**{f"{side}_actor__isnull": False}, then=text(Value("actor/"), f"{side}_actor__slug")),
        default=named,
        output_field=TextField(),
    )
    return text(party, Value(f":{side}"))


def figures() -> Cell:
    """The numbers of an event."""
    low, high = number("figure_low"), number("figure_high")
    qualifier = if_(~Q(figure_qualifier=Qualifier.EXACT), text("figure_qualifier", Value(" ")))
    range_end = if_(~Q(figure_high=F("figure_low")), text(Value(".."), high))
    figure = Case(
        When(~Q(figure_missing=""), then=F("figure_missing")),
        *[
            When(figure_qualifier=term, then=text(Value(f"{term} "), number(f"figure_{end}")))
            for term, end in ONE_SIDED.items()
        ],
        default=text(qualifier, low, range_end),
        output_field=TextField(),
    )
    unit = Replaced(Replaced(escaped("figure_unit"), r"\mof\M", r"\\of"), "^([0-9])", ESCAPE)
    return Cell(
        EventFigure.objects.all(),
        "event",
        text(
            "measure",
            Value("="),
            figure,
            if_(~Q(figure_unit=""), text(Value(" "), unit)),
            if_(~Q(of=""), text(Value(" of "), escaped("of"))),
        ),
        place_in(Measure, "measure"),
        InCodePoints("of"),
    )


def citations(target: str) -> Cell:
    """The evidence for a record or thing."""
    unsaid = {"stance": Stance.SUPPORTS, "announced": False}
    rendered = {key: escaped(column) for key, column in OPTIONS.items()} | {"announced": Value("true")}
    silent = {key: Q(**{column: unsaid.get(key, "")}) for key, column in OPTIONS.items()}
    options = [if_(~silent[key], text(Value(f" |{key}="), rendered[key])) for key in OPTIONS]
    # Most citations have only their place; for them, the options are not concatenated.
    beside = if_(reduce(and_, silent.values()), NOTHING, otherwise=text(*options))
    place = if_(
        Q(passage__isnull=False), text(Value("#"), "passage__ref"), otherwise=text(Value("@"), escaped("locator"))
    )
    return Cell(
        Citation.objects.all(),
        target,
        text("source__key", place, beside),
        "source__key",
        "passage__position",
        InCodePoints("locator"),
        InCodePoints("field"),
        InCodePoints("part"),
        place_in(Stance, "stance"),
    )


def lifespans() -> Cell:
    """The spans in which a country existed."""
    until = if_(Q(existed_until=""), Value(".."), F("existed_until"))
    return Cell(
        Lifespan.objects.all(),
        "country",
        text("existed_from", Value("/"), until),
        F("existed_from_latest").asc(nulls_first=True),
        "existed_from",
    )


def licences(target: str) -> Cell:
    """The licences of the supporting sources of a record that have a licence of their own."""
    own = Citation.objects.filter(stance=Stance.SUPPORTS).exclude(source__licence="")
    return Cell(own, target, escaped("source__licence"), escaped("source__licence"), distinct=True)


def country_codes() -> Cell:
    """The codes of a country in other schemes."""
    first, last = Cast("valid_from", TextField()), Cast("valid_until", TextField())
    undated = Q(valid_from__isnull=True, valid_until__isnull=True)
    return Cell(
        CountryCode.objects.all(),
        "country",
        text("scheme", Value("="), escaped("value"), if_(~undated, text(Value("@"), first, Value(".."), last))),
        InCodePoints("scheme"),
        F("valid_from").asc(nulls_first=True),
        "value",
    )


def successors(among: QuerySet) -> Cell:
    """The codes of the successor states of a country that are among the given countries."""
    followers = Succession.objects.filter(successor__in=among)
    return Cell(followers, "predecessor", Cast("successor_id", TextField()), InCodePoints("successor_id"))


class Aliases(Func):
    """The other names of a country or an actor, in the order given."""

    template = (
        "array_to_string(ARRAY(SELECT regexp_replace(alias, $$%(special)s$$, $$%(escape)s$$, 'g')"
        " FROM unnest(%(expressions)s) WITH ORDINALITY AS names (alias, place) ORDER BY place), '; ')"
    )
    output_field = TextField()

    def __init__(self, column: str) -> None:
        super().__init__(column, special=SPECIAL, escape=ESCAPE)
