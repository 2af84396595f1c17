"""The desk: where researchers enter, import, review and publish; one module per module of the models."""

from django.conf import settings
from django.contrib import admin

from relations.admin import actor, address, arms_transfer, country, event, mission, observation, relation, source

admin.site.site_header = admin.site.site_title = settings.SITE_TITLE
admin.site.index_title = "The desk"

__all__ = ["actor", "address", "arms_transfer", "country", "event", "mission", "observation", "relation", "source"]
