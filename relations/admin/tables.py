"""Importing a foreign table: upload, reading by a profile, preview, and writing as a batch after confirmation."""

import csv
import io
import re
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from config.errors import NothingThereError
from relations.admin.table_forms import TableForm, by_command
from relations.admin.table_profiles import TABLES, ProfilesMixin, address_of, file_of, profile_named
from relations.exchange.batches import File
from relations.exchange.catalogue import check_is_not_ours, choose, profiles, recognised
from relations.exchange.foreign import JSON, ForeignTable, read_table
from relations.exchange.intake import Intake, Outcome
from relations.exchange.lines import is_list_of_json
from relations.exchange.parties import NAMES
from relations.exchange.profiles import Profile, shipped
from relations.exchange.recipes import ProfileError
from relations.exchange.rejects import rejects
from relations.exchange.rows import Refusal, RefusedError
from relations.exchange.seen import look_at
from relations.exchange.sheets import ZIP
from relations.exchange.tables import SheetError
from relations.models import Upload
from relations.models.refusals import refusal
from relations.models.upload import WAITS_NO_MORE
from relations.models.vocabularies import FileFormat, State

MAX_ROWS = 30_000  # for which an import fits into a web request
MAX_PER_KIND = 200  # refusals listed under each heading
MAX_SHOWN = 20  # records in the preview
MAX_HEADING = 120  # characters
IS_UNCLEAR = re.compile(rf"{re.escape(NAMES)}|is nobody's code")  # reasons that mean an unclear name
CHANGED = "What it would do has changed since the preview; look at it again."


def sort_of(refusal: Refusal) -> tuple[str, str]:
    """The group of a refusal: its column, and its reason without the values and without advice."""
    first = re.split(r"\.(?= |$)", refusal.reason)[0]
    return refusal.column, re.sub(r"'[^']*'|“[^”]*”|[0-9]+", "…", first)


def sorted_out(refusals: list[Refusal]) -> list[tuple[str, int, list[Refusal]]]:
    """Refusals in groups, the largest first: heading, number, and the first ones."""
    sorts: dict[tuple[str, str], list[Refusal]] = defaultdict(list)
    for each in refusals:
        sorts[sort_of(each)].append(each)
    together = sorted(sorts.items(), key=lambda sort: -len(sort[1]))
    return [
        (
            Truncator(": ".join(filter(None, (column, reason)))).chars(MAX_HEADING),
            len(several),
            several[:MAX_PER_KIND],
        )
        for (column, reason), several in together
    ]


class TablesMixin(ProfilesMixin):
    """The pages of an import. The URL of each names the upload and the profile."""

    def urls_of_tables(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.upload), name="table_import"),
            path("import/<int:pk>/", wrap(self.preview), name="table_preview"),
            path("import/<int:pk>/map/", wrap(self.map), name="table_map"),
            path("import/<int:pk>/names/", wrap(self.names), name="table_names"),
            path("import/<int:pk>/confirm/", wrap(require_POST(self.confirm)), name="table_confirm"),
            path("import/<int:pk>/refusals.csv", wrap(self.refusals), name="table_refusals"),
            path("import/<int:pk>/rejects/", wrap(self.rejects), name="table_rejects"),
            path("profiles/<slug:name>/", wrap(self.profile), name="table_profile"),
            path("profiles/<slug:name>.toml", wrap(self.profile_file), name="table_profile_file"),
        ]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Stores an uploaded file, and redirects to its preview, or to the mapping form if no profile fits it."""
        self.check_may_import(request)
        form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
        if not form.is_valid():
            return self.upload_page(request, form)
        file = form.cleaned_data["file"]
        content = file.read()
        user: Any = request.user
        upload = Upload(owner=user, collection=TABLES, name=file.name, content=content)
        upload.file_format = format_of(content)
        name, sheet = form.cleaned_data["profile"], form.cleaned_data["sheet"]
        try:
            profile = choose(content, name)[0] if name else recognised(content)
            if profile is None:
                check_is_not_ours(content, sheet)
                look_at(content, sheet)
        except (SheetError, ProfileError) as error:
            form.add_error("file", str(error))
            return self.upload_page(request, form)
        staged = Upload.objects.stage(upload)
        page = "preview" if profile else "map"
        return HttpResponseRedirect(address_of(page, staged, profile, form.cleaned_data["publish"], sheet))

    def upload_page(self, request: HttpRequest, form: TableForm) -> HttpResponse:
        available = profiles()
        return self.page(
            request, "upload", "Import a table", form=form, profiles=available, kept=available.keys() - shipped()
        )

    def read(self, request: HttpRequest, upload: Upload, params: QueryDict) -> tuple[Profile, ForeignTable, Intake]:
        """Reads an upload with the profile in `params`; PermissionDenied if the user may not import its models."""
        content = bytes(upload.content)
        profile = profile_named(params.get("profile", ""))
        self.check_may_import(request, *profile.models)
        table = read_table(content, profile)
        state = State.PUBLISHED if params.get("publish") else State.DRAFT
        return profile, table, Intake(table, profile, File(upload.name, upload.sha256), user=request.user, state=state)

    def preview(self, request: HttpRequest, pk: int, status: int = 200, notice: str = "") -> HttpResponse:
        """Shows what an import would change, and all refusals; nothing is written."""
        upload = self.staged(request, pk)
        params = request.POST if request.method == "POST" else request.GET
        context: dict[str, Any] = {"upload": upload, "asked": params, "notice": notice}
        try:
            profile, table, intake = self.read(request, upload, params)
            context |= {"profile": profile, "table": table, "is_kept": profile.name not in shipped()}
            context |= {"otherwise": otherwise(upload, profile, params)}
            if len(table.lines) > MAX_ROWS:
                context |= {"most": MAX_ROWS, "command": command_for(request, upload, profile, params)}
                return self.page(request, "preview", "Too large for a browser", **context)
            outcome = intake.run(rehearse=True, without_refused=True)
        except (SheetError, ProfileError, RefusedError) as error:
            return self.page(request, "preview", "Preview", status=422, wrong=str(error), **context)
        context |= {"counts": {of: dict(done) for of, done in outcome.counts.items()}, "skipped": dict(outcome.skipped)}
        context |= {"outcome": outcome, "sorts": sorted_out(outcome.refusals), "shown": outcome.shown[:MAX_SHOWN]}
        if any(IS_UNCLEAR.search(each.reason) for each in outcome.refusals):
            page = "map" if self.stored_profile(request, profile.name) else "names"
            context["names"] = address_of(page, upload, profile, bool(params.get("publish")))
        if outcome.is_writable and outcome.is_changing:
            context["seal"] = seal_for(request, upload, params, outcome)
        return self.page(request, "preview", "Preview", status=status, **context)

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Writes exactly what the preview showed, as a batch, and deletes the upload, so that it cannot run twice.

        With `rest` in the POST refused rows are left out; then the upload is kept, for downloading them.
        """
        upload, is_rest = self.staged(request, pk), bool(request.POST.get("rest"))
        try:
            with transaction.atomic():
                locked = Upload.objects.waiting(request.user, TABLES).select_for_update().filter(pk=pk).first()
                if locked is None:
                    raise NothingThereError(WAITS_NO_MORE)
                outcome = self.read(request, locked, request.POST)[2].run(without_refused=is_rest)
                if outcome.batch is None or seal_for(request, upload, request.POST, outcome) != request.POST.get(
                    "seal"
                ):
                    transaction.set_rollback(True)
                    outcome.batch = None
                elif not outcome.refusals:
                    locked.delete()
        except (SheetError, ProfileError, RefusedError) as error:
            return self.preview(request, pk, 409, f"Nothing was written: {error}")
        except DatabaseError as error:
            return self.preview(request, pk, 409, f"Nothing was written: {refusal(error)[1]}.")
        if outcome.batch is None:
            return self.preview(request, pk, 409, f"Nothing was written. {CHANGED}")
        messages.success(request, f"Imported: {outcome.batch.summary}.")
        return HttpResponseRedirect(reverse("admin:relations_batch_change", args=[outcome.batch.pk]))

    def refusals(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All refusals as a CSV file."""
        intake = self.read(request, self.staged(request, pk), request.GET)[2]
        outcome = intake.run(rehearse=True, without_refused=True)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["place", "column", "value", "reason"])
        writer.writerows([each.place.words, each.column, each.value, each.reason] for each in outcome.refusals)
        return file_of(out.getvalue().encode(), "refusals.csv", "text/csv; charset=utf-8")

    def rejects(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The refused rows as a file in the layout of the uploaded one."""
        upload = self.staged(request, pk)
        profile, table, intake = self.read(request, upload, request.GET)
        outcome = intake.run(rehearse=True, without_refused=True)
        ending, kind = ("json", "application/json") if profile.form == JSON else ("csv", "text/csv")
        content = rejects(table, profile, outcome.refused, bytes(upload.content), upload.name)
        return file_of(content, f"rejects.{ending}", kind)


def format_of(content: bytes) -> str:
    """The format of a file, detected from its first bytes."""
    if content.startswith(ZIP):
        return FileFormat.XLSX
    return FileFormat.JSON if is_list_of_json(content) else FileFormat.CSV


def command_for(request: HttpRequest, upload: Upload, profile: Profile, params: QueryDict) -> str:
    """The shell command for the same import, with the same user, profile and state of new records."""
    drafts = () if params.get("publish") else ("--drafts",)
    return by_command(upload.name, "--profile", profile.name, "--user", request.user.get_username(), *drafts)


def otherwise(upload: Upload, profile: Profile, params: QueryDict) -> dict[str, str]:
    """The links of the preview: to map the columns differently, and to switch between drafts and published records."""
    is_published = bool(params.get("publish"))
    return {
        "columns": address_of("map", upload, profile, is_published),
        "state": address_of("preview", upload, profile, not is_published),
    }


def seal_for(request: HttpRequest, upload: Upload, params: QueryDict, outcome: Outcome) -> str:
    """The signed digests of the file and of what it would do, with profile and state; valid for one user."""
    shown = [upload.sha256, params.get("profile", ""), params.get("publish", ""), outcome.digest.hexdigest()]
    return signing.Signer(salt=f"table of {request.user.pk}").sign_object(shown)
