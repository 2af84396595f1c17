"""Mutation testing: puts one fault at a time into the code and runs its tests (`make mutants ARGS=…` for some modules).

A mutant is one change of an operator, a constant or a condition. Mutants that no test notices are printed;
docs/testing.md says why those that are left are harmless.
"""

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
ENGINE = [
    "tests/exchange/test_changes.py",
    "tests/exchange/test_writing.py",
    "tests/exchange/test_imports.py",
    "tests/exchange/test_batches.py",
    "tests/coding/test_load_fixtures.py",
]
# The tests of each module, the most specific first.
MODULES = {
    "relations/dates.py": ["tests/test_dates.py"],
    "relations/dates_in_words.py": ["tests/test_dates.py"],
    "relations/text.py": ["tests/test_text.py"],
    "relations/models/lasting.py": [
        "tests/models/test_lasting.py",
        "tests/models/test_questions.py",
        "tests/test_status.py",
    ],
    "relations/models/entry.py": [
        "tests/test_entries.py",
        "tests/models/test_questions.py",
        "tests/models/test_lasting.py",
        "tests/test_chronology.py",
    ],
    "relations/models/standing.py": ["tests/models/test_lasting.py", "tests/test_status.py", "tests/test_entries.py"],
    "relations/entries.py": ["tests/test_entries.py"],
    "relations/read_model.py": ["tests/test_entries.py"],
    "relations/tally.py": ["tests/views/test_home.py"],
    "relations/words.py": ["tests/test_words.py"],
    "relations/models/word.py": ["tests/test_words.py"],
    "relations/models/tally.py": ["tests/views/test_home.py", "tests/test_entries.py"],
    "relations/remembered.py": ["tests/test_remembered.py"],
    "config/embedded/memory.py": ["tests/config/test_embedded_memory.py"],
    "relations/rights.py": ["tests/admin/test_rights.py"],
    "relations/merging.py": ["tests/test_merging.py"],
    "relations/status.py": ["tests/test_status.py"],
    "relations/phrasing.py": ["tests/test_phrasing.py", "tests/test_status.py"],
    "relations/paging.py": ["tests/test_paging.py"],
    "relations/filters/lists.py": ["tests/test_filters.py", "tests/test_paging.py"],
    "relations/filters/records.py": ["tests/test_filters.py", "tests/search/test_queries.py", "tests/test_paging.py"],
    "relations/filters/types.py": ["tests/test_filters.py", "tests/views/test_network.py"],
    "relations/filters/across.py": ["tests/test_filters.py", "tests/test_figures.py"],
    "relations/filters/things.py": ["tests/test_filters.py", "tests/views/test_lists.py"],
    "relations/parameters.py": ["tests/test_parameters.py", "tests/test_filters.py", "tests/test_paging.py"],
    "relations/chronology.py": ["tests/test_chronology.py", "tests/views"],
    "relations/views/compare.py": ["tests/views/test_compare.py"],
    "relations/views/dossiers.py": ["tests/views/test_compare.py"],
    "relations/views/drawn.py": ["tests/views/test_drawn.py"],
    "relations/views/feeds.py": ["tests/views/test_feeds.py"],
    "relations/views/rows.py": ["tests/views/test_rows.py", "tests/views/test_drawn.py"],
    "relations/views/maps.py": ["tests/views/test_maps.py"],
    "relations/views/overview.py": ["tests/views/test_overview.py", "tests/views/test_rows.py"],
    "relations/views/formats.py": ["tests/views/test_references.py"],
    "relations/views/references.py": ["tests/views/test_references.py"],
    "relations/views/schema.py": ["tests/views/test_references.py"],
    "relations/wording.py": ["tests/test_wording.py", "tests/test_negated.py", "tests/test_record_types.py"],
    "relations/coding/claims.py": ["tests/coding/test_check_data.py"],
    "relations/exchange/exports.py": ["tests/exchange/test_exports.py", "tests/admin/test_files.py"],
    "relations/exchange/streams.py": ["tests/exchange/test_exports.py", "tests/exchange/test_tidy.py"],
    "relations/exchange/sheet_reader.py": [
        "tests/exchange/test_imports.py",
        "tests/exchange/test_cells.py",
        "tests/exchange/test_profiles.py",
    ],
    "relations/exchange/changes.py": ENGINE,
    "relations/exchange/existing_rows.py": ENGINE,
    "relations/exchange/writing.py": ENGINE,
    "relations/exchange/validating.py": ENGINE,
    "relations/bulk.py": ENGINE,
    "relations/exchange/unpacked.py": ["tests/exchange/test_workbooks.py"],
    "relations/exchange/workbook_sheet.py": ["tests/exchange/test_workbooks.py", "tests/exchange/test_lines.py"],
    "relations/exchange/number_formats.py": ["tests/exchange/test_workbooks.py"],
    "relations/exchange/unclear.py": ["tests/exchange/test_profiles.py"],
    "relations/exchange/proposals.py": ["tests/exchange/test_lines.py", "tests/admin/test_imports_of_tables.py"],
    "relations/exchange/panels.py": ["tests/exchange/test_panels.py"],
    "relations/past.py": ["tests/test_past.py", "tests/admin/test_history.py", "tests/admin/test_conflicts.py"],
    "relations/reverting.py": ["tests/admin/test_history.py"],
    "relations/versions.py": ["tests/views/test_versions.py"],
    "relations/prepared.py": ["tests/test_prepared.py", "tests/views/test_things.py"],
    "relations/facets.py": ["tests/views/test_lists.py"],
    "relations/search/queries.py": ["tests/search/test_queries.py", "tests/views/test_search.py"],
    "relations/search/ranking.py": ["tests/views/test_search.py"],
    "relations/search/days.py": ["tests/search/test_days.py"],
    "relations/search/months.py": ["tests/search/test_days.py"],
    "relations/search/named.py": ["tests/search/test_queries.py"],
    "relations/names.py": ["tests/search/test_queries.py"],
    "relations/foreign_names.py": [
        "tests/search/test_queries.py",
        "tests/api/test_reconcile.py",
        "tests/exchange/test_cells.py",
    ],
    "relations/search/sought.py": ["tests/search/test_queries.py"],
    "relations/search/suggestions.py": ["tests/search/test_queries.py", "tests/views/test_search.py"],
    "relations/search/thesaurus.py": ["tests/search/test_queries.py"],
    "relations/search/adjectives.py": ["tests/search/test_queries.py"],
    "relations/renderer.py": ["tests/test_renderer.py"],
    "relations/density.py": ["tests/views/test_overview.py"],
    "relations/typed_dates.py": ["tests/test_typed_dates.py"],
    "relations/typed_figures.py": ["tests/test_typed_figures.py"],
    "relations/admin/forbidden.py": ["tests/admin/test_rights.py"],
    "relations/admin/files.py": ["tests/admin/test_files.py", "tests/admin/test_foreign.py"],
    "relations/admin/record.py": [
        "tests/admin/test_records.py",
        "tests/admin/test_guard.py",
        "tests/admin/test_rights.py",
        "tests/admin/test_pages.py",
    ],
    "relations/management/commands/grant_access.py": ["tests/config/test_access.py", "tests/config/test_containers.py"],
}
SURVIVED, NOTICED, OUT_OF_TIME = "survived", "noticed", "out of time"
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
CONDITIONS = ("filter", "exclude", "Q", "get")  # calls whose arguments are conditions


def mutants(source: str) -> Iterator[tuple[int, str, str, str]]:
    """Yields every mutant of a module: line number, original code, changed code, and the whole changed source."""
    tree = ast.parse(source)
    type_annotations = {id(node) for node in annotations(tree)}
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in type_annotations:
            continue
        for number, _ in enumerate(changes(node)):
            changed = copy.deepcopy(tree)
            twin = next(found for at, found in enumerate(ast.walk(changed)) if at == place)
            before = ast.unparse(twin)
            list(changes(twin))[number]()
            yield node.lineno, before, ast.unparse(twin), ast.unparse(changed)


def changes(node: ast.AST) -> Iterator:
    """Yields the possible changes of a node, as functions that change it in place."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            if type(operator) in SWAPPED:
                yield lambda place=place, operator=operator: node.ops.__setitem__(place, SWAPPED[type(operator)]())
    elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPPED:
        yield lambda: setattr(node, "op", SWAPPED[type(node.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield (
            lambda: (
                setattr(node, "op", ast.UAdd())
                if isinstance(node.op, ast.Invert)
                else setattr(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
            )
        )
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.Constant) and type(node.value) in (int, bool):
        other = (not node.value) if isinstance(node.value, bool) else node.value + 1
        yield lambda: setattr(node, "value", other)
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in CONDITIONS:
        for arguments in (node.args, node.keywords):
            for place, _ in enumerate(arguments):
                yield lambda arguments=arguments, place=place: arguments.pop(place)


def annotations(tree: ast.AST) -> Iterator[ast.AST]:
    """Yields the nodes of type annotations such as `str | None`."""
    for node in ast.walk(tree):
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if annotation is not None:
                yield from ast.walk(annotation)


class Tests:
    """The tests of a module, run in a copy of the checkout for at most `longest` seconds."""

    def __init__(self, folder: Path, names: list[str], longest: int) -> None:
        self.command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *names]
        self.folder = folder
        self.longest = longest
        self.database = "--reuse-db"
        # The copy uses the embedded database of the checkout.
        self.environment = {"DYAD_DATA_DIR": str(CHECKOUT / "var" / "pgdata")} | os.environ

    def run(self) -> str:
        """Runs the tests: NOTICED if one fails, SURVIVED if none does, OUT_OF_TIME if they take too long."""
        command, self.database = [*self.command, self.database], "--reuse-db"
        try:
            ended = subprocess.run(
                command, cwd=self.folder, env=self.environment, capture_output=True, timeout=self.longest, check=False
            )
        except subprocess.TimeoutExpired:
            self.database = "--create-db"  # a killed test leaves its rows in the database
            return OUT_OF_TIME
        return NOTICED if ended.returncode else SURVIVED


def main() -> None:
    """Prints the mutants that survive or run out of time, and the number of each outcome."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=list(MODULES))
    parser.add_argument("--every", type=int, default=1, help="try only every n-th mutant")
    parser.add_argument("--longest", type=int, default=300, help="seconds that the tests of a module may take")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
        for file in files.splitlines():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / file, folder / file)
        for module in options.modules:
            source = (CHECKOUT / module).read_text()
            tests = Tests(folder, MODULES[module], options.longest)
            if (ended := tests.run()) != SURVIVED:
                sys.exit(f"{module}: its tests fail without any fault, or take longer than --longest: {ended}.")
            counted = dict.fromkeys((NOTICED, OUT_OF_TIME, SURVIVED), 0)
            for line, before, after, mutant in list(mutants(source))[:: options.every]:
                (folder / module).write_text(mutant)
                ended = tests.run()
                counted[ended] += 1
                if ended != NOTICED:
                    print(f"{module}:{line}: {before}  →  {after}: {ended}", flush=True)
            (folder / module).write_text(source)
            print(f"{module}: {', '.join(f'{count} {ended}' for ended, count in counted.items())}", flush=True)


if __name__ == "__main__":
    main()
