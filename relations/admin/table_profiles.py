"""Profiles at the desk: made of menus for the table at hand, changed as they are written, and downloaded."""

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

OWN, LONGEST_STEM = "-names", 30  # what follows the name of a profile of which somebody says more, and of that so much
TABLES = "tables"  # what an upload is for, in the place of the type of its rows


def may_import_any(user: Any) -> bool:
    """Whether somebody may bring in rows of any type."""
    return any(may(user, "import", model) for model in COLUMNS)


class ProfilesMixin:
    """The pages on which somebody says how a table becomes records."""

    admin_site: Any
    opts: Any

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

    def staged(self, request: HttpRequest, pk: int) -> Upload:
        """A file that somebody uploaded himself, and that still waits."""
        self.check_may_import(request)
        upload = Upload.objects.waiting(request.user, TABLES).filter(pk=pk).first()
        if upload is None:
            raise NothingThereError(WAITS_NO_MORE)
        return upload

    def map(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the columns of a table are to become: proposed, and corrected by whoever knows it."""
        upload = self.staged(request, pk)
        asked = request.POST if request.method == "POST" else request.GET
        kept = self.kept(request, asked.get("profile", ""))
        of = asked.get("of") or (kept.choices["of"][0] if kept else "events")
        if of not in MODELS:
            raise Http404("There is no such type.")
        self.check_may_import(request, MODELS[of])
        kept_sheet = kept.choices.get("sheet", [""])[0] if kept else ""
        seen = look_at(bytes(upload.content), asked.get("sheet", kept_sheet))
        proposals.propose(seen, MODELS[of])
        form = self.mapping_form(request, upload, seen, of, kept)
        if request.method == "POST" and form.is_valid():
            profile = self.keep(request, form.cleaned_data["name"], form.cleaned_data["text"], form.choices())
            return HttpResponseRedirect(address_of("preview", upload, profile, bool(asked.get("publish"))))
        told: dict[str, Any] = {"upload": upload, "seen": seen, "form": form, "of": of, "types": proposals.types()}
        told |= {"asked": asked, "kept": kept}
        return self.page(request, "map", "What its columns become", **told)

    def mapping_form(
        self, request: HttpRequest, upload: Upload, seen: Seen, of: str, kept: KeptProfile | None
    ) -> MappingForm:
        """The menus as they were sent, else as they were chosen another time, else as they are proposed."""
        changed = kept.name if kept else ""
        given: dict[str, Any] = {"user": request.user, "content": bytes(upload.content), "changed": changed}
        if request.method == "POST":
            return MappingForm(seen, of, request.POST, **given)
        if kept and kept.choices["of"] == [of]:
            return MappingForm(seen, of, chosen_before(kept.choices), **given)
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

    def kept(self, request: HttpRequest, name: str) -> KeptProfile | None:
        """A profile that somebody made of menus himself, and did not write since."""
        user: Any = request.user
        return KeptProfile.objects.filter(name=name, owner=user).exclude(choices={}).first()

    def keep(self, request: HttpRequest, name: str, text: str, choices: dict[str, list[str]]) -> KeptProfile:
        """Keeps a profile by its name; that of somebody else stays as it is."""
        user: Any = request.user
        kept = KeptProfile.objects.filter(name=name).first() or KeptProfile(name=name, owner=user)
        if kept.owner_id != user.pk:
            raise PermissionDenied
        kept.text, kept.choices = text.strip(), choices
        kept.save()
        return kept

    def names(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who is meant by names that a profile cannot read in a file; it is kept in a profile of one's own."""
        upload = self.staged(request, pk)
        asked = request.POST if request.method == "POST" else request.GET
        publish = bool(asked.get("publish"))
        try:
            profile = profile_kept(asked.get("profile", ""))
            self.check_may_import(request, *profile.models)
            form = ProfileNamesForm(profile, bytes(upload.content), request.POST if request.method == "POST" else None)
            if request.method == "POST" and form.is_valid():
                name = self.name_of_own(request, profile)
                before = profiles().get(name, profile)
                text = read_profile(name, with_names(profile, names_kept(before) | form.names_said())).text
                return HttpResponseRedirect(address_of("preview", upload, self.keep(request, name, text, {}), publish))
        except (SheetError, ProfileError) as error:
            raise NothingThereError(str(error)) from None
        told: dict[str, Any] = {"upload": upload, "form": form, "profile": profile, "asked": asked}
        told |= {"back": address_of("preview", upload, profile, publish)}
        return self.page(request, "names", "Who is meant", **told)

    def name_of_own(self, request: HttpRequest, profile: Profile) -> str:
        """What a profile is kept as by who says more of it: as it is called, if it is his own, else as a new one."""
        user: Any = request.user
        others = {*shipped(), *KeptProfile.objects.exclude(owner=user).values_list("name", flat=True)}
        stem = profile.name[:LONGEST_STEM].rstrip("-")
        numbered = (f"{stem}{OWN}-{number}" for number in count(2))
        return next(name for name in chain((profile.name, f"{stem}{OWN}"), numbered) if name not in others)

    def profile(self, request: HttpRequest, name: str) -> HttpResponse:
        """A kept profile as it is written, to be changed by who keeps it."""
        self.check_may_import(request)
        kept = KeptProfile.objects.filter(name=name).first()
        if kept is None:
            raise NothingThereError("There is no such profile.")
        form = ProfileForm(name, request.POST or None, initial={"text": kept.text})
        if request.method == "POST" and form.is_valid():
            text = form.cleaned_data["text"]
            kept = self.keep(request, name, text, kept.choices if text == kept.text else {})
            messages.success(request, f"Kept: {name}.")
            waiting = Upload.objects.waiting(request.user, TABLES)
            upload = waiting.filter(pk=key_in(request.GET.get("upload", ""))).first()
            page = address_of("preview", upload, kept) if upload else reverse("admin:table_import")
            return HttpResponseRedirect(page)
        return self.page(request, "profile", f"Profile {name}", form=form, kept=kept)

    def profile_file(self, request: HttpRequest, name: str) -> HttpResponse:
        """A profile as a TOML file."""
        self.check_may_import(request)
        known = profiles()
        if name not in known:
            raise NothingThereError("There is no such profile.")
        return file_of(f"{known[name].text.strip()}\n".encode(), f"{name}.toml", "application/toml")


def profile_kept(name: str) -> Profile:
    """A profile that is shipped or was kept at the desk; no file of the machine."""
    known = profiles()
    if name not in known:
        raise ProfileError(f"There is no profile {name}.")
    return known[name]


def key_in(text: str) -> int:
    """The key that a parameter gives; 0, which no row has, for none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def address_of(page: str, upload: Any, profile: Any = None, publish: bool = False, sheet: str = "") -> str:
    """A page of an upload, by a profile."""
    asked = QueryDict(mutable=True)
    if profile:
        asked["profile"] = profile.name
    if publish:
        asked["publish"] = "on"
    if sheet and not profile:
        asked["sheet"] = sheet
    query = f"?{asked.urlencode()}" if asked else ""
    return f"{reverse(f'admin:table_{page}', args=[upload.pk])}{query}"


def file_of(content: bytes, name: str, kind: str) -> HttpResponse:
    """An answer that a browser keeps as a file of that name and media type."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
