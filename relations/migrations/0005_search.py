from pathlib import Path

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from relations.expressions import LexemesOf, Names
from relations.migrations._at_once import Unrendered

REVERSE = """
DROP FUNCTION public.years(date, date);
DROP FUNCTION public.names_in(text);
DROP FUNCTION public.names(text[]);
DROP FUNCTION public.sought_exactly(text);
"""


class Migration(migrations.Migration):
    """What countries, actors, sources and sentences are found by, with a copy of the functions that make it."""

    dependencies = [("relations", "0004_what_django_cannot_declare")]
    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), REVERSE),
        Unrendered(
            [
                migrations.AddIndex(
                    "country",
                    GinIndex(Names("code", "name", "official_name", aliases="aliases"), name="country_names"),
                ),
                migrations.AddIndex(
                    "actor", GinIndex(Names("slug", "name", aliases="aliases"), name="actor_names")
                ),
                migrations.AddIndex(
                    "source", GinIndex(LexemesOf("key", "title", "authors", "container_title"), name="source_words")
                ),
                migrations.AddIndex("passage", GinIndex(LexemesOf("digest"), name="passage_words")),
            ]
        ),
    ]
