"""Writes the refused rows of a table to a file of the same layout, to be corrected and imported by itself."""

import csv
import io
import json

from relations.exchange.foreign import JSON, ForeignTable, read_json
from relations.exchange.lines import encoding_of, lines_of
from relations.exchange.origins import heading
from relations.exchange.profiles import Profile
from relations.exchange.sheets import ZIP


def rejects(table: ForeignTable, profile: Profile, refused: set[int], data: bytes, name: str) -> bytes:
    """The header and the refused rows, unchanged, each with its line number in the file of that name.

    Rows that were refused before keep their number in the first file.
    """
    title, number = heading(table.word, table.origin.file or name), table.origin.original_number
    if profile.form == JSON:
        entries = read_json(data)
        entries = [{title: number(line)} | entries[line - 1] for line in sorted(refused)]
        return json.dumps(entries, ensure_ascii=False, indent=1).encode()
    rows = lines_of(data, profile.encoding, profile.delimiter, profile.sheet)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=profile.delimiter, lineterminator="\n")
    writer.writerow([title, *table.header])
    writer.writerows([number(line), *cells] for line, cells in rows if line in refused)
    return file.getvalue().encode("utf-8" if data.startswith(ZIP) else encoding_of(data, profile.encoding))
