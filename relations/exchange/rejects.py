"""Refused rows of a table as a file of the same layout, to be mended and sent alone."""

import csv
import io
import json

from relations.exchange.foreign import JSON, ForeignTable
from relations.exchange.lines import encoding_of, lines_of
from relations.exchange.profiles import Profile
from relations.exchange.sheets import ZIP


def rejects(table: ForeignTable, profile: Profile, refused: set[int], data: bytes) -> bytes:
    """The header and the refused rows as they stand in the file."""
    if profile.form == JSON:
        entries = json.loads(data)
        return json.dumps([entries[line - 1] for line in sorted(refused)], ensure_ascii=False, indent=1).encode()
    rows = lines_of(data, profile.encoding, profile.delimiter, profile.sheet)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=profile.delimiter, lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows(cells for line, cells in rows if line in refused)
    return file.getvalue().encode("utf-8" if data.startswith(ZIP) else encoding_of(data, profile.encoding))
