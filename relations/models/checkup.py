"""The results of the last run of the data checks, stored so that the desk can show them without running the checks."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class CheckupQuerySet(models.QuerySet):
    """Checkups, of which only the latest is stored."""

    def keep(self, checkup: "Checkup") -> None:
        """Saves a checkup, and deletes all earlier ones."""
        checkup.save()
        self.filter(pk__lt=checkup.pk).delete()


class Checkup(models.Model):
    """A run of the data checks: the numbers of errors and warnings, and the first findings of each kind."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who asked for it at the desk; empty where a command ran.",
    )
    made_at = models.DateTimeField(db_default=Now(), help_text="When it began (UTC).")
    errors = models.PositiveIntegerField(help_text="How many mistakes were found.")
    warnings = models.PositiveIntegerField(help_text="How much was found that may be a mistake.")
    findings = models.JSONField(default=list, help_text="The first of each kind: kind, how to mend it, where and what.")
    unfinished = models.JSONField(
        default=list, help_text="The kinds that were not looked for to the end: no time left."
    )

    objects = CheckupQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.errors} errors, {self.warnings} warnings"
