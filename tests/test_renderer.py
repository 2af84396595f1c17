"""HTML made without templates equals the output of Django's templates, character by character."""

from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.template import Context, Engine
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from relations.renderer import DRAWN, Renderer

TEXT = 'Rock & <roll> "it\'s"'
CHOICES = [
    ("", "---------"),
    (TEXT, TEXT),
    (1, mark_safe("<b>bold</b>")),
    ("Far", [(True, gettext_lazy("Yes")), (TEXT, "again")]),
]


@pytest.mark.parametrize("value", [None, "", TEXT, "1", True, False])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput({"title": TEXT, "required": True, "disabled": False, "maxlength": 1000, "data-none": None}),
        forms.HiddenInput(),
        forms.NumberInput({"step": "any"}),
        forms.CheckboxInput(),
        forms.Textarea({"rows": 3}),
        forms.Select({"class": "wide"}, CHOICES),
        forms.SelectMultiple(choices=CHOICES),
        forms.NullBooleanSelect(),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_a_widget(widget, value):
    value = [value] if isinstance(widget, forms.SelectMultiple) else value
    assert widget.template_name in DRAWN
    drawn, made = (widget.render("of", value, {"id": "id_of"}, each()) for each in (Renderer, DjangoTemplates))
    assert drawn == made


class Asked(forms.Form):
    what = forms.CharField(label=TEXT)
    how = forms.CharField(label=mark_safe("<i>how</i>"))


@pytest.mark.parametrize("data", [None, {}], ids=["as it is opened", "refused"])
def test_labels_and_what_is_wrong(data):
    drawn, made = (Asked(data, renderer=each()) for each in (Renderer, DjangoTemplates))
    for name in ("what", "how"):
        one, other = drawn[name], made[name]
        assert one.label_tag() == other.label_tag() and one.legend_tag() == other.legend_tag()
        assert str(one.errors) == str(other.errors) and one.errors.as_ul() == other.errors.as_ul()
        assert bool(str(one.errors)) == (data is not None)
    told = (ErrorList([TEXT, mark_safe("<b>no</b>")], renderer=each()) for each in (Renderer, DjangoTemplates))
    assert len({str(each) for each in told}) == 1


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("is_hidden", [False, True])
@pytest.mark.parametrize("verbs", [(), ("add", "change", "delete", "view"), ("view",), ("change", "view")])
def test_the_ways_to_a_row_that_a_field_names(verbs, is_hidden, language):
    context = {
        **{f"can_{verb}_related": verb in verbs for verb in ("add", "change", "delete", "view")},
        "rendered_widget": mark_safe("<select></select>"),
        "name": "parts-0-country",
        "is_hidden": is_hidden,
        "url_params": "_to_field=code&_popup=1",
        "view_related_url_params": "_to_field=code",
        "model": gettext_lazy("user") if language == "de" else TEXT,
        "model_name": "country",
        "add_related_url": "/countries/add/",
        "change_related_template_url": "/countries/__fk__/change/",
        "delete_related_template_url": "/countries/__fk__/delete/",
        "model_has_limit_choices_to": is_hidden,
    }
    template = "admin/widgets/related_widget_wrapper.html"
    with override(language):
        drawn = Renderer().render(template, context)
        assert drawn == get_template(template).render(context).strip()
    assert drawn.count("<a ") == (0 if is_hidden else len(verbs))


def test_a_label_without_a_tag():
    context = {"use_tag": False, "label": TEXT, "tag": None, "attrs": None}
    assert Renderer().render("django/forms/label.html", context) == DjangoTemplates().render(
        "django/forms/label.html", context
    )


def test_the_values_of_a_filter():
    choices = [
        {"selected": True, "query_string": "?", "display": gettext_lazy("All")},
        {"selected": False, "query_string": "?of=é&q=a b", "display": TEXT},
        {"selected": False, "query_string": "?of=1", "display": 1},
    ]
    context = {"title": TEXT, "choices": choices}
    theirs = Engine([Path(admin.__file__).parent / "templates"], libraries={"i18n": "django.templatetags.i18n"})
    made = theirs.get_template("admin/filter.html").render(Context(context))
    assert get_template("admin/filter.html").render(context).strip() == made.strip()
