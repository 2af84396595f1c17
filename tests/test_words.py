"""The table of words: its contents, and that writers add new words without waiting for one another."""

import pytest
from django.db import connection, transaction

from relations.models import Event, Word
from relations.read_model import differences, install, rebuild
from relations.words import SEARCHED_MODELS, texts_of
from tests.factories import make_event, make_one_of_everything, make_passage, make_source
from tests.refusals import without_triggers

pytestmark = pytest.mark.django_db


def words() -> list[str]:
    """The stored words, each as often as it is stored."""
    return sorted(Word.objects.values_list("text", flat=True))


def test_words_have_one_spelling_and_no_marks_around_them_and_of_slugs_only_letters_are_kept() -> None:
    make_event(
        slug="visit-to-no9th-1977", title="“Ṣanʿāʾ”: and/or MiG-21s,", summary="(Sanaa)\n1977 — 평양", state="draft"
    )
    assert words() == ["1977", "and/or", "mig-21s", "no", "sana", "sanaa", "th", "to", "visit", "평양"]


def test_words_of_sources_and_sentences_are_kept_too() -> None:
    make_passage(make_source("a-book-2", title="Rockets", authors="Ri, Il"), "egypt.1.1", digest="Talks")
    assert words() == ["a", "book", "egypt", "il", "ri", "rockets", "talks"]


def test_a_text_that_is_changed_adds_its_words_and_takes_none_away() -> None:
    make_one_of_everything()
    for model in SEARCHED_MODELS:
        before, text = set(words()), f"{model.__name__} Éclair"
        model.objects.update(**{texts_of(model)[-1]: text})
        assert set(words()) == before | {model.__name__.lower(), "eclair"}
        assert list(differences()) == []


def test_a_word_is_kept_once_by_writers_one_after_the_other() -> None:
    for _ in range(2):
        make_event(title="Talks, talks")
    assert words().count("talks") == 1


@pytest.mark.django_db(transaction=True)
def test_writers_of_the_same_new_word_do_not_wait_for_one_another() -> None:
    with transaction.atomic():
        one, two = make_event(slug="one"), make_event(slug="two")
    other = connection.copy()
    try:
        with transaction.atomic():
            Event.objects.filter(pk=one.pk).update(title="Hwasong")
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
                cursor.execute("UPDATE relations_event SET title = 'Hwasong' WHERE id = %s", [two.pk])
    finally:
        other.close()
    assert words().count("hwasong") == 2
    assert Word.objects.holding("wason") == {"wason": ["'hwasong'"]}
    rebuild()
    assert words().count("hwasong") == 1


def test_words_that_were_written_while_triggers_rested_are_found_and_those_that_are_gone_taken_away() -> None:
    event = make_event(title="Talks")
    event.title = "Rockets"
    event.save()
    with without_triggers():
        Event.objects.update(note="Hwasong 1977")
    assert list(differences()) == [
        *((f"events/{event.slug}", f"its entry is {fault}") for fault in ("missing", "one too many")),
        ("1977", "is not among the words"),
        ("hwasong", "is not among the words"),
    ]
    assert "talks" in words()
    rebuild()
    assert list(differences()) == []
    assert "talks" not in words()


def test_words_are_rebuilt_when_their_function_changes() -> None:
    make_event(title="Hwasong")
    Word.objects.all().delete()
    install("default")
    assert words() == []
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION public.words_follow_relations_event() RETURNS trigger "
            "LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$"
        )
    install("default")
    assert "hwasong" in words()


def test_a_word_leads_to_the_lexemes_of_all_that_hold_it(monkeypatch: pytest.MonkeyPatch) -> None:
    make_event(title="Rockets, blocks and the-other rocketry: another", summary="MiG-21s")
    held = {typed: Word.objects.holding(typed) for typed in ("OCK", "zzz", "other", "Mig21 ocke", "—")}
    assert held == {
        "OCK": {"ock": ["'block'", "'rocket'", "'rocketri'"]},
        "zzz": {"zzz": []},
        "other": {"other": None},  # a common word
        "Mig21 ocke": {"mig": ["'mig' & '21'"], "21": ["'mig' & '21'"], "ocke": ["'rocket'", "'rocketri'"]},
        "—": {},
    }
    monkeypatch.setattr("relations.models.word.MOST", 3)
    assert Word.objects.holding("ock") == {"ock": ["'block'", "'rocket'", "'rocketri'"]}
    monkeypatch.setattr("relations.models.word.MOST", 2)
    assert Word.objects.holding("ock") == {"ock": None}
