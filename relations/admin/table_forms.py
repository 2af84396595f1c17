"""The forms for importing a foreign table: the upload, and the text of a profile."""

import shlex
from typing import Any

from django import forms

from relations.exchange.catalogue import profiles
from relations.exchange.profiles import read_profile
from relations.exchange.recipes import ProfileError
from relations.models.upload import MAX_BYTES


def by_command(name: str, *options: str) -> str:
    """The shell command that imports a file too large for the browser."""
    return shlex.join(("python", "manage.py", "import_table", name, *options))


class TableForm(forms.Form):
    """A file, and the profile it is read by."""

    file = forms.FileField(help_text="CSV, XLSX, or a bibliography in CSL-JSON.")
    profile = forms.ChoiceField(
        required=False, help_text="How the table is read. If no profile fits, you map the columns on the next page."
    )
    sheet = forms.CharField(
        required=False, max_length=100, help_text="Of a workbook with several sheets, the name of the one to import."
    )
    publish = forms.BooleanField(
        required=False,
        label="Publish at once",
        help_text="Else new records are drafts, to be published together.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, f"{name}: {each.title}") for name, each in profiles().items()]
        self.fields["profile"].choices = [("", "the one that knows the header"), *known]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            message = f"The file has more than {MAX_BYTES // 1_000_000} MB; somebody with a shell runs: "
            raise forms.ValidationError(message + by_command(file.name))
        return file


class ProfileForm(forms.Form):
    """The text of a profile (TOML)."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 30, "cols": 100, "spellcheck": "false"}), strip=False)

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_text(self) -> str:
        try:
            return read_profile(self.name, self.cleaned_data["text"]).text
        except ProfileError as error:
            raise forms.ValidationError(str(error)) from None
