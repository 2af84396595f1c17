"""What a new record is likely to be about: what the records of the sentences around it are about, or their section."""

from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Abs

from relations.models import Citation, Country, Event, Passage, PassageText, Record, Relation, RelationPeriod, Source
from relations.models.citation import RECORD_TARGETS, TARGET_OF
from relations.models.vocabularies import Role


def nearest(passage: Passage, model: type[Record] | None = None) -> Any:
    """The record, of whatever kind or of one, that the nearest sentence of the section is cited for."""
    cited = Citation.objects.filter(source=passage.source_id, passage__section=passage.section)
    names = [TARGET_OF[model]] if model else list(RECORD_TARGETS)
    of_records = Q()
    for name in names:
        of_records |= Q(**{f"{name}__isnull": False})
    distance = Abs(F("passage__position") - passage.position)
    found = cited.filter(of_records).order_by(distance, "-pk").select_related(*names).first()
    return found and found.target


def pair_of(passage: Passage) -> list[Any]:
    """The two countries of the section, the studied state first, else the one that the sentence names first.

    None where the section tells no two.
    """
    record = nearest(passage)
    codes = record.sides() if record else set()
    if len(codes) != 2 and (studied := settings.REGISTER.studied_state) and may_be_about(passage.source, studied):
        named = Country.objects.filter(Q(name=passage.section) | Q(aliases__contains=[passage.section]))
        codes = {studied, *named.values_list("pk", flat=True)}
    if len(codes) != 2:
        return []
    first, sentence = settings.REGISTER.studied_state, getattr(passage, "text", None) or passage.digest
    pair = Country.objects.filter(pk__in=codes)
    return sorted(pair, key=lambda each: (each.pk != first, named_at(each, sentence), each.pk))


def named_at(country: Country, sentence: str) -> int:
    """Where a sentence first names a country; its length where it does not."""
    places = (sentence.find(name) for name in (country.name, *country.aliases))
    return min((place for place in places if place >= 0), default=len(sentence))


def may_be_about(source: Source, code: str) -> bool:
    """Whether a document names a country, or may: of many its text is not here."""
    names = [(name, *aliases) for name, aliases in Country.objects.filter(pk=code).values_list("name", "aliases")]
    texts = PassageText.objects.filter(passage__source=source)
    is_named = Q()
    for name in chain.from_iterable(names):
        is_named |= Q(text__icontains=name)
        if name.casefold() in source.title.casefold():
            return True
    return texts.filter(is_named).exists() or not texts.exists()


def relation_of(passage: Passage) -> Relation | None:
    """The dyad of the section, where there is one."""
    pair = pair_of(passage)
    return Relation.objects.of_pair(*(each.pk for each in pair)).first() if len(pair) == 2 else None


def carried_near(passage: Passage, model: type[Record], carried: tuple[str, ...]) -> dict[str, Any]:
    """The parties of a new record, in the direction of its nearest neighbour of its kind, else those of the pair."""
    if record := nearest(passage, model):
        return carried_from(record, carried)
    return dict(zip(carried, pair_of(passage), strict=False))


def carried_from(record: Record, carried: tuple[str, ...]) -> dict[str, Any]:
    """The parties of a new record that is about the same as another."""
    if isinstance(record, RelationPeriod):
        return dict(zip(carried, record.states, strict=True))
    return {name: getattr(record, name) for name in carried}


def roles_in(event: Event) -> list[dict[str, Any]]:
    """The parties of an event that the register knows, each with its role."""
    named = event.participations.exclude(country=None, actor=None)
    return [{"role": part.role, "country": part.country_id, "actor": part.actor_id} for part in named]


def parties_of(passage: Passage) -> list[dict[str, Any]]:
    """The parties of a new event, each with its role: those of the nearest event, else the one acts on the other."""
    if event := nearest(passage, Event):
        return roles_in(event)
    roles = (Role.ACTOR, Role.RECIPIENT)
    return [{"role": role, "country": country.pk} for role, country in zip(roles, pair_of(passage), strict=False)]
