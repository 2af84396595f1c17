from django.db import migrations, models

from relations.migrations._at_once import Unrendered


class Migration(migrations.Migration):
    """The sentences of a document are read in their order from where a page begins."""

    dependencies = [("relations", "0015_days_of_standings")]
    operations = [
        Unrendered([migrations.AddIndex("passage", models.Index(fields=["source", "position"], name="passage_in_order"))])
    ]
