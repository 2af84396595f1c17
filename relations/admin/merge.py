"""The page that compares two duplicate rows and merges them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst

from relations.admin.history import DeskFormatter
from relations.merging import MERGED, MergeError, merge, numbers_of_references, obstacle
from relations.models import TARGETS, Citation
from relations.telling import columns_told

KEYS = {model: Citation._meta.get_field(name) for name, model in TARGETS.items()}


class MergeForm(forms.Form):
    """The row that is kept, and the versions of both rows that were compared."""

    versions = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, page: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key = KEYS.get(page.model, Citation._meta.get_field("source"))
        label = f"The {page.opts.verbose_name} that is kept"
        widget = AutocompleteSelect(key, page.admin_site)
        self.fields["into"] = forms.ModelChoiceField(page.model._default_manager.all(), label=label, widget=widget)


class MergeMixin(admin.ModelAdmin):
    """Adds the page to the models that can be merged (`MERGED`)."""

    def get_urls(self) -> list[Any]:
        if self.model not in MERGED:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        if row is not None and self.model in MERGED and self.has_delete_permission(request, row):
            context["merge_url"] = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge", args=[row.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    @transaction.atomic
    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks which row is kept, compares both, and on POST merges them if neither has changed since."""
        other = self.locked(object_id)
        if not self.has_delete_permission(request, other):
            raise PermissionDenied
        form = MergeForm(self, request.POST or request.GET if "into" in (request.POST or request.GET) else None)
        kept = self.locked(form.cleaned_data["into"].pk) if form.is_bound and form.is_valid() else None
        if kept is not None and not self.has_change_permission(request, kept):
            raise PermissionDenied
        reason = obstacle(kept, other) if kept is not None else ""
        versions = f"{other.version}.{kept.version}" if kept is not None else ""
        if kept is not None and not reason and request.method == "POST":
            if form.cleaned_data["versions"] == versions:
                try:
                    merge(kept, other)
                except MergeError as error:
                    reason = str(error)
                else:
                    self.message_user(request, f"{capfirst(str(other))} is now merged into {kept}.", messages.SUCCESS)
                    return redirect(
                        reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[kept.pk])
                    )
            else:
                reason = "one of the two has changed since they were compared; look again"
        context = {
            **self.admin_site.each_context(request),
            "title": f"Merge {self.opts.verbose_name}",
            "opts": self.opts,
            "original": other,
            "form": form,
            "media": self.media + form.media,
            "kept": kept,
            "reason": capfirst(reason),
            "versions": versions,
            "rows": compared(kept, other) if kept is not None else [],
            "moving": [(number, model._meta, number == 1) for model, number in numbers_of_references(other)]
            if kept is not None
            else [],
        }
        return TemplateResponse(request, "admin/relations/merge.html", context)

    def locked(self, pk: Any) -> Any:
        """The row, locked until the end of the transaction; Http404 if there is none."""
        rows = self.model._default_manager.select_for_update(of=("self",), no_key=True)
        try:
            row = rows.filter(pk=pk).first()
        except (TypeError, ValueError):
            row = None
        if row is None:
            raise Http404
        if hasattr(row, "state"):
            row.stored_state = row.state
        return row


def compared(kept: Any, other: Any) -> list[tuple[str, str, str, bool]]:
    """For each column that either row fills: its label, the kept value, the other value, and whether they differ."""
    words, rows = DeskFormatter(), []
    for column in columns_told(kept._meta.model):
        one, two = (words.said(row, column) for row in (kept, other))
        if one or two:
            rows.append((capfirst(column.label), one, two, one != two))
    return rows
