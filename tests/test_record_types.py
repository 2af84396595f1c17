"""Everything that a record type needs, place by place, as listed in CONTRIBUTING.md."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Q
from django.template.loader import get_template
from django.urls import resolve, reverse

from relations.chronology import ANNOUNCED, SIDES
from relations.coding.claims import CLAIMS
from relations.exchange.columns import COLUMNS
from relations.filters.types import FORMS
from relations.models import RECORD_TYPES, TARGETS, Entry, Observation, Record
from relations.models.citation import RECORD_TARGETS, citable_fields
from relations.models.vocabularies import Collection
from relations.phrasing import hedges_of
from relations.views.around import citations_beside
from relations.views.search import TYPES
from relations.wording import DENIALS, NAMED_BY, title
from tests.factories import make_one_of_everything

EACH = pytest.mark.parametrize("model", RECORD_TYPES, ids=lambda model: model.__name__)


def test_every_record_type_is_registered():
    assert {*RECORD_TYPES} == {model for model in apps.get_models() if issubclass(model, Record)}


@EACH
def test_model_declares_its_sides(model):
    fields = {field.name for field in model._meta.get_fields()}
    assert model.collection in Collection
    assert {model.starts_on, model.ends_on, *model.slug_fields} <= fields
    assert {*model.bystanders} <= model.parties.keys()
    assert model.terms
    for lookup in (*model.shown, *(name for lookups in model.parties.values() for name in lookups)):
        assert model._default_manager.filter(**{f"{lookup}__isnull": True}).query


@EACH
def test_model_can_be_cited(model):
    assert model in TARGETS.values()


def test_queries_over_all_records_cover_each_type():
    assert hedges_of.names == citations_beside.names == [*RECORD_TARGETS]


@EACH
def test_names_and_words_are_looked_for_among_the_entries_of_the_model_alone(model):
    among = Q(collection=model.collection.value, leads=True)
    found = [index.fields for index in Entry._meta.indexes if index.condition == among]
    assert found == [["under", "terms"], ["words"]]


@EACH
def test_model_has_columns(model):
    assert {"slug", "modality", "note", "citations", "state", "version"} <= {c.name for c in COLUMNS[model]}


@EACH
def test_model_has_a_desk(model):
    desk = admin.site.get_model_admin(model)
    others = [admin.site.get_model_admin(other).letter for other in RECORD_TYPES if other is not model]
    assert len(desk.letter) == 1
    assert desk.letter not in others
    assert {*desk.alike} <= {field.name for field in model._meta.get_fields()}


def test_every_record_type_is_searched_and_among_everything():
    assert {form.model for form in FORMS} == {*TYPES} == {*RECORD_TYPES}


@EACH
@pytest.mark.django_db
def test_every_record_type_has_a_section_of_a_dossier(model, client):
    make_one_of_everything()
    record = model.objects.published().order_by("pk").first()
    country = min(record.sides())
    page = client.get(f"/countries/{country}/dossier/").content.decode()
    assert record.get_absolute_url() in page


@EACH
def test_model_has_a_list_a_file_and_a_page(model):
    name = model._meta.model_name
    assert reverse(f"{name}-list") == f"/{model.collection}/"
    assert reverse(f"{name}-csv") == f"/{model.collection}.csv"
    assert reverse(f"{name}-detail", args=["a-slug"]) == f"/{model.collection}/a-slug/"
    for address in (f"/{model.collection}/", f"/{model.collection}/a-slug/"):
        view = resolve(address).func.view_class
        assert get_template(view.template_name or f"relations/{name}{view.template_name_suffix}.html")


@EACH
def test_every_page_leads_to_the_list(model):
    assert f'{{% link "{model._meta.model_name}-list" ' in get_template("relations/base.html").template.source


def test_chronology_tells_dates_of_every_type_that_happens():
    assert {side.model for side in SIDES} == {*RECORD_TYPES} - {Observation}
    assert {side.what for side in SIDES} == {*ANNOUNCED}


@EACH
@pytest.mark.django_db
def test_model_has_a_title_of_its_own_that_costs_no_query(model, django_assert_num_queries):
    make_one_of_everything()
    record = model.objects.with_shown().exclude(state="draft").first()
    with django_assert_num_queries(0):
        words = title(record)
    assert words
    assert words != record.slug


@EACH
def test_what_its_title_is_made_of_can_be_cited(model):
    assert {*NAMED_BY[model]} <= {*citable_fields(model)}


@EACH
def test_model_has_a_wording_for_negation_and_a_key_for_equal_claims(model):
    assert model in DENIALS
    assert model in CLAIMS
