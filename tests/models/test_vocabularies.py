"""Closed lists, and the descriptions of models for the codebook."""

import inspect
import re

import pytest
from django.apps import apps
from django.db import connection, models

from relations.models.terms import closed_lists
from relations.models.tracks import ONE_SIDED_TRACKS, OPEN_TRACKS, TRACK_VALUES, Track
from relations.models.vocabularies import EventKind, Vocabulary

MODELS = [model for model in apps.get_app_config("relations").get_models() if not model.__name__.endswith("History")]
CHOICES = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}")
    for model in MODELS
    for field in model._meta.concrete_fields
    if field.choices
]
FIELDS = [
    pytest.param(field, id=f"{model.__name__}.{field.name}")
    for model in MODELS
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
    if not field.auto_created
]
VOCABULARIES = sorted(closed_lists(), key=lambda vocabulary: vocabulary.__name__)
TERMS = [pytest.param(term, id=f"{type(term).__name__}.{term}") for vocabulary in VOCABULARIES for term in vocabulary]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field"), CHOICES)
def test_closed_list_is_kept_by_postgresql(model, field):
    """Evaluates the CHECK from the catalog for each value of the list, for an empty value and for nonsense."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass",
            [f"{model._meta.model_name}_{field.column}_is_known", f"public.{model._meta.db_table}"],
        )
        ((expression,),) = cursor.fetchall()
        values = [value for value, _ in field.flatchoices]
        cursor.execute(
            f"SELECT {field.column}, {expression} FROM unnest(%s::varchar[]) AS tried ({field.column})",
            [[*values, "", "nonsense", values[0].upper(), f"{values[0]} "]],
        )
        known = dict(cursor.fetchall())
    assert known == dict.fromkeys(values, True) | {
        "": field.blank,
        "nonsense": False,
        values[0].upper(): False,
        f"{values[0]} ": False,
    }


@pytest.mark.parametrize("field", FIELDS)
def test_field_says_what_it_holds(field):
    assert re.fullmatch(r"\S.*\S", field.help_text)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_model_says_what_one_row_is(model):
    # Django sets the docstring of a model without one to the list of its columns.
    assert not model.__doc__.startswith(f"{model.__name__}(")
    assert model.__doc__.strip()


def test_query_methods_say_what_they_ask():
    silent = [
        f"{owner.__name__}.{name}"
        for owner in {type(model._default_manager.all()) for model in MODELS}
        | {type(m._default_manager) for m in MODELS}
        for name, method in inspect.getmembers(owner, inspect.isfunction)
        if method.__module__.startswith("relations.") and not name.startswith("_") and not method.__doc__
        if name not in ("get_by_natural_key", "get_queryset")
    ]
    assert silent == []


@pytest.mark.parametrize("term", TERMS)
def test_term_has_a_definition_and_an_origin(term):
    assert re.fullmatch(r"[a-z][a-z0-9_-]*", term.value)
    assert re.fullmatch(r"[A-Z0-9“].*\.", term.definition)
    assert term.origin


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_vocabulary_has_a_label_for_every_value(vocabulary):
    labels = [label for _, label in vocabulary.choices]
    assert labels == [term.label for term in vocabulary]
    assert len(set(labels)) == len(labels)
    assert vocabulary.__doc__.strip() != Vocabulary.__doc__.strip()


def test_term_is_its_value():
    assert EventKind("visit") is EventKind.VISIT
    assert (str(EventKind.VISIT), EventKind.VISIT.label) == ("visit", "Visit")
    assert (EventKind.VISIT.definition, EventKind.VISIT.plover) == (
        "A person or delegation travels to the other.",
        "CONSULT visit",
    )


# The events in the manual of 2024 with their modes, and those of its contexts that our kinds use.
PLOVER_MODES = {
    **dict.fromkeys(("AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID"), ""),
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "REJECT": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone"
    " heavy-weapons crowd-control unconventional",
}
PLOVER_CONTEXTS = (
    "military economic legal human_security diplomatic territory migration technology terrorism cbrn trafficking"
)
PLOVER_CODE = re.compile(r"([A-Z]+)(?: ([a-z-]+))?(?: \((\w+(?:, \w+)*)\))?")


@pytest.mark.parametrize("kind", EventKind)
def test_kind_names_events_modes_and_contexts_that_plover_has(kind):
    for code in kind.plover.split(" or ") if kind.plover != "no code" else ():
        event, mode, contexts = PLOVER_CODE.fullmatch(code).groups(default="")
        assert {mode} <= {"", *PLOVER_MODES[event].split()}
        assert {*contexts.split(", ")} <= {"", *PLOVER_CONTEXTS.split()}


def test_every_act_of_the_correlates_of_war_has_one_kind():
    kinds = [(action, kind.mid.level) for kind in EventKind if kind.mid for action in kind.mid.actions]
    levels = {**dict.fromkeys(range(1, 7), 2), **dict.fromkeys(range(7, 13), 3), **dict.fromkeys(range(13, 20), 4)}
    assert sorted(kinds) == sorted((levels | {20: 5, 21: 5}).items())


def test_origin_of_a_militarised_act_names_both_lists():
    assert EventKind.VISIT.mid is None
    assert EventKind.VISIT.origin == "PLOVER manual, 2024: CONSULT visit"
    assert EventKind.WAR.origin == (
        "PLOVER manual, 2024: ASSAULT (military); Correlates of War, Militarized Interstate Disputes:"
        " hostility level 5, highest action 20, 21"
    )


def test_no_choice_field_is_forgotten():
    """The choices of all fields are closed lists, so labels and definitions come from these."""
    for model in MODELS:
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.choices:
                assert list(field.flatchoices) in [vocabulary.choices for vocabulary in VOCABULARIES]


TRACK_TERMS = [
    pytest.param(track, term, id=f"{track}.{term}") for track, terms in TRACK_VALUES.items() for term in terms
]
IN_BRACES = re.compile(r"{(\w+)}")


@pytest.mark.parametrize(("track", "term"), TRACK_TERMS)
def test_value_is_said_with_its_direction_in_both_tenses(track, term):
    """A clause with a holder names it first, one for both names the pair, and one of an open track the subject."""
    about = {"subject"} if track in OPEN_TRACKS else set()
    held, mutual = set(IN_BRACES.findall(term.held)) - {"label"}, set(IN_BRACES.findall(term.mutual)) - {"label"}
    assert "holder" in held <= {"holder", "other"} | about
    assert about <= held & mutual
    assert mutual == held if track in ONE_SIDED_TRACKS else mutual == {"pair"} | about
    for clause in (term.held, term.mutual):
        assert len(re.findall(r"\[[^|\]]+\|[^|\]]+\]", clause)) == clause.count("[") == 1


def test_track_asks_with_its_direction():
    for track in Track:
        assert set(IN_BRACES.findall(track.question)) == (
            {"holder", "other"} if track in ONE_SIDED_TRACKS else {"pair"}
        )


def test_values_that_last_until_something_ends_them():
    lasting = {(track, term) for track, terms in TRACK_VALUES.items() for term in terms if term.persistence == "lasts"}
    assert lasting == {
        *((track, term) for track in ("legal", "level", "recognition") for term in TRACK_VALUES[Track(track)]),
        *(("military", "alliance"), ("military", "severed")),
    }
