"""Uploaded files, stored between preview and confirmation; in PostgreSQL, since another machine may confirm."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Now
from django.utils import timezone

from relations.fields import LineField
from relations.models.constraints import rule
from relations.models.keyed import with_implied_constraints
from relations.models.vocabularies import FileFormat

MAX_BYTES = 20_000_000
KEPT_FOR = timedelta(days=1)
MOST_KEPT = 20  # files of one person
WAITS_NO_MORE = "This file waits no more: it was confirmed before, or is older than a day. Upload it again."


class UploadQuerySet(models.QuerySet):
    """Uploads that can be confirmed, and storing them."""

    def waiting(self, owner: Any, collection: str) -> Self:
        """The files of a person for a table that can still be confirmed."""
        return self.filter(owner=owner, collection=collection, expires_at__gt=Now())

    def stage(self, upload: Any) -> Any:
        """Stores a file and returns it; deletes expired files, and the oldest ones of an owner beyond `MOST_KEPT`."""
        self.filter(expires_at__lte=Now()).delete()
        upload.expires_at = timezone.now() + KEPT_FOR
        self.bulk_create(
            [upload],
            update_conflicts=True,
            unique_fields=Upload.natural_key_fields,
            update_fields=["file_format", "name", "expires_at"],
        )
        of_owner = self.filter(owner=upload.owner)
        of_owner.exclude(pk__in=of_owner.order_by("-expires_at").values("pk")[:MOST_KEPT]).delete()
        return self.waiting(upload.owner, upload.collection).latest("expires_at")


@with_implied_constraints
class Upload(models.Model):
    """A file that its owner has previewed and may confirm. Only the owner can read it; confirming deletes it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", help_text="Who uploaded it."
    )
    collection = models.CharField(max_length=20, help_text="What its rows are: the first part of their address.")
    file_format = models.CharField(max_length=4, choices=FileFormat, help_text="How it is written.")
    # Django cuts the name of a file to 255 characters; normalising it (NFC) can make it three times as long.
    name = LineField(max_length=765, help_text="What its owner calls the file.")
    content = models.BinaryField(help_text="The file itself.")
    sha256 = models.GeneratedField(
        expression=Func(Func("content", function="sha256"), Value("hex"), function="encode"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
        help_text="SHA-256 of the file; computed.",
    )
    created_at = models.DateTimeField(db_default=Now(), help_text="When it was first previewed (UTC).")
    expires_at = models.DateTimeField(help_text="Until when it can be confirmed (UTC).")

    natural_key_fields = ("owner", "collection", "sha256")
    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            rule(
                "upload_content_is_not_too_large",
                Q(
                    Func(
                        "content",
                        template=f"octet_length(%(expressions)s) <= {MAX_BYTES}",
                        output_field=models.BooleanField(),
                    )
                ),
                f"content: more than {MAX_BYTES // 1_000_000} MB.",
            )
        ]

    def __str__(self) -> str:
        return self.name
