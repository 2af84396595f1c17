"""The part of a form for a table that asks who is meant by names that nobody or several have."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from relations.exchange.drafting import AS_WORDS, CODES
from relations.exchange.foreign import read_table
from relations.exchange.parties import Parties
from relations.exchange.profiles import Profile
from relations.exchange.recipes import ProfileError
from relations.exchange.tables import SheetError
from relations.exchange.unclear import Unclear, unclear_names

MOST_NAMES = 30  # that are asked at once
NOBODY_SAID = "Say of one name at least who is meant."
SAY_WHO = "Nobody can tell who is meant by {}: say it below, or leave it, and these rows are refused. Send it again."


class NamesForm(forms.Form):
    """Menus of who is meant by a name; each name stands in the form, too, so that what was said of it is kept.

    Whether a name is clear depends on the day: Yemen is not in 1979.
    """

    @cached_property
    def parties(self) -> Parties:
        return Parties()

    def add_asked_before(self, data: QueryDict | None) -> None:
        """The menus that were sent, with what was chosen in them."""
        self.names: dict[str, str] = {}  # by the fields of their menus
        for number, name in enumerate(data.getlist("name_asked") if data is not None else ()):
            self.add_name(f"who_{number}", Unclear(name))

    def add_name(self, field: str, unclear: Unclear) -> None:
        """A menu of who may be meant: what comes to mind, what was chosen before, and every country."""
        self.names[field] = unclear.name
        likely = [" ".join(pair) for pair in unclear.pairs] + unclear.countries
        likely += [f"actor/{slug}" for slug in unclear.actors]
        chosen = self.data.get(field, "")
        if chosen not in likely and self.is_known(chosen):
            likely.insert(0, chosen)
        choices: list[Any] = [("", "— is refused")]
        if likely:
            choices.append(("It may be", [(who, self.told(who)) for who in likely]))
        if not unclear.is_country:
            choices.append((AS_WORDS, "nobody of the register: the words stay"))
        others = sorted(self.parties.names.keys() - likely, key=self.parties.names.__getitem__)
        choices.append(("Any other country", [(code, self.told(code)) for code in others]))
        number = len(unclear.lines)
        rows = f", in {number:,} row{'' if number == 1 else 's'}," if number else ""
        self.fields[field] = forms.ChoiceField(choices=choices, required=False, label=f"{unclear.name}{rows} is")

    def told(self, who: str) -> str:
        """A choice in words."""
        if who.startswith("actor/"):
            return who.replace("/", ": ")
        first, *later = who.split()
        return ", then ".join(self.parties.names_and_codes([code]) for code in (first, *later))

    def is_known(self, who: str) -> bool:
        """Whether the register has whom a choice names."""
        if who.startswith("actor/"):
            return any(who == f"actor/{slug}" for slugs in self.parties.actors.values() for slug in slugs)
        return bool(CODES.fullmatch(who)) and self.parties.names.keys() >= {*who.split()}

    def ask_names(self, profile: Profile, content: bytes) -> None:
        """Asks of names that a profile cannot read in a file, if it was not asked before."""
        try:
            new = self.add_unclear(profile, content)
        except (SheetError, ProfileError) as error:
            raise forms.ValidationError(str(error)) from None
        if new:
            told = [f"“{each.name}”" for each in new]
            self.add_error(None, SAY_WHO.format(" or ".join(filter(None, (", ".join(told[:-1]), told[-1])))))

    def add_unclear(self, profile: Profile, content: bytes) -> list[Unclear]:
        """Adds the menus of names that a profile cannot read in a file; those of which it was not asked before."""
        unclear = unclear_names(read_table(content, profile), profile, self.parties)
        fields = {name: field for field, name in self.names.items()}
        new = [each for each in unclear if each.name not in fields][:MOST_NAMES]
        for each in unclear:
            if each.name in fields:
                self.add_name(fields[each.name], each)
        for each in new:
            self.add_name(f"who_{len(self.names)}", each)
        return new

    def names_said(self) -> dict[str, str]:
        """Who is meant by names, where somebody said it."""
        said = {name: self.cleaned_data.get(field, "") for field, name in self.names.items()}
        return {name: who for name, who in said.items() if who}

    def name_menus(self) -> list[dict[str, Any]]:
        """Each name with its menu."""
        return [{"name": name, "menu": self[field]} for field, name in self.names.items()]


class ProfileNamesForm(NamesForm):
    """Who is meant by names that a written profile cannot read in a file."""

    def __init__(self, profile: Profile, content: bytes, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.add_asked_before(data)
        self.add_unclear(profile, content)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not self.names_said():
            self.add_error(None, NOBODY_SAID)
        return said
