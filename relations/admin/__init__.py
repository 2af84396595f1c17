"""The desk, which is Django's admin: where researchers enter, import, review and publish.

The modules imported below register one or more models each. All others are parts of their pages, or pages of their own.
"""

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
