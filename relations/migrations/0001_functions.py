from pathlib import Path

from django.db import migrations

FUNCTIONS = Path(__file__).parent.parent / "sql" / "functions.sql"

REVERSE = """
DROP FUNCTION public.period_core(date, date);
DROP FUNCTION public.edtf_bound(text, boolean);
DROP FUNCTION public.edtf_unit(text, boolean);
DROP TYPE public.textrange;
DROP FUNCTION public.fold(text);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FUNCTIONS.read_text(encoding="utf-8"), REVERSE)]
