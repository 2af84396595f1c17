"""Countries, living and former, and their codes in other schemes."""

from functools import reduce
from operator import or_
from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from relations.fields import Fold, FuzzyDateField, LineField
from relations.models import triggers
from relations.models.constraints import in_order, rule
from relations.models.keyed import DESK_PERMISSIONS, Part, Versioned, registered
from relations.models.vocabularies import CodeScheme, CountryKind


class CountryQuerySet(models.QuerySet):
    """Countries, as the public may see them."""

    def public(self) -> Self:
        """Countries that anything published names."""
        from relations.models import RECORD_TYPES

        # One question a column: each is answered by an index, and by the first row that is found.
        named = [
            Exists(model.objects.published().filter(**{lookup: OuterRef("pk")}))  # type: ignore[attr-defined]
            for model in RECORD_TYPES
            for lookups in model.parties.values()
            for lookup in lookups
        ]
        return self.filter(reduce(or_, named))


@registered
class Country(Versioned):
    """A state or territory, living or former, under its ISO 3166-1 alpha-3 code.

    Former states keep the code ISO 3166-3 retired (SUN, YMD). YAR stands for North Yemen, because ISO gave YEM to North
    Yemen and to the unified state alike.
    """

    code = models.CharField(
        max_length=3, primary_key=True, db_collation="C", help_text="Three capital letters; never changed."
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
    existed_from = FuzzyDateField(
        instants_only=True, help_text="When the state began; empty where not needed or unknown."
    )
    existed_until = FuzzyDateField(instants_only=True, help_text="When the state ended; empty for a living one.")
    successors = models.ManyToManyField(
        "self",
        through="Succession",
        symmetrical=False,
        related_name="predecessors",
        help_text="The states that followed it.",
    )

    cited_parts = ("successors", "codes")
    natural_key_fields = ("code",)  # which is the primary key: fixtures write the code, not a list of it
    objects = CountryQuerySet.as_manager()

    class Meta:
        default_permissions = DESK_PERMISSIONS
        ordering = ["name"]
        verbose_name_plural = "countries"
        constraints = [
            models.UniqueConstraint(
                Fold("name"),
                name="country_name_is_unique",
                violation_error_message="name: another country has this name, but for its case, accents or spaces.",
            ),
            rule("country_code_is_well_formed", Q(code__regex=r"^[A-Z]{3}$"), "code: three capital letters A–Z."),
            in_order("country", "existed_from", "existed_until"),
        ]
        triggers = [pgtrigger.ReadOnly(name="code_never_changes", fields=["code"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("country-detail", args=[self.code])


@registered
class Succession(Part):
    """A state that followed another. A successor inherits nothing in this register: no relation, no mission."""

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


@registered
class CountryCode(Part):
    """The code of a country in another scheme for a span of years; schemes disagree, and each is kept as it is."""

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
