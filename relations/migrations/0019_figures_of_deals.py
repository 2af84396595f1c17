from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from relations.migrations._at_once import Unrendered


def of_figure(name, day):
    is_stated = (
        Q(**{f"{name}_low__isnull": False}) | Q(**{f"{name}_high__isnull": False}) | ~Q(**{f"{name}_missing": ""})
    )
    in_order = Coalesce(f"{day}_earliest", f"{day}_latest"), F("slug")
    index = models.Index(*in_order, name=f"armstransfer_{name}", condition=is_stated & Q(state="published"))
    return migrations.AddIndex("armstransfer", index)


class Migration(migrations.Migration):
    """The deals of which a figure is known, in the order of its day."""

    dependencies = [("relations", "0018_entries_follow_by_table")]
    operations = [
        Unrendered(
            [
                of_figure("number_ordered", "ordered_on"),
                of_figure("number_delivered", "delivered_on"),
                of_figure("value", "ordered_on"),
            ]
        )
    ]
