from pathlib import Path

from django.db import migrations

REVERSE = """
DROP FUNCTION public.listed_under(text[], text[], text[]);
DROP FUNCTION public.standing(date, date, date, boolean, text[], boolean, daterange[], daterange[]);
DROP FUNCTION public.period_core(date, date, date);
DROP FUNCTION public.edtf_bound(text, boolean);
DROP FUNCTION public.edtf_unit(text, boolean);
DROP TYPE public.textrange;
DROP FUNCTION public.are_lines(text[]);
DROP FUNCTION public.is_line(text);
DROP FUNCTION public.is_prose(text);
DROP FUNCTION public.sought(text);
DROP FUNCTION public.words(text);
DROP FUNCTION public.fold(text);
"""


class Migration(migrations.Migration):
    """Runs its own copy of the functions, so that a fresh register and an old one have passed the same steps."""

    initial = True
    dependencies = []
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), REVERSE)]
