"""The page with the findings of the data checks, and the button that runs them again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from relations.coding.checkups import CheckupError, check_up
from relations.models import RECORD_TYPES, Checkup
from relations.rights import may, may_publish


def may_view_checks(user: Any) -> bool:
    """Whether the user may see the findings, which name records of all types."""
    return all(may(user, "view", model) for model in RECORD_TYPES)


def last_checkup(user: Any) -> Checkup | None:
    """The findings of the last run; None if there is none, or if the user may not see it."""
    return Checkup.objects.select_related("owner").first() if may_view_checks(user) else None


@admin.site.admin_view
def checks(request: HttpRequest) -> HttpResponse:
    """Shows the findings. A POST runs the checks, for users who may publish."""
    if not may_view_checks(request.user) or (request.method == "POST" and not may_publish(request.user)):
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
