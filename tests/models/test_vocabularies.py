"""The closed lists, and what every model declares for the codebook."""

import inspect
import re

import pytest
from django.apps import apps
from django.db import connection, models

from relations.models import vocabularies
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
VOCABULARIES = [
    vocabulary
    for _, vocabulary in inspect.getmembers(vocabularies, inspect.isclass)
    if issubclass(vocabulary, Vocabulary) and vocabulary is not Vocabulary
]
TERMS = [pytest.param(term, id=f"{type(term).__name__}.{term}") for vocabulary in VOCABULARIES for term in vocabulary]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field"), CHOICES)
def test_closed_list_is_kept_by_postgresql(model, field):
    """The CHECK, as the catalog has it, is asked about every value of the list, about none and about nonsense."""
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
    # Django writes a docstring of its own, the list of the columns, where there is none.
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


def test_no_choice_field_is_forgotten():
    """Fields hold the lists themselves, so that labels and definitions cannot differ from them."""
    for model in MODELS:
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.choices:
                assert list(field.flatchoices) in [vocabulary.choices for vocabulary in VOCABULARIES]
