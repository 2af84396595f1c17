"""Somebody's table at the desk: uploaded, read by a profile, previewed, and written as a batch once confirmed."""

import csv
import io
import re
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from relations.admin.table_forms import MappingForm, ProfileForm, TableForm, by_command
from relations.exchange import proposals
from relations.exchange.batches import File
from relations.exchange.catalogue import choose, profile_named, profiles, recognised
from relations.exchange.columns import COLUMNS
from relations.exchange.foreign import JSON, ForeignTable, read_table
from relations.exchange.intake import Intake, Outcome
from relations.exchange.profiles import MODELS, Profile, shipped
from relations.exchange.recipes import ProfileError
from relations.exchange.rejects import rejects
from relations.exchange.rows import Refusal, RefusedError
from relations.exchange.sheets import ZIP
from relations.exchange.tables import SheetError
from relations.models import KeptProfile, Upload
from relations.models.refusals import refusal
from relations.models.vocabularies import FileFormat, State
from relations.rights import may

TABLES = "tables"  # what an upload is for, in the place of the type of its rows
MOST_ROWS = 30_000  # that a browser waits for
MOST_OF_A_SORT = 200
MOST_SHOWN = 20
CHANGED = "What it would do has changed since the preview; look at it again."


def sort_of(refusal: Refusal) -> tuple[str, str]:
    """What refusals have in common that are of one sort: the column, and the reason without what is quoted in it."""
    return refusal.column, re.sub(r"'[^']*'|“[^”]*”|[0-9]+", "…", refusal.reason)


def sorted_out(refusals: list[Refusal]) -> list[tuple[int, list[Refusal]]]:
    """Refusals by their sort, the commonest first: how many there are, and the first of them."""
    sorts: dict[tuple[str, str], list[Refusal]] = defaultdict(list)
    for each in refusals:
        sorts[sort_of(each)].append(each)
    together = sorted(sorts.values(), key=len, reverse=True)
    return [(len(several), several[:MOST_OF_A_SORT]) for several in together]


def may_import_any(user: Any) -> bool:
    """Whether somebody may bring in rows of any type."""
    return any(may(user, "import", model) for model in COLUMNS)


class TablesMixin:
    """The pages on which a table comes in; each keeps the file and the profile in its address."""

    admin_site: Any
    opts: Any

    def urls_of_tables(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.upload), name="table_import"),
            path("import/<int:pk>/", wrap(self.preview), name="table_preview"),
            path("import/<int:pk>/map/", wrap(self.map), name="table_map"),
            path("import/<int:pk>/confirm/", wrap(require_POST(self.confirm)), name="table_confirm"),
            path("import/<int:pk>/refusals.csv", wrap(self.refusals), name="table_refusals"),
            path("import/<int:pk>/rejects/", wrap(self.rejects), name="table_rejects"),
            path("profiles/<slug:name>/", wrap(self.profile), name="table_profile"),
            path("profiles/<slug:name>.toml", wrap(self.profile_file), name="table_profile_file"),
        ]

    def may_import(self, request: HttpRequest) -> bool:
        """Whether somebody may bring in tables of any kind."""
        return may_import_any(request.user)

    def check_may_import(self, request: HttpRequest, *models: Any) -> None:
        """Refuses who may not bring in rows of all these types."""
        if not self.may_import(request) or not all(may(request.user, "import", model) for model in models):
            raise PermissionDenied

    def page(self, request: HttpRequest, template: str, title: str, status: int = 200, **told: Any) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **told}
        return TemplateResponse(request, f"admin/relations/batch/{template}.html", context, status=status)

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Takes a file, and goes on to what it would do, or to what its columns are to become."""
        self.check_may_import(request)
        form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
        if not form.is_valid():
            return self.page(request, "upload", "Import a table", form=form, profiles=profiles())
        file = form.cleaned_data["file"]
        content = file.read()
        user: Any = request.user
        upload = Upload(owner=user, collection=TABLES, name=file.name, content=content)
        upload.file_format = format_of(content)
        name = form.cleaned_data["profile"]
        try:
            profile = choose(content, name)[0] if name else recognised(content)
            if profile is None:
                proposals.look_at(content)
        except (SheetError, ProfileError) as error:
            form.add_error("file", str(error))
            return self.page(request, "upload", "Import a table", form=form, profiles=profiles())
        Upload.objects.stage(upload)
        kept: Any = Upload.objects.waiting(request.user, TABLES).order_by("-expires_at").first()
        if profile is None:
            return HttpResponseRedirect(reverse("admin:table_map", args=[kept.pk]))
        return HttpResponseRedirect(address_of(kept, profile.name, form.cleaned_data["publish"]))

    def staged(self, request: HttpRequest, pk: int) -> Upload:
        """A file that somebody uploaded himself, and that still waits."""
        self.check_may_import(request)
        upload = Upload.objects.waiting(request.user, TABLES).filter(pk=pk).first()
        if upload is None:
            raise Http404("This file waits no more; upload it again.")
        return upload

    def read(self, request: HttpRequest, upload: Upload, asked: QueryDict) -> tuple[Profile, ForeignTable, Intake]:
        """The table of an upload by the profile that is asked for, as somebody may bring it in."""
        content = bytes(upload.content)
        profile = profile_named(asked.get("profile", ""))
        self.check_may_import(request, *profile.models)
        table = read_table(content, profile)
        state = State.PUBLISHED if asked.get("publish") else State.DRAFT
        return profile, table, Intake(table, profile, File(upload.name, upload.sha256), user=request.user, state=state)

    def preview(self, request: HttpRequest, pk: int, status: int = 200, notice: str = "") -> HttpResponse:
        """What a table would do, or all that is wrong with it; nothing of it is written."""
        upload = self.staged(request, pk)
        asked = request.POST if request.method == "POST" else request.GET
        told: dict[str, Any] = {"upload": upload, "asked": asked, "notice": notice}
        try:
            profile, table, intake = self.read(request, upload, asked)
            told |= {"profile": profile, "table": table, "is_kept": profile.name not in shipped()}
            if len(table.lines) > MOST_ROWS:
                return self.page(request, "preview", "Too large for a browser", command=by_command(upload.name), **told)
            outcome = intake.run(rehearse=True)
        except (SheetError, ProfileError, RefusedError) as error:
            return self.page(request, "preview", "Preview", status=422, wrong=str(error), **told)
        told |= {"counts": {of: dict(done) for of, done in outcome.counts.items()}, "skipped": dict(outcome.skipped)}
        told |= {"outcome": outcome, "sorts": sorted_out(outcome.refusals), "shown": outcome.shown[:MOST_SHOWN]}
        if not outcome.refusals and outcome.is_changing:
            told["seal"] = sealed(request, upload, asked, outcome)
        return self.page(request, "preview", "Preview", status=status, **told)

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Writes what the preview showed, as a batch, and lets the file go; twice it does nothing more."""
        upload = self.staged(request, pk)
        try:
            with transaction.atomic():
                locked = Upload.objects.waiting(request.user, TABLES).select_for_update().filter(pk=pk).first()
                if locked is None:
                    raise Http404("This file waits no more; it was confirmed before.")
                outcome = self.read(request, locked, request.POST)[2].run()
                if outcome.batch is None or sealed(request, upload, request.POST, outcome) != request.POST.get("seal"):
                    transaction.set_rollback(True)
                    outcome.batch = None
                else:
                    locked.delete()
        except (SheetError, ProfileError, RefusedError) as error:
            return self.preview(request, pk, 409, f"Nothing was written: {error}")
        except DatabaseError as error:
            return self.preview(request, pk, 409, f"Nothing was written: {refusal(error)[1]}.")
        if outcome.batch is None:
            return self.preview(request, pk, 409, f"Nothing was written. {CHANGED}")
        messages.success(request, f"Imported: {outcome.batch.told}.")
        return HttpResponseRedirect(reverse("admin:relations_batch_change", args=[outcome.batch.pk]))

    def refusals(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All that is wrong with a table, as a file."""
        outcome = self.read(request, self.staged(request, pk), request.GET)[2].run(rehearse=True)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["place", "column", "value", "reason"])
        writer.writerows([each.place.words, each.column, each.value, each.reason] for each in outcome.refusals)
        return file_of(out.getvalue().encode(), "refusals.csv", "text/csv; charset=utf-8")

    def rejects(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The refused rows as a file of the same layout."""
        upload = self.staged(request, pk)
        profile, table, intake = self.read(request, upload, request.GET)
        outcome = intake.run(rehearse=True)
        ending, kind = ("json", "application/json") if profile.form == JSON else ("csv", "text/csv")
        content = rejects(table, profile, outcome.refused, bytes(upload.content))
        return file_of(content, f"rejects.{ending}", kind)

    def map(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the columns of a table are to become: proposed, and corrected by whoever knows it."""
        upload = self.staged(request, pk)
        of = (request.POST if request.method == "POST" else request.GET).get("of", "events")
        if of not in MODELS:
            raise Http404("There is no such type.")
        model = MODELS[of]
        self.check_may_import(request, model)
        seen = proposals.look_at(bytes(upload.content))
        proposals.propose(seen, model)
        name = re.sub(r"[^a-z0-9]+", "-", upload.name.rpartition(".")[0].casefold()).strip("-")[:40] or "table"
        initial = {"name": name, "source_key": name, "identify": [each.name for each in seen.columns[:1]]}
        form = MappingForm(seen, model, request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            self.keep(request, form.cleaned_data["name"], form.cleaned_data["text"])
            return HttpResponseRedirect(address_of(upload, form.cleaned_data["name"]))
        told: dict[str, Any] = {"upload": upload, "seen": seen, "form": form, "of": of, "types": proposals.types()}
        return self.page(request, "map", "What its columns become", **told)

    def keep(self, request: HttpRequest, name: str, text: str) -> None:
        """Keeps a profile by its name; that of somebody else stays as it is."""
        user: Any = request.user
        kept = KeptProfile.objects.filter(name=name).first() or KeptProfile(name=name, owner=user)
        if kept.owner_id != user.pk:
            raise PermissionDenied
        kept.text = text.strip()
        kept.save()

    def profile(self, request: HttpRequest, name: str) -> HttpResponse:
        """A kept profile as it is written, to be changed by who keeps it."""
        self.check_may_import(request)
        kept = KeptProfile.objects.filter(name=name).first()
        if kept is None:
            raise Http404("There is no such profile.")
        form = ProfileForm(name, request.POST or None, initial={"text": kept.text})
        if request.method == "POST" and form.is_valid():
            self.keep(request, name, form.cleaned_data["text"])
            messages.success(request, f"Kept: {name}.")
            waiting = Upload.objects.waiting(request.user, TABLES)
            upload = waiting.filter(pk=key_in(request.GET.get("upload", ""))).first()
            return HttpResponseRedirect(address_of(upload, name) if upload else reverse("admin:table_import"))
        return self.page(request, "profile", f"Profile {name}", form=form, kept=kept)

    def profile_file(self, request: HttpRequest, name: str) -> HttpResponse:
        """A profile as a TOML file."""
        self.check_may_import(request)
        known = profiles()
        if name not in known:
            raise Http404("There is no such profile.")
        return file_of(f"{known[name].text.strip()}\n".encode(), f"{name}.toml", "application/toml")


def format_of(content: bytes) -> str:
    """How a file is written, by how it begins."""
    if content.startswith(ZIP):
        return FileFormat.XLSX
    return FileFormat.JSON if content.lstrip()[:1] == b"[" else FileFormat.CSV


def key_in(text: str) -> int:
    """The key that a parameter gives; 0, which no row has, for none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def address_of(upload: Any, profile: str, publish: bool = False) -> str:
    """Where an upload is previewed by a profile."""
    asked = QueryDict(mutable=True)
    asked["profile"] = profile
    if publish:
        asked["publish"] = "on"
    return f"{reverse('admin:table_preview', args=[upload.pk])}?{asked.urlencode()}"


def sealed(request: HttpRequest, upload: Upload, asked: QueryDict, outcome: Outcome) -> str:
    """What was previewed: one person, one file, one profile, and what it does."""
    shown = [upload.sha256, asked.get("profile", ""), asked.get("publish", ""), outcome.does.hexdigest()]
    return signing.Signer(salt=f"table of {request.user.pk}").sign_object(shown)


def file_of(content: bytes, name: str, kind: str) -> HttpResponse:
    """Bytes to download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
