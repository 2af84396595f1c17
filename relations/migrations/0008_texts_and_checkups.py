import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """Texts wait to be confirmed as tables do, and what the checks found is kept."""

    dependencies = [
        ("relations", "0007_nothing_lost"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Checkup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(db_default=Now())),
                ("errors", models.PositiveIntegerField()),
                ("warnings", models.PositiveIntegerField()),
                ("findings", models.JSONField(default=list)),
                ("unfinished", models.JSONField(default=list)),
            ],
            options={"ordering": ["-pk"], "default_permissions": ()},
        ),
        migrations.RemoveConstraint("upload", "upload_file_format_is_known"),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=models.Q(("file_format__in", ["csv", "xlsx", "json", "txt"])),
                name="upload_file_format_is_known",
            ),
        ),
    ]
