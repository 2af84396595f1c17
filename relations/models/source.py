"""Documents, their sentences, and what each sentence is evidence for."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse

from relations.fields import FuzzyDateField
from relations.models import triggers
from relations.models.actor import Actor
from relations.models.arms_transfer import ArmsTransfer
from relations.models.constraints import exactly_one, instants, known_terms, rule, well_formed_slug
from relations.models.country import Country
from relations.models.event import Event
from relations.models.mission import Mission
from relations.models.observation import Observation
from relations.models.record import DESK_PERMISSIONS, tracked
from relations.models.relation import Relation, RelationPeriod
from relations.models.vocabularies import Collection, Modality, SourceType, Stance, State

RECORD_TARGETS = {
    "period": RelationPeriod,
    "mission": Mission,
    "event": Event,
    "transfer": ArmsTransfer,
    "observation": Observation,
}
THING_TARGETS: dict[str, Any] = {"country": Country, "actor": Actor, "relation": Relation}
TARGETS: dict[str, Any] = RECORD_TARGETS | THING_TARGETS
RECORD_OWNERS = {f"{name}_id": str(model._meta.model_name) for name, model in RECORD_TARGETS.items()}


class SourceQuerySet(models.QuerySet):
    """Documents, as the public may see them."""

    def get_by_natural_key(self, key: str) -> Any:
        return self.get(key=key)

    def public(self) -> Self:
        """Documents that are evidence for anything published, or for a thing that is public by itself."""
        citations = Citation.objects.filter(source=OuterRef("pk"))
        published = Q()
        for target in RECORD_TARGETS:
            published |= Q(**{f"{target}__state": State.PUBLISHED})
        for target, model in THING_TARGETS.items():
            published |= Q(Exists(model._default_manager.public().filter(pk=OuterRef(f"{target}_id"))))
        return self.filter(Exists(citations.filter(published)))


@tracked
class Source(models.Model):
    """A document, described in the terms of the Citation Style Language."""

    key = models.CharField(
        max_length=80,
        unique=True,
        db_collation="C",
        help_text="Citation key and address: lower-case words and digits with hyphens.",
    )
    csl_type = models.CharField(max_length=20, choices=SourceType, help_text="The CSL type.")
    title = models.CharField(
        max_length=300, help_text="The title; a description of ours in brackets where there is none."
    )
    authors = models.TextField(blank=True, help_text="One author a line, “Family, Given”; empty where not stated.")
    container_title = models.CharField(max_length=300, blank=True, help_text="The journal, book or site it is part of.")
    publisher = models.CharField(max_length=200, blank=True, help_text="The publisher.")
    publisher_place = models.CharField(max_length=100, blank=True, help_text="Where it was published.")
    volume = models.CharField(max_length=20, blank=True, help_text="The volume.")
    issue = models.CharField(max_length=20, blank=True, help_text="The issue.")
    page = models.CharField(max_length=40, blank=True, help_text="The pages.")
    edition = models.CharField(max_length=40, blank=True, help_text="The edition or version.")
    language = models.CharField(max_length=10, blank=True, help_text="The language tag (BCP 47).")
    doi = models.CharField(max_length=100, blank=True, verbose_name="DOI", help_text="The DOI, without its resolver.")
    isbn = models.CharField(max_length=20, blank=True, verbose_name="ISBN", help_text="The ISBN.")
    url = models.URLField(max_length=500, blank=True, verbose_name="URL", help_text="Where it is on the web.")
    archive_url = models.URLField(
        max_length=500, blank=True, verbose_name="archive URL", help_text="Where a copy is kept."
    )
    issued_on = FuzzyDateField(instants_only=True, help_text="When it was published (EDTF); empty where not stated.")
    speaks_until = FuzzyDateField(instants_only=True, help_text="The latest time it tells of (EDTF).")
    accessed_on = FuzzyDateField(instants_only=True, help_text="When it was last read on the web (EDTF).")
    sha256 = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file that was coded.")
    text_is_public = models.BooleanField(default=False, help_text="Whether its sentences may be shown to the public.")
    note = models.TextField(blank=True, help_text="What a reader should know of it.")

    collection = Collection.SOURCES
    objects = SourceQuerySet.as_manager()

    class Meta:
        default_permissions = DESK_PERMISSIONS
        ordering = ["key"]
        constraints = [
            well_formed_slug("source", "key"),
            *known_terms("source", csl_type=SourceType),
            *instants("source", "issued_on", "speaks_until", "accessed_on"),
            rule(
                "source_sha256_is_well_formed", Q(sha256__regex=r"^([0-9a-f]{64})?$"), "sha256: 64 hexadecimal digits."
            ),
            rule("source_url_is_web", Q(url="") | Q(url__regex=r"^https?://"), "url: begins with http:// or https://."),
            rule(
                "source_archive_url_is_web",
                Q(archive_url="") | Q(archive_url__regex=r"^https?://"),
                "archive_url: begins with http:// or https://.",
            ),
        ]
        triggers = [
            triggers.NeverReused(Collection.SOURCES, "key"),
            triggers.FollowsRename(Collection.SOURCES, "key"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("source-detail", args=[self.key])

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class PassageQuerySet(models.QuerySet):
    """Sentences, and how far each has been coded."""

    CODED, CONTEXT, OUT_OF_SCOPE, TO_DO = "coded", "context", "out of scope", "to do"

    def get_by_natural_key(self, source: str, ref: str) -> Any:
        return self.get(source__key=source, ref=ref)

    def with_coverage(self) -> Self:
        """Adds `coverage`: coded, context, out of scope, or to do; it follows from the citations."""
        citations = Citation.objects.filter(passage=OuterRef("pk"))
        return self.annotate(
            coverage=Case(
                When(finished=False, then=Value(self.TO_DO)),
                When(~Q(out_of_scope_reason=""), then=Value(self.OUT_OF_SCOPE)),
                When(Exists(citations.exclude(stance=Stance.MENTIONS)), then=Value(self.CODED)),
                When(Exists(citations), then=Value(self.CONTEXT)),
                default=Value(self.TO_DO),
                output_field=models.CharField(),
            )
        )


@tracked
class Passage(models.Model):
    """A sentence of a source: where it stands, the hash of its text, and a digest in our own words."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="passages", help_text="The document.")
    ref = models.CharField(
        max_length=40,
        db_collation="C",
        help_text="section.paragraph.sentence, such as `egypt.2.3`; unique in its document.",
    )
    position = models.PositiveIntegerField(help_text="Its place in the document, from 1.")
    section = models.CharField(max_length=80, blank=True, help_text="The section it stands in.")
    char_start = models.PositiveIntegerField(help_text="Offset of its first character in the document.")
    char_end = models.PositiveIntegerField(help_text="Offset after its last character.")
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the sentence after folding white space (UTF-8).")
    digest = models.TextField(blank=True, help_text="What it says, in our own words.")
    finished = models.BooleanField(default=False, help_text="The coder's word that every claim in it is coded.")
    out_of_scope_reason = models.TextField(blank=True, help_text="Why nothing in it is coded.")

    objects = PassageQuerySet.as_manager()

    class Meta:
        default_permissions = DESK_PERMISSIONS
        ordering = ["source", "position"]
        constraints = [
            models.UniqueConstraint(name="passage_ref_is_unique", fields=["source", "ref"]),
            rule(
                "passage_ref_is_well_formed", Q(ref__regex=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[0-9]+)+$"), "ref: section.1.1"
            ),
            rule("passage_sha256_is_well_formed", Q(sha256__regex=r"^[0-9a-f]{64}$"), "sha256: 64 hexadecimal digits."),
            rule(
                "passage_ends_after_it_begins",
                Q(char_end__gt=models.F("char_start")),
                "char_end: not after char_start.",
            ),
            rule(
                "passage_out_of_scope_is_finished",
                Q(out_of_scope_reason="") | Q(finished=True),
                "finished: a passage that is out of scope is finished.",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("passage-detail", args=[self.source.key, self.ref])

    def natural_key(self) -> tuple[str, str]:
        return (self.source.key, self.ref)


class PassageText(models.Model):
    """The sentence itself, kept apart, so that no fixture, file, search or history can hold it by accident."""

    passage = models.OneToOneField(
        Passage, on_delete=models.CASCADE, primary_key=True, related_name="loaded", help_text="The passage."
    )
    text = models.TextField(help_text="The sentence as the document has it.")

    def __str__(self) -> str:
        return str(self.passage)


class CitationQuerySet(models.QuerySet):
    """Evidence; a citation is identified by what it is for, where it stands and what it says."""

    def get_by_natural_key(self, target: str, key: list[str], source: str, ref: str | None, *rest: str) -> Any:
        owner = TARGETS[target]._default_manager.get_by_natural_key(*key) if target != "country" else key[0]
        locator, field, stance = rest
        return self.get(
            **{target: owner}, source__key=source, passage__ref=ref, locator=locator, field=field, stance=stance
        )


@tracked
class Citation(models.Model):
    """Evidence for one record or thing, or for one field of it."""

    period = models.ForeignKey(
        RelationPeriod,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        help_text="Evidence for this period.",
    )
    mission = models.ForeignKey(
        Mission,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        help_text="Evidence for this mission.",
    )
    event = models.ForeignKey(
        Event,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        help_text="Evidence for this event.",
    )
    transfer = models.ForeignKey(
        ArmsTransfer,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        help_text="Evidence for this deal.",
    )
    observation = models.ForeignKey(
        Observation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        help_text="Evidence for this figure.",
    )
    country = models.ForeignKey(
        Country,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        help_text="About this country.",
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, null=True, blank=True, related_name="citations", help_text="About this actor."
    )
    relation = models.ForeignKey(
        Relation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        help_text="About this relation.",
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations", help_text="The document.")
    passage = models.ForeignKey(
        Passage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        help_text="The sentence; or …",
    )
    locator = models.CharField(max_length=80, blank=True, help_text="… a page, entry or other place in the document.")
    field = models.CharField(
        max_length=40,
        blank=True,
        help_text="The column of the record it is evidence for; empty for the record as a whole.",
    )
    stance = models.CharField(
        max_length=11, choices=Stance, default=Stance.SUPPORTS, help_text="What it does to the record."
    )
    value = models.CharField(max_length=200, blank=True, help_text="What it says instead, when it contradicts.")
    modality = models.CharField(
        max_length=10, choices=Modality, blank=True, help_text="How it puts this field; empty: as the record."
    )
    hedge = models.CharField(max_length=120, blank=True, help_text="The hedge words, as the document has them.")
    attributed_to = models.CharField(max_length=120, blank=True, help_text="Who says so, according to the document.")
    attributed_on = FuzzyDateField(instants_only=True, help_text="When they said so (EDTF); not when it happened.")
    passage_sha256 = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="SHA-256 of the passage when it was cited; kept by the database.",
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["source", "passage__position", "locator", "field", "id"]
        constraints = [
            rule("citation_has_one_target", exactly_one(*TARGETS), "Cite for exactly one record or thing."),
            rule(
                "citation_has_a_place",
                exactly_one("passage", empty_text=("locator",)),
                "Give the passage or a locator, and not both.",
            ),
            *known_terms("citation", stance=Stance),
            *known_terms("citation", or_empty=True, modality=Modality),
            rule(
                "citation_value_contradicts",
                Q(value="") | Q(stance=Stance.CONTRADICTS),
                "value: only where the passage contradicts the record.",
            ),
            *instants("citation", "attributed_on"),
            models.UniqueConstraint(
                name="citation_is_unique",
                fields=[*TARGETS, "source", "passage", "locator", "field", "stance"],
                nulls_distinct=False,
            ),
        ]
        triggers = [
            triggers.RemembersPassage(),
            triggers.MovesOwner(RECORD_OWNERS),
            triggers.KeepsEvidence(RECORD_OWNERS),
        ]

    def __str__(self) -> str:
        return f"{self.source.key} {self.place}"

    @property
    def target_name(self) -> str:
        """Which of the targets it is for: `event`, `country` …"""
        return next(name for name in TARGETS if getattr(self, f"{name}_id") is not None)

    @property
    def target(self) -> models.Model:
        """The record or thing it is evidence for."""
        return getattr(self, self.target_name)

    @property
    def place(self) -> str:
        """Where in the document: the ref of the passage, or the locator."""
        return self.passage.ref if self.passage else self.locator

    def natural_key(self) -> tuple[Any, ...]:
        target = self.target
        key = [target.code] if isinstance(target, Country) else list(target.natural_key())  # type: ignore[attr-defined]
        ref = self.passage.ref if self.passage else None
        return (self.target_name, key, self.source.key, ref, self.locator, self.field, self.stance)
