"""Maps foreign rows to lines of our own tables, as a profile says; each line keeps the rows it was made from."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.text import slugify

from relations.addresses import shortened
from relations.exchange.cell_errors import POWERS_OF_TEN, CellError, quoted
from relations.exchange.cells import read_cell
from relations.exchange.column import Column
from relations.exchange.columns import COLUMNS
from relations.exchange.foreign import ForeignTable
from relations.exchange.parties import Parties, escaped
from relations.exchange.profiles import PARTIES, Profile, RecordOf
from relations.exchange.recipes import LINE, ForeignRow, ProfileError, Recipe, RecipeBuilder, RecipeError, Rows
from relations.exchange.rows import Model, Place, Refusal
from relations.exchange.spells import Spells
from relations.exchange.verbs import VERBS
from relations.models import Record, Relation, Source
from relations.models.constraints import LONGEST_SLUG
from relations.models.figure import PARTS, figures_of

KEYS = ("slug", "key")  # columns for which a profile gives words that are turned into a slug
Progress = Callable[[int], None]


@dataclass(slots=True)
class MappedLine:
    """A line of one of our tables: its cells, the foreign rows it was made from, and the mapper that made it."""

    model: Model
    cells: dict[str, str]
    place: Place
    lines: tuple[int, ...] = ()
    mapper: "RecordMapper | None" = None
    rows: Rows = field(default_factory=list)
    pair: str = ""  # the dyad that it is about, as EGY-PRK, or empty

    def has_same_columns(self, other: "MappedLine") -> bool:
        """Whether both are lines of the same model with the same columns."""
        return self.model is other.model and self.cells.keys() == other.cells.keys()

    def in_foreign_words(self, refusal: Refusal) -> Refusal:
        """A refusal of the line, with the columns and cells of the foreign table instead of ours."""
        recipe = self.mapper.recipes.get(refusal.column) if self.mapper else None
        if recipe is None or not recipe.columns:
            value = refusal.value if refusal.column else ""
            return Refusal(self.place, "", value, ": ".join(filter(None, (refusal.column, refusal.reason))))
        value = recipe.read(self.rows)
        reason = refusal.reason if refusal.value == value else f"{refusal.column}: {refusal.reason}"
        return Refusal(self.place, ", ".join(recipe.columns), value, reason)


class RecordMapper:
    """Makes lines for one of the [[records]] of a profile."""

    def __init__(self, record: RecordOf, builder: RecipeBuilder, source: str) -> None:
        self.record, self.model, self.source = record, record.model, source
        self.spells = Spells(record.spells, builder, f"{record.where}.spells") if record.spells else None
        self.group = builder.recipe(record.group, f"{record.where}.group") if record.group else None
        self.needs = builder.recipe(record.needs, f"{record.where}.needs") if record.needs else None
        self.dyad = builder.recipe({"dyad": record.dyad}, f"{record.where}.dyad") if record.dyad else None
        builder.extra_names.add(LINE)
        self.locator = builder.recipe(record.locator, f"{record.where}.locator")
        self.cites = bool(record.cites or (source and issubclass(record.model, Record)))
        self.columns = {each.name: each for each in COLUMNS[record.model] if each.only_for != "public"}
        self.read = lru_cache(maxsize=50_000)(reason_of)
        self.recipes: dict[str, Recipe] = {}  # by our column
        self.cells: dict[str, tuple[Recipe, tuple[str, ...]]] = {}  # by cell of the profile, with our columns of it
        figures = figures_of(record.model)
        for name, spec in record.cells.items():
            recipe = builder.recipe(spec, f"{record.where}.cells.{name}")
            columns: tuple[str, ...] = (name,)
            if name in figures:
                columns = tuple(f"{name}_{part}" for part in PARTS)
            elif name in PARTIES:
                columns = (name, f"{name}_actor", f"{name}_named_as")
            self.cells[name] = recipe, columns
            self.recipes |= dict.fromkeys(columns, recipe)

    def line_of(self, rows: Rows, place: Place) -> tuple[MappedLine, list[RecipeError]]:
        """The line made from some rows, and all errors in its cells."""
        lines = tuple(row.line for row in rows)
        cells: dict[str, str] = {}
        errors: list[RecipeError] = []
        for name, (recipe, columns) in self.cells.items():
            try:
                text = recipe.apply(rows)
                texts = (slug_of(text, recipe, rows),) if name in KEYS else distribute(text, columns)
            except RecipeError as error:
                errors.append(error)
                continue
            cells |= dict(zip(columns, texts, strict=True))
            for column, cell in zip(columns, texts, strict=True):
                if reason := self.read(self.model, self.columns[column], cell):
                    value = recipe.read(rows)
                    is_told = value in reason or not value
                    errors.append(RecipeError(reason if is_told else f"{column}: {reason}", recipe.columns, value))
        if self.cites:
            locator = self.locator.apply([rows[0]])
            cells["citations"] = f"{self.source}@{escaped(locator)}"
            if self.record.cites:
                cells["citations"] += f" |field={self.record.cites}"
        pair = cells.get("relation", "")
        if self.dyad:
            try:
                pair = self.dyad.apply(rows)
            except RecipeError as error:
                errors.append(error)
        for row in rows:
            row.forget_values()
        return MappedLine(self.model, cells, place, lines, self, rows, pair), errors


def reason_of(model: Model, column: Column, text: str) -> str:
    """Why a text is not valid in a column; empty if it is."""
    try:
        read_cell(model, column, text)
    except CellError as error:
        return str(error)
    return ""


def distribute(text: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Distributes a text over columns: the lines of a figure, or a party as country, actor or free text."""
    if len(columns) == len(PARTS):
        return tuple(text.split("\n"))
    if len(columns) == 1:
        return (text,)
    if text.startswith("actor/"):
        return "", text.removeprefix("actor/"), ""
    if text.startswith('"'):
        return "", "", re.sub(r"\\(.)", r"\1", text[1:-1])
    return text, "", ""


def slug_of(text: str, recipe: Recipe, rows: Rows) -> str:
    """A slug made from words; at least half of them must be in ASCII letters after accents are removed.

    A number that a spreadsheet has written in powers of ten is refused, because its digits are lost.
    """
    for row in rows:
        for column in recipe.columns:
            if re.fullmatch(POWERS_OF_TEN, row[column]):
                reason = f"{quoted(row[column])}: a spreadsheet has cut off digits; take the whole number"
                raise RecipeError(reason, (column,), row[column])
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    words = re.findall(r"[^\W_]+", plain)
    kept = [word for word in words if word.isascii()]
    if not kept or len(words) > 2 * len(kept):
        raise RecipeError(f"no slug can be made of {quoted(text)}", recipe.columns, recipe.read(rows))
    return shortened(slugify(" ".join(kept)))


class Mapping:
    """The mapping of a foreign table: our lines, refusals in terms of the foreign table, and counts of skipped rows."""

    def __init__(self, table: ForeignTable, profile: Profile, parties: Parties) -> None:
        self.table, self.profile = table, profile
        self.refusals: list[Refusal] = []
        self.refused: set[int] = set()  # numbers of the lines with errors
        self.skipped: Counter[str] = Counter()
        try:
            builder = RecipeBuilder(filter(None, table.columns), profile.values, parties, VERBS)
            self.source = str(profile.source.get("key", ""))
            self.mappers = [RecordMapper(each, builder, self.source) for each in profile.records]
        except ValueError as error:
            raise ProfileError(f"profile {profile.name}: {error}") from None
        self.builder = builder
        self.places = {name: place for place, name in enumerate(table.columns) if name}
        self.skips = [(self.places[column], {*values}, why) for column, values, why in profile.skips]

    def rows(self) -> list[ForeignRow]:
        """The rows that are not skipped. A line with an error in its structure is refused."""
        found = []
        for line, cells in self.table.lines:
            if line in self.table.faults:
                self.refuse((line,), Refusal(self.table.place(line), "", "", self.table.faults[line]))
            elif why := next((why for place, values, why in self.skips if cells[place] in values), ""):
                self.skipped[why] += 1
            else:
                number = str(self.table.origin.number(line))
                found.append(ForeignRow(line, cells, self.places, self.builder.values, number))
        return found

    def lines(self, progress: Progress = lambda number: None) -> list[MappedLine]:
        """Our lines, sources and dyads before the records that refer to them. Errors are added to `refusals`."""
        rows = self.rows()
        made: list[MappedLine] = []
        done = 0
        for mapper in self.mappers:
            slugs: dict[str, MappedLine] = {}
            for together in self.grouped_rows(mapper, rows):
                done += 1
                if done % 1000 == 0:
                    progress(done)
                line = self.attempt(mapper, together)
                if line and self.has_unique_slug(line, slugs):
                    made.append(line)
        return [*self.source_line(), *self.dyads(made), *made]

    def attempt(self, mapper: RecordMapper, rows: Rows) -> MappedLine | None:
        """The line made from rows, or None if it is refused or if `needs` is empty."""
        lines = tuple(row.line for row in rows)
        line, errors = None, list[RecipeError]()
        try:
            if mapper.needs and not mapper.needs.apply(rows):
                if mapper.record.why:
                    self.skipped[mapper.record.why] += len(rows)
                return None
            line, errors = mapper.line_of(rows, self.table.place(*lines))
        except RecipeError as error:
            errors.append(error)
        for each in errors:
            self.refuse(lines, self.refusal_of(each, lines[0]))
        return None if errors else line

    def refusal_of(self, error: RecipeError, line: int) -> Refusal:
        """The refusal of a line for an error, with the place of the line."""
        return Refusal(self.table.place(line), ", ".join(error.columns), error.value, str(error))

    def refuse(self, lines: Iterable[int], refusal: Refusal) -> None:
        self.refusals.append(refusal)
        self.refused |= {*lines}

    def without_refused(self, lines: list[MappedLine]) -> list[MappedLine]:
        """The lines that are not refused, without dyads that only refused lines are about."""
        left = [line for line in lines if not self.refused & {*line.lines}]
        pairs = {line.pair for line in left if line.model is not Relation}
        return [line for line in left if line.model is not Relation or line.pair in pairs]

    def grouped_rows(self, mapper: RecordMapper, rows: list[ForeignRow]) -> Iterator[Rows]:
        """The rows of each record: of a spell, of a group, or a single row."""
        if mapper.spells:
            yield from self.spells(mapper.spells, rows)
        elif mapper.group:
            groups: dict[str, Rows] = defaultdict(list)
            for row in rows:
                try:
                    groups[mapper.group.apply([row])].append(row)
                except RecipeError as error:
                    self.refuse((row.line,), self.refusal_of(error, row.line))
            yield from groups.values()
        else:
            yield from ([row] for row in rows)

    def spells(self, spells: Spells, rows: list[ForeignRow]) -> list[Rows]:
        """The rows of each spell; rows with errors are refused."""
        seen = []
        for row in rows:
            errors, observation = spells.read(row)
            for error in errors:
                self.refuse((row.line,), self.refusal_of(error, row.line))
            if observation:
                seen.append(observation)
        found, faults = spells.spells_of(seen)
        for error in faults:
            self.refuse((error.row.line,), self.refusal_of(error, error.row.line))  # type: ignore[union-attr]
        return found

    def has_unique_slug(self, line: MappedLine, slugs: dict[str, MappedLine]) -> bool:
        """Whether the slug of a line is unique; if not, it is numbered or refused, as the profile says."""
        key = next((name for name in KEYS if name in line.cells), "")
        if not key:
            return True
        slug, number = line.cells[key], 2
        if slug in slugs and line.mapper and line.mapper.record.repeated == "number":
            while f"{slug}-{number}" in slugs:
                number += 1
            slug = f"{slug[: LONGEST_SLUG - len(str(number)) - 1]}-{number}"
            line.cells[key] = slug
        if (first := slugs.setdefault(slug, line)) is line:
            return True
        recipe = line.mapper.recipes[key]  # type: ignore[union-attr]
        reason = f"{key} {slug} is given twice, first in {first.place.words}"
        self.refuse(line.lines, Refusal(line.place, ", ".join(recipe.columns), recipe.read(line.rows), reason))
        return False

    def source_line(self) -> list[MappedLine]:
        """The line of the source that all records cite, or an empty list if the register has the source already."""
        if not self.source or Source.objects.filter(key=self.source).exists():
            return []
        cells = {name: str(value) for name, value in self.profile.source.items()}
        return [MappedLine(Source, cells, Place(0, f"the source of profile {self.profile.name}"))]

    def dyads(self, lines: list[MappedLine]) -> list[MappedLine]:
        """Lines for the dyads that the lines are about and the register does not have, sorted by their codes."""
        pairs: dict[str, MappedLine] = {}
        for line in lines:
            if line.pair:
                pairs.setdefault(line.pair, line)
        known = {f"{a}-{b}" for a, b in Relation.objects.values_list("country_a", "country_b")}
        names = ("country_a", "country_b")
        return [
            MappedLine(Relation, dict(zip(names, pair.split("-"), strict=True)), line.place, pair=pair)
            for pair, line in sorted(pairs.items())
            if pair not in known
        ]
