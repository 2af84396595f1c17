"""Files in and out of the admin, over the one list of columns."""

from pathlib import Path
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_permission_codename
from django.core import signing
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm
from import_export.results import Result
from tablib import Dataset

from relations.exchange.columns import columns_of
from relations.exchange.exports import base_address, csv_response, xlsx_response
from relations.exchange.imports import RESOURCES
from relations.exchange.sheets import CSV, XLSX
from relations.exchange.tables import SheetError
from relations.models.refusals import refusal

NOTHING_WRITTEN = "Nothing was written: {}"


class NothingWrittenError(Exception):
    """The file that was right in the preview is not right any more."""

    def __init__(self, result: Result) -> None:
        self.result = result
        count = len(result.base_errors) + len(result.invalid_rows)
        super().__init__(f"{count} {'error' if count == 1 else 'errors'} appeared since the preview.")


class ConfirmForm(ConfirmImportForm):
    """The name of the previewed file, sealed, so that nobody confirms a file that they did not preview."""

    seal = ""

    def clean_import_file_name(self) -> str:
        try:
            name = signing.loads(self.cleaned_data["import_file_name"], salt=self.seal)
        except signing.BadSignature:
            raise forms.ValidationError("This file was not previewed here; upload it again.") from None
        return Path(name).name


class FilesMixin(ImportExportMixin):
    """Import with a true confirmation, export of exactly the list; each with a permission of its own."""

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_formats = export_formats = [CSV, XLSX]
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    actions: Any = ["export_selected"]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "import")

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "export")

    def _may(self, request: HttpRequest, action: str) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}")

    def get_resource_classes(self, request: HttpRequest) -> list[type]:
        return [RESOURCES[self.model]]

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_import_context_data(**kwargs), "columns": columns_of(self.model, "desk")}

    def get_export_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_export_context_data(**kwargs), "columns": columns_of(self.model, "desk")}

    # Import

    def add_data_read_fail_error_to_form(self, form: forms.Form, error: Exception) -> None:
        """Only what the reader of the file refuses is told; anything else is a fault of ours."""
        if not isinstance(error, SheetError):
            raise error
        form.add_error("import_file", str(error))

    def get_confirm_form_initial(self, request: HttpRequest, import_form: forms.Form) -> dict[str, Any]:
        initial = super().get_confirm_form_initial(request, import_form)
        if "import_file_name" in initial:
            initial["import_file_name"] = signing.dumps(initial["import_file_name"], salt=self.seal_for(request))
        return initial

    def create_confirm_form(self, request: HttpRequest, import_form: forms.Form | None = None) -> ConfirmForm:
        form = super().create_confirm_form(request, import_form)
        form.seal = self.seal_for(request)
        return form

    def seal_for(self, request: HttpRequest) -> str:
        """One person, one table."""
        return f"import of {self.opts.label_lower} by {request.user.pk}"

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Writes the rows and their log together, or neither; the same file can be confirmed again."""
        try:
            with transaction.atomic():
                return super().process_import(request, **kwargs)
        except NothingWrittenError as error:
            return self.refused(request, str(error), error.result)
        except DatabaseError as error:
            if connection.connection and not connection.is_usable():
                connection.close()
            return self.refused(request, refusal(error)[1])

    def process_dataset(self, dataset: Dataset, form: forms.Form, request: HttpRequest, **kwargs: Any) -> Result:
        result = super().process_dataset(dataset, form, request, **kwargs)
        if result.has_errors() or result.has_validation_errors():
            raise NothingWrittenError(result)
        return result

    def refused(self, request: HttpRequest, reason: str, result: Result | None = None) -> TemplateResponse:
        """The preview again, with what is wrong now."""
        form = ConfirmForm(initial={name: request.POST.get(name) for name in ConfirmForm.base_fields})
        context = {
            **self.admin_site.each_context(request),
            "title": "Import",
            "opts": self.opts,
            "confirm_form": form,
            "nothing_written": NOTHING_WRITTEN.format(reason),
            "result": result,
        }
        return TemplateResponse(request, [self.import_template_name], context, status=409)

    # Export

    def get_export_queryset(self, request: HttpRequest) -> QuerySet:
        """The rows of the list, in the order of their keys."""
        try:
            return super().get_export_queryset(request).order_by()
        except IncorrectLookupParameters as error:
            raise BadRequest("The list knows no such filter.") from error

    def export_action(self, request: HttpRequest) -> HttpResponseBase:
        """The form of the library, answered by our own streams: the library would hold the file in memory."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        formats = self.get_export_formats()
        form = self.get_export_form_class()(formats, self.get_resource_classes(request), data=request.POST or None)
        queryset = self.get_export_queryset(request)
        if form.is_valid():
            respond = xlsx_response if formats[int(form.cleaned_data["format"])] is XLSX else csv_response
            try:
                return respond(queryset, base_url=base_address(request), audience="desk")
            except ValueError as error:  # a cell that no workbook holds
                messages.error(request, str(error))
        return TemplateResponse(request, [self.export_template_name], self.init_request_context_data(request, form))

    @admin.action(permissions=["export"], description="Download selected %(verbose_name_plural)s as CSV")
    def export_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase:
        return csv_response(queryset.order_by(), base_url=base_address(request), audience="desk")
