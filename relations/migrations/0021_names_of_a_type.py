from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Q

from relations.migrations._at_once import Unrendered


def of_type(collection):
    name = f"entry_names_of_{collection.replace('-', '_')}"
    index = GinIndex(name=name, fields=["under", "terms"], condition=Q(collection=collection, leads=True))
    return migrations.AddIndex("entry", index)


class Migration(migrations.Migration):
    """Names and terms are looked for within a type by an index of their own."""

    dependencies = [("relations", "0020_words_of_a_type")]
    operations = [
        Unrendered(
            [
                migrations.RemoveIndex("entry", "entry_filters"),
                *map(of_type, ["periods", "missions", "events", "arms-transfers", "observations"]),
            ]
        )
    ]
