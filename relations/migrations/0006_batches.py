import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

RECORDS = (
    *(("periods", "relationperiod"), ("missions", "mission"), ("events", "event")),
    *(("arms-transfers", "armstransfer"), ("observations", "observation")),
)
THINGS = (("actors", "actor", "slug"), ("sources", "source", "key"))
# Addresses of what goes in this very transaction are free again where nobody can have cited them: of records that were
# public for less than a day, of things that were there for less than a day.
OF_RECORDS = """
    DELETE FROM relations_formeraddress AS address USING relations_{table}history AS gone
    WHERE address.collection = '{collection}' AND address.slug = gone.slug AND address.reason = 'deleted'
      AND address.gone_at = now() AND gone.pgh_label = 'delete' AND gone.pgh_created_at = now()
      AND gone.published_at > now() - interval '1 day';
"""
OF_THINGS = """
    DELETE FROM relations_formeraddress AS address
    USING relations_{table}history AS gone, relations_{table}history AS come
    WHERE address.collection = '{collection}' AND address.slug = gone.{key} AND address.reason = 'deleted'
      AND address.gone_at = now() AND gone.pgh_label = 'delete' AND gone.pgh_created_at = now()
      AND come.pgh_obj_id = gone.pgh_obj_id AND come.pgh_label = 'insert'
      AND come.pgh_created_at > now() - interval '1 day';
"""
FREE_ADDRESSES = (
    """
CREATE FUNCTION public.free_addresses() RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $function$
BEGIN
"""
    + "".join(OF_RECORDS.format(collection=collection, table=table) for collection, table in RECORDS)
    + "".join(OF_THINGS.format(collection=collection, table=table, key=key) for collection, table, key in THINGS)
    + """
END
$function$;
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("relations", "0005_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=765)),
                ("sha256", models.CharField(max_length=64)),
                ("profile", models.CharField(max_length=80)),
                ("counts", models.JSONField(default=dict)),
                (
                    "contexts",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=36), size=None),
                ),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="batch_sha256_is_well_formed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken_back_by", None), ("taken_back_at__isnull", False), _connector="OR"),
                        name="batch_is_taken_back_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("name", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("sha256", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("profile", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("contexts", function="public.are_lines", output_field=models.BooleanField()),
                        ),
                        name="batch_text_is_tidy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("name", models.CharField(db_collation="C", max_length=40, unique=True)),
                ("text", models.TextField()),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="keptprofile_name_is_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("name", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("text", function="public.is_prose", output_field=models.BooleanField()),
                        ),
                        name="keptprofile_text_is_tidy",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FREE_ADDRESSES, "DROP FUNCTION public.free_addresses()"),
    ]
