from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import Q

from relations.expressions import LexemesOf
from relations.migrations._at_once import Unrendered

ORDER_OF_A_KIND = ["under", "collection", "kind", "sort_on", "slug", "side"]


class Migration(migrations.Migration):
    """A list of a country is counted by an index alone, and the place of an event is found by its words."""

    dependencies = [("relations", "0009_functions_of_entries")]
    operations = [
        Unrendered(
            [
                migrations.AddIndex("event", GinIndex(LexemesOf("place"), condition=~Q(place=""), name="event_place")),
                migrations.RemoveIndex("listing", "listing_of_kind"),
                migrations.AddIndex(
                    "listing", models.Index(fields=ORDER_OF_A_KIND, include=["leads"], name="listing_of_kind")
                ),
            ]
        )
    ]
