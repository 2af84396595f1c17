"""Imports new sources from a bibliography, without entries whose source is in the register already."""

from typing import Any

from relations.exchange.batches import File
from relations.exchange.foreign import read_table
from relations.exchange.intake import Intake
from relations.exchange.mapping import MappedLine, Mapping
from relations.exchange.parties import Parties
from relations.exchange.profiles import shipped
from relations.models import Source

PROFILE = "csl-json"


class Bibliography:
    """The entries of a CSL-JSON file, read by the profile for such files.

    `there` are the entries whose DOI or key a source has already, with that source, which is not changed.
    """

    def __init__(self, content: bytes) -> None:
        """Reads the entries; raises SheetError if the file is not a bibliography."""
        self.profile = shipped()[PROFILE]
        self.table = read_table(content, self.profile)
        made = Mapping(self.table, self.profile, Parties()).lines()
        self.there = self.found(made)
        known = {line for each, _ in self.there for line in each.lines}
        self.table.lines = [(number, cells) for number, cells in self.table.lines if number not in known]

    def found(self, made: list[MappedLine]) -> list[tuple[MappedLine, Source]]:
        """The entries that have a source in the register, each with that source."""
        by_key = Source.objects.in_bulk([each.cells["key"] for each in made], field_name="key")
        dois = [doi for each in made if (doi := each.cells["doi"])]
        by_doi = {source.doi.lower(): source for source in Source.objects.of_dois(*dois).order_by("-pk")}
        pairs = [(each, by_doi.get(each.cells["doi"].lower()) or by_key.get(each.cells["key"])) for each in made]
        return [(each, source) for each, source in pairs if source]

    def intake(self, file: File, user: Any) -> Intake:
        """The import of the remaining entries, as a batch of this user."""
        return Intake(self.table, self.profile, file, user=user)
