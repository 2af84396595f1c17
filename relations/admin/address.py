"""The admin pages of former addresses of public records."""

from django.contrib import admin
from django.http import HttpRequest

from relations.admin.record import DeskPages, stamp
from relations.models import FormerAddress


@admin.register(FormerAddress)
class FormerAddressAdmin(DeskPages):
    """Former addresses are added by triggers; users only enter where a record moved to, and why."""

    list_display = ["__str__", "now_at", "reason", "gone"]
    list_filter = ["collection", "reason"]
    search_fields = ["slug", "now_at"]
    fields = ["collection", "slug", "now_at", "reason", "gone"]
    gone = stamp("gone_at")
    readonly_fields = ["collection", "slug", "gone"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: FormerAddress | None = None) -> bool:
        return False
