"""The triggers of the models. They run for every writer, including loaddata and raw SQL."""

from relations.models.triggers.addresses import FollowsRename, KeepsAddress, NeverReused
from relations.models.triggers.between import FollowsInTime, HeldByASide, ReopensItsOwn
from relations.models.triggers.evidence import (
    DataSetHasRows,
    KeepsEvidence,
    PublishedIsCited,
    RemembersPassage,
    StandsInADocument,
)
from relations.models.triggers.parties import (
    KeepsParties,
    NamesParticipant,
    PublishedHasParties,
    RenamesParticipant,
    StaysNamed,
)
from relations.models.triggers.versions import STAMPS, MovesOwner, Stamp

__all__ = [
    "STAMPS",
    "DataSetHasRows",
    "FollowsInTime",
    "FollowsRename",
    "HeldByASide",
    "KeepsAddress",
    "KeepsEvidence",
    "KeepsParties",
    "MovesOwner",
    "NamesParticipant",
    "NeverReused",
    "PublishedHasParties",
    "PublishedIsCited",
    "RemembersPassage",
    "RenamesParticipant",
    "ReopensItsOwn",
    "Stamp",
    "StandsInADocument",
    "StaysNamed",
]
