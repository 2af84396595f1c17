"""Somebody's table at the desk: uploaded, read by a profile, previewed, and written as a batch once confirmed."""

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
from relations.admin.table_profiles import TABLES, ProfilesMixin, address_of, file_of, profile_kept
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

MOST_ROWS = 30_000  # that a browser waits for
MOST_OF_A_SORT = 200
MOST_SHOWN = 20
LONGEST_HEADING = 120  # characters of a reason
IS_UNCLEAR = re.compile(rf"{re.escape(NAMES)}|is nobody's code")  # a reason: nobody can tell who is meant
CHANGED = "What it would do has changed since the preview; look at it again."


def sort_of(refusal: Refusal) -> tuple[str, str]:
    """What refusals have in common that are of one sort: the column, and the reason without values and advice."""
    first = re.split(r"\.(?= |$)", refusal.reason)[0]
    return refusal.column, re.sub(r"'[^']*'|“[^”]*”|[0-9]+", "…", first)


def sorted_out(refusals: list[Refusal]) -> list[tuple[str, int, list[Refusal]]]:
    """Refusals by their sort, the commonest first: what they are about, how many there are, and the first of them."""
    sorts: dict[tuple[str, str], list[Refusal]] = defaultdict(list)
    for each in refusals:
        sorts[sort_of(each)].append(each)
    together = sorted(sorts.items(), key=lambda sort: -len(sort[1]))
    return [
        (
            Truncator(": ".join(filter(None, (column, reason)))).chars(LONGEST_HEADING),
            len(several),
            several[:MOST_OF_A_SORT],
        )
        for (column, reason), several in together
    ]


class TablesMixin(ProfilesMixin):
    """The pages on which a table comes in; each keeps the file and the profile in its address."""

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
        """Takes a file, and goes on to what it would do, or to what its columns are to become."""
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
        kept = Upload.objects.stage(upload)
        page = "preview" if profile else "map"
        return HttpResponseRedirect(address_of(page, kept, profile, form.cleaned_data["publish"], sheet))

    def upload_page(self, request: HttpRequest, form: TableForm) -> HttpResponse:
        known = profiles()
        return self.page(request, "upload", "Import a table", form=form, profiles=known, kept=known.keys() - shipped())

    def read(self, request: HttpRequest, upload: Upload, asked: QueryDict) -> tuple[Profile, ForeignTable, Intake]:
        """The table of an upload by the profile that is asked for, as somebody may bring it in."""
        content = bytes(upload.content)
        profile = profile_kept(asked.get("profile", ""))
        self.check_may_import(request, *profile.models)
        table = read_table(content, profile)
        state = State.PUBLISHED if asked.get("publish") else State.DRAFT
        return profile, table, Intake(table, profile, File(upload.name, upload.sha256), user=request.user, state=state)

    def preview(self, request: HttpRequest, pk: int, status: int = 200, notice: str = "") -> HttpResponse:
        """What a table would do, and all that is wrong with it; nothing of it is written."""
        upload = self.staged(request, pk)
        asked = request.POST if request.method == "POST" else request.GET
        told: dict[str, Any] = {"upload": upload, "asked": asked, "notice": notice}
        try:
            profile, table, intake = self.read(request, upload, asked)
            told |= {"profile": profile, "table": table, "is_kept": profile.name not in shipped()}
            told |= {"otherwise": otherwise(upload, profile, asked)}
            if len(table.lines) > MOST_ROWS:
                told |= {"most": MOST_ROWS, "command": command_for(request, upload, profile, asked)}
                return self.page(request, "preview", "Too large for a browser", **told)
            outcome = intake.run(rehearse=True, without_refused=True)
        except (SheetError, ProfileError, RefusedError) as error:
            return self.page(request, "preview", "Preview", status=422, wrong=str(error), **told)
        told |= {"counts": {of: dict(done) for of, done in outcome.counts.items()}, "skipped": dict(outcome.skipped)}
        told |= {"outcome": outcome, "sorts": sorted_out(outcome.refusals), "shown": outcome.shown[:MOST_SHOWN]}
        if any(IS_UNCLEAR.search(each.reason) for each in outcome.refusals):
            page = "map" if self.kept(request, profile.name) else "names"
            told["names"] = address_of(page, upload, profile, bool(asked.get("publish")))
        if outcome.is_writable and outcome.is_changing:
            told["seal"] = sealed(request, upload, asked, outcome)
        return self.page(request, "preview", "Preview", status=status, **told)

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Writes what the preview showed, as a batch, and lets the file go; twice it does nothing more.

        What was refused is left out where that was asked for, and the file waits on, so that its refused rows can be
        downloaded.
        """
        upload, is_rest = self.staged(request, pk), bool(request.POST.get("rest"))
        try:
            with transaction.atomic():
                locked = Upload.objects.waiting(request.user, TABLES).select_for_update().filter(pk=pk).first()
                if locked is None:
                    raise NothingThereError(WAITS_NO_MORE)
                outcome = self.read(request, locked, request.POST)[2].run(without_refused=is_rest)
                if outcome.batch is None or sealed(request, upload, request.POST, outcome) != request.POST.get("seal"):
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
        """All that is wrong with a table, as a file."""
        intake = self.read(request, self.staged(request, pk), request.GET)[2]
        outcome = intake.run(rehearse=True, without_refused=True)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["place", "column", "value", "reason"])
        writer.writerows([each.place.words, each.column, each.value, each.reason] for each in outcome.refusals)
        return file_of(out.getvalue().encode(), "refusals.csv", "text/csv; charset=utf-8")

    def rejects(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The refused rows as a file of the same layout."""
        upload = self.staged(request, pk)
        profile, table, intake = self.read(request, upload, request.GET)
        outcome = intake.run(rehearse=True, without_refused=True)
        ending, kind = ("json", "application/json") if profile.form == JSON else ("csv", "text/csv")
        content = rejects(table, profile, outcome.refused, bytes(upload.content), upload.name)
        return file_of(content, f"rejects.{ending}", kind)


def format_of(content: bytes) -> str:
    """How a file is written, by how it begins."""
    if content.startswith(ZIP):
        return FileFormat.XLSX
    return FileFormat.JSON if is_list_of_json(content) else FileFormat.CSV


def command_for(request: HttpRequest, upload: Upload, profile: Profile, asked: QueryDict) -> str:
    """The command that brings in what a browser does not, in the same name and the same state."""
    drafts = () if asked.get("publish") else ("--drafts",)
    return by_command(upload.name, "--profile", profile.name, "--user", request.user.get_username(), *drafts)


def otherwise(upload: Upload, profile: Profile, asked: QueryDict) -> dict[str, str]:
    """Where one goes to have it otherwise: other columns, or the other state of new records."""
    is_published = bool(asked.get("publish"))
    return {
        "columns": address_of("map", upload, profile, is_published),
        "state": address_of("preview", upload, profile, not is_published),
    }


def sealed(request: HttpRequest, upload: Upload, asked: QueryDict, outcome: Outcome) -> str:
    """A seal over what was previewed, which is good for one person: the file, the profile, and what it would do."""
    shown = [upload.sha256, asked.get("profile", ""), asked.get("publish", ""), outcome.does.hexdigest()]
    return signing.Signer(salt=f"table of {request.user.pk}").sign_object(shown)
