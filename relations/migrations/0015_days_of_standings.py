from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

import relations.models.standing

class Migration(migrations.Migration):
    """How a record stands to a day is worked out when it is written, and looked up when it is asked.

    What is kept of the records is made anew after the migrations.
    """

    dependencies = [("relations", "0014_sources_with_licences")]
    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
        *(
            migrations.RemoveField("standing", name)
            for name in ("began_latest", "is_dated", "fades", "lifespans_of_one", "lifespans_of_other")
        ),
        migrations.RenameField("standing", "began_earliest", "sort_on"),
        migrations.AddField("standing", "value", models.CharField(db_collation="C", max_length=24), preserve_default=False),
        migrations.AddField(
            "standing",
            "days",
            django.contrib.postgres.fields.ArrayField(base_field=relations.models.standing.DaysField(), size=None),
        ),
        migrations.RemoveIndex("standing", "standing_of_pair"),
        migrations.AddIndex(
            "standing",
            models.Index(
                fields=["pair", "question"],
                include=["days", "effective_end", "negated", "slug", "sort_on", "value"],
                name="standing_of_pair",
            ),
        ),
        migrations.RemoveIndex("tally", "tally_under"),
        migrations.AddIndex(
            "tally",
            models.Index(fields=["under", "collection"], include=["affirmed", "denied"], name="tally_under"),
        ),
    ]
