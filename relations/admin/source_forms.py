"""The form of a source, and the forms that create one from its text, from a bibliography or from a DOI."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from relations.admin.forms import VersionedForm
from relations.coding.documents import MAX_DOCUMENT_BYTES, DocumentError, check_key, document_of
from relations.exchange.bibliographies import Bibliography
from relations.exchange.tables import SheetError
from relations.identifiers import RESOLVED_BY, bare_doi, validate_doi
from relations.models import Source
from relations.models.upload import MAX_BYTES

IS_THERE = "It is in the register already: %(source)s (%(key)s)."


def content_of(file: Any, most: int) -> bytes:
    """The content of an uploaded file; ValidationError, before it is read, if it is larger than `most` bytes."""
    if file.size > most:
        raise ValidationError(f"{file.name} has more than {most // 1_000_000} MB.")
    content: bytes = file.read()
    return content


class DoiField(forms.CharField):
    """A DOI, typed with or without https://doi.org/ or doi: before it."""

    def to_python(self, value: Any) -> str:
        return bare_doi(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Drops `maxlength`, since the URL of a DOI may be longer than the column."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class SourceForm(VersionedForm):
    """The form of a source. It refuses a DOI that another source has, and fills in an empty URL from the DOI."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (doi := cleaned.get("doi")) and "doi" in self.changed_data:
            if source := Source.objects.of_dois(doi).exclude(pk=self.instance.pk).first():
                self.add_error("doi", ValidationError(IS_THERE, params={"source": source, "key": source.key}))
            elif not cleaned.get("url") and "url" not in self.errors:
                cleaned["url"] = f"{RESOLVED_BY}{doi}"
        return cleaned


class TextForm(forms.Form):
    """A document in plain text."""

    file = forms.FileField(
        label="Text", help_text=f"Plain text in UTF-8 (.txt), at most {MAX_DOCUMENT_BYTES // 1_000_000} MB."
    )
    content: bytes

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.content = content_of(file, MAX_DOCUMENT_BYTES)
        try:
            document_of(self.content, file.name)
        except DocumentError as error:
            raise ValidationError(str(error)) from None
        return file


class BibliographyForm(forms.Form):
    """One or more sources in CSL-JSON, as a file or pasted."""

    file = forms.FileField(required=False, label="File", help_text="As Zotero exports it: CSL JSON.")
    pasted = forms.CharField(required=False, label="Or its text", widget=forms.Textarea(attrs={"rows": 6}))
    content: bytes
    name = "pasted.json"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), cleaned.get("pasted", "")
        if self.errors:
            return cleaned
        if bool(file) == bool(pasted):
            raise ValidationError("Give a file, or paste its text; not both.")
        self.content = content_of(file, MAX_BYTES) if file else str(pasted).encode()
        self.name = file.name if file else self.name
        try:
            Bibliography(self.content)
        except SheetError as error:
            raise ValidationError(str(error)) from None
        return cleaned


class DoiForm(forms.Form):
    """The DOI of a new source."""

    doi = DoiField(
        label="DOI",
        max_length=Source._meta.get_field("doi").max_length,
        validators=[validate_doi],
        help_text="10.1000/182, with or without https://doi.org/ or doi: before it.",
    )


class BeginForm(forms.Form):
    """The title and key of a source that is created from its text."""

    title = forms.CharField(
        max_length=300, help_text="By its first heading; a description of ours in brackets where it has none."
    )
    key = forms.CharField(help_text="Citation key and address: lower-case words and digits with hyphens.")

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        try:
            check_key(key)
        except DocumentError as error:
            raise ValidationError(str(error)) from None
        return key
