"""Countries, living and former, their lifespans, and their codes in other schemes."""

from collections import defaultdict
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.urls import get_script_prefix

from relations.expressions import Fold, Names, has_any
from relations.fields import FuzzyDateField, LineField
from relations.models import triggers
from relations.models.constraints import in_order, rule
from relations.models.entry import is_listed
from relations.models.keyed import DESK_PERMISSIONS, KeyedQuerySet, Part, Versioned, registered
from relations.models.vocabularies import CodeScheme, CountryKind

# The names under which a search finds a country.
NAMES = Names("code", "name", "official_name", aliases="aliases")


def parts_in(model: type[models.Model], lookup: str) -> QuerySet:
    """A query that has a row if the country of an outer query takes part in a record by this lookup.

    It reads one index after the other. In a join, PostgreSQL may read all records for a country that has none, because
    it expects to find a first one soon.
    """
    part, _, of_part = lookup.partition("__")
    relation: Any = model._meta.get_field(part)
    rows, path = (relation.related_model.objects, of_part) if relation.one_to_many else (model._default_manager, lookup)
    actor, _, country = path.rpartition("__")
    if not actor:
        return rows.filter(**{country: OuterRef("pk")})
    acting: Any = rows.model._meta.get_field(actor)
    actors = acting.related_model.objects.filter(**{country: OuterRef("pk")})
    return actors.filter(has_any(rows.filter(**{actor: OuterRef("pk")})))


class CountryQuerySet(models.QuerySet):
    """Countries that are public, and those that take part in records."""

    def public(self) -> Self:
        """Countries that a published record is listed under."""
        return self.filter(is_listed(OuterRef("pk")))

    def absent(self) -> Self:
        """Countries that no published record is listed under."""
        return self.exclude(is_listed(OuterRef("pk")))

    def named_by(self, model: Any) -> Self:
        """Countries that take part in a record of a type, directly or through an actor, published or not."""
        named = [has_any(parts_in(model, lookup)) for of_role in model.parties.values() for lookup in of_role]
        return self.filter(reduce(or_, map(Q, named)))


@registered
class Country(Versioned):
    """A state or territory, living or former, identified by three letters: its ISO 3166-1 code, even a withdrawn one
    (SUN). A country that ISO never listed separately has a code of ours: X and two letters, a range that ISO leaves to
    its users (XBV for Bavaria, XKX for Kosovo), or YAR for North Yemen, whose code YEM passed to the unified state.

    Codes of other schemes, and the years in which ISO's own were valid, are rows of `CountryCode`. These are never read
    as the code of a country.
    """

    code = models.CharField(
        max_length=3,
        primary_key=True,
        db_collation="C",
        help_text="Three capital letters: those of ISO 3166-1, even if withdrawn; X… and YAR are ours. Never changed.",
    )
    name = LineField(max_length=100, help_text="The short English name.")
    official_name = LineField(max_length=200, blank=True, help_text="The official English name.")
    aliases = ArrayField(
        LineField(max_length=100),
        default=list,
        blank=True,
        help_text="Other names and abbreviations that texts use.",
    )
    kind = models.CharField(max_length=24, choices=CountryKind, help_text="What sort of country it is.")
    successors = models.ManyToManyField(
        "self",
        through="Succession",
        symmetrical=False,
        related_name="predecessors",
        help_text="The states that followed it.",
    )

    cited_parts = ("lifespans", "successors", "codes")
    names = NAMES
    natural_key_fields = ("code",)  # no natural_key(): it is the primary key, so fixtures write the code, not a list
    objects = CountryQuerySet.as_manager()

    class Meta:
        default_permissions = DESK_PERMISSIONS
        ordering = ["name"]
        verbose_name_plural = "countries"
        indexes = [GinIndex(NAMES, name="country_names")]
        constraints = [
            models.UniqueConstraint(
                Fold("name"),
                name="country_name_is_unique",
                violation_error_message="name: another country has this name, but for its case, accents or spaces.",
            ),
            rule("country_code_is_well_formed", Q(code__regex=r"^[A-Z]{3}$"), "code: three capital letters A–Z."),
        ]
        triggers = [pgtrigger.ReadOnly(name="code_never_changes", fields=["code"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{get_script_prefix()}countries/{self.code}/"


Span = tuple[date | None, date | None]  # the first and the last day; None if unknown


class LifespanQuerySet(KeyedQuerySet):
    """Lifespans by country, and those that ended a country."""

    def spans(self) -> dict[str, list[Span]]:
        """The spans in which each country may have existed, by its code."""
        found: dict[str, list[Span]] = defaultdict(list)
        for code, first, last in self.order_by().values_list(
            "country", "existed_from_earliest", "existed_until_latest"
        ):
            found[code].append((first, last))
        return found

    def final(self) -> Self:
        """Lifespans whose end was the end of the country, because no other of its lifespans is later or goes on."""
        others = Lifespan.objects.filter(country=OuterRef("country"))
        later = Q(existed_until="") | Q(existed_until_latest__gt=OuterRef("existed_until_latest"))
        return self.exclude(existed_until="").filter(~Exists(others.filter(later)))


@registered
class Lifespan(Part):
    """A span in which a country existed as a state; a state that ended and was founded again has several."""

    country = models.ForeignKey(
        Country, on_delete=models.CASCADE, related_name="lifespans", help_text="Whose lifespan it is."
    )
    existed_from: Any = FuzzyDateField(
        instants_only=True, help_text="When the state began (EDTF); empty where unknown."
    )
    existed_until: Any = FuzzyDateField(
        instants_only=True, help_text="When the state ended (EDTF); empty for a living one."
    )

    natural_key_fields = ("country", "existed_from")
    owner_fields = ("country",)
    objects = LifespanQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["country", F("existed_from_latest").asc(nulls_first=True)]
        constraints = [
            rule(
                "lifespan_says_something",
                ~Q(existed_from="") | ~Q(existed_until=""),
                "existed_from: give a beginning or an end.",
            ),
            in_order("lifespan", "existed_from", "existed_until"),
            ExclusionConstraint(
                name="lifespan_is_one_at_a_time",
                expressions=[
                    (Func(F("country"), F("country"), Value("[]"), function="public.textrange"), "="),
                    (
                        Func(
                            F("existed_from_earliest"),
                            F("existed_from_latest"),
                            Case(When(existed_until="", then=Value(date.max)), default=F("existed_until_earliest")),
                            function="public.period_core",
                        ),
                        "&&",
                    ),
                ],
                violation_error_message="Another lifespan of this country certainly covers some of the same days.",
            ),
        ]

    def __str__(self) -> str:
        first = self.existed_from.spoken if self.existed_from else "…"
        return f"{first} – {self.existed_until.spoken if self.existed_until else 'today'}"

    def is_to_come(self, day: date) -> bool:
        """Whether it certainly began after that day."""
        first = self.existed_from and self.existed_from.earliest
        return bool(first and day < first)

    def is_over(self, day: date) -> bool:
        """Whether it certainly ended before that day."""
        last = self.existed_until and self.existed_until.latest
        return bool(last and day > last)


@registered
class Succession(Part):
    """The succession of a state to another. A successor inherits nothing in this register: no relation, no mission."""

    predecessor = models.ForeignKey(
        Country, on_delete=models.CASCADE, related_name="+", help_text="The state that ended."
    )
    successor = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", help_text="The state that followed."
    )

    natural_key_fields = ("predecessor", "successor")
    owner_fields = ("predecessor",)

    class Meta:
        constraints = [
            rule(
                "succession_is_of_two",
                ~Q(predecessor=models.F("successor")),
                "successor: a state does not follow itself.",
            ),
        ]
        triggers = [triggers.FollowsInTime()]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


def may_have_existed(spans: list[Span], first: date | None, last: date | None) -> bool:
    """Whether a state may have existed on any day from first to last; an unknown bound rules nothing out."""
    first, last = first or date.min, last or date.max
    return any((began or date.min) <= last and (ended or date.max) >= first for began, ended in spans)


def predecessors() -> dict[str, list[str]]:
    """The direct predecessors of each state that has any, by its code."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, before in Succession.objects.order_by("predecessor", "successor").values_list("successor", "predecessor"):
        found[code].append(before)
    return found


@registered
class CountryCode(Part):
    """The code of a country in another scheme for a span of years; schemes disagree, and each is stored as it is."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="codes", help_text="Whose code it is.")
    scheme = models.CharField(max_length=10, choices=CodeScheme, help_text="The scheme.")
    value = models.CharField(max_length=20, db_collation="C", help_text="The code in that scheme.")
    valid_from = models.PositiveSmallIntegerField(null=True, blank=True, help_text="First year in the scheme's list.")
    valid_until = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Last year in the scheme's list; empty while it is listed."
    )

    natural_key_fields = ("country", "scheme", "value", "valid_from")
    owner_fields = ("country",)

    class Meta:
        ordering = ["scheme", "valid_from", "value"]
        constraints = [
            rule(
                "countrycode_ends_after_it_begins",
                Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                "valid_until: lies before valid_from.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"
