from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Q

from relations.migrations._at_once import Unrendered


def of_type(collection):
    name = f"entry_words_of_{collection.replace('-', '_')}"
    index = GinIndex(name=name, fields=["words"], condition=Q(collection=collection, leads=True))
    return migrations.AddIndex("entry", index)


class Migration(migrations.Migration):
    """Words are looked for within a type by an index of their own; entries are made anew afterwards, without a word
    for their type."""

    dependencies = [("relations", "0019_figures_of_deals")]
    operations = [
        Unrendered(
            [
                migrations.RemoveIndex("entry", "entry_words"),
                *map(of_type, ["periods", "missions", "events", "arms-transfers", "observations"]),
            ]
        )
    ]
