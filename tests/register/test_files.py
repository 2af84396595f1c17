"""All values of the register can be imported: no rule of the cells refuses one of them."""

import pytest

from relations.exchange.cells import read_cell
from relations.exchange.columns import COLUMNS, columns_of, values
from relations.exchange.exports import as_text


@pytest.mark.parametrize("model", COLUMNS, ids=lambda model: model._meta.model_name)
def test_every_cell_of_the_register_can_be_imported(model) -> None:
    columns = [column for column in columns_of(model, "desk") if column.writes]
    cells = 0
    for row in values(model._default_manager.all(), columns):
        for column, value in zip(columns, row, strict=True):
            read_cell(model, column, as_text(value))
            cells += 1
    assert cells >= len(columns)
