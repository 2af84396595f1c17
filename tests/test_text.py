"""The rule for text: what is corrected, what is refused by name, and that PostgreSQL enforces the same."""

import unicodedata

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from relations.fields import LineField, ProseField, TidyText
from relations.models import Actor, Country
from relations.text import REFUSED, TextError, alphabetical, line, look_alikes, prose
from tests.factories import make_actor, make_country, make_one_of_everything
from tests.refusals import refused

TIDY = [
    (model, field)
    for model in apps.get_app_config("relations").get_models()
    if not model.__name__.endswith("History")
    for field in model._meta.concrete_fields
    if isinstance(getattr(field, "base_field", field), TidyText)
]
# Columns whose own rule leaves no room for untidy text.
STRICTER = {
    "Source.doi": "source_doi_is_well_formed",
    "Citation.field": "citation_field_is_of_its_target",
    "Observation.figure_unit": "observation_money_has_a_currency",
}
# Letters that compose, white space, breaks, and what is dropped or refused, more often than chance would have them.
texts = st.text(
    st.one_of(
        st.characters(exclude_characters="\x00", exclude_categories=["Cs"]),
        st.sampled_from("ae\u0301\u0327\u1100\u1161\u212b \t\n\r\x0b\x85\xa0\u2028"),
        st.sampled_from("\xad\u200b\u202e\ufeff\ufdd0\U0001fffe\u034f\u3164\ufe0f\U000e0001\U000e0100"),
    )
)


@pytest.mark.parametrize(
    ("text", "as_prose", "as_line"),
    [
        ("Egypt ", "Egypt", "Egypt"),
        ("\xa0Qatar\u3000", "Qatar", "Qatar"),
        ("South\xa0Yemen", "South\xa0Yemen", "South Yemen"),
        ("Tu\u0308rkiye", "Türkiye", "Türkiye"),
        ("first\r\nsecond\rthird", "first\nsecond\nthird", "first second third"),
        ("First line\x0bSecond line", "First line\nSecond line", "First line Second line"),
        ("one\x0c\x85\u2028\u2029two", "one\n\n\n\ntwo", "one two"),
        ("\ufeffco\xadoperation\u200b", "cooperation", "cooperation"),
        ("❤\ufe0f 葛\U000e0100城 a\u034f\u0308", "❤ 葛城 ä", "❤ 葛城 ä"),
        ("two  spaces\tand a tab", "two  spaces\tand a tab", "two spaces and a tab"),
        ("می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم"),
        ("조선 대표단", "조선 대표단", "조선 대표단"),
        (" \t\n", "", ""),
    ],
)
def test_harmless_traces_are_mended(text, as_prose, as_line):
    assert (prose(text), line(text)) == (as_prose, as_line)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000 control character"),
        ("\x07", "U+0007 control character"),
        ("\x1f", "U+001F control character"),
        ("\x7f", "U+007F control character"),
        ("\x9f", "U+009F control character"),
        ("\u061c", "U+061C ARABIC LETTER MARK"),
        ("\u200e", "U+200E LEFT-TO-RIGHT MARK"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\u115f", "U+115F HANGUL CHOSEONG FILLER"),
        ("\u180e", "U+180E MONGOLIAN VOWEL SEPARATOR"),
        ("\u2800", "U+2800 BRAILLE PATTERN BLANK"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("\uffa0", "U+FFA0 HALFWIDTH HANGUL FILLER"),
        ("\U000e0001", "U+E0001 LANGUAGE TAG"),
        ("\ufdd0", "U+FDD0 control character"),
        ("\U0002fffe", "U+2FFFE control character"),
        ("\U0010ffff", "U+10FFFF control character"),
    ],
)
def test_invisible_characters_are_refused_by_name(character, name):
    for tidy in (prose, line):
        with pytest.raises(TextError) as refusal:
            tidy(f"Cairo{character}")
        assert str(refusal.value) == f"holds the unseen character {name}; take it out"


@given(texts)
def test_a_tidy_text_stays_as_it_is(text):
    for tidy in (prose, line):
        try:
            once = tidy(text)
        except TextError:
            continue
        assert tidy(once) == once == unicodedata.normalize("NFC", once).strip()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("visit", ""),
        ("vіsit", "і is U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I"),
        ("ЕGY-РRK", "Е is U+0415 CYRILLIC CAPITAL LETTER IE, Р is U+0420 CYRILLIC CAPITAL LETTER ER"),
        ("СССР", "С is U+0421 CYRILLIC CAPITAL LETTER ES, Р is U+0420 CYRILLIC CAPITAL LETTER ER"),
        ("19Ο3", "Ο is U+039F GREEK CAPITAL LETTER OMICRON"),
        ("Визит в Каир", ""),
        ("Москва 1979", ""),
        ("Maʿrib, Łódź, P’yŏngyang, 平壤", ""),
    ],
)
def test_letters_that_look_like_latin_ones_are_named(text, told):
    assert look_alikes(text) == told


@pytest.mark.django_db
@settings(max_examples=300)
@given(texts)
@example("a\u0301")
@example("end\n")
@example("\u3000begin")
@example("soft\xadhyphen")
@example("\U0002ffff")
def test_postgresql_keeps_exactly_what_python_leaves(text):
    with connection.cursor() as cursor:
        for tidy, function in ((prose, "is_prose"), (line, "is_line")):
            cursor.execute(f"SELECT public.{function}(%s)", [text])
            (is_kept,) = cursor.fetchone()
            if is_kept and function == "is_prose":
                assert prose(text) == text
            if is_kept:
                assert not REFUSED.search(text)
            try:
                tidied = tidy(text)
            except TextError:
                assert not is_kept
                continue
            cursor.execute(f"SELECT public.{function}(%s)", [tidied])
            assert cursor.fetchone() == (True,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("aliases", "is_kept"),
    [
        ("{}", True),
        ("{UAR,Miṣr}", True),
        ('{"UAR "}', False),
        ('{""}', False),
        ("{NULL}", False),
        ("{UAR,NULL}", False),
        ("{{UAR},{Egypt}}", False),
        ('{"two\nlines"}', False),
    ],
)
def test_aliases_are_a_plain_list_of_lines(aliases, is_kept):
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.are_lines(%s::text[])", [aliases])
        assert cursor.fetchone() == (is_kept,)


def test_no_column_of_text_is_forgotten():
    """Every text column is one of the two fields; keys, terms and dates have rules of their own."""
    others = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("relations").get_models()
        if not model.__name__.endswith("History")
        for field in model._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField")
        and not (isinstance(field, TidyText) or field.choices or hasattr(field, "instants_only"))
    }
    assert others == {
        *("Country.code", "Actor.slug", "Source.key", "Source.url", "Source.archive_url", "Source.sha256"),
        *("Source.licence_url", "Entry.collection", "Entry.kind", "Entry.slug"),
        *("Listing.under", "Listing.collection", "Listing.kind", "Listing.slug"),
        *("Standing.collection", "Standing.pair", "Standing.question", "Standing.slug", "Standing.value"),
        *("Tally.collection", "Tally.under", "Word.text"),
        *("Passage.ref", "Passage.sha256", "PassageText.text", "CountryCode.value", "Citation.passage_sha256"),
        *("RelationPeriod.slug", "Mission.slug", "Event.slug", "ArmsTransfer.slug", "Observation.slug"),
        *("FormerAddress.slug", "FormerAddress.now_at", "Upload.collection", "Upload.sha256"),
        *("Batch.sha256", "KeptProfile.name"),
    }


@pytest.mark.django_db
def test_postgresql_refuses_untidy_text_in_every_column():
    make_one_of_everything()
    for model, field in TIDY:
        filled = model.objects.exclude(**{field.name: [] if hasattr(field, "base_field") else ""})
        row = filled.order_by("pk").first() or model.objects.order_by("pk").first()
        constraint = STRICTER.get(f"{model.__name__}.{field.name}", f"{model._meta.model_name}_text_is_tidy")
        wrong = ["Cairo ", "Tu\u0308rkiye", "Cairo\u202e", "Cairo\r\n"]
        if isinstance(getattr(field, "base_field", field), LineField):
            wrong.append("two\nlines")
        for text in wrong:
            value = [text] if hasattr(field, "base_field") else text
            with refused(constraint), connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE {model._meta.pk.column} = %s",
                    [value, row.pk],
                )


@pytest.mark.django_db
def test_every_writer_leaves_tidy_text():
    actor = make_actor(name="Türk  Telekom\xa0", description="one\r\ntwo\x0b", aliases=[" TT", "Tu\u0308rk"])
    Actor.objects.bulk_create([Actor(slug="bulk", name="A\u030angstro\u0308m ", kind="company")])
    Actor.objects.filter(pk=actor.pk).update(description=" three\r")
    assert list(Actor.objects.order_by("slug").values_list("name", "aliases", "description")) == [
        ("Ångström", [], ""),
        ("Türk Telekom", ["TT", "Türk"], "three"),
    ]


@pytest.mark.django_db
def test_a_form_names_the_character_and_its_column():
    actor = Actor(slug="a", name="Cairo\u202e", description="bell\x07", kind="company")
    with pytest.raises(ValidationError) as refusal:
        actor.full_clean()
    assert refusal.value.message_dict == {
        "name": ["holds the unseen character U+202E RIGHT-TO-LEFT OVERRIDE; take it out"],
        "description": ["holds the unseen character U+0007 control character; take it out"],
    }
    actor = Actor(slug="a", name="Cairo", aliases=["Misr", "\x01"], kind="company")
    with pytest.raises(ValidationError) as refusal:
        actor.full_clean()
    named = "Item 2 in the array did not validate: holds the unseen character U+0001 control character; take it out"
    assert refusal.value.message_dict == {"aliases": [named]}
    with refused("actor_text_is_tidy"):
        actor.save()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Egypt ", "EGYPT", "\xa0Egypt", "Égypt"])
def test_a_country_has_one_name(name):
    make_country("EGY", name="Egypt")
    with refused("country_name_is_unique"):
        Country.objects.create(code="XXE", name=name, kind="state")
    with pytest.raises(ValidationError) as refusal:
        Country(code="XXE", name=name.strip(), kind="state").full_clean()
    assert refusal.value.messages == ["name: another country has this name, but for its case, accents or spaces."]


def test_to_a_migration_they_are_django_s_own_columns():
    assert LineField(max_length=9).deconstruct()[1:] == ("django.db.models.CharField", [], {"max_length": 9})
    assert ProseField().deconstruct()[1:] == ("django.db.models.TextField", [], {})


def test_names_are_sorted_without_case_and_accents() -> None:
    names = ["Zypern", "Египет", "Östland", "Cuba", "Oman", "Côte", "åland", "Bulgaria"]
    in_order = ["åland", "Bulgaria", "Côte", "Cuba", "Oman", "Östland", "Zypern", "Египет"]
    assert sorted(names, key=alphabetical) == in_order
