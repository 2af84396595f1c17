"""Citations: evidence for or against a record or thing, in a passage or at another place of a source."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Prefetch, Q

from relations.expressions import has_any
from relations.fields import FuzzyDateField, LineField
from relations.models import triggers
from relations.models.actor import Actor
from relations.models.arms_transfer import ArmsTransfer
from relations.models.constraints import exactly_one, rule
from relations.models.country import Country
from relations.models.event import Event
from relations.models.keyed import KeyedQuerySet, Part, deferrable, registered
from relations.models.mission import Mission
from relations.models.observation import Observation
from relations.models.relation import Relation, RelationPeriod
from relations.models.source import Passage, Source
from relations.models.vocabularies import Modality, Stance

RECORD_TARGETS: dict[str, Any] = {
    "period": RelationPeriod,
    "mission": Mission,
    "event": Event,
    "transfer": ArmsTransfer,
    "observation": Observation,
}
THING_TARGETS: dict[str, Any] = {"country": Country, "actor": Actor, "relation": Relation}
TARGETS: dict[str, Any] = RECORD_TARGETS | THING_TARGETS
TARGET_OF: dict[Any, str] = {model: name for name, model in TARGETS.items()}
RECORD_OWNERS = {f"{name}_id": str(model._meta.model_name) for name, model in RECORD_TARGETS.items()}
# The columns of a source that are shown besides its title: how far it reaches, and how its text may be used.
SHOWN_OF_SOURCES = ("issued_on", "speaks_until", "licence", "licence_url", "text_is_public")
# Columns that identify, classify or comment a row; they make no claim, so they cannot be cited.
NO_CLAIMS = frozenset(["slug", "code", "modality", "negated", "state", "note", "editor_note"])


def records_named(targets: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """The records that citations refer to, by target and primary key; one query for each type."""
    keys: dict[str, set[int]] = defaultdict(set)
    for target, key in targets:
        keys[target].add(key)
    return {
        (target, key): record
        for target, of_type in keys.items()
        for key, record in RECORD_TARGETS[target]._default_manager.with_shown().in_bulk(of_type).items()
    }


def targets_among(*keys: Any) -> Q:
    """A condition: the citation is for one of these records; `keys` are lists of keys, one per RECORD_TARGETS."""
    of_types = zip(RECORD_TARGETS, keys, strict=True)
    return reduce(or_, (Q(**{f"{target}__among": of_type}) for target, of_type in of_types))


def citable_fields(model: type[models.Model]) -> list[str]:
    """The values that `Citation.field` can have for a model: columns that make a claim, figures, and lists of parts."""
    columns = [
        field.name
        for field in model._meta.concrete_fields
        if field.editable and not (field.generated or field.auto_created) and field.name not in NO_CLAIMS
    ]
    figures = [name.removesuffix("_low") for name in columns if name.endswith("_low")]
    return [*columns, *figures, *getattr(model, "cited_parts", ())]


def field_of_its_target() -> Q:
    """A condition: a citation for one field names a field that its target has."""
    return Q(
        *(Q(**{f"{target}__isnull": True}) | Q(field__in=["", *citable_fields(TARGETS[target])]) for target in TARGETS)
    )


def date_columns() -> list[str]:
    """The names of all fields that records have for their dates."""
    return sorted({column for model in RECORD_TARGETS.values() for column in (model.starts_on, model.ends_on)})


class CitationQuerySet(KeyedQuerySet):
    """Citations of public records and things, and those that pages need."""

    def public(self) -> Self:
        """Citations for public records and things; the target of each is looked up by its primary key."""
        targets = {target: model.objects.published() for target, model in RECORD_TARGETS.items()}
        targets |= {target: model.objects.public() for target, model in THING_TARGETS.items()}
        public = Q()
        for target, rows in targets.items():
            public |= Q(has_any(rows.filter(pk=OuterRef(f"{target}_id"))))
        return self.filter(public)

    def of_fields(self) -> Self:
        """Citations for a single field that have a modality of their own, or say that its date is an announcement's."""
        return self.exclude(field="").exclude(modality="", is_announcement=False).order_by("id")

    def with_places(self) -> Self:
        """Joins sources and sentences, with the columns that are shown beside what they support."""
        shown = {*(f"source__{name}" for name in SHOWN_OF_SOURCES), "passage__digest", "passage__position"}
        columns = (*deferrable(Citation, "source"), *deferrable(Citation, "passage"))
        return self.select_related("source", "passage").defer(*(name for name in columns if name not in shown))

    def saying(self) -> Self:
        """Citations needed for the sentence about a record: those with an attribution and those for single fields."""
        return self.exclude(field="", attributed_to="")


def evidence_for(model: type[models.Model], help_text: str) -> Any:
    """A foreign key to one type of target; each citation has exactly one of these set."""
    return models.ForeignKey(
        model, on_delete=models.CASCADE, null=True, blank=True, related_name="citations", help_text=help_text
    )


@registered
class Citation(Part):
    """Evidence for one record or thing, or for one field of it."""

    period = evidence_for(RelationPeriod, "Evidence for this period.")
    mission = evidence_for(Mission, "Evidence for this mission.")
    event = evidence_for(Event, "Evidence for this event.")
    transfer = evidence_for(ArmsTransfer, "Evidence for this deal.")
    observation = evidence_for(Observation, "Evidence for this figure.")
    country = evidence_for(Country, "About this country.")
    actor = evidence_for(Actor, "About this actor.")
    relation = evidence_for(Relation, "About this relation.")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="citations", help_text="The document or data set."
    )
    passage = models.ForeignKey(
        Passage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        help_text="The sentence; or …",
    )
    locator = LineField(max_length=80, blank=True, help_text="… a page, row, entry or other place in the source.")
    field = LineField(
        max_length=40,
        blank=True,
        help_text="The column of the record it is evidence for; empty for the record as a whole.",
    )
    part = LineField(
        max_length=120,
        blank=True,
        help_text="Of participants, the one it is about: a country's code, an actor's slug or the words for it.",
    )
    stance = models.CharField(
        max_length=11, choices=Stance, default=Stance.SUPPORTS, help_text="What it does to the record."
    )
    value = LineField(max_length=200, blank=True, help_text="What it says instead, when it contradicts.")
    modality = models.CharField(
        max_length=10, choices=Modality, blank=True, help_text="How it puts this field; empty: as the record."
    )
    hedge = LineField(max_length=120, blank=True, help_text="The hedge words, as the document has them.")
    attributed_to = LineField(max_length=120, blank=True, help_text="Who says so, according to the document.")
    attributed_on = FuzzyDateField(instants_only=True, help_text="When they said so (EDTF); not when it happened.")
    is_announcement = models.BooleanField(
        default=False,
        verbose_name="dated by an announcement",
        help_text="The date of this field is that of an announcement; when it took effect is not stated.",
    )
    passage_sha256 = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        serialize=False,
        help_text="SHA-256 of the passage when it was cited; kept by the database.",
    )

    natural_key_fields = (*TARGETS, "source", "passage", "locator", "field", "part", "stance")
    owner_fields = tuple(TARGETS)
    objects = CitationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["source", "passage__position", "locator", "field", "id"]
        indexes = [
            models.Index(
                name="citation_by_place", fields=["source", "locator", "field", "id"], condition=Q(passage=None)
            )
        ]
        constraints = [
            rule("citation_has_one_target", exactly_one(*TARGETS), "Cite for exactly one record or thing."),
            rule(
                "citation_has_a_place",
                exactly_one("passage", text=("locator",)),
                "Give the passage or a locator, and not both.",
            ),
            rule(
                "citation_field_is_of_its_target",
                field_of_its_target(),
                "field: name a column of what it is evidence for, or leave it empty for the whole.",
            ),
            rule(
                "citation_part_is_of_participants",
                Q(part="") | Q(field="participants"),
                "part: only for the field participants.",
            ),
            rule(
                "citation_announces_a_date",
                Q(is_announcement=False) | Q(stance=Stance.SUPPORTS, field__in=date_columns()),
                "is_announcement: only where the citation supports a date; name its field.",
            ),
            rule(
                "citation_value_contradicts",
                Q(value="") | Q(stance=Stance.CONTRADICTS),
                "value: only where the passage contradicts the record.",
            ),
        ]
        triggers = [
            triggers.RemembersPassage(),
            triggers.KeepsEvidence(RECORD_OWNERS),
            triggers.NamesParticipant(),
        ]

    def __str__(self) -> str:
        return f"{self.source.key} {self.place}"

    @property
    def target_name(self) -> str:
        """The name of the foreign key that is set: `event`, `country` …"""
        return next(name for name in TARGETS if getattr(self, f"{name}_id") is not None)

    @property
    def target(self) -> models.Model:
        """The record or thing that it is evidence for."""
        return getattr(self, self.target_name)

    @property
    def place(self) -> str:
        """Where in the document: the ref of the passage, or the locator."""
        return self.passage.ref if self.passage else self.locator


def hedges() -> Prefetch:
    """The prefetch that `phrasing.hedges` and `phrasing.announcement` need to make no query."""
    return Prefetch("citations", Citation.objects.of_fields(), to_attr="hedges")


def evidence() -> Prefetch:
    """The prefetch of citations with their sources and passages, with which showing the evidence makes no query."""
    return Prefetch("citations", Citation.objects.with_places())
