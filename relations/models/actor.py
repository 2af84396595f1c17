"""Actors: persons, bodies, companies, movements and armed groups."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import OuterRef
from django.urls import get_script_prefix

from relations.expressions import Names
from relations.fields import LineField, ProseField
from relations.models import triggers
from relations.models.constraints import LONGEST_SLUG, well_formed_slug
from relations.models.country import Country
from relations.models.entry import is_listed
from relations.models.keyed import DESK_PERMISSIONS, Keyed, KeyedQuerySet, Versioned, registered
from relations.models.vocabularies import ActorKind, Collection

# The names under which a search finds an actor.
NAMES = Names("slug", "name", aliases="aliases")


class ActorQuerySet(KeyedQuerySet):
    """Actors, and those that are public."""

    def public(self) -> Self:
        """Actors that a published record is listed under."""
        return self.filter(is_listed(OuterRef("slug")))


@registered
class Actor(Versioned, Keyed):
    """A person, body, company, movement or armed group that acted, or that something was done to."""

    slug = models.CharField(
        max_length=LONGEST_SLUG,
        unique=True,
        db_collation="C",
        help_text="Address and key: lower-case words and digits with hyphens.",
    )
    name = LineField(max_length=150, help_text="The name in English.")
    aliases = ArrayField(
        LineField(max_length=150),
        default=list,
        blank=True,
        help_text="Other names, spellings and abbreviations.",
    )
    kind = models.CharField(max_length=30, choices=ActorKind, help_text="What sort of actor it is.")
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actors",
        help_text="The country whose national, organ or company it is; empty for none or several.",
    )
    description = ProseField(blank=True, help_text="Who it is, in our words, from the sources alone.")

    names = NAMES
    shown = ("country",)
    collection = Collection.ACTORS
    objects = ActorQuerySet.as_manager()

    class Meta:
        default_permissions = DESK_PERMISSIONS
        ordering = ["name", "slug"]
        indexes = [GinIndex(NAMES, name="actor_names")]
        constraints = [well_formed_slug("actor")]
        triggers = [
            triggers.NeverReused(Collection.ACTORS),
            triggers.FollowsRename(Collection.ACTORS, "slug"),
            triggers.RenamesParticipant(),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{get_script_prefix()}{self.collection}/{self.slug}/"
