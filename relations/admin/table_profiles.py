"""The pages of import profiles: made with menus for an uploaded table, edited as TOML, and downloaded."""

import re
from itertools import chain, count
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from config.errors import NothingThereError
from relations.admin.mapping_form import MappingForm, chosen_before
from relations.admin.names_form import ProfileNamesForm
from relations.admin.table_forms import ProfileForm
from relations.exchange import proposals
from relations.exchange.catalogue import profiles
from relations.exchange.columns import COLUMNS
from relations.exchange.profile_names import names_kept, with_names
from relations.exchange.profiles import MODELS, Profile, read_profile, shipped
from relations.exchange.recipes import ProfileError
from relations.exchange.seen import Seen, look_at
from relations.exchange.tables import SheetError
from relations.models import KeptProfile, Upload
from relations.models.upload import WAITS_NO_MORE
from relations.rights import may

OWN, MAX_STEM = "-names", 30  # suffix of a user's copy of a profile, and the characters that are kept before it
TABLES = "tables"  # the value of `Upload.collection`


def may_import_any(user: Any) -> bool:
    """Whether the user may import rows of at least one model."""
    return any(may(user, "import", model) for model in COLUMNS)


class ProfilesMixin:
    """The pages on which users say how a table becomes records."""

    admin_site: Any
    opts: Any

    def may_import(self, request: HttpRequest) -> bool:
        """Whether the user may import rows of at least one model."""
        return may_import_any(request.user)

    def check_may_import(self, request: HttpRequest, *models: Any) -> None:
        """Raises PermissionDenied unless the user may import rows of all these models, or of any if none is given."""
        if not self.may_import(request) or not all(may(request.user, "import", model) for model in models):
            raise PermissionDenied

    def page(
        self, request: HttpRequest, template: str, title: str, status: int = 200, **extra: Any
    ) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **extra}
        return TemplateResponse(request, f"admin/relations/batch/{template}.html", context, status=status)

    def staged(self, request: HttpRequest, pk: int) -> Upload:
        """An upload of the user that waits to be confirmed; NothingThereError if there is none."""
        self.check_may_import(request)
        upload = Upload.objects.waiting(request.user, TABLES).filter(pk=pk).first()
        if upload is None:
            raise NothingThereError(WAITS_NO_MORE)
        return upload

    def map(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The mapping form, with proposals for each column; a valid POST saves the profile and leads to the preview."""
        upload = self.staged(request, pk)
        params = request.POST if request.method == "POST" else request.GET
        stored = self.stored_profile(request, params.get("profile", ""))
        of = params.get("of") or (stored.choices["of"][0] if stored else "events")
        if of not in MODELS:
            raise Http404("There is no such type.")
        self.check_may_import(request, MODELS[of])
        stored_sheet = stored.choices.get("sheet", [""])[0] if stored else ""
        seen = look_at(bytes(upload.content), params.get("sheet", stored_sheet))
        proposals.propose(seen, MODELS[of])
        form = self.mapping_form(request, upload, seen, of, stored)
        if request.method == "POST" and form.is_valid():
            profile = self.keep(request, form.cleaned_data["name"], form.cleaned_data["text"], form.choices())
            return HttpResponseRedirect(address_of("preview", upload, profile, bool(params.get("publish"))))
        context: dict[str, Any] = {"upload": upload, "seen": seen, "form": form, "of": of, "types": proposals.types()}
        context |= {"asked": params, "kept": stored}
        return self.page(request, "map", "What its columns become", **context)

    def mapping_form(
        self, request: HttpRequest, upload: Upload, seen: Seen, of: str, stored: KeptProfile | None
    ) -> MappingForm:
        """The mapping form with the posted values, or else the stored ones, or else the proposals."""
        changed = stored.name if stored else ""
        given: dict[str, Any] = {"user": request.user, "content": bytes(upload.content), "changed": changed}
        if request.method == "POST":
            return MappingForm(seen, of, request.POST, **given)
        if stored and stored.choices["of"] == [of]:
            return MappingForm(seen, of, chosen_before(stored.choices), **given)
        form = MappingForm(seen, of, **given)
        words = re.sub(r"[^a-z0-9]+", "-", upload.name.rpartition(".")[0].casefold()).strip("-")[:36] or "table"
        taken, name, number = {*profiles()}, words, 2
        while name in taken:
            name, number = f"{words}-{number}", number + 1
        form.initial = {
            "name": changed or name,
            "source_key": words,
            "identify": proposals.identifying(seen, MODELS[of]),
            "missing": "\n".join(form.nothing),
            "skipped": "\n".join(f"{name} = {value}" for name, value in proposals.skipped(seen)),
        }
        return form

    def stored_profile(self, request: HttpRequest, name: str) -> KeptProfile | None:
        """A profile that the user made with menus and has not edited as text since; else None."""
        user: Any = request.user
        return KeptProfile.objects.filter(name=name, owner=user).exclude(choices={}).first()

    def keep(self, request: HttpRequest, name: str, text: str, choices: dict[str, list[str]]) -> KeptProfile:
        """Saves a profile; PermissionDenied if the name is that of another user's."""
        user: Any = request.user
        stored = KeptProfile.objects.filter(name=name).first() or KeptProfile(name=name, owner=user)
        if stored.owner_id != user.pk:
            raise PermissionDenied
        stored.text, stored.choices = text.strip(), choices
        stored.save()
        return stored

    def names(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks about the unclear names of a file. The answers are saved in a profile of the user's own."""
        upload = self.staged(request, pk)
        params = request.POST if request.method == "POST" else request.GET
        publish = bool(params.get("publish"))
        try:
            profile = profile_named(params.get("profile", ""))
            self.check_may_import(request, *profile.models)
            form = ProfileNamesForm(profile, bytes(upload.content), request.POST if request.method == "POST" else None)
            if request.method == "POST" and form.is_valid():
                name = self.name_of_own(request, profile)
                before = profiles().get(name, profile)
                text = read_profile(name, with_names(profile, names_kept(before) | form.names_said())).text
                return HttpResponseRedirect(address_of("preview", upload, self.keep(request, name, text, {}), publish))
        except (SheetError, ProfileError) as error:
            raise NothingThereError(str(error)) from None
        context: dict[str, Any] = {"upload": upload, "form": form, "profile": profile, "asked": params}
        context |= {"back": address_of("preview", upload, profile, publish)}
        return self.page(request, "names", "Who is meant", **context)

    def name_of_own(self, request: HttpRequest, profile: Profile) -> str:
        """The name under which the user may save a changed profile: its own if it is the user's, or else a new one."""
        user: Any = request.user
        others = {*shipped(), *KeptProfile.objects.exclude(owner=user).values_list("name", flat=True)}
        stem = profile.name[:MAX_STEM].rstrip("-")
        numbered = (f"{stem}{OWN}-{number}" for number in count(2))
        return next(name for name in chain((profile.name, f"{stem}{OWN}"), numbered) if name not in others)

    def profile(self, request: HttpRequest, name: str) -> HttpResponse:
        """The text of a stored profile, which its owner may edit."""
        self.check_may_import(request)
        stored = KeptProfile.objects.filter(name=name).first()
        if stored is None:
            raise NothingThereError("There is no such profile.")
        form = ProfileForm(name, request.POST or None, initial={"text": stored.text})
        if request.method == "POST" and form.is_valid():
            text = form.cleaned_data["text"]
            stored = self.keep(request, name, text, stored.choices if text == stored.text else {})
            messages.success(request, f"Kept: {name}.")
            waiting = Upload.objects.waiting(request.user, TABLES)
            upload = waiting.filter(pk=key_in(request.GET.get("upload", ""))).first()
            page = address_of("preview", upload, stored) if upload else reverse("admin:table_import")
            return HttpResponseRedirect(page)
        return self.page(request, "profile", f"Profile {name}", form=form, kept=stored)

    def profile_file(self, request: HttpRequest, name: str) -> HttpResponse:
        """A profile as a TOML file."""
        self.check_may_import(request)
        available = profiles()
        if name not in available:
            raise NothingThereError("There is no such profile.")
        return file_of(f"{available[name].text.strip()}\n".encode(), f"{name}.toml", "application/toml")


def profile_named(name: str) -> Profile:
    """A shipped or stored profile by its name, which is never taken as a path; ProfileError if there is none."""
    available = profiles()
    if name not in available:
        raise ProfileError(f"There is no profile {name}.")
    return available[name]


def key_in(text: str) -> int:
    """The primary key in a parameter; 0, which no row has, if it is malformed."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def address_of(page: str, upload: Any, profile: Any = None, publish: bool = False, sheet: str = "") -> str:
    """The URL of a page of an upload, with its profile and options as parameters."""
    params = QueryDict(mutable=True)
    if profile:
        params["profile"] = profile.name
    if publish:
        params["publish"] = "on"
    if sheet and not profile:
        params["sheet"] = sheet
    query = f"?{params.urlencode()}" if params else ""
    return f"{reverse(f'admin:table_{page}', args=[upload.pk])}{query}"


def file_of(content: bytes, name: str, kind: str) -> HttpResponse:
    """A response that the browser downloads; `kind` is the media type."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
