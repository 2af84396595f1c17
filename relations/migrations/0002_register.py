import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import relations.expressions
import relations.fields
import relations.models.standing
from relations.migrations._at_once import AtOnce


class ModelsAtOnce(AtOnce):
    """Many CreateModel operations as one: by itself each would have Django render all related models again."""

    def state_forwards(self, app_label, state):
        vars(state).pop("apps", None)  # rendered once, when all are known
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def describe(self):
        return f"Create {len(self.operations)} models"


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("relations", "0001_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Country",
            fields=[
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=3, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("official_name", models.CharField(blank=True, max_length=200)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
            ],
            options={
                "ordering": ["name"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(relations.expressions.Fold("name"), name="country_name_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z]{3}$")), name="country_code_is_well_formed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["state", "partly_recognised_state", "former_state", "territory"])
                        ),
                        name="country_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("code", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("name", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("official_name", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("aliases", function="public.are_lines", output_field=models.BooleanField()),
                        ),
                        name="country_text_is_tidy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="relations.country"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="relations.country"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="succession_is_of_two",
                    ),
                    models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="relations.country"
                    ),
                ),
                ("scheme", models.CharField(max_length=10)),
                ("value", models.CharField(db_collation="C", max_length=20)),
                ("valid_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("valid_until", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["scheme", "valid_from", "value"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="countrycode_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scheme__in", ["iso3", "iso2", "cow", "gw", "wikidata"])),
                        name="countrycode_scheme_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("value", function="public.is_line", output_field=models.BooleanField())
                        ),
                        name="countrycode_text_is_tidy",
                    ),
                    models.UniqueConstraint(
                        fields=("country", "scheme", "value", "valid_from"),
                        name="countrycode_is_unique",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Actor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80, unique=True)),
                ("name", models.CharField(max_length=150)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150), blank=True, default=list, size=None
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actors",
                        to="relations.country",
                    ),
                ),
                ("description", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["name", "slug"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="actor_slug_is_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "person",
                                    "state_body",
                                    "international_organisation",
                                    "company",
                                    "movement",
                                    "armed_group",
                                    "fund",
                                ],
                            )
                        ),
                        name="actor_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("slug", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("name", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("aliases", function="public.are_lines", output_field=models.BooleanField()),
                            models.Func("description", function="public.is_prose", output_field=models.BooleanField()),
                        ),
                        name="actor_text_is_tidy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("collection", models.CharField(max_length=20)),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("now_at", models.CharField(blank=True, db_collation="C", max_length=80)),
                ("reason", models.CharField(max_length=10)),
                ("gone_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["collection", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "collection__in",
                                [
                                    "periods",
                                    "missions",
                                    "events",
                                    "arms-transfers",
                                    "observations",
                                    "actors",
                                    "sources",
                                ],
                            )
                        ),
                        name="formeraddress_collection_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["renamed", "merged", "withdrawn", "deleted"])),
                        name="formeraddress_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("slug", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("now_at", function="public.is_line", output_field=models.BooleanField()),
                        ),
                        name="formeraddress_text_is_tidy",
                    ),
                    models.UniqueConstraint(fields=("collection", "slug"), name="formeraddress_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80, unique=True)),
                ("modality", models.CharField(default="asserted", max_length=10)),
                ("negated", models.BooleanField(default=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("note", models.TextField(blank=True)),
                ("editor_note", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("happened_on", relations.fields.FuzzyDateField(bounds=False)),
                ("title", models.CharField(blank=True, max_length=160)),
                ("summary", models.TextField(blank=True)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("reason", models.TextField(blank=True)),
                (
                    "possibly_same_as",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="possible_doubles",
                        to="relations.event",
                    ),
                ),
                ("search", relations.fields.SearchColumn("title", "summary", "place", "reason", "note")),
                ("happened_on_earliest", relations.fields.Bound(end="earliest", of="happened_on")),
                ("happened_on_latest", relations.fields.Bound(end="latest", of="happened_on")),
            ],
            options={
                "ordering": ["slug"],
                "default_permissions": (
                    "add",
                    "change",
                    "delete",
                    "view",
                    "import",
                    "export",
                    "publish",
                    "withdraw",
                ),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="event_search"),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("happened_on_earliest", "happened_on_latest"),
                        models.F("slug"),
                        condition=models.Q(("state", "published")),
                        name="event_in_order",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="event_slug_is_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("title", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="event_title_when_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("possibly_same_as__isnull", True),
                            models.Q(("possibly_same_as", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="event_is_not_its_own_double",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modality__in", ["asserted", "announced", "reported", "inferred", "alleged", "disputed"])
                        ),
                        name="event_modality_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "published"])),
                        name="event_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "agreement",
                                    "visit",
                                    "talks",
                                    "invitation",
                                    "request",
                                    "consent",
                                    "pledge",
                                    "refusal",
                                    "support",
                                    "condemnation",
                                    "statement",
                                    "un_vote",
                                    "financial_aid",
                                    "food_aid",
                                    "aid_cut",
                                    "military_personnel",
                                    "threat",
                                    "show_of_force",
                                    "mobilisation",
                                    "blockade",
                                    "occupation",
                                    "attack",
                                    "clash",
                                    "declaration_of_war",
                                    "war",
                                    "ceasefire",
                                    "peace",
                                    "mediation_offer",
                                    "combat",
                                    "air_strike",
                                    "bombing",
                                    "weapon_use",
                                    "nuclear_test",
                                    "nuclear_cooperation",
                                    "seizure",
                                    "release",
                                    "transshipment",
                                    "arrest",
                                    "extradition",
                                    "expulsion",
                                    "restriction",
                                    "sanctions",
                                    "sanctions_end",
                                    "permission",
                                    "legislation",
                                    "legal_procedure",
                                    "labour",
                                    "business",
                                    "policy",
                                    "accession",
                                    "withdrawal",
                                    "recognition",
                                ],
                            )
                        ),
                        name="event_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("slug", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("note", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func("editor_note", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func("title", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("summary", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func("place", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("reason", function="public.is_prose", output_field=models.BooleanField()),
                        ),
                        name="event_text_is_tidy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participations", to="relations.event"
                    ),
                ),
                ("role", models.CharField(max_length=16)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="relations.country",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="relations.actor",
                    ),
                ),
                ("named_as", models.CharField(blank=True, max_length=120)),
                ("count", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["event", "role", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("country"),
                                models.F("actor"),
                                django.db.models.functions.comparison.NullIf(models.F("named_as"), models.Value("")),
                                output_field=models.BooleanField(),
                                template="num_nonnulls(%(expressions)s) = 1",
                            )
                        ),
                        name="participation_names_one_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("count__isnull", True), models.Q(("named_as", ""), _negated=True), _connector="OR"
                        ),
                        name="participation_counts_the_unnamed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "actor",
                                    "recipient",
                                    "host",
                                    "sponsor",
                                    "mediator",
                                    "transit",
                                    "victim",
                                    "addressee",
                                    "represented_by",
                                    "voted_for",
                                    "voted_against",
                                    "abstained",
                                    "concerned",
                                ],
                            )
                        ),
                        name="participation_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("named_as", function="public.is_line", output_field=models.BooleanField())
                        ),
                        name="participation_text_is_tidy",
                    ),
                    models.UniqueConstraint(
                        fields=("event", "role", "country", "actor", "named_as"),
                        name="participation_is_unique",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="relations.event"
                    ),
                ),
                ("measure", models.CharField(max_length=12)),
                ("of", models.CharField(blank=True, max_length=120)),
                ("figure_low", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("figure_high", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("figure_qualifier", models.CharField(blank=True, max_length=10)),
                ("figure_unit", models.CharField(blank=True, max_length=40)),
                ("figure_missing", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "ordering": ["event", "measure", "of"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("figure_low__isnull", True),
                            ("figure_high__isnull", True),
                            ("figure_low__lte", models.F("figure_high")),
                            _connector="OR",
                        ),
                        name="eventfigure_figure_is_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("figure_low__isnull", True),
                                models.Q(("figure_low__gte", 0), ("figure_low__lt", 1000000000000000000)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("figure_high__isnull", True),
                                models.Q(("figure_high__gte", 0), ("figure_high__lt", 1000000000000000000)),
                                _connector="OR",
                            ),
                        ),
                        name="eventfigure_figure_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("figure_qualifier", ""), ("figure_low__isnull", True), ("figure_high__isnull", True)
                            ),
                            models.Q(
                                ("figure_qualifier__in", ["exact", "about", "estimated"]),
                                models.Q(("figure_low__isnull", True), _negated=True),
                                models.Q(("figure_high__isnull", True), _negated=True),
                            ),
                            models.Q(
                                ("figure_qualifier__in", ["at_least", "more_than"]),
                                models.Q(("figure_low__isnull", True), _negated=True),
                                ("figure_high__isnull", True),
                            ),
                            models.Q(
                                ("figure_qualifier", "at_most"),
                                ("figure_low__isnull", True),
                                models.Q(("figure_high__isnull", True), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="eventfigure_figure_fits_its_qualifier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("figure_missing", ""), ("figure_qualifier", ""), _connector="OR"),
                        name="eventfigure_figure_is_a_number_or_missing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("figure_low__isnull", False),
                            ("figure_high__isnull", False),
                            models.Q(("figure_missing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="eventfigure_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure__in", ("money", "aid", "exports")), _negated=True),
                            ("figure_qualifier", ""),
                            ("figure_unit__regex", "^[A-Z]{3}$"),
                            _connector="OR",
                        ),
                        name="eventfigure_money_has_a_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "measure__in",
                                [
                                    "killed",
                                    "persons",
                                    "workers",
                                    "weight",
                                    "items",
                                    "money",
                                    "aid",
                                    "exports",
                                    "trade_rank",
                                ],
                            )
                        ),
                        name="eventfigure_measure_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "figure_qualifier__in",
                                ["", "exact", "about", "at_least", "more_than", "at_most", "estimated"],
                            )
                        ),
                        name="eventfigure_figure_qualifier_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "figure_missing__in",
                                [
                                    "",
                                    "unknown",
                                    "uncounted",
                                    "not_reported",
                                    "reported_none",
                                    "not_applicable",
                                    "withheld",
                                ],
                            )
                        ),
                        name="eventfigure_figure_missing_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("of", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("figure_unit", function="public.is_line", output_field=models.BooleanField()),
                        ),
                        name="eventfigure_text_is_tidy",
                    ),
                    models.UniqueConstraint(fields=("event", "measure", "of"), name="eventfigure_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArmsTransfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80, unique=True)),
                ("modality", models.CharField(default="asserted", max_length=10)),
                ("negated", models.BooleanField(default=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("note", models.TextField(blank=True)),
                ("editor_note", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, serialize=False)),
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arms_supplied",
                        to="relations.country",
                    ),
                ),
                (
                    "supplier_actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arms_supplied",
                        to="relations.actor",
                    ),
                ),
                ("supplier_named_as", models.CharField(blank=True, max_length=120)),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arms_received",
                        to="relations.country",
                    ),
                ),
                (
                    "recipient_actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arms_received",
                        to="relations.actor",
                    ),
                ),
                ("recipient_named_as", models.CharField(blank=True, max_length=120)),
                ("kind", models.CharField(blank=True, max_length=10)),
                ("category", models.CharField(blank=True, max_length=24)),
                ("designation", models.CharField(blank=True, max_length=120)),
                ("description", models.CharField(blank=True, max_length=200)),
                ("condition", models.CharField(blank=True, max_length=24)),
                ("licence_production", models.BooleanField(default=False)),
                ("deal_status", models.CharField(blank=True, max_length=20)),
                ("ordered_on", relations.fields.FuzzyDateField(bounds=False)),
                ("delivered_on", relations.fields.FuzzyDateField(bounds=False)),
                ("number_ordered_low", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("number_ordered_high", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("number_ordered_qualifier", models.CharField(blank=True, max_length=10)),
                ("number_ordered_unit", models.CharField(blank=True, max_length=40)),
                ("number_ordered_missing", models.CharField(blank=True, max_length=16)),
                ("number_delivered_low", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("number_delivered_high", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("number_delivered_qualifier", models.CharField(blank=True, max_length=10)),
                ("number_delivered_unit", models.CharField(blank=True, max_length=40)),
                ("number_delivered_missing", models.CharField(blank=True, max_length=16)),
                ("value_low", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("value_high", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("value_qualifier", models.CharField(blank=True, max_length=10)),
                ("value_unit", models.CharField(blank=True, max_length=40)),
                ("value_missing", models.CharField(blank=True, max_length=16)),
                ("value_kind", models.CharField(blank=True, max_length=12)),
                ("tiv_per_unit", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("tiv_ordered", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("tiv_delivered", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                (
                    "transit_country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arms_in_transit",
                        to="relations.country",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arms_transfers",
                        to="relations.event",
                    ),
                ),
                (
                    "possibly_same_as",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="possible_doubles",
                        to="relations.armstransfer",
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "search",
                    relations.fields.SearchColumn(
                        "designation", "description", "supplier_named_as", "recipient_named_as", "reason", "note"
                    ),
                ),
                ("ordered_on_earliest", relations.fields.Bound(end="earliest", of="ordered_on")),
                ("ordered_on_latest", relations.fields.Bound(end="latest", of="ordered_on")),
                ("delivered_on_earliest", relations.fields.Bound(end="earliest", of="delivered_on")),
                ("delivered_on_latest", relations.fields.Bound(end="latest", of="delivered_on")),
            ],
            options={
                "ordering": ["slug"],
                "default_permissions": (
                    "add",
                    "change",
                    "delete",
                    "view",
                    "import",
                    "export",
                    "publish",
                    "withdraw",
                ),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="armstransfer_search"),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce(
                            "ordered_on_earliest", "ordered_on_latest", "delivered_on_earliest", "delivered_on_latest"
                        ),
                        models.F("slug"),
                        condition=models.Q(("state", "published")),
                        name="armstransfer_in_order",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="armstransfer_slug_is_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("kind", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_kind_when_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("category", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_category_when_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("deal_status", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_deal_status_when_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number_ordered_low__isnull", True),
                            ("number_ordered_high__isnull", True),
                            ("number_ordered_low__lte", models.F("number_ordered_high")),
                            _connector="OR",
                        ),
                        name="armstransfer_number_ordered_is_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("number_ordered_low__isnull", True),
                                models.Q(
                                    ("number_ordered_low__gte", 0), ("number_ordered_low__lt", 1000000000000000000)
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("number_ordered_high__isnull", True),
                                models.Q(
                                    ("number_ordered_high__gte", 0), ("number_ordered_high__lt", 1000000000000000000)
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="armstransfer_number_ordered_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("number_ordered_qualifier", ""),
                                ("number_ordered_low__isnull", True),
                                ("number_ordered_high__isnull", True),
                            ),
                            models.Q(
                                ("number_ordered_qualifier__in", ["exact", "about", "estimated"]),
                                models.Q(("number_ordered_low__isnull", True), _negated=True),
                                models.Q(("number_ordered_high__isnull", True), _negated=True),
                            ),
                            models.Q(
                                ("number_ordered_qualifier__in", ["at_least", "more_than"]),
                                models.Q(("number_ordered_low__isnull", True), _negated=True),
                                ("number_ordered_high__isnull", True),
                            ),
                            models.Q(
                                ("number_ordered_qualifier", "at_most"),
                                ("number_ordered_low__isnull", True),
                                models.Q(("number_ordered_high__isnull", True), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="armstransfer_number_ordered_fits_its_qualifier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number_ordered_missing", ""), ("number_ordered_qualifier", ""), _connector="OR"
                        ),
                        name="armstransfer_number_ordered_is_a_number_or_missing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number_delivered_low__isnull", True),
                            ("number_delivered_high__isnull", True),
                            ("number_delivered_low__lte", models.F("number_delivered_high")),
                            _connector="OR",
                        ),
                        name="armstransfer_number_delivered_is_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("number_delivered_low__isnull", True),
                                models.Q(
                                    ("number_delivered_low__gte", 0), ("number_delivered_low__lt", 1000000000000000000)
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("number_delivered_high__isnull", True),
                                models.Q(
                                    ("number_delivered_high__gte", 0),
                                    ("number_delivered_high__lt", 1000000000000000000),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="armstransfer_number_delivered_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("number_delivered_qualifier", ""),
                                ("number_delivered_low__isnull", True),
                                ("number_delivered_high__isnull", True),
                            ),
                            models.Q(
                                ("number_delivered_qualifier__in", ["exact", "about", "estimated"]),
                                models.Q(("number_delivered_low__isnull", True), _negated=True),
                                models.Q(("number_delivered_high__isnull", True), _negated=True),
                            ),
                            models.Q(
                                ("number_delivered_qualifier__in", ["at_least", "more_than"]),
                                models.Q(("number_delivered_low__isnull", True), _negated=True),
                                ("number_delivered_high__isnull", True),
                            ),
                            models.Q(
                                ("number_delivered_qualifier", "at_most"),
                                ("number_delivered_low__isnull", True),
                                models.Q(("number_delivered_high__isnull", True), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="armstransfer_number_delivered_fits_its_qualifier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number_delivered_missing", ""), ("number_delivered_qualifier", ""), _connector="OR"
                        ),
                        name="armstransfer_number_delivered_is_a_number_or_missing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value_low__isnull", True),
                            ("value_high__isnull", True),
                            ("value_low__lte", models.F("value_high")),
                            _connector="OR",
                        ),
                        name="armstransfer_value_is_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("value_low__isnull", True),
                                models.Q(("value_low__gte", 0), ("value_low__lt", 1000000000000000000)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("value_high__isnull", True),
                                models.Q(("value_high__gte", 0), ("value_high__lt", 1000000000000000000)),
                                _connector="OR",
                            ),
                        ),
                        name="armstransfer_value_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("value_qualifier", ""), ("value_low__isnull", True), ("value_high__isnull", True)
                            ),
                            models.Q(
                                ("value_qualifier__in", ["exact", "about", "estimated"]),
                                models.Q(("value_low__isnull", True), _negated=True),
                                models.Q(("value_high__isnull", True), _negated=True),
                            ),
                            models.Q(
                                ("value_qualifier__in", ["at_least", "more_than"]),
                                models.Q(("value_low__isnull", True), _negated=True),
                                ("value_high__isnull", True),
                            ),
                            models.Q(
                                ("value_qualifier", "at_most"),
                                ("value_low__isnull", True),
                                models.Q(("value_high__isnull", True), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="armstransfer_value_fits_its_qualifier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value_missing", ""), ("value_qualifier", ""), _connector="OR"),
                        name="armstransfer_value_is_a_number_or_missing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("supplier"),
                                models.F("supplier_actor"),
                                django.db.models.functions.comparison.NullIf(
                                    models.F("supplier_named_as"), models.Value("")
                                ),
                                output_field=models.BooleanField(),
                                template="num_nonnulls(%(expressions)s) <= 1",
                            )
                        ),
                        name="armstransfer_has_one_supplier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Func(
                                models.F("supplier"),
                                models.F("supplier_actor"),
                                django.db.models.functions.comparison.NullIf(
                                    models.F("supplier_named_as"), models.Value("")
                                ),
                                output_field=models.BooleanField(),
                                template="num_nonnulls(%(expressions)s) = 1",
                            ),
                            _connector="OR",
                        ),
                        name="armstransfer_supplier_when_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("recipient"),
                                models.F("recipient_actor"),
                                django.db.models.functions.comparison.NullIf(
                                    models.F("recipient_named_as"), models.Value("")
                                ),
                                output_field=models.BooleanField(),
                                template="num_nonnulls(%(expressions)s) <= 1",
                            )
                        ),
                        name="armstransfer_has_one_recipient",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Func(
                                models.F("recipient"),
                                models.F("recipient_actor"),
                                django.db.models.functions.comparison.NullIf(
                                    models.F("recipient_named_as"), models.Value("")
                                ),
                                output_field=models.BooleanField(),
                                template="num_nonnulls(%(expressions)s) = 1",
                            ),
                            _connector="OR",
                        ),
                        name="armstransfer_recipient_when_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recipient__isnull", True),
                            models.Q(("recipient", models.F("supplier")), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_is_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recipient_actor__isnull", True),
                            models.Q(("recipient_actor", models.F("supplier_actor")), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_is_of_two_actors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("tiv_per_unit__isnull", True),
                                models.Q(("tiv_per_unit__gte", 0), ("tiv_per_unit__lt", 1000000000000000000)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("tiv_ordered__isnull", True),
                                models.Q(("tiv_ordered__gte", 0), ("tiv_ordered__lt", 1000000000000000000)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("tiv_delivered__isnull", True),
                                models.Q(("tiv_delivered__gte", 0), ("tiv_delivered__lt", 1000000000000000000)),
                                _connector="OR",
                            ),
                        ),
                        name="armstransfer_tiv_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value_qualifier", ""), ("value_unit__regex", "^[A-Z]{3}$"), _connector="OR"
                        ),
                        name="armstransfer_value_has_a_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("value_qualifier", ""),
                            models.Q(("value_kind", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_value_has_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("possibly_same_as__isnull", True),
                            models.Q(("possibly_same_as", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_is_not_its_own_double",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modality__in", ["asserted", "announced", "reported", "inferred", "alleged", "disputed"])
                        ),
                        name="armstransfer_modality_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "published"])),
                        name="armstransfer_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["", "equipment", "technology", "assistance"])),
                        name="armstransfer_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "category__in",
                                [
                                    "",
                                    "aircraft",
                                    "air_defence",
                                    "armoured_vehicles",
                                    "artillery",
                                    "missiles",
                                    "naval_weapons",
                                    "ships",
                                    "sensors",
                                    "satellites",
                                    "engines",
                                    "other",
                                    "small_arms_light_weapons",
                                    "unspecified",
                                ],
                            )
                        ),
                        name="armstransfer_category_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("condition__in", ["", "new", "second_hand", "second_hand_modernised"])),
                        name="armstransfer_condition_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "deal_status__in",
                                [
                                    "",
                                    "sought",
                                    "discussed",
                                    "agreed",
                                    "ordered",
                                    "paid_not_delivered",
                                    "partly_delivered",
                                    "delivered",
                                    "interdicted",
                                    "released_onward",
                                    "cancelled",
                                    "unknown",
                                ],
                            )
                        ),
                        name="armstransfer_deal_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "number_ordered_qualifier__in",
                                ["", "exact", "about", "at_least", "more_than", "at_most", "estimated"],
                            )
                        ),
                        name="armstransfer_number_ordered_qualifier_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "number_ordered_missing__in",
                                [
                                    "",
                                    "unknown",
                                    "uncounted",
                                    "not_reported",
                                    "reported_none",
                                    "not_applicable",
                                    "withheld",
                                ],
                            )
                        ),
                        name="armstransfer_number_ordered_missing_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "number_delivered_qualifier__in",
                                ["", "exact", "about", "at_least", "more_than", "at_most", "estimated"],
                            )
                        ),
                        name="armstransfer_number_delivered_qualifier_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "number_delivered_missing__in",
                                [
                                    "",
                                    "unknown",
                                    "uncounted",
                                    "not_reported",
                                    "reported_none",
                                    "not_applicable",
                                    "withheld",
                                ],
                            )
                        ),
                        name="armstransfer_number_delivered_missing_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "value_qualifier__in",
                                ["", "exact", "about", "at_least", "more_than", "at_most", "estimated"],
                            )
                        ),
                        name="armstransfer_value_qualifier_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "value_missing__in",
                                [
                                    "",
                                    "unknown",
                                    "uncounted",
                                    "not_reported",
                                    "reported_none",
                                    "not_applicable",
                                    "withheld",
                                ],
                            )
                        ),
                        name="armstransfer_value_missing_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value_kind__in", ["", "contract", "estimate", "down_payment", "aid"])),
                        name="armstransfer_value_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("slug", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("note", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func("editor_note", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func(
                                "supplier_named_as", function="public.is_line", output_field=models.BooleanField()
                            ),
                            models.Func(
                                "recipient_named_as", function="public.is_line", output_field=models.BooleanField()
                            ),
                            models.Func("designation", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("description", function="public.is_line", output_field=models.BooleanField()),
                            models.Func(
                                "number_ordered_unit", function="public.is_line", output_field=models.BooleanField()
                            ),
                            models.Func(
                                "number_delivered_unit", function="public.is_line", output_field=models.BooleanField()
                            ),
                            models.Func("value_unit", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("reason", function="public.is_prose", output_field=models.BooleanField()),
                        ),
                        name="armstransfer_text_is_tidy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80, unique=True)),
                ("modality", models.CharField(default="asserted", max_length=10)),
                ("negated", models.BooleanField(default=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("note", models.TextField(blank=True)),
                ("editor_note", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, serialize=False)),
                (
                    "sending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions_sent",
                        to="relations.country",
                    ),
                ),
                (
                    "accredited_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions_received",
                        to="relations.country",
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("head_rank", models.CharField(blank=True, max_length=20)),
                (
                    "protecting_power",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="relations.country",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=80)),
                (
                    "host_country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions_hosted",
                        to="relations.country",
                    ),
                ),
                ("opened_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("closed_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("ending", models.CharField(blank=True, max_length=10)),
                (
                    "reopens",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopened_as",
                        to="relations.mission",
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("search", relations.fields.SearchColumn("city", "reason", "note")),
                ("opened_on_earliest", relations.fields.Bound(end="earliest", of="opened_on")),
                ("opened_on_latest", relations.fields.Bound(end="latest", of="opened_on")),
                ("closed_on_earliest", relations.fields.Bound(end="earliest", of="closed_on")),
                ("closed_on_latest", relations.fields.Bound(end="latest", of="closed_on")),
            ],
            options={
                "ordering": ["slug"],
                "default_permissions": (
                    "add",
                    "change",
                    "delete",
                    "view",
                    "import",
                    "export",
                    "publish",
                    "withdraw",
                ),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="mission_search"),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce(
                            "opened_on_earliest", "opened_on_latest", "closed_on_earliest", "closed_on_latest"
                        ),
                        models.F("slug"),
                        condition=models.Q(("state", "published")),
                        name="mission_in_order",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="mission_slug_is_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sending", models.F("accredited_to")), _negated=True),
                        name="mission_is_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("protecting_power__isnull", True),
                            models.Q(
                                ("kind", "interests_section"),
                                models.Q(("protecting_power", models.F("sending")), _negated=True),
                                models.Q(("protecting_power", models.F("accredited_to")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="mission_is_protected_by_a_third",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ending", ""), models.Q(("closed_on", ""), _negated=True), _connector="OR"),
                        name="mission_ends_when_it_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reopens", models.F("pk")), _negated=True), name="mission_reopens_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on_latest__isnull", True),
                            ("opened_on_earliest__isnull", True),
                            ("closed_on_latest__gte", models.F("opened_on_earliest")),
                            _connector="OR",
                        ),
                        name="mission_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modality__in", ["asserted", "announced", "reported", "inferred", "alleged", "disputed"])
                        ),
                        name="mission_modality_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "published"])),
                        name="mission_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "embassy",
                                    "legation",
                                    "high_commission",
                                    "consulate",
                                    "honorary_consulate",
                                    "interests_section",
                                    "liaison_office",
                                    "trade_office",
                                    "office",
                                ],
                            )
                        ),
                        name="mission_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("head_rank__in", ["", "ambassador", "minister", "charge_d_affaires", "consul", "other"])
                        ),
                        name="mission_head_rank_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opened_on__contains", "/"), _negated=True),
                        name="mission_opened_on_is_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_on__contains", "/"), _negated=True),
                        name="mission_closed_on_is_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ending__in", ["", "closed", "suspended"])), name="mission_ending_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("slug", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("note", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func("editor_note", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func("city", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("reason", function="public.is_prose", output_field=models.BooleanField()),
                        ),
                        name="mission_text_is_tidy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80, unique=True)),
                ("modality", models.CharField(default="asserted", max_length=10)),
                ("negated", models.BooleanField(default=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("note", models.TextField(blank=True)),
                ("editor_note", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, serialize=False)),
                ("measure", models.CharField(max_length=12)),
                (
                    "from_country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations_from",
                        to="relations.country",
                    ),
                ),
                (
                    "to_country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations_to",
                        to="relations.country",
                    ),
                ),
                ("period", relations.fields.FuzzyDateField(bounds=False)),
                ("subject", models.CharField(blank=True, max_length=160)),
                ("figure_low", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("figure_high", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("figure_qualifier", models.CharField(blank=True, max_length=10)),
                ("figure_unit", models.CharField(blank=True, max_length=40)),
                ("figure_missing", models.CharField(blank=True, max_length=16)),
                ("reporter", models.CharField(blank=True, max_length=120)),
                ("search", relations.fields.SearchColumn("subject", "reporter", "note")),
                ("period_earliest", relations.fields.Bound(end="earliest", of="period")),
                ("period_latest", relations.fields.Bound(end="latest", of="period")),
            ],
            options={
                "ordering": ["slug"],
                "default_permissions": (
                    "add",
                    "change",
                    "delete",
                    "view",
                    "import",
                    "export",
                    "publish",
                    "withdraw",
                ),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="observation_search"),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("period_earliest", "period_latest"),
                        models.F("slug"),
                        condition=models.Q(("state", "published")),
                        name="observation_in_order",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="observation_slug_is_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("figure_low__isnull", True),
                            ("figure_high__isnull", True),
                            ("figure_low__lte", models.F("figure_high")),
                            _connector="OR",
                        ),
                        name="observation_figure_is_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("figure_low__isnull", True),
                                models.Q(("figure_low__gte", 0), ("figure_low__lt", 1000000000000000000)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("figure_high__isnull", True),
                                models.Q(("figure_high__gte", 0), ("figure_high__lt", 1000000000000000000)),
                                _connector="OR",
                            ),
                        ),
                        name="observation_figure_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("figure_qualifier", ""), ("figure_low__isnull", True), ("figure_high__isnull", True)
                            ),
                            models.Q(
                                ("figure_qualifier__in", ["exact", "about", "estimated"]),
                                models.Q(("figure_low__isnull", True), _negated=True),
                                models.Q(("figure_high__isnull", True), _negated=True),
                            ),
                            models.Q(
                                ("figure_qualifier__in", ["at_least", "more_than"]),
                                models.Q(("figure_low__isnull", True), _negated=True),
                                ("figure_high__isnull", True),
                            ),
                            models.Q(
                                ("figure_qualifier", "at_most"),
                                ("figure_low__isnull", True),
                                models.Q(("figure_high__isnull", True), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="observation_figure_fits_its_qualifier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("figure_missing", ""), ("figure_qualifier", ""), _connector="OR"),
                        name="observation_figure_is_a_number_or_missing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_country", models.F("to_country")), _negated=True),
                        name="observation_is_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("figure_low__isnull", False),
                            ("figure_high__isnull", False),
                            models.Q(("figure_missing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="observation_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure__in", ("money", "aid", "exports")), _negated=True),
                            ("figure_qualifier", ""),
                            ("figure_unit__regex", "^[A-Z]{3}$"),
                            _connector="OR",
                        ),
                        name="observation_money_has_a_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("figure_qualifier", ""),
                            models.Q(("figure_unit", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="observation_has_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modality__in", ["asserted", "announced", "reported", "inferred", "alleged", "disputed"])
                        ),
                        name="observation_modality_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "published"])),
                        name="observation_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "measure__in",
                                [
                                    "killed",
                                    "persons",
                                    "workers",
                                    "weight",
                                    "items",
                                    "money",
                                    "aid",
                                    "exports",
                                    "trade_rank",
                                ],
                            )
                        ),
                        name="observation_measure_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "figure_qualifier__in",
                                ["", "exact", "about", "at_least", "more_than", "at_most", "estimated"],
                            )
                        ),
                        name="observation_figure_qualifier_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "figure_missing__in",
                                [
                                    "",
                                    "unknown",
                                    "uncounted",
                                    "not_reported",
                                    "reported_none",
                                    "not_applicable",
                                    "withheld",
                                ],
                            )
                        ),
                        name="observation_figure_missing_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("slug", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("note", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func("editor_note", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func("subject", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("figure_unit", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("reporter", function="public.is_line", output_field=models.BooleanField()),
                        ),
                        name="observation_text_is_tidy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                (
                    "country_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="relations.country"
                    ),
                ),
                (
                    "country_b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="relations.country"
                    ),
                ),
                ("summary", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["country_a", "country_b"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("country_a__lt", models.F("country_b"))), name="relation_is_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("summary", function="public.is_prose", output_field=models.BooleanField())
                        ),
                        name="relation_text_is_tidy",
                    ),
                    models.UniqueConstraint(fields=("country_a", "country_b"), name="relation_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RelationPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80, unique=True)),
                ("modality", models.CharField(default="asserted", max_length=10)),
                ("negated", models.BooleanField(default=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("note", models.TextField(blank=True)),
                ("editor_note", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, serialize=False)),
                (
                    "relation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="periods", to="relations.relation"
                    ),
                ),
                ("track", models.CharField(max_length=12)),
                ("value", models.CharField(blank=True, max_length=20)),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="relations.country",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("exception", models.CharField(blank=True, max_length=200)),
                ("began_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("ended_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("reason", models.TextField(blank=True)),
                ("search", relations.fields.SearchColumn("subject", "exception", "reason", "note")),
                ("began_on_earliest", relations.fields.Bound(end="earliest", of="began_on")),
                ("began_on_latest", relations.fields.Bound(end="latest", of="began_on")),
                ("ended_on_earliest", relations.fields.Bound(end="earliest", of="ended_on")),
                ("ended_on_latest", relations.fields.Bound(end="latest", of="ended_on")),
            ],
            options={
                "ordering": ["slug"],
                "default_permissions": (
                    "add",
                    "change",
                    "delete",
                    "view",
                    "import",
                    "export",
                    "publish",
                    "withdraw",
                ),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="relationperiod_search"),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce(
                            "began_on_earliest", "began_on_latest", "ended_on_earliest", "ended_on_latest"
                        ),
                        models.F("slug"),
                        condition=models.Q(("state", "published")),
                        name="relationperiod_in_order",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="relationperiod_slug_is_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("value", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="relationperiod_value_when_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value", ""),
                            models.Q(
                                ("track", "legal"),
                                ("value__in", ["established", "suspended", "severed", "interrupted", "none"]),
                            ),
                            models.Q(
                                ("track", "level"),
                                (
                                    "value__in",
                                    [
                                        "none",
                                        "interests_section",
                                        "consular",
                                        "charge_d_affaires",
                                        "minister",
                                        "ambassador",
                                        "unspecified",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("track", "military"),
                                ("value__in", ["confrontation", "cooperation", "assistance", "alliance", "severed"]),
                            ),
                            models.Q(("track", "recognition"), ("value__in", ["recognised", "not_recognised"])),
                            models.Q(
                                ("track", "position"),
                                ("value__in", ["favours", "opposes", "abstains", "claims", "complies", "refuses"]),
                            ),
                            models.Q(
                                ("track", "cooperation"),
                                ("value__in", ["under_way", "pledged", "restricted", "halted"]),
                            ),
                            models.Q(
                                ("track", "character"),
                                ("value__in", ["hostile", "limited", "cordial", "growing", "strong", "close"]),
                            ),
                            _connector="OR",
                        ),
                        name="relationperiod_value_is_of_its_track",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("track__in", ("level", "recognition")), _negated=True),
                            ("held_by__isnull", False),
                            _connector="OR",
                        ),
                        name="relationperiod_holder_when_one_sided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("track__in", ("position", "cooperation", "character")),
                                models.Q(("subject", ""), _negated=True),
                            ),
                            ("track", "recognition"),
                            models.Q(
                                models.Q(("track__in", ("position", "cooperation", "character")), _negated=True),
                                ("subject", ""),
                            ),
                            _connector="OR",
                        ),
                        name="relationperiod_subject_when_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exception", ""), models.Q(("subject", ""), _negated=True), _connector="OR"
                        ),
                        name="relationperiod_excepts_from_a_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on_latest__isnull", True),
                            ("began_on_earliest__isnull", True),
                            ("ended_on_latest__gte", models.F("began_on_earliest")),
                            _connector="OR",
                        ),
                        name="relationperiod_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("negated", False),
                            ("state", "published"),
                            ("track__in", ("legal", "military")),
                            models.Q(("modality", "disputed"), _negated=True),
                        ),
                        expressions=[
                            (
                                models.Func(
                                    models.F("relation"), models.F("relation"), models.Value("[]"), function="int8range"
                                ),
                                "=",
                            ),
                            (
                                models.Func(
                                    models.F("track"),
                                    models.F("track"),
                                    models.Value("[]"),
                                    function="public.textrange",
                                ),
                                "=",
                            ),
                            (
                                models.Func(
                                    "began_on_earliest",
                                    "began_on_latest",
                                    "ended_on_earliest",
                                    function="public.period_core",
                                ),
                                "&&",
                            ),
                        ],
                        name="relationperiod_one_mutual_value",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("negated", False),
                            ("state", "published"),
                            ("track__in", ("level", "recognition")),
                            models.Q(("modality", "disputed"), _negated=True),
                        ),
                        expressions=[
                            (
                                models.Func(
                                    models.F("relation"), models.F("relation"), models.Value("[]"), function="int8range"
                                ),
                                "=",
                            ),
                            (
                                models.Func(
                                    models.F("track"),
                                    models.F("track"),
                                    models.Value("[]"),
                                    function="public.textrange",
                                ),
                                "=",
                            ),
                            (
                                models.Func(
                                    models.F("held_by"),
                                    models.F("held_by"),
                                    models.Value("[]"),
                                    function="public.textrange",
                                ),
                                "=",
                            ),
                            (
                                models.Func(
                                    "began_on_earliest",
                                    "began_on_latest",
                                    "ended_on_earliest",
                                    function="public.period_core",
                                ),
                                "&&",
                            ),
                        ],
                        name="relationperiod_one_value_per_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modality__in", ["asserted", "announced", "reported", "inferred", "alleged", "disputed"])
                        ),
                        name="relationperiod_modality_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "published"])),
                        name="relationperiod_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "track__in",
                                ["legal", "level", "military", "recognition", "position", "cooperation", "character"],
                            )
                        ),
                        name="relationperiod_track_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("began_on__contains", "/"), _negated=True),
                        name="relationperiod_began_on_is_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on__contains", "/"), _negated=True),
                        name="relationperiod_ended_on_is_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("slug", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("note", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func("editor_note", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func("value", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("subject", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("exception", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("reason", function="public.is_prose", output_field=models.BooleanField()),
                        ),
                        name="relationperiod_text_is_tidy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("key", models.CharField(db_collation="C", max_length=80, unique=True)),
                ("csl_type", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=300)),
                ("authors", models.TextField(blank=True)),
                ("container_title", models.CharField(blank=True, max_length=300)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("publisher_place", models.CharField(blank=True, max_length=100)),
                ("volume", models.CharField(blank=True, max_length=20)),
                ("issue", models.CharField(blank=True, max_length=20)),
                ("page", models.CharField(blank=True, max_length=40)),
                ("edition", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("doi", models.CharField(blank=True, max_length=100)),
                ("isbn", models.CharField(blank=True, max_length=20)),
                ("url", models.URLField(blank=True, max_length=500)),
                ("archive_url", models.URLField(blank=True, max_length=500)),
                ("issued_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("speaks_until", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("accessed_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("licence", models.CharField(blank=True, max_length=100)),
                ("licence_url", models.URLField(blank=True, max_length=500)),
                ("text_is_public", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True)),
                ("issued_on_earliest", relations.fields.Bound(end="earliest", of="issued_on")),
                ("issued_on_latest", relations.fields.Bound(end="latest", of="issued_on")),
                ("speaks_until_earliest", relations.fields.Bound(end="earliest", of="speaks_until")),
                ("speaks_until_latest", relations.fields.Bound(end="latest", of="speaks_until")),
                ("accessed_on_earliest", relations.fields.Bound(end="earliest", of="accessed_on")),
                ("accessed_on_latest", relations.fields.Bound(end="latest", of="accessed_on")),
            ],
            options={
                "ordering": ["key"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")), name="source_key_is_well_formed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^([0-9a-f]{64})?$")), name="source_sha256_is_well_formed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("doi", ""), ("doi__regex", "^10\\.[0-9]{4,9}(\\.[0-9]+)*/\\S+$"), _connector="OR"
                        ),
                        name="source_doi_is_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url", ""), ("url__regex", "^https?://"), _connector="OR"),
                        name="source_url_is_web",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("archive_url", ""), ("archive_url__regex", "^https?://"), _connector="OR"),
                        name="source_archive_url_is_web",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("licence_url", ""), ("licence_url__regex", "^https?://"), _connector="OR"),
                        name="source_licence_url_is_web",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("licence_url", ""), models.Q(("licence", ""), _negated=True), _connector="OR"
                        ),
                        name="source_licence_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "csl_type__in",
                                [
                                    "article",
                                    "article-journal",
                                    "article-newspaper",
                                    "book",
                                    "chapter",
                                    "dataset",
                                    "document",
                                    "report",
                                    "standard",
                                    "treaty",
                                    "webpage",
                                ],
                            )
                        ),
                        name="source_csl_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("issued_on__contains", "/"), _negated=True),
                        name="source_issued_on_is_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("speaks_until__contains", "/"), _negated=True),
                        name="source_speaks_until_is_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accessed_on__contains", "/"), _negated=True),
                        name="source_accessed_on_is_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("key", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("title", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("authors", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func(
                                "container_title", function="public.is_line", output_field=models.BooleanField()
                            ),
                            models.Func("publisher", function="public.is_line", output_field=models.BooleanField()),
                            models.Func(
                                "publisher_place", function="public.is_line", output_field=models.BooleanField()
                            ),
                            models.Func("volume", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("issue", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("page", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("edition", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("language", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("doi", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("isbn", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("url", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("archive_url", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("sha256", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("licence", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("licence_url", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("note", function="public.is_prose", output_field=models.BooleanField()),
                        ),
                        name="source_text_is_tidy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="relations.source"
                    ),
                ),
                ("ref", models.CharField(db_collation="C", max_length=40)),
                ("position", models.PositiveIntegerField()),
                ("section", models.CharField(blank=True, max_length=80)),
                ("char_start", models.PositiveIntegerField()),
                ("char_end", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("digest", models.TextField(blank=True)),
                ("finished", models.BooleanField(default=False)),
                ("out_of_scope_reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["source", "position"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ref__regex", "^[a-z0-9]+(-[a-z0-9]+)*(\\.[0-9]+)+$")),
                        name="passage_ref_is_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="passage_sha256_is_well_formed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("char_end__gt", models.F("char_start"))),
                        name="passage_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("out_of_scope_reason", ""), ("finished", True), _connector="OR"),
                        name="passage_out_of_scope_is_finished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("ref", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("section", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("sha256", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("digest", function="public.is_prose", output_field=models.BooleanField()),
                            models.Func(
                                "out_of_scope_reason", function="public.is_prose", output_field=models.BooleanField()
                            ),
                        ),
                        name="passage_text_is_tidy",
                    ),
                    models.UniqueConstraint(fields=("source", "ref"), name="passage_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PassageText",
            fields=[
                (
                    "passage",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="loaded",
                        serialize=False,
                        to="relations.passage",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="relations.relationperiod",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="relations.mission",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="relations.event",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="relations.armstransfer",
                    ),
                ),
                (
                    "observation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="relations.observation",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="relations.country",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="relations.actor",
                    ),
                ),
                (
                    "relation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="relations.relation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="citations", to="relations.source"
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="relations.passage",
                    ),
                ),
                ("locator", models.CharField(blank=True, max_length=80)),
                ("field", models.CharField(blank=True, max_length=40)),
                ("part", models.CharField(blank=True, max_length=120)),
                ("stance", models.CharField(default="supports", max_length=11)),
                ("value", models.CharField(blank=True, max_length=200)),
                ("modality", models.CharField(blank=True, max_length=10)),
                ("hedge", models.CharField(blank=True, max_length=120)),
                ("attributed_to", models.CharField(blank=True, max_length=120)),
                ("attributed_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("is_announcement", models.BooleanField(default=False)),
                ("passage_sha256", models.CharField(blank=True, editable=False, max_length=64, serialize=False)),
                ("attributed_on_earliest", relations.fields.Bound(end="earliest", of="attributed_on")),
                ("attributed_on_latest", relations.fields.Bound(end="latest", of="attributed_on")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("passage", None)),
                        fields=["source", "locator", "field", "id"],
                        name="citation_by_place",
                    )
                ],
                "ordering": ["source", "passage__position", "locator", "field", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("period"),
                                models.F("mission"),
                                models.F("event"),
                                models.F("transfer"),
                                models.F("observation"),
                                models.F("country"),
                                models.F("actor"),
                                models.F("relation"),
                                output_field=models.BooleanField(),
                                template="num_nonnulls(%(expressions)s) = 1",
                            )
                        ),
                        name="citation_has_one_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("passage"),
                                django.db.models.functions.comparison.NullIf(models.F("locator"), models.Value("")),
                                output_field=models.BooleanField(),
                                template="num_nonnulls(%(expressions)s) = 1",
                            )
                        ),
                        name="citation_has_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("period__isnull", True),
                                (
                                    "field__in",
                                    [
                                        "",
                                        "relation",
                                        "track",
                                        "value",
                                        "held_by",
                                        "subject",
                                        "exception",
                                        "began_on",
                                        "ended_on",
                                        "reason",
                                    ],
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("mission__isnull", True),
                                (
                                    "field__in",
                                    [
                                        "",
                                        "sending",
                                        "accredited_to",
                                        "kind",
                                        "head_rank",
                                        "protecting_power",
                                        "city",
                                        "host_country",
                                        "opened_on",
                                        "closed_on",
                                        "ending",
                                        "reopens",
                                        "reason",
                                    ],
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("event__isnull", True),
                                (
                                    "field__in",
                                    [
                                        "",
                                        "kind",
                                        "happened_on",
                                        "title",
                                        "summary",
                                        "place",
                                        "reason",
                                        "possibly_same_as",
                                        "participants",
                                        "figures",
                                    ],
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("transfer__isnull", True),
                                (
                                    "field__in",
                                    [
                                        "",
                                        "supplier",
                                        "supplier_actor",
                                        "supplier_named_as",
                                        "recipient",
                                        "recipient_actor",
                                        "recipient_named_as",
                                        "kind",
                                        "category",
                                        "designation",
                                        "description",
                                        "condition",
                                        "licence_production",
                                        "deal_status",
                                        "ordered_on",
                                        "delivered_on",
                                        "number_ordered_low",
                                        "number_ordered_high",
                                        "number_ordered_qualifier",
                                        "number_ordered_unit",
                                        "number_ordered_missing",
                                        "number_delivered_low",
                                        "number_delivered_high",
                                        "number_delivered_qualifier",
                                        "number_delivered_unit",
                                        "number_delivered_missing",
                                        "value_low",
                                        "value_high",
                                        "value_qualifier",
                                        "value_unit",
                                        "value_missing",
                                        "value_kind",
                                        "tiv_per_unit",
                                        "tiv_ordered",
                                        "tiv_delivered",
                                        "transit_country",
                                        "event",
                                        "possibly_same_as",
                                        "reason",
                                        "number_ordered",
                                        "number_delivered",
                                        "value",
                                        "participants",
                                    ],
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("observation__isnull", True),
                                (
                                    "field__in",
                                    [
                                        "",
                                        "measure",
                                        "from_country",
                                        "to_country",
                                        "period",
                                        "subject",
                                        "figure_low",
                                        "figure_high",
                                        "figure_qualifier",
                                        "figure_unit",
                                        "figure_missing",
                                        "reporter",
                                        "figure",
                                    ],
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("country__isnull", True),
                                (
                                    "field__in",
                                    [
                                        "",
                                        "name",
                                        "official_name",
                                        "aliases",
                                        "kind",
                                        "lifespans",
                                        "successors",
                                        "codes",
                                    ],
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("field__in", ["", "name", "aliases", "kind", "country", "description"]),
                                _connector="OR",
                            ),
                            models.Q(
                                ("relation__isnull", True),
                                ("field__in", ["", "country_a", "country_b", "summary"]),
                                _connector="OR",
                            ),
                        ),
                        name="citation_field_is_of_its_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part", ""), ("field", "participants"), _connector="OR"),
                        name="citation_part_is_of_participants",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_announcement", False),
                            models.Q(
                                (
                                    "field__in",
                                    [
                                        "began_on",
                                        "closed_on",
                                        "delivered_on",
                                        "ended_on",
                                        "happened_on",
                                        "opened_on",
                                        "ordered_on",
                                        "period",
                                    ],
                                ),
                                ("stance", "supports"),
                            ),
                            _connector="OR",
                        ),
                        name="citation_announces_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), ("stance", "contradicts"), _connector="OR"),
                        name="citation_value_contradicts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["supports", "contradicts", "mentions"])),
                        name="citation_stance_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "modality__in",
                                ["", "asserted", "announced", "reported", "inferred", "alleged", "disputed"],
                            )
                        ),
                        name="citation_modality_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attributed_on__contains", "/"), _negated=True),
                        name="citation_attributed_on_is_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("locator", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("field", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("part", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("value", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("hedge", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("attributed_to", function="public.is_line", output_field=models.BooleanField()),
                            models.Func(
                                "passage_sha256", function="public.is_line", output_field=models.BooleanField()
                            ),
                        ),
                        name="citation_text_is_tidy",
                    ),
                    models.UniqueConstraint(
                        fields=(
                            "period",
                            "mission",
                            "event",
                            "transfer",
                            "observation",
                            "country",
                            "actor",
                            "relation",
                            "source",
                            "passage",
                            "locator",
                            "field",
                            "part",
                            "stance",
                        ),
                        name="citation_is_unique",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountryHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.country",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=3, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("official_name", models.CharField(blank=True, max_length=200)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
            ],
        ),
        migrations.CreateModel(
            name="SuccessionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.succession",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "predecessor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CountryCodeHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.countrycode",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "country",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                ("scheme", models.CharField(max_length=10)),
                ("value", models.CharField(db_collation="C", max_length=20)),
                ("valid_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("valid_until", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ActorHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.actor",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("name", models.CharField(max_length=150)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150), blank=True, default=list, size=None
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                ("description", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="FormerAddressHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.formeraddress",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("collection", models.CharField(max_length=20)),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("now_at", models.CharField(blank=True, db_collation="C", max_length=80)),
                ("reason", models.CharField(max_length=10)),
                ("gone_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="EventHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.event",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("modality", models.CharField(default="asserted", max_length=10)),
                ("negated", models.BooleanField(default=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("note", models.TextField(blank=True)),
                ("editor_note", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("happened_on", relations.fields.FuzzyDateField(bounds=False)),
                ("title", models.CharField(blank=True, max_length=160)),
                ("summary", models.TextField(blank=True)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("reason", models.TextField(blank=True)),
                (
                    "possibly_same_as",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ParticipationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.participation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.event",
                    ),
                ),
                ("role", models.CharField(max_length=16)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.actor",
                    ),
                ),
                ("named_as", models.CharField(blank=True, max_length=120)),
                ("count", models.PositiveIntegerField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="EventFigureHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.eventfigure",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.event",
                    ),
                ),
                ("measure", models.CharField(max_length=12)),
                ("of", models.CharField(blank=True, max_length=120)),
                ("figure_low", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("figure_high", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("figure_qualifier", models.CharField(blank=True, max_length=10)),
                ("figure_unit", models.CharField(blank=True, max_length=40)),
                ("figure_missing", models.CharField(blank=True, max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="ArmsTransferHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.armstransfer",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("modality", models.CharField(default="asserted", max_length=10)),
                ("negated", models.BooleanField(default=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("note", models.TextField(blank=True)),
                ("editor_note", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, serialize=False)),
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "supplier_actor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.actor",
                    ),
                ),
                ("supplier_named_as", models.CharField(blank=True, max_length=120)),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "recipient_actor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.actor",
                    ),
                ),
                ("recipient_named_as", models.CharField(blank=True, max_length=120)),
                ("kind", models.CharField(blank=True, max_length=10)),
                ("category", models.CharField(blank=True, max_length=24)),
                ("designation", models.CharField(blank=True, max_length=120)),
                ("description", models.CharField(blank=True, max_length=200)),
                ("condition", models.CharField(blank=True, max_length=24)),
                ("licence_production", models.BooleanField(default=False)),
                ("deal_status", models.CharField(blank=True, max_length=20)),
                ("ordered_on", relations.fields.FuzzyDateField(bounds=False)),
                ("delivered_on", relations.fields.FuzzyDateField(bounds=False)),
                ("number_ordered_low", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("number_ordered_high", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("number_ordered_qualifier", models.CharField(blank=True, max_length=10)),
                ("number_ordered_unit", models.CharField(blank=True, max_length=40)),
                ("number_ordered_missing", models.CharField(blank=True, max_length=16)),
                ("number_delivered_low", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("number_delivered_high", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("number_delivered_qualifier", models.CharField(blank=True, max_length=10)),
                ("number_delivered_unit", models.CharField(blank=True, max_length=40)),
                ("number_delivered_missing", models.CharField(blank=True, max_length=16)),
                ("value_low", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("value_high", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("value_qualifier", models.CharField(blank=True, max_length=10)),
                ("value_unit", models.CharField(blank=True, max_length=40)),
                ("value_missing", models.CharField(blank=True, max_length=16)),
                ("value_kind", models.CharField(blank=True, max_length=12)),
                ("tiv_per_unit", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("tiv_ordered", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("tiv_delivered", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                (
                    "transit_country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.event",
                    ),
                ),
                (
                    "possibly_same_as",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.armstransfer",
                    ),
                ),
                ("reason", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="MissionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.mission",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("modality", models.CharField(default="asserted", max_length=10)),
                ("negated", models.BooleanField(default=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("note", models.TextField(blank=True)),
                ("editor_note", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, serialize=False)),
                (
                    "sending",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "accredited_to",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("head_rank", models.CharField(blank=True, max_length=20)),
                (
                    "protecting_power",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=80)),
                (
                    "host_country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                ("opened_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("closed_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("ending", models.CharField(blank=True, max_length=10)),
                (
                    "reopens",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.mission",
                    ),
                ),
                ("reason", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="ObservationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.observation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("modality", models.CharField(default="asserted", max_length=10)),
                ("negated", models.BooleanField(default=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("note", models.TextField(blank=True)),
                ("editor_note", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, serialize=False)),
                ("measure", models.CharField(max_length=12)),
                (
                    "from_country",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "to_country",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                ("period", relations.fields.FuzzyDateField(bounds=False)),
                ("subject", models.CharField(blank=True, max_length=160)),
                ("figure_low", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("figure_high", models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                ("figure_qualifier", models.CharField(blank=True, max_length=10)),
                ("figure_unit", models.CharField(blank=True, max_length=40)),
                ("figure_missing", models.CharField(blank=True, max_length=16)),
                ("reporter", models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="RelationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.relation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                (
                    "country_a",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "country_b",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                ("summary", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="RelationPeriodHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.relationperiod",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("modality", models.CharField(default="asserted", max_length=10)),
                ("negated", models.BooleanField(default=False)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("note", models.TextField(blank=True)),
                ("editor_note", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, serialize=False)),
                (
                    "relation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.relation",
                    ),
                ),
                ("track", models.CharField(max_length=12)),
                ("value", models.CharField(blank=True, max_length=20)),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("exception", models.CharField(blank=True, max_length=200)),
                ("began_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("ended_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("reason", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="SourceHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.source",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                ("key", models.CharField(db_collation="C", max_length=80)),
                ("csl_type", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=300)),
                ("authors", models.TextField(blank=True)),
                ("container_title", models.CharField(blank=True, max_length=300)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("publisher_place", models.CharField(blank=True, max_length=100)),
                ("volume", models.CharField(blank=True, max_length=20)),
                ("issue", models.CharField(blank=True, max_length=20)),
                ("page", models.CharField(blank=True, max_length=40)),
                ("edition", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("doi", models.CharField(blank=True, max_length=100)),
                ("isbn", models.CharField(blank=True, max_length=20)),
                ("url", models.URLField(blank=True, max_length=500)),
                ("archive_url", models.URLField(blank=True, max_length=500)),
                ("issued_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("speaks_until", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("accessed_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("licence", models.CharField(blank=True, max_length=100)),
                ("licence_url", models.URLField(blank=True, max_length=500)),
                ("text_is_public", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="PassageHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.passage",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, editable=False, serialize=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, serialize=False
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.source",
                    ),
                ),
                ("ref", models.CharField(db_collation="C", max_length=40)),
                ("position", models.PositiveIntegerField()),
                ("section", models.CharField(blank=True, max_length=80)),
                ("char_start", models.PositiveIntegerField()),
                ("char_end", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("digest", models.TextField(blank=True)),
                ("finished", models.BooleanField(default=False)),
                ("out_of_scope_reason", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="CitationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.citation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.relationperiod",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.mission",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.event",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.armstransfer",
                    ),
                ),
                (
                    "observation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.observation",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.actor",
                    ),
                ),
                (
                    "relation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.relation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.source",
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.passage",
                    ),
                ),
                ("locator", models.CharField(blank=True, max_length=80)),
                ("field", models.CharField(blank=True, max_length=40)),
                ("part", models.CharField(blank=True, max_length=120)),
                ("stance", models.CharField(default="supports", max_length=11)),
                ("value", models.CharField(blank=True, max_length=200)),
                ("modality", models.CharField(blank=True, max_length=10)),
                ("hedge", models.CharField(blank=True, max_length=120)),
                ("attributed_to", models.CharField(blank=True, max_length=120)),
                ("attributed_on", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("is_announcement", models.BooleanField(default=False)),
                ("passage_sha256", models.CharField(blank=True, editable=False, max_length=64, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Lifespan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lifespans", to="relations.country"
                    ),
                ),
                ("existed_from", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("existed_until", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("existed_from_earliest", relations.fields.Bound(end="earliest", of="existed_from")),
                ("existed_from_latest", relations.fields.Bound(end="latest", of="existed_from")),
                ("existed_until_earliest", relations.fields.Bound(end="earliest", of="existed_until")),
                ("existed_until_latest", relations.fields.Bound(end="latest", of="existed_until")),
            ],
            options={
                "ordering": ["country", models.OrderBy(models.F("existed_from_latest"), nulls_first=True)],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("existed_from", ""), _negated=True),
                            models.Q(("existed_until", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="lifespan_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("existed_until_latest__isnull", True),
                            ("existed_from_earliest__isnull", True),
                            ("existed_until_latest__gte", models.F("existed_from_earliest")),
                            _connector="OR",
                        ),
                        name="lifespan_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("country"),
                                    models.F("country"),
                                    models.Value("[]"),
                                    function="public.textrange",
                                ),
                                "=",
                            ),
                            (
                                models.Func(
                                    models.F("existed_from_earliest"),
                                    models.F("existed_from_latest"),
                                    models.Case(
                                        models.When(existed_until="", then=models.Value(datetime.date(9999, 12, 31))),
                                        default=models.F("existed_until_earliest"),
                                    ),
                                    function="public.period_core",
                                ),
                                "&&",
                            ),
                        ],
                        name="lifespan_is_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("existed_from__contains", "/"), _negated=True),
                        name="lifespan_existed_from_is_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("existed_until__contains", "/"), _negated=True),
                        name="lifespan_existed_until_is_an_instant",
                    ),
                    models.UniqueConstraint(fields=("country", "existed_from"), name="lifespan_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LifespanHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.lifespan",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "country",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                ("existed_from", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
                ("existed_until", relations.fields.FuzzyDateField(bounds=False, instants_only=True)),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("collection", models.CharField(max_length=20)),
                ("file_format", models.CharField(max_length=4)),
                ("name", models.CharField(max_length=765)),
                ("content", models.BinaryField()),
                (
                    "sha256",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func("content", function="sha256"), models.Value("hex"), function="encode"
                        ),
                        output_field=models.CharField(max_length=64),
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                "content",
                                output_field=models.BooleanField(),
                                template="octet_length(%(expressions)s) <= 20000000",
                            )
                        ),
                        name="upload_content_is_not_too_large",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file_format__in", ["csv", "xlsx", "json"])),
                        name="upload_file_format_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func("collection", function="public.is_line", output_field=models.BooleanField()),
                            models.Func("name", function="public.is_line", output_field=models.BooleanField()),
                        ),
                        name="upload_text_is_tidy",
                    ),
                    models.UniqueConstraint(fields=("owner", "collection", "sha256"), name="upload_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DealParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deal_parties",
                        to="relations.armstransfer",
                    ),
                ),
                ("role", models.CharField(max_length=10)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deals", to="relations.actor"
                    ),
                ),
            ],
            options={
                "ordering": ["transfer", "role", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["sought", "approved", "negotiated", "brokered"])),
                        name="dealparty_role_is_known",
                    ),
                    models.UniqueConstraint(fields=("transfer", "role", "actor"), name="dealparty_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DealPartyHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="relations.dealparty",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "transfer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.armstransfer",
                    ),
                ),
                ("role", models.CharField(max_length=10)),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.actor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("record_id", models.BigIntegerField()),
                ("collection", models.CharField(db_collation="C", max_length=14)),
                ("side", models.SmallIntegerField()),
                ("sort_on", models.DateField(null=True)),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("kind", models.CharField(db_collation="C", max_length=24)),
                ("earliest", models.DateField(null=True)),
                ("latest", models.DateField(null=True)),
                ("ends_earliest", models.DateField(null=True)),
                ("ends_latest", models.DateField(null=True)),
                ("is_vague", models.BooleanField()),
                ("leads", models.BooleanField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "record_id", "collection", "side", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "under",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(db_collation="C", max_length=100), size=None
                    ),
                ),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(db_collation="C", max_length=120), size=None
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["collection", "sort_on", "slug", "side"], name="entry_in_order"),
                    models.Index(fields=["collection", "kind", "sort_on", "slug", "side"], name="entry_of_kind"),
                    models.Index(
                        condition=models.Q(("leads", True)),
                        fields=["collection", "changed_at", "slug"],
                        name="entry_changed",
                    ),
                    models.Index(
                        condition=models.Q(("is_vague", True)), fields=["collection", "sort_on"], name="entry_vague"
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["under", "terms"], name="entry_filters"),
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="entry_words"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("record_id", models.BigIntegerField()),
                ("collection", models.CharField(db_collation="C", max_length=14)),
                ("side", models.SmallIntegerField()),
                ("sort_on", models.DateField(null=True)),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("kind", models.CharField(db_collation="C", max_length=24)),
                ("earliest", models.DateField(null=True)),
                ("latest", models.DateField(null=True)),
                ("ends_earliest", models.DateField(null=True)),
                ("ends_latest", models.DateField(null=True)),
                ("is_vague", models.BooleanField()),
                ("leads", models.BooleanField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "record_id",
                        "collection",
                        "side",
                        "under",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("under", models.CharField(db_collation="C", max_length=100)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["under", "collection", "sort_on", "slug", "side"], name="listing_in_order"),
                    models.Index(
                        fields=["under", "collection", "kind", "sort_on", "slug", "side"], name="listing_of_kind"
                    ),
                    models.Index(
                        condition=models.Q(("is_vague", True)),
                        fields=["under", "collection", "sort_on"],
                        name="listing_vague",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("record_id", models.BigIntegerField()),
                ("collection", models.CharField(db_collation="C", max_length=14)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "record_id", "collection", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=80)),
                ("pair", models.CharField(db_collation="C", max_length=7)),
                ("question", models.CharField(db_collation="C", max_length=30, null=True)),
                ("is_exclusive", models.BooleanField()),
                ("negated", models.BooleanField()),
                ("began_earliest", models.DateField(null=True)),
                ("began_latest", models.DateField(null=True)),
                ("is_dated", models.BooleanField()),
                ("effective_end", relations.models.standing.EndField(null=True)),
                ("fades", models.BooleanField()),
                (
                    "lifespans_of_one",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=django.contrib.postgres.fields.ranges.DateRangeField(), size=None
                    ),
                ),
                (
                    "lifespans_of_other",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=django.contrib.postgres.fields.ranges.DateRangeField(), size=None
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["pair", "question"], name="standing_of_pair")],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("collection", models.CharField(db_collation="C", max_length=14)),
                ("under", models.CharField(db_collation="C", max_length=100)),
                ("affirmed", models.IntegerField()),
                ("denied", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["under", "collection"], name="tally_under")],
            },
        ),
        migrations.AddField(
            model_name="Country",
            name="successors",
            field=models.ManyToManyField(
                related_name="predecessors", through="relations.Succession", to="relations.country"
            ),
        ),
    ]
    *models_alone, successors = operations
    operations = [ModelsAtOnce(models_alone), successors]
