"""Finds the profile for a file: the one that is named, or one that matches its header."""

from itertools import islice
from pathlib import Path

from relations.exchange.cell_errors import did_you_mean
from relations.exchange.columns import COLUMNS, key_of
from relations.exchange.foreign import JSON, ForeignTable, column_names, read_table
from relations.exchange.lines import is_list_of_json, lines_of
from relations.exchange.profiles import MODELS, Profile, read_profile, shipped
from relations.exchange.recipes import ProfileError
from relations.exchange.sheets import ZIP
from relations.exchange.tables import SheetError
from relations.models import KeptProfile, Record

LOOKED_AT = 40  # the first lines, among which the header is searched


def profiles() -> dict[str, Profile]:
    """All valid profiles by name: those that come with the program, and those saved at the desk."""
    found = dict(shipped())
    for name, text in KeptProfile.objects.exclude(name__in=found).values_list("name", "text"):
        try:
            found[name] = read_profile(name, text)
        except ProfileError:  # it was written for another version of the program
            continue
    return found


def profile_named(name: str) -> Profile:
    """The profile of that name, or in that TOML file; raises ProfileError if there is none."""
    path = Path(name)
    if path.suffix == ".toml":
        try:
            return read_profile(path.stem, path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ProfileError(f"{name} cannot be read: {error}.") from None
    known = profiles()
    if name not in known:
        raise ProfileError(f"There is no profile {name}{did_you_mean(name, known)}: {', '.join(known)}.")
    return known[name]


def choose(data: bytes, name: str = "") -> tuple[Profile, ForeignTable]:
    """The profile for a file, and its table; `also` of a profile names profiles for other layouts of the same table."""
    if not name:
        profile = recognised(data)
        if profile is None:
            check_is_not_ours(data)
            raise SheetError("No profile knows the header of this file; name one, or write one (docs/tables.md).")
        return profile, read_table(data, profile)
    profile = profile_named(name)
    try:
        return profile, read_table(data, profile)
    except SheetError:
        for other in profile.also:
            try:
                return profile_named(other), read_table(data, profile_named(other))
            except SheetError:
                continue
        raise


def recognised(data: bytes) -> Profile | None:
    """The profile with the most columns, all of which the file has; saved profiles are preferred. None if no match."""
    ours = shipped()
    known = sorted(profiles().values(), key=lambda each: (-len(each.columns), each.name in ours))
    if is_list_of_json(data):
        return next((each for each in known if each.form == JSON), None)
    read, is_workbook = dict[tuple[str, str, str], list[set[str]]](), data.startswith(ZIP)
    for profile in known:
        if profile.form != JSON:
            way = ("", "", profile.sheet) if is_workbook else (profile.encoding, profile.delimiter, profile.sheet)
            if way not in read:
                read[way] = first_names(data, *way)
            if any(profile.columns <= names for names in read[way]):
                return profile
    return None


def check_is_not_ours(data: bytes, sheet: str = "") -> None:
    """Refuses records in our own columns, for which there is no profile, and says how to import them.

    They are recognised even if there is a title above the header or a column without a name.
    """
    lines = first_names(data, "utf-8", ",", sheet)
    headers = [{name for name in names if name and not name.endswith("?")} for names in lines]
    for of, model in MODELS.items():
        keys, names = ({column.name for column in columns} for columns in (key_of(model), COLUMNS[model]))
        if issubclass(model, Record) and any(keys <= header <= names for header in headers):
            raise SheetError(
                f"These are our own columns of {of}: import the file in their list at the desk, or by"
                f" import_table --profile {of}."
            )


def first_names(data: bytes, encoding: str, delimiter: str, sheet: str) -> list[set[str]]:
    """The possible column names, from each of the first lines; an empty list if the file cannot be read like this."""
    try:
        return [{*column_names(cells)} for _, cells in islice(lines_of(data, encoding, delimiter, sheet), LOOKED_AT)]
    except SheetError:
        return []
