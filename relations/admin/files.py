"""Import and export at the desk, on top of django-import-export."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from relations.admin.imports import ImportsMixin
from relations.exchange.columns import columns_of
from relations.exchange.exports import base_address, csv_response, xlsx_response
from relations.exchange.imports import RESOURCES
from relations.exchange.sheets import CSV, XLSX
from relations.rights import may

NO_ROOM = "The server has no room to make a workbook; use CSV, or try again later."


class FilesMixin(ImportsMixin, ImportExportMixin):
    """Adds import, and export of the list as filtered; each needs its own permission."""

    import_export_change_list_template = "admin/relations/list.html"
    export_formats = [CSV, XLSX]
    export_form_class = ExportForm
    actions: Any = ["export_selected"]

    def has_export_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "export", self.model)

    def get_resource_classes(self, request: HttpRequest) -> list[type]:
        return [RESOURCES[self.model]]

    def get_export_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_export_context_data(**kwargs), "columns": columns_of(self.model, "desk")}

    def get_export_queryset(self, request: HttpRequest) -> QuerySet:
        """The rows of the list as filtered; the exporters put them in the order of their keys."""
        try:
            return super().get_export_queryset(request).order_by()
        except IncorrectLookupParameters as error:
            raise BadRequest("The list has no such filter.") from error

    def export_action(self, request: HttpRequest) -> HttpResponseBase:
        """The form of the library, but a streamed response of our own, since the library builds the file in memory."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        formats = self.get_export_formats()
        form = self.get_export_form_class()(formats, self.get_resource_classes(request), data=request.POST or None)
        queryset = self.get_export_queryset(request)
        if form.is_valid():
            respond = xlsx_response if formats[int(form.cleaned_data["format"])] is XLSX else csv_response
            try:
                return respond(queryset, base_url=base_address(request), audience="desk")
            except ValueError as error:  # a cell that does not fit into a workbook
                messages.error(request, str(error))
            except OSError:  # no space for the temporary files of a workbook
                messages.error(request, NO_ROOM)
        return TemplateResponse(request, [self.export_template_name], self.init_request_context_data(request, form))

    @admin.action(permissions=["export"], description="Download selected %(verbose_name_plural)s as CSV")
    def export_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase:
        return csv_response(queryset.order_by(), base_url=base_address(request), audience="desk")
