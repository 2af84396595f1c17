from django.db import migrations, models


class Migration(migrations.Migration):
    """The sentences of a document are read in their order from where a page begins."""

    dependencies = [("relations", "0014_sources_with_licences")]
    operations = [
        migrations.AddIndex("passage", models.Index(fields=["source", "position"], name="passage_in_order")),
    ]
