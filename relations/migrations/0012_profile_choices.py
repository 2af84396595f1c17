from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("relations", "0011_indexes_of_work"),
    ]

    operations = [
        migrations.AddField(
            model_name="keptprofile",
            name="choices",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
