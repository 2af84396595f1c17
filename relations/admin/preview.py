"""A preview of the public page of a record that is not published yet."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, resolve, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from relations.models import Record
from relations.models.refusals import refusal
from relations.models.vocabularies import State


class PreviewMixin(admin.ModelAdmin):
    """Publishes a record in a transaction, renders its public page, and rolls the transaction back."""

    def get_urls(self) -> list[Any]:
        view: Any = self.admin_site.admin_view(self.preview_view)
        view.model_admin = self
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    @method_decorator(require_safe)
    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page, or a redirect to the form with the reason why the record cannot be published yet."""
        desk: Any = self
        record = desk.get_object(request, unquote(object_id))
        if not desk.has_view_permission(request, record):
            raise PermissionDenied
        if record is None:
            return desk.not_found_redirect(request, object_id)
        if record.state == State.PUBLISHED:
            return HttpResponseRedirect(record.get_absolute_url())
        try:
            return as_published(request, record)
        except DatabaseError as error:
            messages.error(request, f"There is no page to be seen yet: {refusal(error)[1]}")
            back = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(back, args=[record.pk]))


def as_published(request: Any, record: Record) -> HttpResponse:
    """The rendered public page of a record, as if it were published."""
    with transaction.atomic():
        type(record)._default_manager.filter(pk=record.pk).update(state=State.PUBLISHED)
        page = resolve(f"/{record.collection}/{record.slug}/")
        request.is_preview = True
        response: Any = page.func(request, *page.args, **page.kwargs)
        response.render()
        transaction.set_rollback(True)
    return response
