"""Former addresses of public records and things."""

from django.db import models

from relations.models.keyed import Keyed, KeyedQuerySet, registered
from relations.models.vocabularies import AddressReason, Collection


@registered
class FormerAddress(Keyed):
    """A former public address. It redirects (301) to `now_at`, or answers 410 if that is empty. Written by triggers."""

    collection = models.CharField(max_length=20, choices=Collection, help_text="The first part of the address.")
    slug = models.CharField(max_length=80, db_collation="C", help_text="The second part of the address.")
    now_at = models.CharField(
        max_length=80, blank=True, db_collation="C", help_text="The slug under which it stands now; empty for nowhere."
    )
    reason = models.CharField(max_length=10, choices=AddressReason, help_text="Why it stands there no more.")
    gone_at = models.DateTimeField(db_default=models.functions.Now(), help_text="Since when (UTC).")

    natural_key_fields = ("collection", "slug")
    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["collection", "slug"]
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return f"/{self.collection}/{self.slug}/"

    def natural_key(self) -> tuple[str, ...]:
        return super().natural_key()

    # Fixtures load records and things first: a former address that is loaded already refuses a new row with its slug.
    natural_key.dependencies = [  # type: ignore[attr-defined]
        *("relations.actor", "relations.source"),
        *("relations.relationperiod", "relations.mission", "relations.event"),
        *("relations.armstransfer", "relations.observation"),
    ]
