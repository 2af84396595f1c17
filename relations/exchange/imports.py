"""Imports: one resource per record type and thing, over its columns. A file is written whole or not at all."""

from collections.abc import Iterable
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import translation
from import_export.resources import ModelResource, modelresource_factory
from import_export.results import Error, Result, RowResult
from tablib import Dataset

from relations.exchange.cells import PARTS, read_cell, says_the_same
from relations.exchange.columns import COLUMNS, Column, columns_of, key_of, values
from relations.exchange.exports import as_text
from relations.exchange.known import Known
from relations.exchange.readers import whole_number
from relations.exchange.slips import CellError, did_you_mean
from relations.exchange.tables import SheetError
from relations.models import TARGETS, Citation, Record
from relations.models.refusals import refusal
from relations.models.vocabularies import Stance, State

IMPORT_TIMEOUT = "5min"
STALE = "the record is at version {} by now; export it again and make the change there"
GONE = "there is no such record; leave the version empty to enter it"


class RegisterResource(ModelResource):
    """Imports rows by their natural key: strictly, all or nothing, and never a primary key."""

    class Meta:
        fields: tuple[str, ...] = ()
        report_skipped = False
        use_bulk = True  # to the library: no savepoint for rows that change nothing

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model = self._meta.model
        self.columns = {column.name: column for column in columns_of(self.model, "desk")}
        self.key = [column.name for column in key_of(self.model)]
        self.target = next((name for name, model in TARGETS.items() if model is self.model), "")

    # Export

    def export(self, queryset: models.QuerySet | None = None, **kwargs: Any) -> Dataset:
        """All columns of the desk, as the files have them."""
        rows = self.model._default_manager.all() if queryset is None else queryset
        dataset = Dataset(headers=list(self.columns))
        for row in values(rows, self.columns.values(), kwargs.get("base_url", "")):
            dataset.append([as_text(value) for value in row])
        return dataset

    # Import

    def import_data(self, dataset: Dataset, dry_run: bool = False, raise_errors: bool = False, **kwargs: Any) -> Result:
        """Checks the whole file, and writes it unless anything in it is wrong."""
        kwargs |= {"use_transactions": True, "rollback_on_validation_errors": True}
        with translation.override("en"), pghistory.context(import_file=kwargs.get("file_name", "")):
            try:
                self.check_header(dataset.headers)
                self.check_keys(dataset)
            except SheetError as error:
                result = Result()
                self.handle_import_error(result, error, raise_errors)
                return result
            with transaction.atomic():
                self.prepare(dataset, waits=not dry_run)
                return super().import_data(dataset, dry_run, raise_errors, **kwargs)

    def check_header(self, header: list[str]) -> None:
        """Every column is known, stands once, and the key is among them."""
        for place, name in enumerate(header, 1):
            if name not in self.columns:
                raise SheetError(f"column {place}: '{name}' is not a known column{did_you_mean(name, self.columns)}")
            if name in header[: place - 1]:
                raise SheetError(
                    f"column {place}: '{name}' stands there twice, first as column {header.index(name) + 1}"
                )
        for name in self.key:
            if name not in header:
                raise SheetError(f"the column {name} is missing: it says which row is meant")

    def check_keys(self, dataset: Dataset) -> None:
        """Every row has a key of its own."""
        self.lines: list[int] = getattr(dataset, "lines", None) or list(range(2, len(dataset) + 2))
        self.line_of: dict[tuple[str, ...], int] = {}
        for line, row in zip(self.lines, dataset.dict, strict=True):
            key = tuple(row[name] for name in self.key)
            if key in self.line_of:
                shown = ", ".join(key)
                raise SheetError(f"line {line}: {shown} stands in line {self.line_of[key]} already")
            self.line_of[key] = line

    def prepare(self, dataset: Dataset, waits: bool) -> None:
        """Waits for another import of the same table, unless for a preview, and reads what the file may change."""
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{IMPORT_TIMEOUT}'")
            if waits:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [self.model._meta.db_table])
        self.known = Known()
        self.read = [self.columns[name] for name in dataset.headers]
        self.existing = self.rows_of(set(dataset[self.key[0]]) if len(dataset) else set())

    def rows_of(self, first_keys: Iterable[str]) -> dict[tuple[str, ...], tuple[Any, dict[str, str]]]:
        """The primary keys and cells, by key, of the rows that the file names."""
        key: tuple[Any, ...] = key_of(self.model)
        extra = [Column("pk", "", F("pk"), "number"), *key]
        extra += [Column("version", "", F("version"), "number")] if "version" in self.columns else []
        queryset = self.model._default_manager.filter(**{f"{key[0].reads.name}__in": first_keys})
        found = {}
        for row in values(queryset, [*extra, *self.read]):
            texts = [as_text(value) for value in row]
            cells = dict(zip((column.name for column in self.read), texts[len(extra) :], strict=True))
            cells["version"] = texts[len(key) + 1] if "version" in self.columns else ""
            found[tuple(texts[1 : len(key) + 1])] = (row[0], cells)
        return found

    def import_row(self, row: dict[str, str], instance_loader: Any, **kwargs: Any) -> RowResult:
        """One row: new, changed, unchanged or refused with its line and column."""
        result = RowResult()
        line = self.lines[kwargs["row_number"] - 1]
        try:
            pk, before = self.existing.get(tuple(row[name] for name in self.key), (None, {}))
            changes = self.changes(row, before)
            result.import_type = self.what_happens(pk, changes)
            if result.import_type != RowResult.IMPORT_TYPE_SKIP:
                self.check_permission(kwargs.get("user"), new=pk is None)
                with transaction.atomic():
                    result.instance = self.save(pk, changes, kwargs.get("user"))
                result.add_instance_info(result.instance)
                result.diff = [
                    (column.name, before.get(column.name, ""), row[column.name])
                    for column in self.read
                    if column.name in changes and row[column.name] != before.get(column.name, "")
                ]
        except ValidationError as error:
            result.import_type = RowResult.IMPORT_TYPE_INVALID
            result.validation_error = at_line(line, error, row)
        return result

    @staticmethod
    def what_happens(pk: Any, changes: dict[str, Any]) -> str:
        if pk is None:
            return RowResult.IMPORT_TYPE_NEW
        return RowResult.IMPORT_TYPE_UPDATE if changes else RowResult.IMPORT_TYPE_SKIP

    def changes(self, row: dict[str, str], before: dict[str, str]) -> dict[str, Any]:
        """The values that the row changes, by column; those that are told for a new row."""
        errors: dict[str, str] = {}
        changes = {}
        for column in self.read:
            text, old = row[column.name], before.get(column.name, "")
            if column.writes and text != old:
                try:
                    value = read_cell(self.model, column, text, self.known)
                    if not before or not says_the_same(value, self.model, column, old, self.known):
                        changes[column.name] = value
                except CellError as error:
                    errors[column.name] = str(error)
        try:
            if row.get("version") and str(whole_number(row["version"])) != before.get("version"):
                errors["version"] = STALE.format(before["version"]) if before else GONE
        except CellError as error:
            errors["version"] = str(error)
        if errors:
            raise ValidationError(errors)
        return changes

    def check_permission(self, user: Any, new: bool) -> None:
        """Importing a row needs the permission to add or to change one."""
        action = "add" if new else "change"
        if user and not user.has_perm(f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}"):
            raise ValidationError(f"you may not {action} {self.model._meta.verbose_name_plural}")

    def save(self, pk: Any, changes: dict[str, Any], user: Any) -> models.Model:
        """Writes what the row changes; PostgreSQL has the last word, told with the column."""
        manager = self.model._default_manager
        instance = self.model() if pk is None else manager.select_for_update(of=("self",)).get(pk=pk)
        own = {name: value for name, value in changes.items() if self.columns[name].writes not in PARTS}
        for name, value in own.items():
            setattr(instance, self.model._meta.get_field(name).attname, value)
        if pk is None and isinstance(instance, Record) and user:
            instance.created_by = user
        untouched = [field.name for field in self.model._meta.fields if pk is not None and field.name not in own]
        instance.clean_fields(exclude=[*untouched, *references(self.model)])
        instance.clean()
        try:
            if pk is None:
                instance.save(force_insert=True)
            elif own:
                instance.save(update_fields=list(own))
        except DatabaseError as error:
            column, reason = refusal(error)
            raise ValidationError({column: reason} if column in self.columns else reason) from error
        for name, value in changes.items():
            if self.columns[name].writes in PARTS:
                try:
                    self.save_parts(instance, self.columns[name].writes, value)
                except DatabaseError as error:
                    raise ValidationError({name: ": ".join(filter(None, refusal(error)))}) from error
                except ValidationError as error:
                    raise ValidationError({name: error.messages}) from error
        return instance

    def save_parts(self, owner: models.Model, name: str, wanted: dict[tuple[Any, ...], dict[str, Any]]) -> None:
        """Makes the parts of an owner those of the cell; those that are there already stay the same rows."""
        kind = PARTS[name]
        owned_by = {kind.model.owner_fields[0] if len(kind.model.owner_fields) == 1 else self.target: owner}
        there = {
            tuple(getattr(part, column) for column in kind.identity): part
            for part in kind.model._default_manager.filter(**owned_by)
        }
        for key in there.keys() - wanted.keys():
            there[key].delete()
        for key, columns in wanted.items():
            part = there.get(key) or kind.model(**owned_by)
            if key not in there or any(getattr(part, column) != value for column, value in columns.items()):
                for column, value in columns.items():
                    setattr(part, column, value)
                part.clean_fields(exclude=references(kind.model))
                part.save()

    def after_import(self, dataset: Dataset, result: Result, **kwargs: Any) -> None:
        """What PostgreSQL checks at the end of a transaction, while the lines are known; no sequence is touched."""
        if result.has_errors() or result.has_validation_errors():
            return
        if issubclass(self.model, Record):
            evidence = Citation.objects.filter(**{self.target: OuterRef("pk")}, stance=Stance.SUPPORTS)
            written = [row.object_id for row in result.rows if row.object_id]
            uncited = self.model._default_manager.filter(~Exists(evidence), pk__in=written, state=State.PUBLISHED)
            for slug in uncited.order_by("slug").values_list("slug", flat=True):
                line = self.line_of[slug,]
                reason = f"line {line}, column citations: a published record needs a citation that supports it"
                result.append_base_error(Error(CellError(reason)))
        if not result.has_errors():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def handle_import_error(self, result: Result, error: Exception, raise_errors: bool = False) -> None:
        """Says what PostgreSQL refused without its context."""
        if isinstance(error, DatabaseError):
            error = CellError(": ".join(filter(None, refusal(error))))
        super().handle_import_error(result, error, raise_errors)

    def get_diff_headers(self) -> list[str]:
        """The columns of the file."""
        return [column.name for column in self.read] if hasattr(self, "read") else []

    def get_import_id_fields(self) -> list[str]:
        return ["id"]  # the library's check of the header; ours is check_header

    def get_user_visible_fields(self) -> list[Any]:
        """None by the library's own account; the admin lists the columns with their help."""
        return []


def references(model: type[models.Model]) -> list[str]:
    """The foreign keys: what they name has been looked up already."""
    return [field.name for field in model._meta.fields if field.is_relation]


def at_line(line: int, error: ValidationError, row: dict[str, str]) -> ValidationError:
    """The errors of a row, each with its line, its column and what stands there."""
    told = []
    for column, reasons in getattr(error, "message_dict", {"": error.messages}).items():
        for reason in reasons:
            where = f"line {line}, column {column}" if column in row else f"line {line}"
            shown = row.get(column, "")
            quoted = "" if not shown or reason.startswith(("'", "“")) else f"'{shown[:60]}': "
            told.append(f"{where}: {quoted}{reason}")
    return ValidationError(told)


RESOURCES: dict[type[models.Model], type[RegisterResource]] = {
    model: modelresource_factory(model, RegisterResource, {"fields": ()}) for model in COLUMNS
}
