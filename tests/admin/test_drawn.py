"""The rows of lists, lines of forms and menus that are rendered in Python equal the HTML of Django's templates."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.templatetags.admin_list import items_for_result
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user
from django.contrib.auth.models import Permission, User
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from relations.admin.lists import DeskList
from relations.admin.record import DeskAdmin
from relations.admin.rows import rows_as_html
from relations.models import Event
from tests.factories import make_event, make_one_of_everything

DESKS = {model: page for model, page in admin.site._registry.items() if isinstance(page, DeskAdmin)}
THEIRS = Engine([Path(admin.__file__).parent / "templates"], libraries={"i18n": "django.templatetags.i18n"})


def changes(desk: Any, model: Any, asked: dict[str, str]) -> Any:
    """A change list."""
    request = RequestFactory().get("/", asked)
    request.user = get_user(desk)
    return DESKS[model].get_changelist_instance(request)


def test_rows_of_a_list(desk):
    make_one_of_everything()
    make_event(title="  <b>Rock</b> & roll", place=" ")
    different, rows = [], set()
    for model in DESKS:
        for asked in ({}, {"_popup": "1", "_to_field": model._meta.pk.name}, {"o": "1"}):
            found = changes(desk, model, asked)
            if "o" in asked:
                found.preserved_filters = "_changelist_filters=q%3De%2B%2526"  # as after a search that finds these
            for row, text in zip(found.result_list, rows_as_html(found), strict=True):
                rows.add(model)
                if text != "".join(items_for_result(found, row, None)):
                    different.append((row, asked))
    assert (different, rows) == ([], {*DESKS})


@pytest.mark.parametrize("asked", [{}, {"q": "e & é", "kind__in": "talks,visit", "country": "PRK", "p": "1"}])
def test_addresses_of_a_list_with_other_parameters(desk, asked):
    found = changes(desk, Event, asked)
    for others in (
        *({}, {"new_params": {"country": "YEM"}}, {"new_params": {"country": None, "decade": 1990}}),
        *({"remove": ["kind"]}, {"new_params": {"o": "1.-2", "kind__in": ["a", "b"]}, "remove": ["p", "q"]}),
    ):
        assert DeskList.get_query_string(found, **others) == ChangeList.get_query_string(found, **others)


def of_form(page: Any, request: Any, row: Any, data: dict[str, str] | None) -> list[Any]:
    """The fieldsets of a form, as it is opened or refused."""
    fieldsets = page.get_fieldsets(request, row)
    form = page.get_form(request, row, change=bool(row), fields=flatten_fieldsets(fieldsets))
    fixed = page.get_readonly_fields(request, row)
    asked = form(data, instance=row) if row else form(data)
    return list(AdminForm(asked, fieldsets, {}, fixed, model_admin=page))


def closed_up(text: str) -> str:
    """HTML without the white space between tags."""
    return re.sub(r"\s*([<>])\s*", r"\1", text)


def test_lines_of_a_form(desk):
    make_one_of_everything()
    request = RequestFactory().get("/")
    request.user = get_user(desk)
    different, lines = [], 0
    for model, page in DESKS.items():
        for row, data in product((None, model._default_manager.first()), (None, {"state": "none", "title": "<&>"})):
            for number, fieldset in enumerate(of_form(page, request, row, data)):
                context = {"fieldset": fieldset, "prefix": "of", "id_prefix": 1, "id_suffix": number}
                made = THEIRS.get_template("admin/includes/fieldset.html").render(Context(context))
                lines += made.count("form-row")
                if closed_up(made) != closed_up(render_to_string("admin/includes/fieldset.html", context)):
                    different.append((model, row, fieldset.name))
    assert different == [] and lines > 100


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "rights", [(), ("view_event",), ("view_event", "add_event", "change_source", "add_user"), None]
)
def test_the_models_of_the_desk(desk, rights, language):
    request = RequestFactory().get("/admin/relations/event/")
    request.user = get_user(desk)
    if rights is not None:
        request.user = User.objects.create_user("ada", is_staff=True)
        request.user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    with override(language):
        for has_lists in (False, True):
            applications = admin.site.get_app_list(request)
            for each in (*applications, *(model for app in applications for model in app["models"])):
                each["name"] += " <&>'\""  # as in a translation
            context = {"app_list": applications, "show_changelinks": has_lists, "request": request}
            made = THEIRS.get_template("admin/app_list.html").render(Context(context))
            assert closed_up(render_to_string("admin/app_list.html", context)) == closed_up(made)
            assert ('aria-current="page"' in made) == (rights != ())
