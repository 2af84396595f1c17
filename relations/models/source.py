"""Sources: documents with their passages (sentences), and data sets."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower
from django.urls import get_script_prefix

from relations.expressions import LexemesOf, has_any
from relations.fields import FuzzyDateField, LineField, ProseField
from relations.identifiers import DOI, validate_doi, validate_isbn
from relations.models import triggers
from relations.models.constraints import LONGEST_SLUG, rule, well_formed_slug
from relations.models.keyed import DESK_PERMISSIONS, Keyed, KeyedQuerySet, Versioned, registered
from relations.models.vocabularies import Collection, SourceType, Stance

# By which a search finds a source, and a passage.
DESCRIBED = LexemesOf("key", "title", "authors", "container_title")
DIGESTED = LexemesOf("digest")


class SourceQuerySet(KeyedQuerySet):
    """Sources, and those that are public, have some DOI, or are coded by sentence."""

    def public(self) -> Self:
        """Sources that a citation for a published record or a public thing refers to."""
        from relations.models.citation import Citation

        return self.filter(has_any(Citation.objects.public().filter(source=OuterRef("pk"))))

    def of_dois(self, *dois: str) -> Self:
        """Sources with one of these DOIs, which are compared without case."""
        return self.annotate(doi_in_lower_case=Lower("doi")).filter(doi_in_lower_case__in=[doi.lower() for doi in dois])

    def documents(self) -> Self:
        """Sources that have passages."""
        return self.filter(has_any(Passage.objects.filter(source=OuterRef("pk"))))


@registered
class Source(Versioned, Keyed):
    """A document or data set, described in the terms of the Citation Style Language.

    A document may be cut into sentences and coded one by one; a data set has rows, each cited by its locator.
    """

    key = models.CharField(
        max_length=LONGEST_SLUG,
        unique=True,
        db_collation="C",
        help_text="Citation key and address: lower-case words and digits with hyphens.",
    )
    csl_type = models.CharField(
        max_length=20, choices=SourceType, verbose_name="type of source", help_text="The CSL type."
    )
    title = LineField(max_length=300, help_text="The title; a description of ours in brackets where there is none.")
    authors = ProseField(blank=True, help_text="One author a line, “Family, Given”; empty where not stated.")
    container_title = LineField(
        max_length=300, blank=True, verbose_name="part of", help_text="The journal, book or site it is part of."
    )
    publisher = LineField(max_length=200, blank=True, help_text="The publisher.")
    publisher_place = LineField(
        max_length=100, verbose_name="place of publication", blank=True, help_text="Where it was published."
    )
    volume = LineField(max_length=20, blank=True, help_text="The volume.")
    issue = LineField(max_length=20, blank=True, help_text="The issue.")
    page = LineField(max_length=40, blank=True, help_text="The pages.")
    edition = LineField(max_length=40, blank=True, help_text="The edition or version.")
    language = LineField(max_length=10, blank=True, help_text="The language tag (BCP 47).")
    doi = LineField(
        max_length=100,
        blank=True,
        verbose_name="DOI",
        help_text="The DOI, without its resolver.",
        validators=[validate_doi],
    )
    isbn = LineField(max_length=20, blank=True, verbose_name="ISBN", help_text="The ISBN.", validators=[validate_isbn])
    url = models.URLField(max_length=500, blank=True, verbose_name="URL", help_text="Where it is on the web.")
    archive_url = models.URLField(
        max_length=500, blank=True, verbose_name="archive URL", help_text="Where a copy is kept."
    )
    issued_on = FuzzyDateField(instants_only=True, help_text="When it was published (EDTF); empty where not stated.")
    speaks_until = FuzzyDateField(instants_only=True, help_text="The latest time it tells of (EDTF).")
    accessed_on = FuzzyDateField(instants_only=True, help_text="When it was last read on the web (EDTF).")
    sha256 = models.CharField(
        max_length=64, blank=True, verbose_name="SHA-256", help_text="SHA-256 of the file that was coded."
    )
    licence = LineField(
        max_length=100,
        blank=True,
        help_text="Its licence, if what is coded from it is not under the licence of the register: CC BY-NC 4.0.",
    )
    licence_url = models.URLField(
        max_length=500, blank=True, verbose_name="licence URL", help_text="Where that licence is on the web."
    )
    text_is_public = models.BooleanField(default=False, help_text="Whether its sentences may be shown to the public.")
    note = ProseField(blank=True, help_text="What a reader should know of it.")

    described = DESCRIBED
    natural_key_fields = ("key",)
    collection = Collection.SOURCES
    objects = SourceQuerySet.as_manager()

    class Meta:
        default_permissions = DESK_PERMISSIONS
        ordering = ["key"]
        indexes = [
            GinIndex(DESCRIBED, name="source_words"),
            # Few sources have a licence of their own, and exports look for these some hundred times.
            models.Index(fields=["id"], condition=~Q(licence=""), name="source_with_licence"),
        ]
        constraints = [
            well_formed_slug("source", "key"),
            rule(
                "source_sha256_is_well_formed", Q(sha256__regex=r"^([0-9a-f]{64})?$"), "sha256: 64 hexadecimal digits."
            ),
            rule(
                "source_doi_is_well_formed",
                Q(doi="") | Q(doi__regex=f"^{DOI.pattern}$"),
                "doi: begins with 10. and has a slash, without the address of a resolver.",
            ),
            *(
                rule(
                    f"source_{name}_is_web",
                    Q(**{name: ""}) | Q(**{f"{name}__regex": r"^https?://"}),
                    f"{name}: begins with http:// or https://.",
                )
                for name in ("url", "archive_url", "licence_url")
            ),
            rule("source_licence_has_a_name", Q(licence_url="") | ~Q(licence=""), "licence: say what it is called."),
        ]
        triggers = [
            triggers.NeverReused(Collection.SOURCES, "key"),
            triggers.FollowsRename(Collection.SOURCES, "key"),
            triggers.DataSetHasRows(),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{get_script_prefix()}{self.collection}/{self.key}/"

    @property
    def is_data_set(self) -> bool:
        """Whether it is a data set, which has rows and no passages."""
        return self.csl_type == SourceType.DATASET


class PassageQuerySet(KeyedQuerySet):
    """Passages, and how far each has been coded."""

    CODED, CONTEXT, OUT_OF_SCOPE, TO_DO = "coded", "context", "out of scope", "to do"

    def with_coverage(self, citations: models.QuerySet | None = None) -> Self:
        """Annotates `coverage`: coded, context, out of scope, or to do; from all citations, or only from these."""
        from relations.models.citation import Citation

        citations = (Citation.objects.all() if citations is None else citations).filter(passage=OuterRef("pk"))
        share = Case(When(stance=Stance.MENTIONS, then=Value(self.CONTEXT)), default=Value(self.CODED))
        cited = citations.order_by(Case(When(stance=Stance.MENTIONS, then=1), default=0)).values_list(share)
        return self.annotate(
            coverage=Case(
                When(finished=False, then=Value(self.TO_DO)),
                When(~Q(out_of_scope_reason=""), then=Value(self.OUT_OF_SCOPE)),
                default=Coalesce(Subquery(cited[:1]), Value(self.TO_DO)),
                output_field=models.CharField(),
            )
        )


@registered
class Passage(Versioned, Keyed):
    """A sentence of a source: where it stands, the hash of its text, and a digest in our own words."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="passages", help_text="The document.")
    ref = models.CharField(
        max_length=40,
        db_collation="C",
        help_text="section.paragraph.sentence, such as `egypt.2.3`; unique in its document.",
    )
    position = models.PositiveIntegerField(help_text="Its place in the document, from 1.")
    section = LineField(max_length=80, blank=True, help_text="The section it stands in.")
    char_start = models.PositiveIntegerField(
        verbose_name="first character", help_text="Offset of its first character in the document."
    )
    char_end = models.PositiveIntegerField(verbose_name="end", help_text="Offset after its last character.")
    sha256 = models.CharField(
        max_length=64, verbose_name="SHA-256", help_text="SHA-256 of the sentence after folding white space (UTF-8)."
    )
    digest = ProseField(blank=True, help_text="What it says, in our own words.")
    finished = models.BooleanField(default=False, help_text="The coder's word that every claim in it is coded.")
    out_of_scope_reason = ProseField(
        blank=True, verbose_name="why it is out of scope", help_text="Why nothing in it is coded."
    )

    described = DIGESTED
    natural_key_fields = ("source", "ref")
    objects = PassageQuerySet.as_manager()

    class Meta:
        default_permissions = DESK_PERMISSIONS
        ordering = ["source", "position"]
        indexes = [
            GinIndex(DIGESTED, name="passage_words"),
            models.Index(fields=["source", "position"], name="passage_in_order"),
        ]
        constraints = [
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
        triggers = [triggers.StandsInADocument()]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return f"{self.source.get_absolute_url()}{self.ref}/"


class PassageText(models.Model):
    """The text of a passage, in its own table, so that no fixture, file, search or history has it by accident."""

    passage = models.OneToOneField(
        Passage, on_delete=models.CASCADE, primary_key=True, related_name="loaded", help_text="The passage."
    )
    text = models.TextField(help_text="The sentence as the document has it.")

    def __str__(self) -> str:
        return str(self.passage)
