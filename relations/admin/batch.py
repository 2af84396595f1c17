"""The admin pages of batches: what an import did, and how it is published or taken back as a whole."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from relations.admin.record import DeskPages, stamp
from relations.admin.tables import TablesMixin
from relations.exchange.batches import (
    drafts_of,
    publish,
    records_of,
    refusal_to_publish,
    refusal_to_take_back,
    take_back,
)
from relations.exchange.rows import RefusedError
from relations.models import Batch
from relations.models.refusals import refusal

MAX_NAMED = 100  # records of a batch, of each type


def with_addresses(rows: list[Any]) -> list[tuple[str, Any]]:
    """Each row with the URL of its admin page."""
    return [(reverse(f"admin:relations_{row._meta.model_name}_change", args=[row.pk]), row) for row in rows]


@admin.register(Batch)
class BatchAdmin(TablesMixin, DeskPages):
    """Read-only pages of batches; only imports create them."""

    list_display = ["name", "profile", "owner", "made", "done_by_it", "taken_back"]
    list_filter = ["profile"]
    list_select_related = ["owner"]
    fields = ("name", "profile", "owner", "made", "done_by_it", "sha256", "taken_back", "taken_back_by")
    readonly_fields = ("name", "profile", "owner", "made", "done_by_it", "sha256", "taken_back", "taken_back_by")
    made, taken_back = stamp("made_at"), stamp("taken_back_at")
    change_form_template = "admin/relations/batch/change_form.html"
    change_list_template = "admin/relations/batch/change_list.html"

    @admin.display(description="what it did")
    def done_by_it(self, batch: Batch) -> str:
        return batch.summary

    def has_view_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        return self.may_import(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_import(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            *self.urls_of_tables(),
            path("<str:pk>/take-back/", wrap(require_POST(self.take_back)), name="relations_batch_take_back"),
            path("<str:pk>/publish/", wrap(require_POST(self.publish)), name="relations_batch_publish"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The records of the batch, and whether it may be published or taken back."""
        batch = self.get_object(request, object_id) if self.has_view_permission(request) else None
        if batch:
            extra_context = {
                **(extra_context or {}),
                "records": [(what, with_addresses(rows)) for what, rows in records_of(batch, MAX_NAMED)],
                "drafts": sum(rows.count() for rows in drafts_of(batch).values()),
                "not_published": refusal_to_publish(batch, request.user),
                "not_taken_back": refusal_to_take_back(batch, request.user),
            }
        return super().change_view(request, object_id, form_url, extra_context)

    def take_back(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Takes a batch back, or lists the edits that prevent it."""
        return self.run(request, pk, take_back, "Taken back")

    def publish(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Publishes all drafts of a batch, or none."""
        return self.run(request, pk, publish, "Published")

    def run(self, request: HttpRequest, pk: str, do: Any, what: str) -> HttpResponse:
        """Calls `do(batch, user)`, and redirects to the batch or shows why it was refused."""
        if not self.may_import(request):
            raise PermissionDenied
        batch = self.get_object(request, pk)
        if batch is None:
            raise Http404("There is no such batch.")
        try:
            do(batch, request.user)
        except RefusedError as error:
            return self.refused(request, batch, [str(each) for each in error.refusals])
        except DatabaseError as error:
            return self.refused(request, batch, [": ".join(filter(None, refusal(error)))])
        messages.success(request, f"{what}: {batch}.")
        return HttpResponseRedirect(reverse("admin:relations_batch_change", args=[pk]))

    def refused(self, request: HttpRequest, batch: Batch, reasons: list[str]) -> TemplateResponse:
        """The page with the reasons why nothing was done (status 409)."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Nothing was done",
            "opts": self.opts,
            "original": batch,
            "reasons": reasons,
        }
        return TemplateResponse(request, "admin/relations/batch/refused.html", context, status=409)
