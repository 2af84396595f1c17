"""Batches: what one import wrote, which can be reviewed, published and taken back as a whole."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from relations.fields import LineField, ProseField
from relations.models.constraints import rule, well_formed_slug
from relations.models.keyed import Keyed, KeyedQuerySet, with_implied_constraints


@with_implied_constraints
class Batch(models.Model):
    """An import that wrote something. The history has what it wrote, under the contexts listed in `contexts`."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who imported it; empty where a command did.",
    )
    name = LineField(max_length=765, help_text="What the file was called.")
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    profile = LineField(max_length=80, help_text="The profile by which it was read, or the type of its rows.")
    counts = models.JSONField(default=dict, help_text="How many rows of each type it added and changed.")
    contexts = ArrayField(LineField(max_length=36), help_text="The contexts of its changes in the history.")
    made_at = models.DateTimeField(db_default=Now(), help_text="When it was imported (UTC).")
    taken_back_at = models.DateTimeField(null=True, blank=True, help_text="When it was taken back (UTC).")
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who took it back; empty where a command did.",
    )

    class Meta:
        default_permissions = ("view",)
        ordering = ["-pk"]
        verbose_name_plural = "batches"
        constraints = [
            rule("batch_sha256_is_well_formed", Q(sha256__regex=r"^[0-9a-f]{64}$"), "sha256: 64 hexadecimal digits."),
            rule(
                "batch_is_taken_back_at_a_time",
                Q(taken_back_by=None) | Q(taken_back_at__isnull=False),
                "taken_back_at: when it was taken back.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"

    @property
    def summary(self) -> str:
        """The counts in words: “arms transfers: 1,200 added, 2 changed”."""
        return "; ".join(
            f"{what}: {', '.join(f'{number:,} {verb}' for verb, number in done.items() if number)}"
            for what, done in self.counts.items()
            if any(done.values())
        )


@with_implied_constraints
class KeptProfile(Keyed):
    """An import profile that was made and stored at the desk."""

    name = models.CharField(max_length=40, unique=True, db_collation="C", help_text="What it is called.")
    text = ProseField(help_text="The profile itself, in TOML.")
    choices = models.JSONField(
        default=dict, blank=True, help_text="What was chosen in menus to make it; empty where it was written by hand."
    )
    owner: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="Who kept it."
    )

    natural_key_fields = ("name",)
    objects = KeyedQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ["name"]
        constraints = [well_formed_slug("keptprofile", "name")]

    def __str__(self) -> str:
        return self.name
