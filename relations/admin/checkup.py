"""What the checks of the data found, at the desk, and running them again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from relations.coding.checkups import CheckupError, check_up
from relations.models import RECORD_TYPES, Checkup
from relations.rights import may, may_publish


def may_look(user: Any) -> bool:
    """Whether somebody may be told what was found: it names records of every type."""
    return all(may(user, "view", model) for model in RECORD_TYPES)


def last_checkup(user: Any) -> Checkup | None:
    """What was found when the checks last ran."""
    return Checkup.objects.select_related("owner").first() if may_look(user) else None


@admin.site.admin_view
def checks(request: HttpRequest) -> HttpResponse:
    """What was found; on being posted to, what is found now, for those who publish."""
    if not may_look(request.user) or (request.method == "POST" and not may_publish(request.user)):
        raise PermissionDenied
    if request.method == "POST":
        try:
            messages.success(request, f"Checked: {check_up(request.user)}.")
        except CheckupError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("desk-checks"))
    context = {
        **admin.site.each_context(request),
        "title": "What is missing, or there twice",
        "checkup": last_checkup(request.user),
        "may_check": may_publish(request.user),
    }
    return TemplateResponse(request, "admin/relations/checks.html", context)
