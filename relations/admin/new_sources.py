"""The pages that create sources from a plain text, a bibliography or a DOI; files are previewed and confirmed."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

import pghistory
from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from config.errors import NothingThereError
from relations.admin.slugs import propose_key
from relations.admin.source_forms import BeginForm, BibliographyForm, DoiForm, TextForm
from relations.admin.table_forms import by_command
from relations.admin.tables import MAX_ROWS
from relations.coding.documents import create_source, document_of, sentences_of, title_of
from relations.exchange.batches import File
from relations.exchange.bibliographies import Bibliography
from relations.exchange.intake import Outcome
from relations.exchange.rows import RefusedError
from relations.identifiers import RESOLVED_BY
from relations.models import Passage, Source, Upload
from relations.models.refusals import refusal
from relations.models.upload import WAITS_NO_MORE
from relations.models.vocabularies import FileFormat
from relations.rights import may
from relations.text import quoted

TEXTS, BIBLIOGRAPHIES = "texts", "bibliographies"  # values of `Upload.collection`
FORMS: dict[str, type[forms.Form]] = {"text": TextForm, "bibliography": BibliographyForm, "doi": DoiForm}
MAX_SHOWN = 300  # sentences or entries in a preview
CHANGED = "Nothing was written: what it would do has changed since the preview. Look at it again."


class NewSourcesMixin(admin.ModelAdmin):
    """The pages that create sources, for users who may add them."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("new/", wrap(self.new_view), name="source_new"),
            path("new/text/<int:pk>/", wrap(self.new_text_view), name="source_new_text"),
            path("new/bibliography/<int:pk>/", wrap(self.new_bibliography_view), name="source_new_bibliography"),
            *super().get_urls(),
        ]

    def new_page(
        self, request: HttpRequest, template: str, title: str, status: int = 200, **extra: Any
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **extra}
        return TemplateResponse(request, f"admin/relations/source/{template}.html", context, status=status)

    def check_may_add(self, request: HttpRequest, *models: Any) -> None:
        if not all(may(request.user, "add", model) for model in (Source, *models)):
            raise PermissionDenied

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """The page with all three forms. A DOI leads to the filled-in form of a source, a file to its preview."""
        self.check_may_add(request)
        filled_forms = {name: kind(auto_id=f"{name}_%s") for name, kind in FORMS.items()}
        there = None
        if request.method == "POST":
            by = request.POST.get("by", "")
            if by not in FORMS:
                raise BadRequest(f"{quoted(by)} is no way to begin a source: {', '.join(FORMS)}.")
            filled_forms[by] = form = FORMS[by](request.POST, request.FILES, auto_id=f"{by}_%s")
            if form.is_valid():
                if by != "doi":
                    return self.stage(request, form, TEXTS if by == "text" else BIBLIOGRAPHIES)
                doi = form.cleaned_data["doi"]
                there = Source.objects.of_dois(doi).first()
                if there is None:
                    filled_in = urlencode({"doi": doi, "url": f"{RESOLVED_BY}{doi}"})
                    return HttpResponseRedirect(f"{reverse('admin:relations_source_add')}?{filled_in}")
        may_begin = may(request.user, "add", Passage)
        return self.new_page(request, "new", "New source", forms=filled_forms, there=there, may_begin=may_begin)

    def stage(self, request: HttpRequest, form: Any, collection: str) -> HttpResponse:
        """Stores an uploaded file, and redirects to its preview."""
        user: Any = request.user
        file_format = FileFormat.TXT if collection == TEXTS else FileFormat.JSON
        name = form.cleaned_data["file"].name if form.cleaned_data["file"] else form.name
        upload = Upload(owner=user, collection=collection, file_format=file_format, name=name, content=form.content)
        kept = Upload.objects.stage(upload)
        page = "source_new_text" if collection == TEXTS else "source_new_bibliography"
        return HttpResponseRedirect(reverse(f"admin:{page}", args=[kept.pk]))

    def waiting(self, request: HttpRequest, pk: int, collection: str) -> Upload:
        """An upload of the user that waits to be confirmed, locked on POST; NothingThereError if there is none."""
        waiting = Upload.objects.waiting(request.user, collection).filter(pk=pk)
        if request.method == "POST":
            waiting = waiting.select_for_update()
        upload = waiting.first()
        if upload is None:
            raise NothingThereError(WAITS_NO_MORE)
        return upload

    @transaction.atomic
    def new_text_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Previews the sentences that a text would be split into; a POST creates the source with them."""
        self.check_may_add(request, Passage)
        upload = self.waiting(request, pk, TEXTS)
        document = document_of(bytes(upload.content), upload.name)
        title = title_of(document, upload.name)
        form = BeginForm(request.POST or None, initial={"title": title, "key": propose_key(Source, title)})
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic(), pghistory.context(import_file=upload.name):
                    source = create_source(document, form.cleaned_data["key"], form.cleaned_data["title"])
                    upload.delete()
            except DatabaseError as error:
                column, reason = refusal(error)
                form.add_error(column if column in form.fields else None, f"{reason}.")
            else:
                self.log_addition(request, source, f"begun from {upload.name}")
                messages.success(
                    request, f"{source.title} has {source.passages.count()} sentences, which wait for you."
                )
                return HttpResponseRedirect(reverse("admin:relations_source_code", args=[source.pk]))
        sentences = sentences_of(document)
        context: dict[str, Any] = {
            "upload": upload,
            "form": form,
            "sentences": sentences[:MAX_SHOWN],
            "left": len(sentences[MAX_SHOWN:]),
            "sections": dict(Counter(sentence.section for sentence in sentences)),
            "total": len(sentences),
        }
        return self.new_page(request, "new_text", "New source from a text", **context)

    @transaction.atomic
    def new_bibliography_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Previews the sources that a bibliography would add; a POST adds exactly these."""
        self.check_may_add(request)
        upload, notice = self.waiting(request, pk, BIBLIOGRAPHIES), ""
        if request.method == "POST":
            try:
                if outcome := self.confirmed_entries(request, upload):
                    return self.report_import(request, upload, outcome)
                notice = CHANGED
            except RefusedError as error:
                notice = f"Nothing was written: {error}"
            except DatabaseError as error:
                notice = f"Nothing was written: {refusal(error)[1]}."
        bibliography = Bibliography(bytes(upload.content))
        context: dict[str, Any] = {"upload": upload, "there": bibliography.there, "notice": notice}
        if len(bibliography.table.lines) > MAX_ROWS:
            return self.new_page(request, "new_bibliography", "New sources", command=by_command(upload.name), **context)
        outcome = bibliography.intake(File(upload.name, upload.sha256), request.user).run(rehearse=True)
        context |= {"outcome": outcome, "number": outcome.counts["sources"]["added"], "seal": seal_for(upload, outcome)}
        context["shown"] = [made.cells for _, made in outcome.shown[:MAX_SHOWN]]
        status = 409 if notice else 200
        return self.new_page(request, "new_bibliography", "New sources from a bibliography", status, **context)

    def confirmed_entries(self, request: HttpRequest, upload: Upload) -> Outcome | None:
        """Imports a bibliography; None, with nothing written, if it would not do exactly what was shown."""
        with transaction.atomic():
            file = File(upload.name, upload.sha256)
            outcome = Bibliography(bytes(upload.content)).intake(file, request.user).run()
            if outcome.batch and seal_for(upload, outcome) == request.POST.get("seal"):
                return outcome
            transaction.set_rollback(True)
        return None

    def report_import(self, request: HttpRequest, upload: Upload, outcome: Outcome) -> HttpResponse:
        """Deletes the upload, reports the number of sources, and redirects to the source or to the list."""
        upload.delete()
        keys, number = [made.cells["key"] for _, made in outcome.shown], outcome.counts["sources"]["added"]
        messages.success(request, f"Added: {number:,} source{'' if number == 1 else 's'}.")
        if number == 1:
            source = Source.objects.get(key=keys[0])
            return HttpResponseRedirect(reverse("admin:relations_source_change", args=[source.pk]))
        return HttpResponseRedirect(reverse("admin:relations_source_changelist"))


def seal_for(upload: Upload, outcome: Outcome) -> str:
    """The signed digests of the file and of what it would do; valid for one user."""
    signer = signing.Signer(salt=f"sources of {upload.owner_id}")
    return signer.sign_object([upload.sha256, outcome.digest.hexdigest()])
