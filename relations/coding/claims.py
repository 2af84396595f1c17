"""The queries of the checks that compare public records with one another, with their titles and with their evidence."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations, groupby, islice
from operator import attrgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import Coalesce, JSONObject

from relations.models import (
    Actor,
    ArmsTransfer,
    Citation,
    Country,
    Entry,
    Event,
    Mission,
    Observation,
    Participation,
    Relation,
    RelationPeriod,
)
from relations.models.citation import RECORD_TARGETS
from relations.models.vocabularies import Modality, Stance, State
from relations.wording import NAMED_BY, heading, says

# Records that are equal in these columns, and in their dates, make the same claim.
CLAIMS: dict[Any, tuple[str, ...]] = {
    RelationPeriod: ("relation_id", "track", "value", "held_by_id", "subject"),
    Mission: ("sending_id", "accredited_to_id", "kind", "host_country_id", "city"),
    Event: ("kind", "parties"),
    ArmsTransfer: (
        *("supplier_id", "supplier_actor_id", "supplier_named_as"),
        *("recipient_id", "recipient_actor_id", "recipient_named_as"),
        *("kind", "category", "designation", "description"),
    ),
    Observation: ("measure", "from_country_id", "to_country_id", "subject", "reporter"),
}
PARTIES = (
    Participation.objects.filter(event=OuterRef("pk"))
    .order_by("role", "country", "actor", "named_as")
    .values(party=JSONObject(role="role", country="country", actor="actor", named_as="named_as"))
)
TITLES = 5_000  # read in one chunk
# The columns of things that hold texts written by us.
TEXTS: dict[Any, str] = {Relation: "summary", Actor: "description"}


def duplicate_claims() -> Iterator[tuple[Any, Any]]:
    """Pairs of public records that make the same claim, on the same date or, if they last, on overlapping days."""
    for model, columns in CLAIMS.items():
        dates = () if model.lasts else dict.fromkeys((model.starts_on, model.ends_on))
        for of_claim in in_groups(comparable(model), (*columns, "negated", *dates)):
            for first, second in combinations(of_claim, 2):
                if not model.lasts or (begins(first) <= ends(second) and begins(second) <= ends(first)):
                    yield first, second


def comparable(model: Any) -> QuerySet:
    """The public records to compare: lasting or dated ones that are not marked as possible duplicates."""
    records = model._default_manager.published()
    if model.lasts:
        return records.with_ends()
    records = records.exclude(**{model.starts_on: "", model.ends_on: ""})
    if model is Event:
        records = records.filter(pk__in=entered_alike()).annotate(parties=ArraySubquery(PARTIES))
    return records.filter(possibly_same_as=None) if hasattr(model, "possibly_same_as") else records


def entered_alike() -> QuerySet:
    """The keys of events that share their kind, names and days with another event, according to the read model.

    Only these can have the same participants. This avoids aggregating the participants of all events.
    """
    listed = ("kind", "under", "earliest", "latest")
    alike = Window(Count("record_id"), partition_by=[F(column) for column in listed])
    entries = Entry.objects.leading(Event).exclude(earliest=None, latest=None).order_by()
    return entries.annotate(alike=alike).filter(alike__gt=1).values("record_id")


def in_groups(records: QuerySet, columns: tuple[str, ...]) -> Iterator[list[Any]]:
    """Groups of two or more records with equal values in these columns."""
    alike = Window(Count("pk"), partition_by=[F(column) for column in columns])
    rows = records.annotate(alike=alike).filter(alike__gt=1).order_by(*columns, "slug")
    for _, group in groupby(rows.iterator(), attrgetter(*columns)):
        yield list(group)


def begins(record: Any) -> date:
    """The first day on which a lasting record may have held."""
    return getattr(record, f"{record.starts_on}_earliest") or date.min


def ends(record: Any) -> date:
    """The last day on which a lasting record may have held, by its effective end."""
    return (record.end and record.end.on.latest) or date.max


def lost_hedges() -> Iterator[tuple[Any, Citation]]:
    """Public records whose heading does not express the modality or hedge of a citation, each with that citation."""
    for target, model in RECORD_TARGETS.items():
        citations = Citation.objects.filter(
            stance=Stance.SUPPORTS, field__in=["", *NAMED_BY[model]], **{f"{target}__state": State.PUBLISHED}
        ).exclude(modality="", hedge="")
        named = [target, *(f"{target}__{name}" for name in model.shown)]
        for citation in citations.select_related("source", "passage", *named).order_by(f"{target}__slug", "id"):
            record: Any = citation.target
            modality = citation.modality or record.modality
            is_plain = modality == Modality.ASSERTED and citation.hedge
            if is_plain or not says(heading(record), modality):
                yield record, citation


def texts_without_evidence() -> Iterator[tuple[Any, str]]:
    """Public things with a text of ours that no citation supports, each with the column of the text."""
    for model, column in TEXTS.items():
        own = Citation.objects.filter(**{model._meta.model_name: OuterRef("pk")}, field=column, stance=Stance.SUPPORTS)
        things = model.objects.public().with_shown().exclude(**{column: ""})
        for thing in things.exclude(Exists(own)).order_by("pk"):
            yield thing, column


def countries_only_in_the_title() -> Iterator[tuple[Event, str]]:
    """Public events whose title names a country that is not a participant, each with that name.

    A country that had certainly ceased to exist when the event happened is ignored.
    """
    names: dict[str, list[Country]] = defaultdict(list)
    for country in Country.objects.prefetch_related("lifespans"):
        for name in dict.fromkeys([country.name, *country.aliases]):
            names[name].append(country)
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    initials = "".join(re.escape(initial) for initial in sorted({name[0] for name in names}))
    pattern = re.compile(rf"(?<![\w-])(?=[{initials}])(?:{longest_first})(?![\w-])" if names else "(?!)")
    parties = Participation.objects.filter(event=OuterRef("pk")).values_list(Coalesce("country", "actor__country"))
    events = Event.objects.only("slug", "title", "happened_on").annotate(codes=ArraySubquery(parties)).order_by("slug")
    titles = Event.objects.published().order_by("slug").values_list("pk", "title").iterator()
    while some := list(islice(titles, TITLES)):
        for event in events.filter(pk__among=[key for key, title in some if pattern.search(title)]):
            for name in dict.fromkeys(pattern.findall(event.title)):
                meant = [country for country in names[name] if not is_over(country, event)]
                if meant and not any(country.code in event.codes for country in meant):
                    yield event, name


def is_over(country: Any, event: Any) -> bool:
    """Whether all lifespans of a country had certainly ended when an event happened."""
    lifespans, day = country.lifespans.all(), event.happened_on and event.happened_on.earliest
    return bool(lifespans and day and all(lifespan.is_over(day) for lifespan in lifespans))
