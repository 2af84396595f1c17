from django.db import migrations, models
from django.db.models import Q

from relations.migrations._at_once import Unrendered

RECORDS = ("armstransfer", "event", "mission", "observation", "relationperiod")


class Migration(migrations.Migration):
    """What is in work is found among many published records."""

    dependencies = [("relations", "0010_indexes_of_lists")]
    operations = [
        Unrendered(
            [
                migrations.AddIndex(
                    record,
                    models.Index(fields=["state", "changed_at"], condition=~Q(state="published"), name=f"{record}_in_work"),
                )
                for record in RECORDS
            ]
        )
    ]
