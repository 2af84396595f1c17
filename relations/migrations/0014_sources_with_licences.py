from django.db import migrations, models
from django.db.models import Q

from relations.migrations._at_once import Unrendered


class Migration(migrations.Migration):
    """The sources that have a licence of their own are found without looking at all of them."""

    dependencies = [("relations", "0012_profile_choices")]
    operations = [
        Unrendered(
            [
                migrations.AddIndex(
                    "source", models.Index(fields=["id"], condition=~Q(licence=""), name="source_with_licence")
                )
            ]
        )
    ]
