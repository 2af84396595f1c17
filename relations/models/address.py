"""Where public records and things stood before."""

from django.db import models

from relations.models.keyed import Keyed, KeyedQuerySet, registered
from relations.models.vocabularies import AddressReason, Collection


@registered
class FormerAddress(Keyed):
    """An address at which something public stood: 301 to `now_at` where it is known, else 410. Filled by triggers."""

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

    # A draft that was public before is loaded ahead of its address, at which nothing new may stand.
    natural_key.dependencies = [  # type: ignore[attr-defined]
        *("relations.actor", "relations.source"),
        *("relations.relationperiod", "relations.mission", "relations.event"),
        *("relations.armstransfer", "relations.observation"),
    ]
