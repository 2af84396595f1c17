"""Renders the rows of a change list, with the same HTML as Django's `admin_list.items_for_result`.

Django looks up the column for each cell; here it is looked up once per list. tests/admin/test_drawn.py compares both.
"""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value
from django.contrib.admin.views.main import ChangeList
from django.db.models import ForeignKey

from relations.renderer import escaped


class Column:
    """A column of `list_display`: a field, or a method of the model or of its admin."""

    def __init__(self, changes: ChangeList, name: Any) -> None:
        page: Any = changes.model_admin
        self.field: Any = {field.name: field for field in changes.opts.fields}.get(name)
        of_page = name if callable(name) else getattr(page, name, None)
        self.value: Any = attrgetter(name) if self.field or of_page is None else of_page
        self.labels = dict(self.field.flatchoices) if self.field else {}
        self.empty = getattr(self.value, "empty_value_display", page.get_empty_value_display())
        self.is_link = name in (changes.list_display_links or ())
        self.style = "action-checkbox" if name == "action_checkbox" else f"field-{getattr(name, '__name__', name)}"
        if isinstance(self.field, ForeignKey):
            self.style += " nowrap"

    def text(self, row: Any) -> Any:
        """The text of the cell of a row; HTML if it is a SafeString."""
        value = self.value(row)
        if self.labels:
            return self.labels.get(value, self.empty)
        if isinstance(value, str):
            return value if value.strip() else self.empty
        return display_for_field(value, self.field, self.empty) if self.field else display_for_value(value, self.empty)


def rows_as_html(changes: ChangeList) -> Iterator[str]:
    """The cells of each row as HTML; the first column that links to the row is a `th`."""
    columns = [Column(changes, name) for name in changes.list_display]
    head = next((column for column in columns if column.is_link), None)
    way_back = add_preserved_filters({"preserved_filters": changes.preserved_filters, "opts": changes.opts}, "")
    for row in changes.result_list:
        cells = []
        for column in columns:
            tag, text = "th" if column is head else "td", escaped(column.text(row))
            if column.is_link:
                key = row.serializable_value(changes.to_field or changes.pk_attname)
                opens = f' data-popup-opener="{escaped(key)}"' if changes.is_popup else ""
                text = f'<a href="{escaped(changes.url_for_result(row) + way_back)}"{opens}>{text}</a>'
            cells.append(f'<{tag} class="{column.style}">{text}</{tag}>')
        yield "".join(cells)
