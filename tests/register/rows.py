"""Short queries for the tests of the sections; each docstring names the columns of the result."""

from datetime import date
from typing import Any

from relations.models import ArmsTransfer, Citation, Event, Mission, Observation, Passage, Relation, RelationPeriod
from relations.status import Answer, status_on


def standing(pair: str, track: str, day: str) -> list[tuple[str, ...]]:
    """The answers for a day on a track: for each the verdict, and the values of its periods."""
    answers = status_on(Relation.objects.of_pair(*pair.split("-")).get(), date.fromisoformat(day), [track]).answers
    return [(str(answer.verdict), *(period.value for period in answer.records)) for answer in answers]


def known_until(pair: str, track: str, day: str) -> tuple[date | None, bool]:
    """The latest day that the sources of the first answer can know of, and whether they reach the given day."""
    relation = Relation.objects.of_pair(*pair.split("-")).get()
    answer = status_on(relation, date.fromisoformat(day), [track]).answers[0]
    return answer.known_until, answer.has_later_information


def missions_on(country: str, partner: str, day: str) -> tuple[Answer, ...]:
    """The answers for a day about the missions of two countries to each other."""
    return status_on(Relation.objects.of_pair(country, partner).get(), date.fromisoformat(day), []).missions


def open_missions(sending: str, accredited_to: str, day: str) -> list[tuple[str, str]]:
    """The missions of one country to the other that answer for a day: verdict, slug."""
    found = missions_on(sending, accredited_to, day)
    missions = [(str(answer.verdict), mission) for answer in found for mission in answer.records]
    return [(verdict, mission.slug) for verdict, mission in missions if mission.sending_id == sending]


def mission(slug: str) -> tuple[str | None, ...]:
    """Sending, accredited to, host country, city, opened, closed."""
    found = Mission.objects.published().get(slug=slug)
    return (
        found.sending_id,
        found.accredited_to_id,
        found.host_country_id,
        found.city,
        found.opened_on,
        found.closed_on,
    )


def period(slug: str) -> tuple[str | None, ...]:
    """Track, value, holder, began, ended, modality."""
    found = RelationPeriod.objects.published().get(slug=slug)
    return (found.track, found.value, found.held_by_id, found.began_on, found.ended_on, found.modality)


def event(slug: str) -> tuple[str, str, str]:
    """Kind, date, modality."""
    found = Event.objects.published().get(slug=slug)
    return (found.kind, found.happened_on, found.modality)


def parties(slug: str) -> set[tuple[str, str]]:
    """The parties of an event: role, and code of the country, slug of the actor, or words."""
    rows = Event.objects.published().get(slug=slug).participations.select_related("actor")
    return {(row.role, row.country_id or (row.actor.slug if row.actor else row.named_as)) for row in rows}


def figures(slug: str) -> list[tuple[str, str, str]]:
    """The figures of an event: measure, the figure in words, what it counts."""
    rows = Event.objects.published().get(slug=slug).figures.all()
    return [(row.measure, str(row.figure), row.of) for row in rows]


def deal(slug: str) -> tuple[Any, ...]:
    """Supplier, recipient, kind, designation or description, status, ordered, delivered, modality."""
    found = ArmsTransfer.objects.published().get(slug=slug)
    what = found.designation or found.description
    return (
        found.supplier_id,
        found.to_whom,
        found.kind,
        what,
        found.deal_status,
        found.ordered_on,
        found.delivered_on,
        found.modality,
    )


def deals(supplier: str, recipient: str) -> list[str]:
    """The slugs of all deals from one country to another, sorted."""
    found = ArmsTransfer.objects.published().filter(supplier=supplier, recipient=recipient)
    return list(found.order_by("slug").values_list("slug", flat=True))


def observation(slug: str) -> tuple[str, ...]:
    """Measure, from, to, period, the figure in words, modality."""
    found = Observation.objects.published().get(slug=slug)
    return (
        found.measure,
        found.from_country_id,
        found.to_country_id,
        found.period,
        str(found.figure),
        found.modality,
    )


def evidence(target: str, slug: str) -> set[tuple[str, ...]]:
    """The citations of a record: passage, field, modality, hedge words, who said so, when."""
    rows = Citation.objects.filter(**{f"{target}__slug": slug}).select_related("passage")
    return {(row.place, row.field, row.modality, row.hedge, row.attributed_to, row.attributed_on or "") for row in rows}


def records_from(ref: str) -> set[str]:
    """The records that a sentence supports, as `target/slug`; none if it is only context."""
    rows = Citation.objects.filter(passage__ref=ref, stance="supports")
    named = ("period", "mission", "event", "transfer", "observation")
    return {f"{row.target_name}/{row.target.slug}" for row in rows if row.target_name in named}


def context_of(ref: str) -> set[str]:
    """The things that a sentence only mentions, as `target/code` or `target/name`."""
    rows = Citation.objects.filter(passage__ref=ref, stance="mentions")
    return {f"{row.target_name}/{getattr(row.target, 'code', row.target)}" for row in rows}


def posts(country: str, partner: str, day: str) -> set[tuple[str | None, ...]]:
    """The missions of two countries to each other on a day: verdict, sender, accredited to, city, host."""
    return {
        (str(answer.verdict), post.sending_id, post.accredited_to_id, post.city, post.host_country_id)
        for answer in missions_on(country, partner, day)
        for post in answer.records
    }


def transfers_between(*codes: str) -> list[tuple[str, ...]]:
    """The deals that involve these countries, by slug: supplier, recipient, what, status, ordered, delivered."""
    return [
        (
            found.supplier_id,
            found.to_whom,
            found.designation or found.description,
            found.deal_status,
            found.ordered_on,
            found.delivered_on,
        )
        for found in ArmsTransfer.objects.published().involving(*codes).order_by("slug")
    ]


def hedges(section: str) -> set[tuple[str, ...]]:
    """Every hedge of a section: the sentence, the record, its field, the words."""
    rows = Citation.objects.filter(passage__ref__startswith=f"{section}.").exclude(hedge="")
    return {(row.place, row.target.slug, row.field, row.hedge) for row in rows}


def coverage(section: str) -> dict[str, str]:
    """The coverage of each sentence of a section, by its ref."""
    passages = Passage.objects.filter(ref__startswith=f"{section}.").with_coverage()
    return {passage.ref: passage.coverage for passage in passages}
