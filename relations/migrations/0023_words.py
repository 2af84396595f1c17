from django.contrib.postgres.indexes import HashIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    """The words of the register have a table of their own, which `migrate` fills."""

    dependencies = [("relations", "0022_unseen_letters")]
    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("text", models.TextField(db_collation="C")),
            ],
            options={"indexes": [HashIndex(fields=["text"], name="word_text")]},
        ),
    ]
