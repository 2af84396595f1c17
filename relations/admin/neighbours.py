"""Initial values of a new record on the coding screen, from the records of nearby sentences or from the section."""

from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Abs

from relations.models import Citation, Country, Event, Passage, PassageText, Record, Relation, RelationPeriod, Source
from relations.models.citation import RECORD_TARGETS, TARGET_OF
from relations.models.vocabularies import Role


def nearest_record(passage: Passage, model: type[Record] | None = None) -> Any:
    """The record, of one type or of any, that cites the nearest sentence of the same section; None if there is none."""
    cited = Citation.objects.filter(source=passage.source_id, passage__section=passage.section)
    names = [TARGET_OF[model]] if model else list(RECORD_TARGETS)
    of_records = Q()
    for name in names:
        of_records |= Q(**{f"{name}__isnull": False})
    distance = Abs(F("passage__position") - passage.position)
    found = cited.filter(of_records).order_by(distance, "-pk").select_related(*names).first()
    return found and found.target


def pair_of_section(passage: Passage) -> list[Any]:
    """The two countries that the section is about: the studied state first, or else the one named first.

    An empty list if the section is not about exactly two.
    """
    record = nearest_record(passage)
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
    """The offset at which a sentence first names a country; the length of the sentence if it does not."""
    places = (sentence.find(name) for name in (country.name, *country.aliases))
    return min((place for place in places if place >= 0), default=len(sentence))


def may_be_about(source: Source, code: str) -> bool:
    """Whether a document names a country; also true if its text is not loaded, so that nobody can tell."""
    names = [(name, *aliases) for name, aliases in Country.objects.filter(pk=code).values_list("name", "aliases")]
    texts = PassageText.objects.filter(passage__source=source)
    is_named = Q()
    for name in chain.from_iterable(names):
        is_named |= Q(text__icontains=name)
        if name.casefold() in source.title.casefold():
            return True
    return texts.filter(is_named).exists() or not texts.exists()


def relation_of(passage: Passage) -> Relation | None:
    """The relation between the two countries of the section, if it exists."""
    pair = pair_of_section(passage)
    return Relation.objects.of_pair(*(each.pk for each in pair)).first() if len(pair) == 2 else None


def parties_near(passage: Passage, model: type[Record], carried: tuple[str, ...]) -> dict[str, Any]:
    """The initial parties of a new record: those of the nearest record of its type, or else the pair of the section.

    `carried` are the names of the form fields of the parties.
    """
    if record := nearest_record(passage, model):
        return parties_like(record, carried)
    return dict(zip(carried, pair_of_section(passage), strict=False))


def parties_like(record: Record, carried: tuple[str, ...]) -> dict[str, Any]:
    """The parties of a record, as initial values for another."""
    if isinstance(record, RelationPeriod):
        return dict(zip(carried, record.states, strict=True))
    return {name: getattr(record, name) for name in carried}


def participants_of(event: Event) -> list[dict[str, Any]]:
    """The participants of an event as initial values; without those that are only named in words."""
    named = event.participations.exclude(country=None, actor=None)
    return [{"role": part.role, "country": part.country_id, "actor": part.actor_id} for part in named]


def participants_near(passage: Passage) -> list[dict[str, Any]]:
    """The initial participants of a new event: those of the nearest one, or the pair as actor and recipient."""
    if event := nearest_record(passage, Event):
        return participants_of(event)
    roles = (Role.ACTOR, Role.RECIPIENT)
    return [
        {"role": role, "country": country.pk} for role, country in zip(roles, pair_of_section(passage), strict=False)
    ]
