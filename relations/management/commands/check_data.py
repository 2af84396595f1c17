import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import pluralize

from relations.coding.checks import CHECKS
from relations.coding.checkups import Report, findings, keep

AT_ONCE = 1_000  # lines that are aligned and written together


class Command(BaseCommand):
    help = (
        "Searches for mistakes that PostgreSQL cannot refuse, and says how to correct them; the desk shows them "
        "as well. Exits with 1 on an error."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report()
        found, header = self._rows(report), [("kind", "where", "what", "how to mend")]
        while table := list(islice(found, AT_ONCE)):
            table = header + table
            header = []
            widths = [max(len(row[column]) for row in table) for column in range(3)]
            for *cells, mend in table:
                self.stdout.write(
                    "  ".join([*(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)), mend])
                )
        keep(report, [])
        errors, warnings = report.number(is_error=True), report.number(is_error=False)
        self.stdout.write(
            f"{errors:,} error{pluralize(errors)}, {warnings:,} warning{pluralize(warnings)} in {len(CHECKS)} checks."
        )
        if errors:
            sys.exit(1)

    def _rows(self, report: Report) -> Iterator[tuple[str, ...]]:
        """The rows of the table as they are found; adds each finding to the report."""
        for check, where, what in findings():
            report.add(check, where, what)
            yield f"{'error' if check.is_error else 'warning'}: {check.kind}", where, what, check.mend
