from django.db import migrations
from django.db.models import CheckConstraint, Q

from relations.migrations._at_once import Unrendered

VALUES = {
    "legal": ["established", "suspended", "severed", "interrupted", "none"],
    "level": ["none", "interests_section", "consular", "charge_d_affaires", "minister", "ambassador", "unspecified"],
    "military": ["confrontation", "cooperation", "assistance", "alliance", "severed"],
    "recognition": ["recognised", "not_recognised"],
    "position": ["favours", "opposes", "abstains", "claims", "complies", "refuses"],
    "cooperation": ["under_way", "pledged", "restricted", "halted"],
    "character": ["hostile", "limited", "cordial", "growing", "strong", "close"],
}


def values_on(track):
    condition = ~Q(track=track) | Q(value__in=["", *VALUES[track]])
    rule = CheckConstraint(condition=condition, name=f"relationperiod_value_on_{track}")
    return migrations.AddConstraint("relationperiod", rule)


class Migration(migrations.Migration):
    """The values of each track are a rule of its own, so that what it refuses can be told with what is allowed."""

    dependencies = [("relations", "0023_words")]
    operations = [
        Unrendered(
            [
                migrations.RemoveConstraint("relationperiod", "relationperiod_value_is_of_its_track"),
                *map(values_on, VALUES),
            ]
        )
    ]
