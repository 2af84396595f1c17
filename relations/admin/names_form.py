"""Menus for the names in an imported table that match no country or actor, or several."""

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

MAX_NAMES = 30  # new menus on a page
NOBODY_SAID = "Choose who is meant for at least one name."
SAY_WHO = "It is unclear who is meant by {}: choose below, or leave it, and these rows are refused. Send it again."


class NamesForm(forms.Form):
    """A menu for each unclear name. The names are posted with the menus, so that earlier answers are kept.

    Whether a name is clear depends on the date: “Yemen” is ambiguous in 1979.
    """

    @cached_property
    def parties(self) -> Parties:
        return Parties()

    def add_asked_before(self, data: QueryDict | None) -> None:
        """Adds the menus that were posted, with the posted choices."""
        self.names: dict[str, str] = {}  # by the name of the menu's field
        for number, name in enumerate(data.getlist("name_asked") if data is not None else ()):
            self.add_name(f"who_{number}", Unclear(name))

    def add_name(self, field: str, unclear: Unclear) -> None:
        """Adds a menu for a name: the likely matches, an earlier choice, and all countries."""
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
            choices.append((AS_WORDS, "nobody in the register: keep the name as text"))
        others = sorted(self.parties.names.keys() - likely, key=self.parties.names.__getitem__)
        choices.append(("Any other country", [(code, self.told(code)) for code in others]))
        number = len(unclear.lines)
        rows = f", in {number:,} row{'' if number == 1 else 's'}," if number else ""
        self.fields[field] = forms.ChoiceField(choices=choices, required=False, label=f"{unclear.name}{rows} is")

    def told(self, who: str) -> str:
        """The label of a choice: “actor: slug”, or the names of countries that follow one another."""
        if who.startswith("actor/"):
            return who.replace("/", ": ")
        first, *later = who.split()
        return ", then ".join(self.parties.names_and_codes([code]) for code in (first, *later))

    def is_known(self, who: str) -> bool:
        """Whether the country or actor of a posted choice exists."""
        if who.startswith("actor/"):
            return any(who == f"actor/{slug}" for slugs in self.parties.actors.values() for slug in slugs)
        return bool(CODES.fullmatch(who)) and self.parties.names.keys() >= {*who.split()}

    def ask_names(self, profile: Profile, content: bytes) -> None:
        """Adds menus for the unclear names of a file, and an error if any of them is new to the user."""
        try:
            new = self.add_unclear(profile, content)
        except (SheetError, ProfileError) as error:
            raise forms.ValidationError(str(error)) from None
        if new:
            labels = [f"“{each.name}”" for each in new]
            self.add_error(None, SAY_WHO.format(" or ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))))

    def add_unclear(self, profile: Profile, content: bytes) -> list[Unclear]:
        """Adds menus for the unclear names of a file, and returns those that were not posted."""
        unclear = unclear_names(read_table(content, profile), profile, self.parties)
        fields = {name: field for field, name in self.names.items()}
        new = [each for each in unclear if each.name not in fields][:MAX_NAMES]
        for each in unclear:
            if each.name in fields:
                self.add_name(fields[each.name], each)
        for each in new:
            self.add_name(f"who_{len(self.names)}", each)
        return new

    def names_said(self) -> dict[str, str]:
        """The answers by name, without the empty ones."""
        cleaned = {name: self.cleaned_data.get(field, "") for field, name in self.names.items()}
        return {name: who for name, who in cleaned.items() if who}

    def name_menus(self) -> list[dict[str, Any]]:
        """Each name with its bound field, for the template."""
        return [{"name": name, "menu": self[field]} for field, name in self.names.items()]


class ProfileNamesForm(NamesForm):
    """The menus alone, for a profile that was not made of menus."""

    def __init__(self, profile: Profile, content: bytes, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.add_asked_before(data)
        self.add_unclear(profile, content)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.names_said():
            self.add_error(None, NOBODY_SAID)
        return cleaned
