"""The filters of the lists: one strict form for each list, the same for its page, its file and the API.

Different parameters are combined with AND, several values of one with OR. `country` and `partner` mean the pair.
"""

from relations.filters.across import ChronologyForm, EverythingForm, FigureForm
from relations.filters.lists import MAY, PARAMETERS, DaysForm, ListForm, NamesForm
from relations.filters.records import RecordForm
from relations.filters.things import ActorForm, CountryForm, RelationForm, SourceForm, ThingForm
from relations.filters.types import (
    ArmsTransferForm,
    EventForm,
    MissionForm,
    NetworkForm,
    ObservationForm,
    RelationPeriodForm,
)

__all__ = [
    "MAY",
    "PARAMETERS",
    "ActorForm",
    "ArmsTransferForm",
    "ChronologyForm",
    "CountryForm",
    "DaysForm",
    "EventForm",
    "EverythingForm",
    "FigureForm",
    "ListForm",
    "MissionForm",
    "NamesForm",
    "NetworkForm",
    "ObservationForm",
    "RecordForm",
    "RelationForm",
    "RelationPeriodForm",
    "SourceForm",
    "ThingForm",
]
