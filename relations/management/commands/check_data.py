import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import pluralize

from relations.coding.checks import CHECKS
from relations.coding.checkups import findings, keep


class Command(BaseCommand):
    help = (
        "Looks for mistakes that PostgreSQL cannot refuse, and says how to mend them; the desk shows what was found. "
        "Exits with 1 on an error."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings()
        keep(found, [])
        table = [
            (f"{'error' if check.is_error else 'warning'}: {check.kind}", where, what, check.mend)
            for check, where, what in found
        ]
        if table:
            table.insert(0, ("kind", "where", "what", "how to mend"))
            widths = [max(len(row[column]) for row in table) for column in range(3)]
            for *cells, mend in table:
                self.stdout.write(
                    "  ".join([*(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)), mend])
                )
        errors = sum(check.is_error for check, *_ in found)
        warnings = len(found) - errors
        self.stdout.write(
            f"{errors} error{pluralize(errors)}, {warnings} warning{pluralize(warnings)} in {len(CHECKS)} checks."
        )
        if errors:
            sys.exit(1)
