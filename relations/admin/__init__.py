"""The desk: where researchers enter, import, review and publish; one module per module of the models."""

from django.conf import settings
from django.contrib import admin

from relations.admin import (
    account,
    actor,
    address,
    arms_transfer,
    batch,
    country,
    event,
    mission,
    observation,
    relation,
    source,
)

admin.site.site_header = admin.site.site_title = settings.REGISTER.title
admin.site.index_title = "The desk"

__all__ = [
    "account",
    "actor",
    "address",
    "arms_transfer",
    "batch",
    "country",
    "event",
    "mission",
    "observation",
    "relation",
    "source",
]
