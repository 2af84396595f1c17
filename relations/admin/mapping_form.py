"""The mapping form: menus that map the columns of a foreign table to our columns."""

from collections import defaultdict
from typing import Any

from django import forms
from django.http import QueryDict

from relations.admin.names_form import NamesForm
from relations.admin.rows_form import RowsForm
from relations.exchange import proposals
from relations.exchange.date_columns import A_PART, why_no_date
from relations.exchange.drafting import Choices, profile_text
from relations.exchange.partings import PARTINGS, may_be_several
from relations.exchange.profiles import MODELS, Profile, read_profile, shipped
from relations.exchange.readings import READINGS
from relations.exchange.recipes import ProfileError
from relations.exchange.seen import Seen, SeenColumn
from relations.models import KeptProfile, Record, RelationPeriod
from relations.models.figure import figures_of
from relations.models.vocabularies import Missing

OF_MONEY = ("value",)  # figures whose unit is a currency
MAX_TERMS = 60  # values of one column that get a menu each
CHOOSE = "Choose what each value of {} becomes, and send it again."
TWICE = "{} and {} both become {}: let one become nothing, or say below how both stand in it."
BRACES = {"{", "}"}  # around the names of columns in a profile
OF_BRACES = "A column with “{” or “}” in its name cannot be named: rename it in the file."
OF_A_YEAR = "Let the column of the year become began_on, and none ended_on, which follows from the years."
NO_FIGURE = "{} becomes “{}”: choose the column of the number, too."
PART_OF_NO_DATE = "It is read as a part of a date, and becomes {}, which is none."
NOBODY_SAYS = "No column becomes it: choose one above, or say it here."


class MappingForm(RowsForm, NamesForm):
    """Menus for the target of each column, and inputs for what identifies a row, constant values and the source.

    If the target of a column is a closed list, each value that is not a term of it gets a menu, as soon as the target
    is posted. When everything else is valid, the form asks about unclear names (`NamesForm`).
    """

    name = forms.SlugField(max_length=40, label="Name of the profile", help_text="It is saved under this name.")
    source_key = forms.SlugField(max_length=80, label="Key of the source", help_text="Every record cites it.")
    source_title = forms.CharField(
        max_length=300, required=False, label="Title of the source", help_text="If it is not in the register yet."
    )

    def __init__(
        self, seen: Seen, of: str, data: QueryDict | None = None, *, user: Any, content: bytes, changed: str = ""
    ) -> None:
        """`changed` is the name of the profile that is being edited; any other name must be new."""
        self.content = content
        self.seen, self.of, self.model, self.user, self.changed = seen, of, MODELS[of], user, changed
        data = data.copy() if data is not None else None
        super().__init__(data)
        self.nothing = data.get("missing", "").split("\n") if data is not None else proposals.missing(seen)
        self.nothing = [value for each in self.nothing if (value := each.strip())]
        self.fields["identify"].choices = [(each.name, each.name) for each in seen.columns if not BRACES & {*each.name}]  # type: ignore[attr-defined]
        if not issubclass(self.model, Record):
            del self.fields["source_key"], self.fields["source_title"], self.fields["locator"]
        if self.model is not RelationPeriod:
            del self.fields["seen_in"]
        targets = [("", "—"), *((name, name) for name in proposals.targets(self.model))]
        readings = [(name, name) for name in READINGS]
        partings = [("", "one in a cell"), *PARTINGS.items()]
        has_parties = any(name.startswith(proposals.PARTICIPANTS) for name, _ in targets)
        self.asked_anew: list[str] = []
        for number, each in enumerate(seen.columns):
            self.fields[f"target_{number}"] = forms.ChoiceField(
                choices=targets, required=False, initial=each.target, label=f"{each.name} becomes"
            )
            self.fields[f"reading_{number}"] = forms.ChoiceField(
                choices=readings, initial=each.reading, label=f"{each.name} is read"
            )
            if has_parties and any(map(may_be_several, each.values)):
                self.fields[f"parted_{number}"] = forms.ChoiceField(
                    choices=partings, required=False, initial=each.parted, label=f"Parties in a cell of {each.name}"
                )
            self.add_terms(number, each, data)
        self.add_what_is_needed()
        self.add_asked_before(data)

    def add_terms(self, number: int, column: SeenColumn, data: QueryDict | None) -> None:
        """Adds a menu for each value that is not a term, if the target of the column is a closed list."""
        target = data.get(f"target_{number}", "") if data is not None else column.target
        known = self.terms_of(target or "")
        asked = self.values_asked(column, known)
        for place, value in enumerate(asked):
            name, nearest = f"term_{number}_{place}", proposals.nearest_term(value, known)
            label = f"{value} ({column.values[value]}) becomes"
            self.fields[name] = forms.ChoiceField(
                choices=[("", "— is refused"), *known], required=False, initial=nearest, label=label
            )
            if data is not None and name not in data:
                data[name] = nearest
                if column.name not in self.asked_anew:
                    self.asked_anew.append(column.name)
        if asked:
            self.fields[f"else_{number}"] = forms.ChoiceField(
                choices=[("", "— is refused"), *known], required=False, label=f"Any other {column.name} becomes"
            )

    def terms_of(self, target: str) -> list[tuple[str, str]]:
        """The terms of the closed list of a target; for `value`, those of the track that all rows have in common."""
        return proposals.terms(self.model, target, self.data.get("same_track", ""))

    def values_asked(self, column: SeenColumn, known: list[tuple[str, str]]) -> list[str]:
        """The most common values of a column that are neither terms nor empty; none if there is no closed list."""
        terms = {*(term for term, _ in known), *self.nothing}
        return [value for value, _ in column.values.most_common(MAX_TERMS) if known and value not in terms]

    def add_what_is_needed(self) -> None:
        """Adds an input for each required column, for tables that lack it, and for the units of figures."""
        to_publish = proposals.needed_to_publish(self.model)
        for name in dict.fromkeys((*proposals.needed(self.model), *to_publish)):
            label = f"{name.replace('_', ' ').capitalize()}, the same in every row"
            known = self.terms_of(name)
            if known:
                kind: forms.Field = forms.ChoiceField(choices=[("", "—"), *known], required=False, label=label)
            else:
                kind = forms.CharField(required=False, max_length=300, label=label)
            kind.help_text = "Where no column becomes it." + (
                "" if known else f" It may name columns: {self.example()}"
            )
            if name in to_publish:
                kind.help_text = f"Needed to publish. {kind.help_text}"
            self.fields[f"same_{name}"] = kind
        for name in figures_of(self.model):
            words = name.replace("_", " ")
            self.fields[f"unit_{name}"] = forms.CharField(
                required=False,
                max_length=80,
                initial="USD" if name in OF_MONEY else "pieces",
                label=f"Unit of the {words}",
                help_text="It may name a column, in braces.",
            )
            self.fields[f"missing_{name}"] = forms.ChoiceField(
                required=False, choices=[("", "—"), *Missing.choices], label=f"Where the {words} is empty, it is"
            )

    def example(self) -> str:
        """An example of a text with names of columns in braces."""
        return " – ".join(f"{{{each.name}}}" for each in self.seen.columns[:2])

    def rows(self) -> list[dict[str, Any]]:
        """Each column with its bound fields, for the template."""
        return [
            {
                "column": each,
                "target": self[f"target_{number}"],
                "reading": self[f"reading_{number}"],
                "parted": self[f"parted_{number}"] if f"parted_{number}" in self.fields else None,
                "terms": [
                    self[name] for name in self.fields if name.startswith(f"term_{number}_") or name == f"else_{number}"
                ],
            }
            for number, each in enumerate(self.seen.columns)
        ]

    def others(self) -> list[Any]:
        """The bound fields that belong to no column, in the order of the page."""
        last = ("missing", "fixed", "source_key", "source_title", "locator", "name")
        same = [name for name in self.fields if name.startswith(("same_", "unit_", "missing_"))]
        first = ("identify", "repeated", "seen_in", "skipped")
        return [self[name] for name in (*first, *same, *last) if name in self.fields]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name in shipped():
            raise forms.ValidationError("A profile of that name comes with the program; choose another name.")
        kept = KeptProfile.objects.filter(name=name).first()
        if kept and kept.owner_id != self.user.pk:
            raise forms.ValidationError("Somebody else has a profile of that name; choose another name.")
        if kept and name != self.changed:
            raise forms.ValidationError("You have a profile of that name already; choose another name.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, each in enumerate(self.seen.columns):
            each.target, each.reading = cleaned.get(f"target_{number}", ""), cleaned.get(f"reading_{number}", "")
            each.parted = cleaned.get(f"parted_{number}", "")
        self.check_targets()
        same = {name[5:]: value for name, value in cleaned.items() if name.startswith("same_") and value}
        same |= cleaned.get("fixed") or {}
        for name in proposals.needed(self.model):
            if name not in same and name not in {each.target for each in self.seen.columns}:
                self.add_error(f"same_{name}", NOBODY_SAYS)
        targets = {each.target for each in self.seen.columns}
        if cleaned.get("seen_in") and ("began_on" not in targets or "ended_on" in targets):
            self.add_error("seen_in", OF_A_YEAR)
        for column in self.asked_anew:
            self.add_error(None, CHOOSE.format(column))
        if not self.errors:
            self.ask_names(self.profile(cleaned, same, {}), self.content)
        if not self.errors:
            cleaned["text"] = self.profile(cleaned, same, self.names_said()).text
        return cleaned

    def check_targets(self) -> None:
        """Adds errors for columns that cannot share a target, or whose reading does not fit it."""
        becoming: dict[str, list[SeenColumn]] = defaultdict(list)
        for number, each in enumerate(self.seen.columns):
            is_date = proposals.is_date(self.model, each.target)
            if each.target and BRACES & {*each.name}:
                self.add_error(f"target_{number}", OF_BRACES)
            if each.reading in A_PART and each.target and not is_date:
                self.add_error(f"reading_{number}", PART_OF_NO_DATE.format(each.target))
            if each.target and not each.target.startswith(proposals.PARTICIPANTS):
                becoming[each.target].append(each)
        for target, columns in becoming.items():
            if proposals.is_date(self.model, target):
                reason = next(why_no_date(target, columns), "")
            else:
                reason = TWICE.format(columns[0].name, columns[1].name, target) if len(columns) > 1 else ""
            if target.endswith(proposals.ESTIMATED) and target.removesuffix(proposals.ESTIMATED) not in becoming:
                reason = NO_FIGURE.format(columns[0].name, target)
            if reason:
                self.add_error(f"target_{self.seen.columns.index(columns[-1])}", reason)

    def profile(self, cleaned: dict[str, Any], same: dict[str, str], names: dict[str, str]) -> Profile:
        """The profile made of these choices; ValidationError if it is not a valid one."""
        key = cleaned.get("source_key", "")
        source = {"key": key, "csl_type": "dataset", "title": cleaned.get("source_title") or key}
        chosen = Choices(self.model, self.seen.columns, cleaned["identify"], same, source, title=cleaned["name"])
        chosen.terms, chosen.missing, chosen.names = self.terms_chosen(cleaned), self.nothing, names
        for number, each in enumerate(self.seen.columns):
            chosen.otherwise[each.name] = cleaned.get(f"else_{number}", "")
        for name in figures_of(self.model):
            chosen.figures[name] = cleaned.get(f"unit_{name}", ""), cleaned.get(f"missing_{name}", "")
        for name, value in self.about_rows(cleaned).items():
            setattr(chosen, name, value)
        try:
            return read_profile(cleaned["name"], profile_text(self.seen, chosen))
        except ProfileError as error:
            raise forms.ValidationError(str(error)) from None

    def terms_chosen(self, cleaned: dict[str, Any]) -> dict[str, dict[str, str]]:
        """For each column with menus for its values: the term that each value becomes; terms stay as they are."""
        found = {}
        for number, each in enumerate(self.seen.columns):
            known = self.terms_of(each.target)
            asked = self.values_asked(each, known)
            becomes = {value: cleaned.get(f"term_{number}_{place}", "") for place, value in enumerate(asked)}
            if asked:
                found[each.name] = {term: term for term, _ in known} | {
                    value: term for value, term in becomes.items() if term
                }
        return found

    def choices(self) -> dict[str, list[str]]:
        """The posted values, as they are stored to edit the profile later."""
        left_out = ("csrfmiddlewaretoken", "publish", "profile")
        cleaned: Any = self.data
        return {name: values for name, values in cleaned.lists() if name not in left_out}


def chosen_before(choices: dict[str, list[str]]) -> QueryDict:
    """Stored choices as POST data."""
    cleaned = QueryDict(mutable=True)
    for name, values in choices.items():
        cleaned.setlist(name, values)
    return cleaned
