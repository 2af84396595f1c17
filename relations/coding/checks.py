"""Checks for mistakes that PostgreSQL cannot refuse: one small function each.

A check yields pairs of strings: where something is wrong, and what is wrong. Its decorator declares its kind and how to
fix what it finds. Neither the number of queries nor the memory grows with the register, except for titles, which are
read in chunks of some thousands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, groupby
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from relations.coding import claims
from relations.coding.sentences import sha256_of
from relations.exchange.rows import RefusedError
from relations.models import (
    RECORD_TYPES,
    Actor,
    ArmsTransfer,
    Citation,
    Country,
    EventFigure,
    Mission,
    Observation,
    Passage,
    PassageText,
    Relation,
    RelationPeriod,
)
from relations.models.citation import TARGET_OF
from relations.models.figure import figures_of
from relations.models.source import PassageQuerySet
from relations.models.tracks import ONE_SIDED_TRACKS, OPEN_TRACKS
from relations.models.vocabularies import Modality, Stance, State
from relations.names import with_names
from relations.past import history
from relations.read_model import differences

Findings = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Check:
    """A kind of mistake: how to fix it, whether it is an error or a warning, and the function that finds it."""

    kind: str
    mend: str
    is_error: bool
    find: Callable[[], Findings]


CHECKS: list[Check] = []


def check(kind: str, mend: str, *, is_error: bool = True) -> Callable[[Callable[[], Findings]], Callable[[], Findings]]:
    """Registers a function as a check; `mend` tells the user how to fix what it finds."""

    def register(find: Callable[[], Findings]) -> Callable[[], Findings]:
        CHECKS.append(Check(kind, mend, is_error, find))
        return find

    return register


def name_of(record: Any) -> str:
    """A record by type and slug: `event nasser-visits-pyongyang`."""
    return f"{record._meta.verbose_name} {record.slug}"


# Evidence


@check("uncited", "cite the sentence that supports it, or set the record back to draft")
def uncited() -> Findings:
    """Records that are published or in review, and that no citation supports."""
    for model in RECORD_TYPES:
        supported = Exists(Citation.objects.filter(stance=Stance.SUPPORTS, **{TARGET_OF[model]: OuterRef("pk")}))
        for record in model._default_manager.filter(~supported).exclude(state=State.DRAFT).order_by("slug"):
            yield name_of(record), f"is {record.get_state_display().lower()} and no citation supports it"


@check("told without evidence", "cite the sentences it was made from, for this field")
def summaries_without_evidence() -> Findings:
    """Texts about relations and actors that no citation supports."""
    for thing, column in claims.texts_without_evidence():
        yield f"{thing._meta.verbose_name} {'-'.join(thing.natural_key())}", f"no citation supports its {column}"


@check("after its source", "check the date, and until when the source speaks")
def dates_after_the_source() -> Findings:
    """Records and attributed statements that are dated later than the last day their sources can report on."""
    until = Greatest("citations__source__issued_on_latest", "citations__source__speaks_until_latest")
    supports = Q(citations__stance=Stance.SUPPORTS)
    silent = Q(citations__source__issued_on_latest__isnull=True, citations__source__speaks_until_latest__isnull=True)
    for model in RECORD_TYPES:
        columns = dict.fromkeys((model.starts_on, model.ends_on))
        records = model._default_manager.annotate(
            until=Max(until, filter=supports), open_sources=Count("citations", filter=supports & silent)
        )
        for column in columns:
            for record in records.filter(open_sources=0, **{f"{column}_earliest__gt": F("until")}).order_by("slug"):
                yield name_of(record), f"{column} is {getattr(record, column)}, its sources speak until {record.until}"
    reported = Citation.objects.alias(until=Greatest("source__issued_on_latest", "source__speaks_until_latest"))
    for citation in reported.filter(attributed_on_earliest__gt=F("until")).select_related("source", "passage"):
        yield f"citation {citation}", f"attributed_on is {citation.attributed_on}, later than its source speaks"


@check("in the future", "check the date; the end of a term may lie there, nothing that happened does", is_error=False)
def dates_in_the_future() -> Findings:
    """Records whose earliest possible day is after today."""
    for model in RECORD_TYPES:
        for column in dict.fromkeys((model.starts_on, model.ends_on)):
            later = model._default_manager.filter(**{f"{column}_earliest__gt": timezone.now().date()})
            for record in later.order_by("slug"):
                yield name_of(record), f"{column} is {getattr(record, column)}"


# Passages


@check("unfinished", "code every claim in it and mark it finished", is_error=False)
def unfinished_passages() -> Findings:
    """Sources with unfinished sentences."""
    passages = Passage.objects.filter(finished=False).order_by("source__key", "position")
    for key, refs in groupby(passages.values_list("source__key", "ref").iterator(), key=lambda row: row[0]):
        names = [ref for _, ref in refs]
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        yield f"source {key}", f"{len(names)} not finished: {shown}"


@check("unaccounted for", "cite it, if only as a mention, or say why it is out of scope")
def passages_without_a_trace() -> Findings:
    """Finished passages that are neither cited nor out of scope."""
    passages = Passage.objects.with_coverage().filter(Q(coverage=PassageQuerySet.TO_DO), finished=True)
    for key, ref in passages.order_by("source__key", "position").values_list("source__key", "ref"):
        yield f"passage {key} {ref}", "is finished, but neither cited nor out of scope"


@check("changed since cited", "read the sentence again, then remove the citation and cite it anew")
def passages_changed_since_cited() -> Findings:
    """Citations whose sentence has changed since it was cited."""
    changed = Citation.objects.exclude(passage=None).exclude(passage_sha256=F("passage__sha256"))
    for citation in changed.select_related("source", "passage").order_by("id"):
        yield f"citation {citation}", "the passage has another SHA-256 than when it was cited"


@check("other text", "load the document again with load_document, or mend the SHA-256 of the passage")
def texts_of_other_passages() -> Findings:
    """Passages whose loaded text is not the sentence that was coded."""
    loaded = PassageText.objects.order_by("passage__source__key", "passage__position")
    columns = ("passage__source__key", "passage__ref", "passage__sha256", "text")
    for key, ref, sha256, text in loaded.values_list(*columns).iterator():
        if sha256_of(text) != sha256:
            yield f"passage {key} {ref}", "the loaded text has another SHA-256 than the passage"


# Records


@check("may overlap", "check the dates; if the sources disagree, mark both as disputed", is_error=False)
def possible_overlaps() -> Findings:
    """Values of one track that may hold on the same days, so that their order is uncertain."""
    periods = RelationPeriod.objects.published().affirmed().exclude(track__in=OPEN_TRACKS)
    undisputed = periods.exclude(modality=Modality.DISPUTED)
    dated = undisputed.filter(began_on_earliest__isnull=False, began_on_latest__isnull=False)
    of_one_side = dated.annotate(holder=Case(When(track__in=ONE_SIDED_TRACKS, then="held_by_id"), default=Value("")))
    question = ("relation_id", "track", "holder")
    in_turn = of_one_side.order_by(*question, "began_on_earliest", "began_on_latest", "slug")
    for _, of_track in groupby(in_turn.iterator(), key=attrgetter(*question)):
        pairs: Iterator[Any] = combinations(of_track, 2)
        for first, second in pairs:
            until = first.ended_on_latest if first.ended_on else first.began_on_latest
            # One ends on the date on which the other begins, or the other is dated "then or later": [1974..2018].
            follows = first.ended_on == second.began_on or second.began_on.startswith(f"[{first.began_on}..")
            if until and until > second.began_on_earliest and not follows:
                yield f"{name_of(first)}, {second.slug}", f"{first.track}: both may hold on the same days"


@check("told twice", "make one record of both citations, or say in the data how they differ", is_error=False)
def duplicates() -> Findings:
    """Public records that make the same claim."""
    for first, second in claims.duplicate_claims():
        yield f"{name_of(first)}, {second.slug}", "claim the same of the same parties at the same time"


@check("hedge lost", "let the title or the modality say it, or cite the field that the hedge is about")
def hedges_lost_by_the_title() -> Findings:
    """Public records whose title omits a hedge of their sources."""
    for record, citation in claims.lost_hedges():
        hedge = f"“{citation.hedge}”" if citation.hedge else citation.get_modality_display().lower()
        yield name_of(record), f"its title does not say what {citation.place} does: {hedge}"


@check("without unit", "say what is counted, or give the currency", is_error=False)
def figures_without_unit() -> Findings:
    """Figures without a unit."""
    models: tuple[Any, ...] = (*RECORD_TYPES, EventFigure)
    for model in models:
        for figure in figures_of(model):
            bare = model._default_manager.filter(**{f"{figure}_unit": ""}).exclude(**{f"{figure}_qualifier": ""})
            owner = "event__slug" if model is EventFigure else "slug"
            for slug, number in bare.order_by(owner, "pk").values_list(owner, f"{figure}_low"):
                yield f"{model._meta.verbose_name} {slug}", f"{figure}: {number or 'a number'} of what?"


@check("renamed", "give it its first public slug again")
def slugs_changed_since_publication() -> Findings:
    """Records that were published under another slug, according to the history."""
    for model in RECORD_TYPES:
        renamed = (
            history(model).filter(state=State.PUBLISHED).exclude(pgh_obj__slug=F("slug")).filter(pgh_obj__isnull=False)
        )
        for slug, before in renamed.order_by("slug").values_list("pgh_obj__slug", "slug").distinct():
            yield f"{model._meta.verbose_name} {slug}", f"was published as {before}"


@check("title names another", "give it its part, if only as concerned, or change the title", is_error=False)
def countries_only_in_the_title() -> Findings:
    """Public events whose title names a country that is not a participant."""
    for event, name in claims.countries_only_in_the_title():
        yield name_of(event), f"{name} is in its title and has no part"


@check("unlikely doubles", "check the parties; two deals of other parties are not one", is_error=False)
def doubles_of_other_parties() -> Findings:
    """Deals marked as possible duplicates of a deal between other parties."""
    joined = ArmsTransfer.objects.filter(possibly_same_as__isnull=False)
    others = Q()
    for side in ("supplier", "recipient"):
        theirs = f"possibly_same_as__{side}"
        others |= Q(**{f"{side}__isnull": False, f"{theirs}__isnull": False}) & ~Q(**{side: F(theirs)})
    for slug, double in joined.filter(others).order_by("slug").values_list("slug", "possibly_same_as__slug"):
        yield f"arms transfer {slug}", f"has other parties than {double}"


# Relations


@check("empty relation", "delete it, or publish what it is about", is_error=False)
def relations_without_reason() -> Findings:
    """Relations about which nothing is public, and that have no citation."""
    public = Relation.objects.public().values("pk")
    for relation in Relation.objects.exclude(pk__in=public).exclude(citations__isnull=False):
        yield f"relation {relation.code}", "nothing public is about it"


@check("no relation", "add the relation, so that the pair has a page", is_error=False)
def pairs_without_relation() -> Findings:
    """Pairs of countries with public records but no relation, and therefore no page."""
    pairs: dict[tuple[str, str], str] = {}
    for model in (Mission, ArmsTransfer, Observation):
        first, second, *_ = (lookups[0] for lookups in model.parties.values())
        both_named = {f"{first}__isnull": False, f"{second}__isnull": False}
        records = model._default_manager.filter(state=State.PUBLISHED, **both_named).order_by("slug")
        for a, b, slug in records.values_list(first, second, "slug"):
            pairs.setdefault((min(a, b), max(a, b)), f"{model._meta.verbose_name} {slug}")
    there = set(Relation.objects.values_list("country_a", "country_b"))
    for pair in sorted(pairs.keys() - there):
        yield "-".join(pair), f"is no relation, but {pairs[pair]} is about it"


@check("called alike", "make one of the two, or take the alias out of one", is_error=False)
def things_called_alike() -> Findings:
    """Countries that share a name, and actors that do."""
    for model, key in ((Country, "code"), (Actor, "slug")):
        rows = with_names(model.objects.all()).order_by("called", key).values_list("called", key, "name").distinct()
        for called, alike in groupby(rows.iterator(), itemgetter(0)):
            things = [f"{name} ({of})" for _, of, name in alike]
            if len(things) > 1:
                yield f"{model._meta.verbose_name} {called}", f"is what {' and '.join(things)} are called"


@check("read model", "run manage.py rebuild_entries; rows were written while triggers rested, or a table was truncated")
def read_model() -> Findings:
    """Rows of the read model that differ from the records they are derived from."""
    yield from differences()


# Fixtures


@check("fixture", "mend the file; load_fixtures says the same")
def slips_in_fixtures() -> Findings:
    """Fixtures that cannot be loaded, and unpublished records in them, since the files are public."""
    from relations.coding.fixtures import DIRECTORY, read_fixtures  # noqa: PLC0415 - no page of the site needs YAML

    try:
        wanted = read_fixtures(DIRECTORY)
    except RefusedError as error:
        for slip in error.refusals:
            yield slip.where, slip.what
    else:
        for row in wanted.rows:
            if row.values.get("state", State.PUBLISHED) != State.PUBLISHED:
                yield row.place.words, "is not published"
