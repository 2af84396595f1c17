"""Corrects how a document was split: splits a sentence, joins it with the next, or swaps it with a neighbour.

Sentences are cited by their refs, so this is refused once any of them is coded or the source is public. Refs remain
those that the splitter would give: section, paragraph, and number within it, without gaps.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pghistory
from django.db import transaction
from django.db.models import F

from relations.coding.sentences import sha256_of
from relations.models import Citation, Passage, PassageText, Source

REF = re.compile(r"(.+)\.([0-9]+)\.([0-9]+)")
HEADING_FROM = 5  # a gap of so many characters may hide a heading: one letter, with an empty line before and after it
MOVED = ("char_start", "char_end", "sha256", "digest")  # columns that a sentence takes along when it is swapped

IS_PUBLIC = "The source is public: readers have the addresses of its sentences."
CHANGED = "Somebody cut these sentences, or worked on them, meanwhile. Look at them again."
NOT_LOADED = "The text of {} is not loaded here."
FROM_ANOTHER_FILE = (
    "The text of {} was attached from another file than it was cut from, so that its place is not known."
)
NO_BREAK = "Break the line where the sentence is to be split."
OTHER_WORDS = "Only break the line: the words stay as the document has them."
NOT_TOGETHER = "{} and {} do not stand next to each other in the document, in one section."
NO_NEIGHBOUR = "There is no sentence there."
CITED = "{} is cited already, and a ref that is cited stays."
FINISHED = "{} is finished already; set it to do again first."
OTHER_REF = "{} is no ref of section, paragraph and number."


class CuttingError(Exception):
    """The sentences cannot be changed; the message is shown to the user."""


class Ref(NamedTuple):
    """The parts of a ref: the section, the paragraph in it, and the number of the sentence in that."""

    section: str
    paragraph: int
    number: int

    @classmethod
    def of(cls, passage: Passage) -> "Ref":
        match = REF.fullmatch(passage.ref)
        if not match:
            raise CuttingError(OTHER_REF.format(passage.ref))
        return cls(match[1], int(match[2]), int(match[3]))

    def __str__(self) -> str:
        return f"{self.section}.{self.paragraph}.{self.number}"


def versions_shown(*passages: Passage | None) -> str:
    """The keys and versions of sentences as a string, by which a POST tells which ones its page showed."""
    return " ".join(f"{each.pk}:{each.version}" for each in passages if each)


class Cutting:
    """Changes one sentence of a source, with all sentences locked until the end of the transaction."""

    def __init__(self, source: Source, ref: str, shown: str) -> None:
        """Locks the sentences; CuttingError if they have changed since they were `shown`, or may not be changed."""
        if is_public(source):
            raise CuttingError(IS_PUBLIC)
        passages = source.passages.select_for_update(of=("self",)).select_related("loaded")
        self.source = source
        self.passages: list[Any] = list(passages.order_by("position", "pk"))
        refs = [each.ref for each in self.passages]
        self.place = refs.index(ref) if ref in refs else -1
        self.passage: Any = self.passages[self.place] if self.place >= 0 else None
        if self.passage is None or shown != versions_shown(self.neighbour(-1), self.passage, self.neighbour(1)):
            raise CuttingError(CHANGED)
        self.check_nothing_is_coded(self.passage)

    def neighbour(self, step: int) -> Any:
        """The sentence `step` places away, -1 for the one before; None at the ends."""
        place = self.place + step
        return self.passages[place] if 0 <= place < len(self.passages) else None

    def split(self, lines: Sequence[str]) -> None:
        """Splits the sentence into these lines, whose words must be those of the sentence."""
        passage, ref = self.passage, Ref.of(self.passage)
        text = text_of(passage)
        spans = spans_of(text, lines)
        following = [each for each in self.passages if is_in(each, ref) and Ref.of(each).number > ref.number]
        self.check_not_cited(following)
        with pghistory.context(reason=f"{ref} split into {len(spans)}"):
            more = len(spans) - 1
            self.shift(passage.position, more)
            self.rename((each, Ref.of(each)._replace(number=Ref.of(each).number + more)) for each in following[::-1])
            for number, (first, last) in enumerate(spans):
                piece = Passage(source=self.source, section=passage.section) if number else passage
                piece.ref = str(ref._replace(number=ref.number + number))
                piece.position = passage.position + number
                piece.char_start, piece.char_end = passage.char_start + first, passage.char_start + last
                keep(piece, text[first:last])

    def join(self) -> None:
        """Joins the sentence with the next one, which may be in the next paragraph."""
        passage, following = self.passage, self.neighbour(1)
        if following is None:
            raise CuttingError(NO_NEIGHBOUR)
        self.check_nothing_is_coded(following)
        ref, gone = Ref.of(passage), Ref.of(following)
        gap = following.char_start - passage.char_end
        if ref.section != gone.section or not 0 <= gap < HEADING_FROM:
            raise CuttingError(NOT_TOGETHER.format(ref, gone))
        text = f"{text_of(passage)}{' ' * gap}{text_of(following)}"
        renamed = self.renamed_without(gone)
        self.check_not_cited([each for each, _ in renamed])
        with pghistory.context(reason=f"{ref} joined with {gone}"):
            passage.char_end = following.char_end
            passage.digest = "\n".join(filter(None, (passage.digest, following.digest)))
            following.delete()
            self.shift(passage.position, -1)
            self.rename(renamed)
            keep(passage, text)

    def renamed_without(self, gone: Ref) -> list[tuple[Passage, Ref]]:
        """The sentences whose refs change when one is removed, with their new refs.

        These are the later ones of its paragraph or, if it was the only one, those of all later paragraphs.
        """
        rest = [each for each in self.passages if is_in(each, gone)]
        if len(rest) > 1:
            after = [each for each in rest if Ref.of(each).number > gone.number]
            return [(each, Ref.of(each)._replace(number=Ref.of(each).number - 1)) for each in after]
        later = [each for each in self.passages if Ref.of(each)[0] == gone.section and Ref.of(each)[1] > gone.paragraph]
        return [(each, Ref.of(each)._replace(paragraph=Ref.of(each).paragraph - 1)) for each in later]

    def swap(self, step: int) -> Passage:
        """Swaps the texts of the sentence and a neighbour; returns the passage that has the sentence afterwards."""
        passage, other = self.passage, self.neighbour(step)
        if other is None:
            raise CuttingError(NO_NEIGHBOUR)
        self.check_nothing_is_coded(other)
        texts = text_of(passage), text_of(other)
        columns = [[getattr(each, name) for name in MOVED] for each in (passage, other)]
        with pghistory.context(reason=f"{passage.ref} exchanged with {other.ref}"):
            for each, values, text in zip((other, passage), columns, texts, strict=True):
                for name, value in zip(MOVED, values, strict=True):
                    setattr(each, name, value)
                keep(each, text)
        return other

    def shift(self, position: int, by: int) -> None:
        """Adds `by` to the position of all later sentences."""
        self.source.passages.filter(position__gt=position).update(position=F("position") + by)

    def rename(self, renamed: Iterable[tuple[Passage, Ref]]) -> None:
        """Sets new refs, in an order in which each is free when it is needed."""
        for each, ref in renamed:
            self.source.passages.filter(pk=each.pk).update(ref=str(ref))

    def check_nothing_is_coded(self, passage: Passage) -> None:
        self.check_not_cited([passage])
        if passage.finished:
            raise CuttingError(FINISHED.format(passage.ref))

    def check_not_cited(self, passages: list[Passage]) -> None:
        cited = Citation.objects.filter(passage__in=passages).order_by("passage__position").select_related("passage")
        if found := cited.first():
            raise CuttingError(CITED.format(found.passage))


def is_public(source: Source) -> bool:
    """Whether the source is public, so that readers may have cited its refs."""
    return Source.objects.public().filter(pk=source.pk).exists()


def is_in(passage: Passage, ref: Ref) -> bool:
    """Whether a sentence is in the same paragraph as a ref."""
    return Ref.of(passage)[:2] == ref[:2]


def text_of(passage: Any) -> str:
    """The loaded text of a sentence; CuttingError if there is none, or if its length does not fit its offsets."""
    loaded = getattr(passage, "loaded", None)
    if loaded is None:
        raise CuttingError(NOT_LOADED.format(passage.ref))
    if len(loaded.text) != passage.char_end - passage.char_start:
        raise CuttingError(FROM_ANOTHER_FILE.format(passage.ref))
    return str(loaded.text)


def spans_of(text: str, lines: Sequence[str]) -> list[tuple[int, int]]:
    """The span of each line in a text with the same words, regardless of white space; CuttingError otherwise."""
    lengths = [length for line in lines if (length := len("".join(line.split())))]
    if "".join("".join(lines).split()) != "".join(text.split()):
        raise CuttingError(OTHER_WORDS)
    if len(lengths) < 2:
        raise CuttingError(NO_BREAK)
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    spans, done = [], 0
    for length in lengths:
        spans.append((places[done], places[done + length - 1] + 1))
        done += length
    return spans


@transaction.atomic
def keep(passage: Passage, text: str) -> None:
    """Saves a sentence with its text and hash."""
    passage.sha256 = sha256_of(text)
    passage.save()
    PassageText.objects.update_or_create(passage=passage, defaults={"text": text})
