"""The forms by which a table comes in at the desk: a file, what its columns become, and a profile as it is written."""

from typing import Any

from django import forms

from relations.exchange import proposals
from relations.exchange.catalogue import profiles
from relations.exchange.profiles import read_profile, shipped
from relations.exchange.recipes import ProfileError
from relations.models.upload import MAX_BYTES


def by_command(name: str) -> str:
    """How a file comes in that is too large for a browser."""
    return f"somebody with a shell runs: python manage.py import_table {name}"


class TableForm(forms.Form):
    """A file and how it is read."""

    file = forms.FileField(help_text="CSV, XLSX, or a bibliography in CSL-JSON.")
    profile = forms.ChoiceField(required=False, help_text="Else one that knows the header of the file.")
    publish = forms.BooleanField(required=False, help_text="New records are published at once; else they are drafts.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, f"{name}: {each.title}") for name, each in profiles().items()]
        self.fields["profile"].choices = [("", "the one that knows the header"), *known]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(f"The file has more than {MAX_BYTES // 1_000_000} MB; {by_command(file.name)}")
        return file


class ProfileForm(forms.Form):
    """A profile by its name and as it is written."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 30, "cols": 100, "spellcheck": "false"}), strip=False)

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        try:
            read_profile(self.name, text)
        except ProfileError as error:
            raise forms.ValidationError(str(error)) from None
        return text.strip()


class MappingForm(forms.Form):
    """What each column of a table becomes, what identifies a row, what stands in no column, and who says it."""

    name = forms.SlugField(max_length=40, help_text="What the profile is to be called.")
    identify = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, help_text="The columns that identify a row: its slug."
    )
    fixed = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What stands in no column, one a line: kind = visit",
    )
    source_key = forms.SlugField(max_length=80, required=False, help_text="The source that every record cites.")
    source_title = forms.CharField(max_length=300, required=False, help_text="Its title, if it is new.")

    def __init__(self, seen: proposals.Seen, model: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen, self.model = seen, model
        self.fields["identify"].choices = [(each.name, each.name) for each in seen.columns]  # type: ignore[attr-defined]
        menu = [("", "—"), *((name, name) for name in proposals.targets(model))]
        readings = [(name, name) for name in proposals.READINGS]
        for number, each in enumerate(seen.columns):
            self.fields[f"target_{number}"] = forms.ChoiceField(
                choices=menu, required=False, initial=each.target, label=f"{each.name} becomes"
            )
            self.fields[f"reading_{number}"] = forms.ChoiceField(
                choices=readings, initial=each.reading, label=f"{each.name} is read as"
            )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Each column with its two menus."""
        return [
            (each, self[f"target_{number}"], self[f"reading_{number}"]) for number, each in enumerate(self.seen.columns)
        ]

    def others(self) -> list[Any]:
        """The fields that belong to no column."""
        return [self[name] for name in ("name", "identify", "fixed", "source_key", "source_title")]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name in shipped():
            raise forms.ValidationError("A profile of that name comes with the program; give another.")
        return name

    def clean_fixed(self) -> dict[str, str]:
        found = {}
        for line in filter(str.strip, self.cleaned_data["fixed"].splitlines()):
            name, equals, value = line.partition("=")
            if not equals:
                raise forms.ValidationError(f"“{line}” is not of the form column = value.")
            found[name.strip()] = value.strip()
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        for number, each in enumerate(self.seen.columns):
            each.target, each.reading = said[f"target_{number}"], said[f"reading_{number}"]
        source = {"key": said["source_key"], "csl_type": "dataset", "title": said["source_title"] or said["source_key"]}
        chosen = proposals.Choices(
            self.model, self.seen.columns, said["identify"], said["fixed"], source, title=said["name"]
        )
        said["text"] = proposals.written(self.seen, chosen)
        try:
            read_profile(said["name"], said["text"])
        except ProfileError as error:
            raise forms.ValidationError(str(error)) from None
        return said
