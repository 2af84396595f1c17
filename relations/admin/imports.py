"""Imports of our own tables (CSV, XLSX) at the desk: upload, preview, and confirmation of exactly what was shown."""

import json
from hashlib import sha256
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from import_export.admin import ImportMixin
from import_export.forms import ImportForm
from import_export.results import Result

from relations.exchange.columns import collection_of, columns_of
from relations.exchange.imports import RESOURCES
from relations.exchange.sheets import CSV, XLSX
from relations.exchange.tables import SheetError
from relations.models import Upload
from relations.models.refusals import refusal
from relations.models.vocabularies import FileFormat
from relations.rights import may

NOTHING_WRITTEN = "Nothing was written: {}"
NOT_PREVIEWED = "this file was not previewed here; upload it again."
NOT_KEPT = (
    "this file does not wait to be confirmed any more: it was confirmed before, or is older than a day. "
    "Upload it again; what is written already shows as unchanged."
)
NO_ROWS = "The file has a header and no rows."
FORMATS: dict[str, type[CSV]] = {FileFormat.CSV.value: CSV, FileFormat.XLSX.value: XLSX}
MAX_LINES = 10  # whose numbers a message lists

LineDigests = dict[str, str]  # for each changing line, by its number: a digest of what it changes


class NothingWrittenError(Exception):
    """Nothing was written. It has the reason and, if the file can still be confirmed, a new signed preview."""

    def __init__(self, reason: str, preview: str = "", result: Result | None = None) -> None:
        self.preview = preview
        self.result = result
        super().__init__(reason)


def is_refused(result: Result) -> bool:
    """Whether the file has any error."""
    return bool(result.has_errors() or result.has_validation_errors())


def digests_by_line(result: Result) -> LineDigests:
    """A digest of the change that the preview shows for each line."""
    return {
        str(row.number): sha256(json.dumps([row.import_type, row.diff]).encode()).hexdigest()[:8] for row in result.rows
    }


def difference_in_words(shown: LineDigests, now: LineDigests) -> str:
    """Names the lines whose changes are no longer those that were shown; empty if there are none."""
    lines = sorted((line for line in shown | now if shown.get(line) != now.get(line)), key=int)
    named = ", ".join(lines[:MAX_LINES]) + (" …" if len(lines) > MAX_LINES else "")
    return f"{'line' if len(lines) == 1 else 'lines'} {named} changed since the preview." if lines else ""


class ImportsMixin(ImportMixin):
    """Replaces the import of django-import-export: it writes only what was previewed, in one transaction.

    The uploaded file waits in PostgreSQL (`Upload`); the browser holds a signed digest of the file and its preview.
    """

    import_formats = [CSV, XLSX]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "import", self.model)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """The upload form and, on POST, the preview of what the file would change."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        is_posted = request.method == "POST"
        form = self.form_for_file(**{"data": request.POST, "files": request.FILES} if is_posted else {})
        if not form.is_valid():
            return self.import_page(request, form)
        upload = self.upload_of(request.user, form)
        try:
            result = self.result_of(upload, dry_run=True)
        except SheetError as error:
            form.add_error("import_file", str(error))
            return self.import_page(request, form)
        if is_refused(result):
            return self.import_page(request, form, result)
        Upload.objects.stage(upload)
        return self.import_page(request, result=result, preview=self.signed_preview(upload, result))

    def form_for_file(self, **posted: Any) -> ImportForm:
        """The form for a file and its format."""
        return ImportForm(self.import_formats, [RESOURCES[self.model]], **posted)

    def upload_of(self, user: Any, form: forms.Form) -> Upload:
        """The unsaved `Upload` of a posted file."""
        file = form.cleaned_data["import_file"]
        file_format = self.import_formats[int(form.cleaned_data["format"])]().get_extension()
        return Upload(
            owner=user,
            collection=collection_of(self.model),
            file_format=file_format,
            name=file.name,
            content=file.read(),
        )

    def result_of(self, upload: Upload, *, dry_run: bool = False) -> Result:
        """Imports the file, or with `dry_run` only previews it; SheetError if it cannot be read."""
        dataset = FORMATS[upload.file_format]().create_dataset(bytes(upload.content))
        if not dataset:
            raise SheetError(NO_ROWS)
        resource = RESOURCES[self.model]()
        of_file: dict[str, Any] = {"file_name": upload.name, "sha256": sha256(bytes(upload.content)).hexdigest()}
        result: Any = resource.import_data(dataset, dry_run, user=upload.owner, **of_file)
        result.notes = dataset.notes
        return result

    def signed_preview(self, upload: Upload, result: Result) -> str:
        """The digests of the file and of its preview, signed, so that nothing else can be confirmed."""
        return signing.dumps([upload.sha256, digests_by_line(result)], salt=self.salt_for(upload.owner), compress=True)

    def salt_for(self, user: Any) -> str:
        """The salt of the signature, which makes it valid for this user and this table only."""
        return f"import of {self.opts.label_lower} by {user.pk}"

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Writes the rows of a previewed file and the log, and deletes the upload, in one transaction."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        preview = request.POST.get("preview", "")
        try:
            with transaction.atomic():
                result = self.confirmed(request.user, preview)
                return self.process_result(result, request)
        except NothingWrittenError as error:
            return self.refused(request, error)
        except SheetError as error:  # it was previewed by another version of the program, which could read it
            return self.refused(request, NothingWrittenError(str(error)))
        except DatabaseError as error:
            if connection.connection and not connection.is_usable():
                connection.close()
            return self.refused(request, NothingWrittenError(refusal(error)[1], preview))

    def confirmed(self, user: Any, preview: str) -> Result:
        """Imports a previewed file; NothingWrittenError if it no longer does exactly what was shown."""
        try:
            digest, shown = signing.loads(preview, salt=self.salt_for(user))
        except signing.BadSignature:
            raise NothingWrittenError(NOT_PREVIEWED) from None
        waiting = Upload.objects.waiting(user, collection_of(self.model)).filter(sha256=digest)
        upload = waiting.select_for_update().first()
        if upload is None:
            raise NothingWrittenError(NOT_KEPT)
        result = self.result_of(upload)
        if is_refused(result):
            count = len(result.base_errors) + len(result.invalid_rows)
            reason = f"{count:,} {'error' if count == 1 else 'errors'} appeared since the preview."
            raise NothingWrittenError(reason, preview, result)
        if reason := difference_in_words(shown, digests_by_line(result)):
            raise NothingWrittenError(reason, self.signed_preview(upload, result), result)
        upload.delete()
        return result

    def refused(self, request: HttpRequest, error: NothingWrittenError) -> TemplateResponse:
        """The page with the reason and the new preview, which can be confirmed (status 409)."""
        form = None if error.preview else self.form_for_file()
        extra = {"nothing_written": NOTHING_WRITTEN.format(error), "preview": error.preview}
        return self.import_page(request, form, error.result, status=409, **extra)

    def import_page(
        self,
        request: HttpRequest,
        form: forms.Form | None = None,
        result: Result | None = None,
        *,
        status: int = 200,
        **extra: Any,
    ) -> TemplateResponse:
        """The page of an import, with the upload form or with a preview."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Import",
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media if form else self.media,
            "columns": columns_of(self.model, "desk"),
            "result": result,
            "is_refused": result is not None and is_refused(result),
            **extra,
        }
        return TemplateResponse(request, [self.import_template_name], context, status=status)
