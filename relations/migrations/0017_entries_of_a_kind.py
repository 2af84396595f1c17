from django.db import migrations, models

ORDER = ["collection", "kind", "sort_on", "slug", "side"]


class Migration(migrations.Migration):
    """The records of a kind are counted by an index alone."""

    dependencies = [("relations", "0016_sentences_in_order")]
    operations = [
        migrations.RemoveIndex("entry", "entry_of_kind"),
        migrations.AddIndex("entry", models.Index(fields=ORDER, include=["leads"], name="entry_of_kind")),
    ]
