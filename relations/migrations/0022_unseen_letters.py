from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """Letters that nobody sees are refused like control characters; what stands with one is refused when it is changed."""

    dependencies = [("relations", "0021_names_of_a_type")]
    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop)
    ]
