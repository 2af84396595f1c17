from django.db import migrations


class Migration(migrations.Migration):
    """Takes away the triggers of each column by which entries followed; those of each table are made afterwards."""

    dependencies = [("relations", "0017_entries_of_a_kind")]
    operations = [migrations.RunSQL("DROP FUNCTION IF EXISTS public.entries_follow() CASCADE", migrations.RunSQL.noop)]
