"""Files in and out of the admin, over the one list of columns."""

import json
from hashlib import sha256
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


MOST_LINES = 10  # that are named one by one

Shown = dict[str, str]  # a digest of what each changing line does, by the number of the line


class NothingWrittenError(Exception):
    """What would be written is not what the preview showed."""

    def __init__(self, result: Result, reason: str) -> None:
        self.result = result
        super().__init__(reason)


class ConfirmForm(ConfirmImportForm):
    """The name of the previewed file and what the preview showed of it, sealed: nothing else can be confirmed."""

    seal = ""
    shown: Shown

    def clean_import_file_name(self) -> str:
        try:
            name, self.shown = signing.loads(self.cleaned_data["import_file_name"], salt=self.seal)
        except (signing.BadSignature, ValueError):
            raise forms.ValidationError("This file was not previewed here; upload it again.") from None
        return Path(name).name

    def clean_format(self) -> str:
        if self.cleaned_data["format"] not in ("0", "1"):
            raise forms.ValidationError("This is no format of a file that was previewed here; upload it again.")
        return self.cleaned_data["format"]


def shown_by(result: Result) -> Shown:
    """What a preview shows, line by line."""
    return {
        str(row.number): sha256(json.dumps([row.import_type, row.diff]).encode()).hexdigest()[:8] for row in result.rows
    }


def what_differs(shown: Shown, now: Shown) -> str:
    """Which lines do something else by now than was shown; nothing where none does."""
    lines = sorted((line for line in shown | now if shown.get(line) != now.get(line)), key=int)
    named = ", ".join(lines[:MOST_LINES]) + (" …" if len(lines) > MOST_LINES else "")
    return f"{'line' if len(lines) == 1 else 'lines'} {named} changed since the preview." if lines else ""


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

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """The preview, whose confirmation is for what it shows."""
        response = super().import_action(request, **kwargs)
        context = getattr(response, "context_data", None) or {}
        if "confirm_form" in context:
            initial = context["confirm_form"].initial
            initial["import_file_name"] = self.sealed(request, initial["import_file_name"], context["result"])
        return response

    def sealed(self, request: HttpRequest, file_name: str, result: Result) -> str:
        """The name of a file and what its preview shows, for this person and this table alone."""
        return signing.dumps([file_name, shown_by(result)], salt=self.seal_for(request), compress=True)

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
        except FileNotFoundError:
            return self.refused(request, "the previewed file is not here any more; it was written, or upload it again.")
        except DatabaseError as error:
            if connection.connection and not connection.is_usable():
                connection.close()
            return self.refused(request, refusal(error)[1])

    def process_dataset(self, dataset: Dataset, form: forms.Form, request: HttpRequest, **kwargs: Any) -> Result:
        result = super().process_dataset(dataset, form, request, **kwargs)
        if result.has_errors() or result.has_validation_errors():
            count = len(result.base_errors) + len(result.invalid_rows)
            raise NothingWrittenError(
                result, f"{count} {'error' if count == 1 else 'errors'} appeared since the preview."
            )
        if reason := what_differs(form.shown, shown_by(result)):  # type: ignore[attr-defined]
            raise NothingWrittenError(result, reason)
        return result

    def refused(self, request: HttpRequest, reason: str, result: Result | None = None) -> TemplateResponse:
        """The preview again, with what is wrong or different now; what it shows now can be confirmed."""
        form = ConfirmForm(initial={name: request.POST.get(name) for name in ConfirmForm.base_fields})
        if result and not (result.has_errors() or result.has_validation_errors()):
            name, _ = signing.loads(form.initial["import_file_name"], salt=self.seal_for(request))
            form.initial["import_file_name"] = self.sealed(request, name, result)
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
