"""The models: things, records and their parts, sources and citations, the read model, and what the desk stores."""

from relations.models.actor import Actor
from relations.models.address import FormerAddress
from relations.models.arms_transfer import ArmsTransfer, DealParty
from relations.models.batch import Batch, KeptProfile
from relations.models.checkup import Checkup
from relations.models.citation import TARGETS, Citation
from relations.models.country import Country, CountryCode, Lifespan, Succession
from relations.models.entry import Entry, Listing
from relations.models.event import Event, EventFigure, Participation
from relations.models.mission import Mission
from relations.models.observation import Observation
from relations.models.record import Record
from relations.models.relation import Relation, RelationPeriod
from relations.models.source import Passage, PassageText, Source
from relations.models.standing import Standing
from relations.models.tally import Tally
from relations.models.upload import Upload
from relations.models.word import Word

RECORD_TYPES: tuple[type[Record], ...] = (RelationPeriod, Mission, Event, ArmsTransfer, Observation)

__all__ = [
    "RECORD_TYPES",
    "TARGETS",
    "Actor",
    "ArmsTransfer",
    "Batch",
    "Checkup",
    "Citation",
    "Country",
    "CountryCode",
    "DealParty",
    "Entry",
    "Event",
    "EventFigure",
    "FormerAddress",
    "KeptProfile",
    "Lifespan",
    "Listing",
    "Mission",
    "Observation",
    "Participation",
    "Passage",
    "PassageText",
    "Record",
    "Relation",
    "RelationPeriod",
    "Source",
    "Standing",
    "Succession",
    "Tally",
    "Upload",
    "Word",
]
