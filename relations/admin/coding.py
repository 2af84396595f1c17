"""The state of the coding screen: a sentence of a source, its neighbours, and the record that is open next to it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from relations.coding.cutting import is_public, versions_shown
from relations.models import Citation, Passage, Source
from relations.models.citation import RECORD_TARGETS, records_named
from relations.models.source import PassageQuerySet
from relations.models.vocabularies import Modality
from relations.rights import may
from relations.text import quoted
from relations.wording import title

# Phrases that show the modality of a claim; only unambiguous ones.
HEDGES = {
    **dict.fromkeys(["announced", "announced that", "stated that it"], Modality.ANNOUNCED),
    **dict.fromkeys(["reportedly", "according to", "it was reported", "reported that"], Modality.REPORTED),
    **dict.fromkeys(["probably", "presumably", "it has been suggested", "likely"], Modality.INFERRED),
    **dict.fromkeys(["allegedly", "alleged", "accused"], Modality.ALLEGED),
    **dict.fromkeys(["disputed", "denied"], Modality.DISPUTED),
}


@dataclass
class Coding:
    """A sentence of a source, and the record that is open next to it.

    `kind` is the type of that record, or empty if none is open. `record` is its key, or empty for a new one. `cites`
    says that the sentence is to be cited for an existing record.
    """

    source: Source
    passage: Passage | None
    kind: str = ""
    record: str = ""
    cites: bool = False

    @classmethod
    def from_request(cls, request: HttpRequest, source: Source) -> "Coding":
        """Reads the query string. The default sentence is the first that is still to be coded, or else the first.

        BadRequest for an unknown sentence or type.
        """
        ref, kind, record = (request.GET.get(name, "") for name in ("passage", "kind", "record"))
        passages: Any = source.passages.with_coverage().annotate(text=F("loaded__text"))
        if ref:
            passage = passages.filter(ref=ref).first()
        else:
            passage = passages.filter(coverage=PassageQuerySet.TO_DO).order_by("position").first()
            passage = passage or passages.order_by("position").first()
        if ref and not passage:
            raise BadRequest(f"{source.key} has no sentence {quoted(ref)}.")
        if kind and (kind not in RECORD_TARGETS or not passage):
            raise BadRequest(f"A sentence holds {', '.join(RECORD_TARGETS)}; {quoted(kind)} is none of them.")
        return cls(source, passage, kind, record if kind else "", "cites" in request.GET)

    @property
    def model(self) -> Any:
        """The model of the open record."""
        return RECORD_TARGETS[self.kind]

    def address(self, passage: Any = None, **params: Any) -> str:
        """The URL of the screen for a sentence (by default this one), with parameters for a record."""
        passage = passage or self.passage
        query = {"passage": passage.ref, **params} if passage else params
        return f"{reverse('admin:relations_source_code', args=[self.source.pk])}?{urlencode(query)}"

    @property
    def here(self) -> str:
        """The URL of what is shown now."""
        params = {"kind": self.kind, "record": self.record, "cites": self.cites and "on"}
        return self.address(**{name: value for name, value in params.items() if value})

    @property
    def in_one_line(self) -> str:
        """The sentence without the line breaks of its document."""
        return " ".join(self.passage.text.split()) if self.passage else ""  # type: ignore[attr-defined]

    @cached_property
    def sentences(self) -> list[Any]:
        """All sentences of the source in order, with their coverage and text."""
        passages: Any = self.source.passages.with_coverage().annotate(text=F("loaded__text"))
        return list(passages.order_by("position"))

    def neighbour(self, step: int) -> Any:
        """The sentence `step` places away, -1 for the one before; None at the ends."""
        refs = [each.pk for each in self.sentences]
        place = refs.index(self.passage.pk) + step if self.passage else -1
        return self.sentences[place] if 0 <= place < len(refs) else None

    def next_to_do(self) -> Any:
        """The next sentence that is still to be coded; after the last one, the search starts again from the first."""
        to_do = [each for each in self.sentences if each.coverage == PassageQuerySet.TO_DO and each != self.passage]
        here = self.passage.position if self.passage else 0
        return next((each for each in to_do if each.position > here), to_do[0] if to_do else None)

    def records(self, user: Any) -> dict[int, list[tuple[Any, str, str]]]:
        """The records that cite each sentence, by its key: record, title, and the URL that opens it on this screen.

        Only records of the types that the user may view.
        """
        names = [name for name, model in RECORD_TARGETS.items() if may(user, "view", model)]
        cited = Citation.objects.filter(source=self.source).exclude(passage=None).order_by("pk")
        pairs = [
            (passage, name, key)
            for passage, *keys in cited.values_list("passage", *names)
            for name, key in zip(names, keys, strict=True)
            if key
        ]
        found = records_named((name, key) for _, name, key in pairs)
        refs = {each.pk: each for each in self.sentences}
        records: dict[int, list[tuple[Any, str, str]]] = {}
        for passage, name, key in dict.fromkeys(pairs):
            record, address = found[name, key], self.address(refs[passage], kind=name, record=key)
            records.setdefault(passage, []).append((record, title(record), address))
        return records

    def versions_to_recut(self, user: Any) -> str:
        """The versions of the sentence and its neighbours, for the form that recuts it; empty if it cannot be recut."""
        passage: Any = self.passage
        if not passage or passage.finished or not passage.text or not may_cut(user) or is_public(self.source):
            return ""
        return versions_shown(self.neighbour(-1), passage, self.neighbour(1))

    def context(self, user: Any) -> dict[str, Any]:
        """The context of the page, without that of the form."""
        records = self.records(user)
        for each in self.sentences:
            each.records, each.address = records.get(each.pk, []), self.address(each)
        stages = [each.coverage for each in self.sentences]
        reasons = [each.out_of_scope_reason for each in self.sentences if each.out_of_scope_reason]
        return {
            "coding": self,
            "is_nav_sidebar_enabled": False,
            "title": f"Coding {self.source}",
            "tally": {stage: stages.count(stage) for stage in dict.fromkeys(stages)},
            "kinds": [
                (capfirst(str(model._meta.verbose_name)), letter_of(model), self.address(kind=name), name == self.kind)
                for name, model in RECORD_TARGETS.items()
                if self.passage and may(user, "add", model)
            ],
            "before": self.neighbour(-1),
            "after": self.neighbour(1),
            "to_do": self.next_to_do(),
            "hedges": HEDGES,
            "reason": reasons[-1] if reasons else "",
            "may_cover": may(user, "change", Passage),
            "shown": self.versions_to_recut(user),
        }


def letter_of(model: Any) -> str:
    """The keyboard shortcut for a new record of a type."""
    desk: Any = admin.site.get_model_admin(model)
    return str(desk.letter)


def may_cut(user: Any) -> bool:
    """Whether the user may split, join and move sentences."""
    return may(user, "add", Passage) and may(user, "change", Passage)


def coding_of(request: Any) -> Coding | None:
    """The `Coding` of a request to the coding screen; None on all other pages."""
    return getattr(request, "coding", None)


def cite_links(coding: Coding, records: list[Any]) -> list[tuple[Any, str, str]]:
    """Each record with its title and dates, and the URL of the form that cites the sentence for it."""
    return [(each, dated(each), coding.address(kind=coding.kind, record=each.pk, cites="on")) for each in records]


def dated(record: Any) -> str:
    """The title of a record with its dates: “Embassy in Cairo, 1963 to 1978”."""
    days = [day.spoken for name in (record.starts_on, record.ends_on) if (day := getattr(record, name))]
    return ", ".join(filter(None, [title(record), " to ".join(dict.fromkeys(days))]))
