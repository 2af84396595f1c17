from django.db import migrations, models

RECORDS = ("armstransfer", "event", "mission", "observation", "relationperiod")


class Migration(migrations.Migration):
    """Drafts, and what waits for review, by their last change: the home of the desk asks for them at every visit."""

    dependencies = [("relations", "0008_texts_and_checkups")]
    operations = [
        migrations.AddIndex(
            model,
            models.Index(
                models.F("changed_at").desc(),
                "id",
                name=f"{model}_at_work",
                condition=models.Q(("state__in", ["draft", "in_review"])),
            ),
        )
        for model in RECORDS
    ]
