import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import relations.fields
from django.conf import settings
from django.db import migrations, models


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
                (
                    "code",
                    models.CharField(
                        db_collation="C",
                        help_text="Three capital letters; never changed.",
                        max_length=3,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(help_text="The short English name.", max_length=100, unique=True)),
                ("official_name", models.CharField(blank=True, help_text="The official English name.", max_length=200)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        help_text="Other names and abbreviations that texts use.",
                        size=None,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("partly_recognised_state", "Partly recognised state"),
                            ("former_state", "Former state"),
                            ("territory", "Territory"),
                        ],
                        help_text="What sort of country it is.",
                        max_length=24,
                    ),
                ),
                (
                    "existed_from",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When the state began; empty where not needed or unknown.",
                        instants_only=True,
                    ),
                ),
                (
                    "existed_until",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When the state ended; empty for a living one.", instants_only=True
                    ),
                ),
                (
                    "existed_from_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that existed_from may mean; empty where it is open or unknown. Computed.",
                        of="existed_from",
                    ),
                ),
                (
                    "existed_from_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that existed_from may mean; empty where it is open or unknown. Computed.",
                        of="existed_from",
                    ),
                ),
                (
                    "existed_until_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that existed_until may mean; empty where it is open or unknown. Computed.",
                        of="existed_until",
                    ),
                ),
                (
                    "existed_until_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that existed_until may mean; empty where it is open or unknown. Computed.",
                        of="existed_until",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "countries",
                "ordering": ["name"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["state", "partly_recognised_state", "former_state", "territory"])
                        ),
                        name="country_kind_is_known",
                        violation_error_message="kind: use one of state, partly_recognised_state, former_state, territory.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z]{3}$")),
                        name="country_code_is_well_formed",
                        violation_error_message="code: three capital letters A–Z.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("existed_from__contains", "/"), _negated=True),
                        name="country_existed_from_is_an_instant",
                        violation_error_message="existed_from: a date, not a span (no “/”).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("existed_until__contains", "/"), _negated=True),
                        name="country_existed_until_is_an_instant",
                        violation_error_message="existed_until: a date, not a span (no “/”).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("existed_until_latest__isnull", True),
                            ("existed_from_earliest__isnull", True),
                            ("existed_until_latest__gte", models.F("existed_from_earliest")),
                            _connector="OR",
                        ),
                        name="country_ends_after_it_begins",
                        violation_error_message="existed_until: lies before existed_from.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "collection",
                    models.CharField(
                        choices=[
                            ("periods", "Periods"),
                            ("missions", "Missions"),
                            ("events", "Events"),
                            ("arms-transfers", "Arms transfers"),
                            ("observations", "Observations"),
                            ("actors", "Actors"),
                            ("sources", "Sources"),
                        ],
                        help_text="The first part of the address.",
                        max_length=20,
                    ),
                ),
                (
                    "slug",
                    models.CharField(db_collation="C", help_text="The second part of the address.", max_length=80),
                ),
                (
                    "now_at",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        help_text="The slug under which it stands now; empty for nowhere.",
                        max_length=80,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("renamed", "Renamed"),
                            ("merged", "Merged"),
                            ("withdrawn", "Withdrawn"),
                            ("deleted", "Deleted"),
                        ],
                        help_text="Why it stands there no more.",
                        max_length=10,
                    ),
                ),
                (
                    "gone_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), help_text="Since when (UTC)."
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "former addresses",
                "ordering": ["collection", "slug"],
                "constraints": [
                    models.UniqueConstraint(fields=("collection", "slug"), name="formeraddress_is_unique"),
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
                        violation_error_message="collection: use one of periods, missions, events, arms-transfers, observations, actors, sources.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["renamed", "merged", "withdrawn", "deleted"])),
                        name="formeraddress_reason_is_known",
                        violation_error_message="reason: use one of renamed, merged, withdrawn, deleted.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
                        max_length=80,
                        unique=True,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        default="asserted",
                        help_text="How the sources put it; the weakest where two apply.",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_review", "In review"), ("published", "Published")],
                        default="draft",
                        help_text="Only published records are public; publishing needs a citation.",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: how the record was coded, and what a reader should know."
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(
                        blank=True, help_text="For editors only, never public: doubts about what is printed."
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Who created the record; empty when it was loaded.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Counts the transactions that changed the record or its parts.",
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record was entered (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record last changed (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the record was first published (UTC).",
                        null=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agreement", "Agreement"),
                            ("visit", "Visit"),
                            ("talks", "Talks"),
                            ("invitation", "Invitation"),
                            ("request", "Request"),
                            ("consent", "Consent"),
                            ("pledge", "Pledge"),
                            ("refusal", "Refusal"),
                            ("support", "Declaration of support"),
                            ("condemnation", "Condemnation"),
                            ("statement", "Statement"),
                            ("un_vote", "Vote in the United Nations"),
                            ("financial_aid", "Financial aid"),
                            ("food_aid", "Food aid"),
                            ("aid_cut", "Cut in aid"),
                            ("military_personnel", "Military personnel"),
                            ("combat", "Combat"),
                            ("air_strike", "Air strike"),
                            ("bombing", "Bombing"),
                            ("weapon_use", "Use of weapons"),
                            ("nuclear_test", "Weapons test"),
                            ("nuclear_cooperation", "Nuclear cooperation"),
                            ("seizure", "Seizure"),
                            ("release", "Release"),
                            ("transshipment", "Transshipment"),
                            ("arrest", "Arrest"),
                            ("extradition", "Extradition"),
                            ("expulsion", "Expulsion"),
                            ("restriction", "Restriction"),
                            ("permission", "Permission"),
                            ("legislation", "Legislation"),
                            ("legal_procedure", "Legal procedure"),
                            ("labour", "Labour"),
                            ("business", "Business"),
                            ("policy", "Change of policy"),
                            ("accession", "Accession"),
                        ],
                        help_text="What sort of event it is; mapped to PLOVER.",
                        max_length=24,
                    ),
                ),
                (
                    "happened_on",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When it happened (EDTF); a span where it lasted; empty where not stated.",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="What happened, in our words, without the date.", max_length=160
                    ),
                ),
                ("summary", models.TextField(blank=True, help_text="The event in our words.")),
                ("place", models.CharField(blank=True, help_text="Where, as far as the source says.", max_length=120)),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why, where the source says so; its hedge is on the citation of this field.",
                    ),
                ),
                ("search", relations.fields.SearchColumn("title", "summary", "place", "reason", "note")),
                (
                    "happened_on_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that happened_on may mean; empty where it is open or unknown. Computed.",
                        of="happened_on",
                    ),
                ),
                (
                    "happened_on_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that happened_on may mean; empty where it is open or unknown. Computed.",
                        of="happened_on",
                    ),
                ),
            ],
            options={
                "ordering": ["slug"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
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
                        violation_error_message="slug: lower-case letters a–z and digits, joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modality__in", ["asserted", "announced", "reported", "inferred", "alleged", "disputed"])
                        ),
                        name="event_modality_is_known",
                        violation_error_message="modality: use one of asserted, announced, reported, inferred, alleged, disputed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "published"])),
                        name="event_state_is_known",
                        violation_error_message="state: use one of draft, in_review, published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("title", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="event_title_when_published",
                        violation_error_message="title: needed to publish.",
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
                                    "permission",
                                    "legislation",
                                    "legal_procedure",
                                    "labour",
                                    "business",
                                    "policy",
                                    "accession",
                                ],
                            )
                        ),
                        name="event_kind_is_known",
                        violation_error_message="kind: use one of agreement, visit, talks, invitation, request, consent, pledge, refusal, support, condemnation, statement, un_vote, financial_aid, food_aid, aid_cut, military_personnel, combat, air_strike, bombing, weapon_use, nuclear_test, nuclear_cooperation, seizure, release, transshipment, arrest, extradition, expulsion, restriction, permission, legislation, legal_procedure, labour, business, policy, accession.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        db_collation="C",
                        help_text="Citation key and address: lower-case words and digits with hyphens.",
                        max_length=80,
                        unique=True,
                    ),
                ),
                (
                    "csl_type",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("article-journal", "Journal article"),
                            ("article-newspaper", "Newspaper article"),
                            ("book", "Book"),
                            ("chapter", "Chapter"),
                            ("dataset", "Data set"),
                            ("document", "Document"),
                            ("report", "Report"),
                            ("standard", "Standard"),
                            ("treaty", "Treaty"),
                            ("webpage", "Web page"),
                        ],
                        help_text="The CSL type.",
                        max_length=20,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="The title; a description of ours in brackets where there is none.", max_length=300
                    ),
                ),
                (
                    "authors",
                    models.TextField(
                        blank=True, help_text="One author a line, “Family, Given”; empty where not stated."
                    ),
                ),
                (
                    "container_title",
                    models.CharField(blank=True, help_text="The journal, book or site it is part of.", max_length=300),
                ),
                ("publisher", models.CharField(blank=True, help_text="The publisher.", max_length=200)),
                ("publisher_place", models.CharField(blank=True, help_text="Where it was published.", max_length=100)),
                ("volume", models.CharField(blank=True, help_text="The volume.", max_length=20)),
                ("issue", models.CharField(blank=True, help_text="The issue.", max_length=20)),
                ("page", models.CharField(blank=True, help_text="The pages.", max_length=40)),
                ("edition", models.CharField(blank=True, help_text="The edition or version.", max_length=40)),
                ("language", models.CharField(blank=True, help_text="The language tag (BCP 47).", max_length=10)),
                (
                    "doi",
                    models.CharField(
                        blank=True, help_text="The DOI, without its resolver.", max_length=100, verbose_name="DOI"
                    ),
                ),
                ("isbn", models.CharField(blank=True, help_text="The ISBN.", max_length=20, verbose_name="ISBN")),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where it is on the web.", max_length=500, verbose_name="URL"
                    ),
                ),
                (
                    "archive_url",
                    models.URLField(
                        blank=True, help_text="Where a copy is kept.", max_length=500, verbose_name="archive URL"
                    ),
                ),
                (
                    "issued_on",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When it was published (EDTF); empty where not stated.",
                        instants_only=True,
                    ),
                ),
                (
                    "speaks_until",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="The latest time it tells of (EDTF).", instants_only=True
                    ),
                ),
                (
                    "accessed_on",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When it was last read on the web (EDTF).", instants_only=True
                    ),
                ),
                (
                    "sha256",
                    models.CharField(blank=True, help_text="SHA-256 of the file that was coded.", max_length=64),
                ),
                (
                    "text_is_public",
                    models.BooleanField(default=False, help_text="Whether its sentences may be shown to the public."),
                ),
                ("note", models.TextField(blank=True, help_text="What a reader should know of it.")),
                (
                    "issued_on_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that issued_on may mean; empty where it is open or unknown. Computed.",
                        of="issued_on",
                    ),
                ),
                (
                    "issued_on_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that issued_on may mean; empty where it is open or unknown. Computed.",
                        of="issued_on",
                    ),
                ),
                (
                    "speaks_until_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that speaks_until may mean; empty where it is open or unknown. Computed.",
                        of="speaks_until",
                    ),
                ),
                (
                    "speaks_until_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that speaks_until may mean; empty where it is open or unknown. Computed.",
                        of="speaks_until",
                    ),
                ),
                (
                    "accessed_on_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that accessed_on may mean; empty where it is open or unknown. Computed.",
                        of="accessed_on",
                    ),
                ),
                (
                    "accessed_on_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that accessed_on may mean; empty where it is open or unknown. Computed.",
                        of="accessed_on",
                    ),
                ),
            ],
            options={
                "ordering": ["key"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="source_key_is_well_formed",
                        violation_error_message="key: lower-case letters a–z and digits, joined by single hyphens.",
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
                        violation_error_message="csl_type: use one of article, article-journal, article-newspaper, book, chapter, dataset, document, report, standard, treaty, webpage.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("issued_on__contains", "/"), _negated=True),
                        name="source_issued_on_is_an_instant",
                        violation_error_message="issued_on: a date, not a span (no “/”).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("speaks_until__contains", "/"), _negated=True),
                        name="source_speaks_until_is_an_instant",
                        violation_error_message="speaks_until: a date, not a span (no “/”).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accessed_on__contains", "/"), _negated=True),
                        name="source_accessed_on_is_an_instant",
                        violation_error_message="accessed_on: a date, not a span (no “/”).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^([0-9a-f]{64})?$")),
                        name="source_sha256_is_well_formed",
                        violation_error_message="sha256: 64 hexadecimal digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url", ""), ("url__regex", "^https?://"), _connector="OR"),
                        name="source_url_is_web",
                        violation_error_message="url: begins with http:// or https://.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("archive_url", ""), ("archive_url__regex", "^https?://"), _connector="OR"),
                        name="source_archive_url_is_web",
                        violation_error_message="archive_url: begins with http:// or https://.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountryHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "code",
                    models.CharField(
                        db_collation="C",
                        help_text="Three capital letters; never changed.",
                        max_length=3,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(help_text="The short English name.", max_length=100)),
                ("official_name", models.CharField(blank=True, help_text="The official English name.", max_length=200)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        help_text="Other names and abbreviations that texts use.",
                        size=None,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("partly_recognised_state", "Partly recognised state"),
                            ("former_state", "Former state"),
                            ("territory", "Territory"),
                        ],
                        help_text="What sort of country it is.",
                        max_length=24,
                    ),
                ),
                (
                    "existed_from",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When the state began; empty where not needed or unknown.",
                        instants_only=True,
                    ),
                ),
                (
                    "existed_until",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When the state ended; empty for a living one.", instants_only=True
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "predecessor",
                    models.ForeignKey(
                        help_text="The state that ended.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        help_text="The state that followed.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="relations.country",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="succession_is_of_two",
                        violation_error_message="successor: a state does not follow itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "country",
                    models.ForeignKey(
                        help_text="Whose code it is.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="relations.country",
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("iso2", "ISO 3166-1 alpha-2"),
                            ("cow", "Correlates of War number"),
                            ("gw", "Gleditsch–Ward number"),
                            ("wikidata", "Wikidata item"),
                        ],
                        help_text="The scheme.",
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(db_collation="C", help_text="The code in that scheme.", max_length=20)),
                (
                    "valid_from",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="First year in the scheme's list.", null=True
                    ),
                ),
                (
                    "valid_until",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Last year in the scheme's list; empty while it is listed.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["scheme", "valid_from", "value"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scheme__in", ["iso2", "cow", "gw", "wikidata"])),
                        name="countrycode_scheme_is_known",
                        violation_error_message="scheme: use one of iso2, cow, gw, wikidata.",
                    ),
                    models.UniqueConstraint(
                        fields=("country", "scheme", "value", "valid_from"),
                        name="countrycode_is_unique",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="countrycode_ends_after_it_begins",
                        violation_error_message="valid_until: lies before valid_from.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Actor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens.",
                        max_length=80,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(help_text="The name in English.", max_length=150)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150),
                        blank=True,
                        default=list,
                        help_text="Other names, spellings and abbreviations.",
                        size=None,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("state_body", "Body of a state"),
                            ("international_organisation", "International organisation"),
                            ("company", "Company"),
                            ("movement", "Movement"),
                            ("armed_group", "Armed group"),
                            ("fund", "Fund or institute"),
                        ],
                        help_text="What sort of actor it is.",
                        max_length=30,
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="The country whose national, organ or company it is; empty for none or several.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actors",
                        to="relations.country",
                    ),
                ),
                (
                    "description",
                    models.TextField(blank=True, help_text="Who it is, in our words, from the sources alone."),
                ),
            ],
            options={
                "ordering": ["name", "slug"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="actor_slug_is_well_formed",
                        violation_error_message="slug: lower-case letters a–z and digits, joined by single hyphens.",
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
                        violation_error_message="kind: use one of person, state_body, international_organisation, company, movement, armed_group, fund.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerAddressHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "collection",
                    models.CharField(
                        choices=[
                            ("periods", "Periods"),
                            ("missions", "Missions"),
                            ("events", "Events"),
                            ("arms-transfers", "Arms transfers"),
                            ("observations", "Observations"),
                            ("actors", "Actors"),
                            ("sources", "Sources"),
                        ],
                        help_text="The first part of the address.",
                        max_length=20,
                    ),
                ),
                (
                    "slug",
                    models.CharField(db_collation="C", help_text="The second part of the address.", max_length=80),
                ),
                (
                    "now_at",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        help_text="The slug under which it stands now; empty for nowhere.",
                        max_length=80,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("renamed", "Renamed"),
                            ("merged", "Merged"),
                            ("withdrawn", "Withdrawn"),
                            ("deleted", "Deleted"),
                        ],
                        help_text="Why it stands there no more.",
                        max_length=10,
                    ),
                ),
                (
                    "gone_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), help_text="Since when (UTC)."
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EventHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
                        max_length=80,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        default="asserted",
                        help_text="How the sources put it; the weakest where two apply.",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_review", "In review"), ("published", "Published")],
                        default="draft",
                        help_text="Only published records are public; publishing needs a citation.",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: how the record was coded, and what a reader should know."
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(
                        blank=True, help_text="For editors only, never public: doubts about what is printed."
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="Who created the record; empty when it was loaded.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Counts the transactions that changed the record or its parts.",
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record was entered (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record last changed (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the record was first published (UTC).",
                        null=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agreement", "Agreement"),
                            ("visit", "Visit"),
                            ("talks", "Talks"),
                            ("invitation", "Invitation"),
                            ("request", "Request"),
                            ("consent", "Consent"),
                            ("pledge", "Pledge"),
                            ("refusal", "Refusal"),
                            ("support", "Declaration of support"),
                            ("condemnation", "Condemnation"),
                            ("statement", "Statement"),
                            ("un_vote", "Vote in the United Nations"),
                            ("financial_aid", "Financial aid"),
                            ("food_aid", "Food aid"),
                            ("aid_cut", "Cut in aid"),
                            ("military_personnel", "Military personnel"),
                            ("combat", "Combat"),
                            ("air_strike", "Air strike"),
                            ("bombing", "Bombing"),
                            ("weapon_use", "Use of weapons"),
                            ("nuclear_test", "Weapons test"),
                            ("nuclear_cooperation", "Nuclear cooperation"),
                            ("seizure", "Seizure"),
                            ("release", "Release"),
                            ("transshipment", "Transshipment"),
                            ("arrest", "Arrest"),
                            ("extradition", "Extradition"),
                            ("expulsion", "Expulsion"),
                            ("restriction", "Restriction"),
                            ("permission", "Permission"),
                            ("legislation", "Legislation"),
                            ("legal_procedure", "Legal procedure"),
                            ("labour", "Labour"),
                            ("business", "Business"),
                            ("policy", "Change of policy"),
                            ("accession", "Accession"),
                        ],
                        help_text="What sort of event it is; mapped to PLOVER.",
                        max_length=24,
                    ),
                ),
                (
                    "happened_on",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When it happened (EDTF); a span where it lasted; empty where not stated.",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="What happened, in our words, without the date.", max_length=160
                    ),
                ),
                ("summary", models.TextField(blank=True, help_text="The event in our words.")),
                ("place", models.CharField(blank=True, help_text="Where, as far as the source says.", max_length=120)),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why, where the source says so; its hedge is on the citation of this field.",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EventFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        help_text="The event.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="relations.event",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("killed", "Killed"),
                            ("persons", "Persons"),
                            ("weight", "Weight"),
                            ("money", "Money"),
                            ("items", "Items"),
                        ],
                        help_text="What the number counts.",
                        max_length=10,
                    ),
                ),
                ("of", models.CharField(blank=True, help_text="Of what or whom, in our words.", max_length=120)),
                (
                    "figure_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number: the lowest number the source allows.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "figure_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number: the highest number the source allows; the same as low for a single number.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "figure_qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", ""),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("at_most", "at most"),
                            ("estimated", "estimated"),
                        ],
                        help_text="Number: how the number is meant.",
                        max_length=10,
                    ),
                ),
                (
                    "figure_unit",
                    models.CharField(
                        blank=True,
                        help_text="Number: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
                        max_length=40,
                    ),
                ),
                (
                    "figure_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "unknown"),
                            ("uncounted", "uncounted"),
                            ("not_reported", "not reported"),
                            ("reported_none", "reported as none"),
                            ("not_applicable", "not applicable"),
                            ("withheld", "withheld"),
                        ],
                        help_text="Number: why there is no number.",
                        max_length=16,
                    ),
                ),
            ],
            options={
                "ordering": ["event", "measure", "of"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("measure__in", ["killed", "persons", "weight", "money", "items"])),
                        name="eventfigure_measure_is_known",
                        violation_error_message="measure: use one of killed, persons, weight, money, items.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "figure_qualifier__in",
                                ["", "exact", "about", "at_least", "more_than", "at_most", "estimated"],
                            )
                        ),
                        name="eventfigure_figure_qualifier_is_known",
                        violation_error_message="figure_qualifier: use one of exact, about, at_least, more_than, at_most, estimated.",
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
                        violation_error_message="figure_missing: use one of unknown, uncounted, not_reported, reported_none, not_applicable, withheld.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("figure_low__isnull", True),
                            ("figure_high__isnull", True),
                            ("figure_low__lte", models.F("figure_high")),
                            _connector="OR",
                        ),
                        name="eventfigure_figure_is_ordered",
                        violation_error_message="figure: low is above high.",
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
                        violation_error_message="figure: exact, about, estimated need low and high; at_least and more_than low alone; at_most high alone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("figure_missing", ""), ("figure_qualifier", ""), _connector="OR"),
                        name="eventfigure_figure_is_a_number_or_missing",
                        violation_error_message="figure: a number and a reason for its absence exclude each other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("figure_low__isnull", False),
                            ("figure_high__isnull", False),
                            models.Q(("figure_missing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="eventfigure_says_something",
                        violation_error_message="Give a number, or why there is none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure", "money"), _negated=True),
                            models.Q(("figure_missing", ""), _negated=True),
                            ("figure_unit__regex", "^[A-Z]{3}$"),
                            _connector="OR",
                        ),
                        name="eventfigure_money_has_a_currency",
                        violation_error_message="figure_unit: money needs an ISO 4217 code such as USD.",
                    ),
                    models.UniqueConstraint(fields=("event", "measure", "of"), name="eventfigure_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
                        max_length=80,
                        unique=True,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        default="asserted",
                        help_text="How the sources put it; the weakest where two apply.",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_review", "In review"), ("published", "Published")],
                        default="draft",
                        help_text="Only published records are public; publishing needs a citation.",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: how the record was coded, and what a reader should know."
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(
                        blank=True, help_text="For editors only, never public: doubts about what is printed."
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Who created the record; empty when it was loaded.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Counts the transactions that changed the record or its parts.",
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record was entered (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record last changed (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the record was first published (UTC).",
                        null=True,
                        serialize=False,
                    ),
                ),
                (
                    "sending",
                    models.ForeignKey(
                        help_text="The state whose mission it is.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions_sent",
                        to="relations.country",
                    ),
                ),
                (
                    "accredited_to",
                    models.ForeignKey(
                        help_text="The state it is accredited to.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions_received",
                        to="relations.country",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("embassy", "Embassy"), ("consulate", "Consulate"), ("office", "Office")],
                        help_text="What sort of post it is.",
                        max_length=10,
                    ),
                ),
                (
                    "city",
                    models.CharField(
                        blank=True, help_text="The city it sits in; empty where not stated.", max_length=80
                    ),
                ),
                (
                    "host_country",
                    models.ForeignKey(
                        blank=True,
                        help_text="The country it sits in; another than the one it is accredited to for a non-resident mission.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions_hosted",
                        to="relations.country",
                    ),
                ),
                (
                    "opened_on",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When it opened (EDTF); empty where not stated.", instants_only=True
                    ),
                ),
                (
                    "closed_on",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When it closed (EDTF); empty where no source says that it did.",
                        instants_only=True,
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Why it opened or closed, where the source says so."),
                ),
                ("search", relations.fields.SearchColumn("city", "reason", "note")),
                (
                    "opened_on_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that opened_on may mean; empty where it is open or unknown. Computed.",
                        of="opened_on",
                    ),
                ),
                (
                    "opened_on_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that opened_on may mean; empty where it is open or unknown. Computed.",
                        of="opened_on",
                    ),
                ),
                (
                    "closed_on_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that closed_on may mean; empty where it is open or unknown. Computed.",
                        of="closed_on",
                    ),
                ),
                (
                    "closed_on_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that closed_on may mean; empty where it is open or unknown. Computed.",
                        of="closed_on",
                    ),
                ),
            ],
            options={
                "ordering": ["slug"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
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
                        violation_error_message="slug: lower-case letters a–z and digits, joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modality__in", ["asserted", "announced", "reported", "inferred", "alleged", "disputed"])
                        ),
                        name="mission_modality_is_known",
                        violation_error_message="modality: use one of asserted, announced, reported, inferred, alleged, disputed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "published"])),
                        name="mission_state_is_known",
                        violation_error_message="state: use one of draft, in_review, published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["embassy", "consulate", "office"])),
                        name="mission_kind_is_known",
                        violation_error_message="kind: use one of embassy, consulate, office.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sending", models.F("accredited_to")), _negated=True),
                        name="mission_is_of_two",
                        violation_error_message="accredited_to: another state than the sending one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opened_on__contains", "/"), _negated=True),
                        name="mission_opened_on_is_an_instant",
                        violation_error_message="opened_on: a date, not a span (no “/”).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_on__contains", "/"), _negated=True),
                        name="mission_closed_on_is_an_instant",
                        violation_error_message="closed_on: a date, not a span (no “/”).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on_latest__isnull", True),
                            ("opened_on_earliest__isnull", True),
                            ("closed_on_latest__gte", models.F("opened_on_earliest")),
                            _connector="OR",
                        ),
                        name="mission_ends_after_it_begins",
                        violation_error_message="closed_on: lies before opened_on.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
                        max_length=80,
                        unique=True,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        default="asserted",
                        help_text="How the sources put it; the weakest where two apply.",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_review", "In review"), ("published", "Published")],
                        default="draft",
                        help_text="Only published records are public; publishing needs a citation.",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: how the record was coded, and what a reader should know."
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(
                        blank=True, help_text="For editors only, never public: doubts about what is printed."
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Who created the record; empty when it was loaded.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Counts the transactions that changed the record or its parts.",
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record was entered (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record last changed (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the record was first published (UTC).",
                        null=True,
                        serialize=False,
                    ),
                ),
                (
                    "indicator",
                    models.CharField(
                        choices=[
                            ("exports", "Exports"),
                            ("workers", "Workers"),
                            ("trade_rank", "Rank in trade"),
                            ("aid", "Aid"),
                        ],
                        help_text="What is measured.",
                        max_length=12,
                    ),
                ),
                (
                    "from_country",
                    models.ForeignKey(
                        help_text="Where the goods, people or money come from.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations_from",
                        to="relations.country",
                    ),
                ),
                (
                    "to_country",
                    models.ForeignKey(
                        help_text="Where they go or are.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations_to",
                        to="relations.country",
                    ),
                ),
                (
                    "period",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="The time the figure is about (EDTF); empty where not stated."
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True, help_text="What exactly is counted or ranked, in our words.", max_length=160
                    ),
                ),
                (
                    "figure_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Figure: the lowest number the source allows.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "figure_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Figure: the highest number the source allows; the same as low for a single number.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "figure_qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", ""),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("at_most", "at most"),
                            ("estimated", "estimated"),
                        ],
                        help_text="Figure: how the number is meant.",
                        max_length=10,
                    ),
                ),
                (
                    "figure_unit",
                    models.CharField(
                        blank=True,
                        help_text="Figure: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
                        max_length=40,
                    ),
                ),
                (
                    "figure_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "unknown"),
                            ("uncounted", "uncounted"),
                            ("not_reported", "not reported"),
                            ("reported_none", "reported as none"),
                            ("not_applicable", "not applicable"),
                            ("withheld", "withheld"),
                        ],
                        help_text="Figure: why there is no number.",
                        max_length=16,
                    ),
                ),
                (
                    "reporter",
                    models.CharField(
                        blank=True,
                        help_text="Who gave the figure, where the source says so, in our words.",
                        max_length=120,
                    ),
                ),
                ("search", relations.fields.SearchColumn("subject", "reporter", "note")),
                (
                    "period_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that period may mean; empty where it is open or unknown. Computed.",
                        of="period",
                    ),
                ),
                (
                    "period_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that period may mean; empty where it is open or unknown. Computed.",
                        of="period",
                    ),
                ),
            ],
            options={
                "ordering": ["slug"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
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
                        violation_error_message="slug: lower-case letters a–z and digits, joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modality__in", ["asserted", "announced", "reported", "inferred", "alleged", "disputed"])
                        ),
                        name="observation_modality_is_known",
                        violation_error_message="modality: use one of asserted, announced, reported, inferred, alleged, disputed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "published"])),
                        name="observation_state_is_known",
                        violation_error_message="state: use one of draft, in_review, published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("indicator__in", ["exports", "workers", "trade_rank", "aid"])),
                        name="observation_indicator_is_known",
                        violation_error_message="indicator: use one of exports, workers, trade_rank, aid.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "figure_qualifier__in",
                                ["", "exact", "about", "at_least", "more_than", "at_most", "estimated"],
                            )
                        ),
                        name="observation_figure_qualifier_is_known",
                        violation_error_message="figure_qualifier: use one of exact, about, at_least, more_than, at_most, estimated.",
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
                        violation_error_message="figure_missing: use one of unknown, uncounted, not_reported, reported_none, not_applicable, withheld.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("figure_low__isnull", True),
                            ("figure_high__isnull", True),
                            ("figure_low__lte", models.F("figure_high")),
                            _connector="OR",
                        ),
                        name="observation_figure_is_ordered",
                        violation_error_message="figure: low is above high.",
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
                        violation_error_message="figure: exact, about, estimated need low and high; at_least and more_than low alone; at_most high alone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("figure_missing", ""), ("figure_qualifier", ""), _connector="OR"),
                        name="observation_figure_is_a_number_or_missing",
                        violation_error_message="figure: a number and a reason for its absence exclude each other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_country", models.F("to_country")), _negated=True),
                        name="observation_is_of_two",
                        violation_error_message="to_country: another than from_country.",
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
                        violation_error_message="Give a number, or why there is none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("figure_qualifier", ""),
                            models.Q(("figure_unit", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="observation_has_a_unit",
                        violation_error_message="figure_unit: say what is counted, or give the currency.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "country_a",
                    models.ForeignKey(
                        help_text="The country whose code comes first.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "country_b",
                    models.ForeignKey(
                        help_text="The country whose code comes second.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "summary",
                    models.TextField(blank=True, help_text="The relation in our words, from the sources alone."),
                ),
            ],
            options={
                "ordering": ["country_a", "country_b"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(fields=("country_a", "country_b"), name="relation_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("country_a__lt", models.F("country_b"))),
                        name="relation_is_in_order",
                        violation_error_message="country_a: two different countries, the one with the lesser code first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "key",
                    models.CharField(
                        db_collation="C",
                        help_text="Citation key and address: lower-case words and digits with hyphens.",
                        max_length=80,
                    ),
                ),
                (
                    "csl_type",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("article-journal", "Journal article"),
                            ("article-newspaper", "Newspaper article"),
                            ("book", "Book"),
                            ("chapter", "Chapter"),
                            ("dataset", "Data set"),
                            ("document", "Document"),
                            ("report", "Report"),
                            ("standard", "Standard"),
                            ("treaty", "Treaty"),
                            ("webpage", "Web page"),
                        ],
                        help_text="The CSL type.",
                        max_length=20,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="The title; a description of ours in brackets where there is none.", max_length=300
                    ),
                ),
                (
                    "authors",
                    models.TextField(
                        blank=True, help_text="One author a line, “Family, Given”; empty where not stated."
                    ),
                ),
                (
                    "container_title",
                    models.CharField(blank=True, help_text="The journal, book or site it is part of.", max_length=300),
                ),
                ("publisher", models.CharField(blank=True, help_text="The publisher.", max_length=200)),
                ("publisher_place", models.CharField(blank=True, help_text="Where it was published.", max_length=100)),
                ("volume", models.CharField(blank=True, help_text="The volume.", max_length=20)),
                ("issue", models.CharField(blank=True, help_text="The issue.", max_length=20)),
                ("page", models.CharField(blank=True, help_text="The pages.", max_length=40)),
                ("edition", models.CharField(blank=True, help_text="The edition or version.", max_length=40)),
                ("language", models.CharField(blank=True, help_text="The language tag (BCP 47).", max_length=10)),
                (
                    "doi",
                    models.CharField(
                        blank=True, help_text="The DOI, without its resolver.", max_length=100, verbose_name="DOI"
                    ),
                ),
                ("isbn", models.CharField(blank=True, help_text="The ISBN.", max_length=20, verbose_name="ISBN")),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where it is on the web.", max_length=500, verbose_name="URL"
                    ),
                ),
                (
                    "archive_url",
                    models.URLField(
                        blank=True, help_text="Where a copy is kept.", max_length=500, verbose_name="archive URL"
                    ),
                ),
                (
                    "issued_on",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When it was published (EDTF); empty where not stated.",
                        instants_only=True,
                    ),
                ),
                (
                    "speaks_until",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="The latest time it tells of (EDTF).", instants_only=True
                    ),
                ),
                (
                    "accessed_on",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When it was last read on the web (EDTF).", instants_only=True
                    ),
                ),
                (
                    "sha256",
                    models.CharField(blank=True, help_text="SHA-256 of the file that was coded.", max_length=64),
                ),
                (
                    "text_is_public",
                    models.BooleanField(default=False, help_text="Whether its sentences may be shown to the public."),
                ),
                ("note", models.TextField(blank=True, help_text="What a reader should know of it.")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.ForeignKey(
                        help_text="The document.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="relations.source",
                    ),
                ),
                (
                    "ref",
                    models.CharField(
                        db_collation="C",
                        help_text="section.paragraph.sentence, such as `egypt.2.3`; unique in its document.",
                        max_length=40,
                    ),
                ),
                ("position", models.PositiveIntegerField(help_text="Its place in the document, from 1.")),
                ("section", models.CharField(blank=True, help_text="The section it stands in.", max_length=80)),
                ("char_start", models.PositiveIntegerField(help_text="Offset of its first character in the document.")),
                ("char_end", models.PositiveIntegerField(help_text="Offset after its last character.")),
                (
                    "sha256",
                    models.CharField(
                        help_text="SHA-256 of the sentence after folding white space (UTF-8).", max_length=64
                    ),
                ),
                ("digest", models.TextField(blank=True, help_text="What it says, in our own words.")),
                (
                    "finished",
                    models.BooleanField(default=False, help_text="The coder's word that every claim in it is coded."),
                ),
                ("out_of_scope_reason", models.TextField(blank=True, help_text="Why nothing in it is coded.")),
            ],
            options={
                "ordering": ["source", "position"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(fields=("source", "ref"), name="passage_ref_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("ref__regex", "^[a-z0-9]+(-[a-z0-9]+)*(\\.[0-9]+)+$")),
                        name="passage_ref_is_well_formed",
                        violation_error_message="ref: section.1.1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="passage_sha256_is_well_formed",
                        violation_error_message="sha256: 64 hexadecimal digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("char_end__gt", models.F("char_start"))),
                        name="passage_ends_after_it_begins",
                        violation_error_message="char_end: not after char_start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("out_of_scope_reason", ""), ("finished", True), _connector="OR"),
                        name="passage_out_of_scope_is_finished",
                        violation_error_message="finished: a passage that is out of scope is finished.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuccessionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                        help_text="The state that ended.",
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
                        help_text="The state that followed.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CountryCodeHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                        help_text="Whose code it is.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("iso2", "ISO 3166-1 alpha-2"),
                            ("cow", "Correlates of War number"),
                            ("gw", "Gleditsch–Ward number"),
                            ("wikidata", "Wikidata item"),
                        ],
                        help_text="The scheme.",
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(db_collation="C", help_text="The code in that scheme.", max_length=20)),
                (
                    "valid_from",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="First year in the scheme's list.", null=True
                    ),
                ),
                (
                    "valid_until",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Last year in the scheme's list; empty while it is listed.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ActorHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens.",
                        max_length=80,
                    ),
                ),
                ("name", models.CharField(help_text="The name in English.", max_length=150)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150),
                        blank=True,
                        default=list,
                        help_text="Other names, spellings and abbreviations.",
                        size=None,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("state_body", "Body of a state"),
                            ("international_organisation", "International organisation"),
                            ("company", "Company"),
                            ("movement", "Movement"),
                            ("armed_group", "Armed group"),
                            ("fund", "Fund or institute"),
                        ],
                        help_text="What sort of actor it is.",
                        max_length=30,
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The country whose national, organ or company it is; empty for none or several.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "description",
                    models.TextField(blank=True, help_text="Who it is, in our words, from the sources alone."),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        help_text="The event.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="relations.event",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("actor", "Actor"),
                            ("recipient", "Recipient"),
                            ("host", "Host"),
                            ("sponsor", "Sponsor"),
                            ("mediator", "Mediator"),
                            ("transit", "Transit"),
                            ("victim", "Victim"),
                            ("addressee", "Addressee"),
                            ("represented_by", "Represented by"),
                            ("voted_for", "Voted for"),
                            ("voted_against", "Voted against"),
                            ("abstained", "Abstained"),
                            ("concerned", "Concerned"),
                        ],
                        help_text="The part it had.",
                        max_length=16,
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="A country; or …",
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
                        help_text="… an actor; or …",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="relations.actor",
                    ),
                ),
                (
                    "named_as",
                    models.CharField(
                        blank=True,
                        help_text="… what the source calls a party that it does not name, in our words.",
                        max_length=120,
                    ),
                ),
                (
                    "count",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How many such unnamed parties there were; empty where not stated.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["event", "role", "id"],
                "constraints": [
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
                        violation_error_message="role: use one of actor, recipient, host, sponsor, mediator, transit, victim, addressee, represented_by, voted_for, voted_against, abstained, concerned.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("actor__isnull", False), _negated=True),
                                ("named_as", ""),
                                ("country__isnull", False),
                            ),
                            models.Q(
                                models.Q(("country__isnull", False), _negated=True),
                                ("named_as", ""),
                                ("actor__isnull", False),
                            ),
                            models.Q(
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("actor__isnull", False), _negated=True),
                                models.Q(("named_as", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="participation_names_one_party",
                        violation_error_message="Give exactly one of country, actor and named_as.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("count__isnull", True), models.Q(("named_as", ""), _negated=True), _connector="OR"
                        ),
                        name="participation_counts_the_unnamed",
                        violation_error_message="count: only for parties that are not named.",
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
            name="EventFigureHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                        help_text="The event.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.event",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("killed", "Killed"),
                            ("persons", "Persons"),
                            ("weight", "Weight"),
                            ("money", "Money"),
                            ("items", "Items"),
                        ],
                        help_text="What the number counts.",
                        max_length=10,
                    ),
                ),
                ("of", models.CharField(blank=True, help_text="Of what or whom, in our words.", max_length=120)),
                (
                    "figure_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number: the lowest number the source allows.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "figure_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number: the highest number the source allows; the same as low for a single number.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "figure_qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", ""),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("at_most", "at most"),
                            ("estimated", "estimated"),
                        ],
                        help_text="Number: how the number is meant.",
                        max_length=10,
                    ),
                ),
                (
                    "figure_unit",
                    models.CharField(
                        blank=True,
                        help_text="Number: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
                        max_length=40,
                    ),
                ),
                (
                    "figure_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "unknown"),
                            ("uncounted", "uncounted"),
                            ("not_reported", "not reported"),
                            ("reported_none", "reported as none"),
                            ("not_applicable", "not applicable"),
                            ("withheld", "withheld"),
                        ],
                        help_text="Number: why there is no number.",
                        max_length=16,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ArmsTransfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
                        max_length=80,
                        unique=True,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        default="asserted",
                        help_text="How the sources put it; the weakest where two apply.",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_review", "In review"), ("published", "Published")],
                        default="draft",
                        help_text="Only published records are public; publishing needs a citation.",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: how the record was coded, and what a reader should know."
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(
                        blank=True, help_text="For editors only, never public: doubts about what is printed."
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Who created the record; empty when it was loaded.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Counts the transactions that changed the record or its parts.",
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record was entered (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record last changed (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the record was first published (UTC).",
                        null=True,
                        serialize=False,
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        help_text="The state that supplied, or was to.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arms_supplied",
                        to="relations.country",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        help_text="The state that received, or was to; or …",
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
                        help_text="… an actor; or …",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arms_received",
                        to="relations.actor",
                    ),
                ),
                (
                    "recipient_named_as",
                    models.CharField(
                        blank=True,
                        help_text="… what the source calls a recipient that it does not name, in our words.",
                        max_length=120,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("equipment", "Equipment"),
                            ("technology", "Technology"),
                            ("assistance", "Assistance"),
                        ],
                        help_text="What is transferred.",
                        max_length=10,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("aircraft", "Aircraft"),
                            ("air_defence", "Air-defence systems"),
                            ("armoured_vehicles", "Armoured vehicles"),
                            ("artillery", "Artillery"),
                            ("missiles", "Missiles"),
                            ("naval_weapons", "Naval weapons"),
                            ("ships", "Ships"),
                            ("sensors", "Sensors"),
                            ("engines", "Engines"),
                            ("other", "Other major arms"),
                            ("small_arms_light_weapons", "Small arms and light weapons"),
                            ("unspecified", "Unspecified arms"),
                        ],
                        help_text="The armament category.",
                        max_length=24,
                    ),
                ),
                (
                    "designation",
                    models.CharField(
                        blank=True, help_text="The name of the system, as the source has it.", max_length=120
                    ),
                ),
                ("description", models.CharField(blank=True, help_text="What it is, in our words.", max_length=200)),
                (
                    "deal_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sought", "Sought"),
                            ("discussed", "Discussed"),
                            ("agreed", "Agreed"),
                            ("ordered", "Ordered"),
                            ("paid_not_delivered", "Paid, not delivered"),
                            ("partly_delivered", "Partly delivered"),
                            ("delivered", "Delivered"),
                            ("interdicted", "Interdicted"),
                            ("released_onward", "Released onward"),
                            ("cancelled", "Cancelled"),
                            ("unknown", "Unknown"),
                        ],
                        help_text="The furthest step of the deal that the source states.",
                        max_length=20,
                    ),
                ),
                (
                    "ordered_on",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When it was ordered; of a deal that went no further, sought, talked about or agreed (EDTF).",
                    ),
                ),
                (
                    "delivered_on",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When it was delivered (EDTF); a span for several years."
                    ),
                ),
                (
                    "number_ordered_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number ordered: the lowest number the source allows.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "number_ordered_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number ordered: the highest number the source allows; the same as low for a single number.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "number_ordered_qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", ""),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("at_most", "at most"),
                            ("estimated", "estimated"),
                        ],
                        help_text="Number ordered: how the number is meant.",
                        max_length=10,
                    ),
                ),
                (
                    "number_ordered_unit",
                    models.CharField(
                        blank=True,
                        help_text="Number ordered: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
                        max_length=40,
                    ),
                ),
                (
                    "number_ordered_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "unknown"),
                            ("uncounted", "uncounted"),
                            ("not_reported", "not reported"),
                            ("reported_none", "reported as none"),
                            ("not_applicable", "not applicable"),
                            ("withheld", "withheld"),
                        ],
                        help_text="Number ordered: why there is no number.",
                        max_length=16,
                    ),
                ),
                (
                    "number_delivered_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number delivered: the lowest number the source allows.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "number_delivered_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number delivered: the highest number the source allows; the same as low for a single number.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "number_delivered_qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", ""),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("at_most", "at most"),
                            ("estimated", "estimated"),
                        ],
                        help_text="Number delivered: how the number is meant.",
                        max_length=10,
                    ),
                ),
                (
                    "number_delivered_unit",
                    models.CharField(
                        blank=True,
                        help_text="Number delivered: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
                        max_length=40,
                    ),
                ),
                (
                    "number_delivered_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "unknown"),
                            ("uncounted", "uncounted"),
                            ("not_reported", "not reported"),
                            ("reported_none", "reported as none"),
                            ("not_applicable", "not applicable"),
                            ("withheld", "withheld"),
                        ],
                        help_text="Number delivered: why there is no number.",
                        max_length=16,
                    ),
                ),
                (
                    "value_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Value: the lowest number the source allows.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "value_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Value: the highest number the source allows; the same as low for a single number.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "value_qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", ""),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("at_most", "at most"),
                            ("estimated", "estimated"),
                        ],
                        help_text="Value: how the number is meant.",
                        max_length=10,
                    ),
                ),
                (
                    "value_unit",
                    models.CharField(
                        blank=True,
                        help_text="Value: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
                        max_length=40,
                    ),
                ),
                (
                    "value_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "unknown"),
                            ("uncounted", "uncounted"),
                            ("not_reported", "not reported"),
                            ("reported_none", "reported as none"),
                            ("not_applicable", "not applicable"),
                            ("withheld", "withheld"),
                        ],
                        help_text="Value: why there is no number.",
                        max_length=16,
                    ),
                ),
                (
                    "value_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contract", "Contract"),
                            ("estimate", "Estimate"),
                            ("down_payment", "Down payment"),
                            ("aid", "Aid"),
                        ],
                        help_text="What the value is the value of.",
                        max_length=12,
                    ),
                ),
                (
                    "transit_country",
                    models.ForeignKey(
                        blank=True,
                        help_text="A country it passed through.",
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
                        help_text="The event in which it was seized, shown or used.",
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
                        help_text="A record that may be of the same deal; the two are never merged or added up.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="possible_doubles",
                        to="relations.armstransfer",
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="Why, where the source says so.")),
                (
                    "search",
                    relations.fields.SearchColumn("designation", "description", "recipient_named_as", "reason", "note"),
                ),
                (
                    "ordered_on_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that ordered_on may mean; empty where it is open or unknown. Computed.",
                        of="ordered_on",
                    ),
                ),
                (
                    "ordered_on_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that ordered_on may mean; empty where it is open or unknown. Computed.",
                        of="ordered_on",
                    ),
                ),
                (
                    "delivered_on_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that delivered_on may mean; empty where it is open or unknown. Computed.",
                        of="delivered_on",
                    ),
                ),
                (
                    "delivered_on_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that delivered_on may mean; empty where it is open or unknown. Computed.",
                        of="delivered_on",
                    ),
                ),
            ],
            options={
                "ordering": ["slug"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
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
                        violation_error_message="slug: lower-case letters a–z and digits, joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modality__in", ["asserted", "announced", "reported", "inferred", "alleged", "disputed"])
                        ),
                        name="armstransfer_modality_is_known",
                        violation_error_message="modality: use one of asserted, announced, reported, inferred, alleged, disputed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "published"])),
                        name="armstransfer_state_is_known",
                        violation_error_message="state: use one of draft, in_review, published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("kind", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_kind_when_published",
                        violation_error_message="kind: needed to publish.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("category", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_category_when_published",
                        violation_error_message="category: needed to publish.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("deal_status", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_deal_status_when_published",
                        violation_error_message="deal_status: needed to publish.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["", "equipment", "technology", "assistance"])),
                        name="armstransfer_kind_is_known",
                        violation_error_message="kind: use one of equipment, technology, assistance.",
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
                                    "engines",
                                    "other",
                                    "small_arms_light_weapons",
                                    "unspecified",
                                ],
                            )
                        ),
                        name="armstransfer_category_is_known",
                        violation_error_message="category: use one of aircraft, air_defence, armoured_vehicles, artillery, missiles, naval_weapons, ships, sensors, engines, other, small_arms_light_weapons, unspecified.",
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
                        violation_error_message="deal_status: use one of sought, discussed, agreed, ordered, paid_not_delivered, partly_delivered, delivered, interdicted, released_onward, cancelled, unknown.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value_kind__in", ["", "contract", "estimate", "down_payment", "aid"])),
                        name="armstransfer_value_kind_is_known",
                        violation_error_message="value_kind: use one of contract, estimate, down_payment, aid.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "number_ordered_qualifier__in",
                                ["", "exact", "about", "at_least", "more_than", "at_most", "estimated"],
                            )
                        ),
                        name="armstransfer_number_ordered_qualifier_is_known",
                        violation_error_message="number_ordered_qualifier: use one of exact, about, at_least, more_than, at_most, estimated.",
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
                        violation_error_message="number_ordered_missing: use one of unknown, uncounted, not_reported, reported_none, not_applicable, withheld.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number_ordered_low__isnull", True),
                            ("number_ordered_high__isnull", True),
                            ("number_ordered_low__lte", models.F("number_ordered_high")),
                            _connector="OR",
                        ),
                        name="armstransfer_number_ordered_is_ordered",
                        violation_error_message="number_ordered: low is above high.",
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
                        violation_error_message="number_ordered: exact, about, estimated need low and high; at_least and more_than low alone; at_most high alone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number_ordered_missing", ""), ("number_ordered_qualifier", ""), _connector="OR"
                        ),
                        name="armstransfer_number_ordered_is_a_number_or_missing",
                        violation_error_message="number_ordered: a number and a reason for its absence exclude each other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "number_delivered_qualifier__in",
                                ["", "exact", "about", "at_least", "more_than", "at_most", "estimated"],
                            )
                        ),
                        name="armstransfer_number_delivered_qualifier_is_known",
                        violation_error_message="number_delivered_qualifier: use one of exact, about, at_least, more_than, at_most, estimated.",
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
                        violation_error_message="number_delivered_missing: use one of unknown, uncounted, not_reported, reported_none, not_applicable, withheld.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number_delivered_low__isnull", True),
                            ("number_delivered_high__isnull", True),
                            ("number_delivered_low__lte", models.F("number_delivered_high")),
                            _connector="OR",
                        ),
                        name="armstransfer_number_delivered_is_ordered",
                        violation_error_message="number_delivered: low is above high.",
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
                        violation_error_message="number_delivered: exact, about, estimated need low and high; at_least and more_than low alone; at_most high alone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number_delivered_missing", ""), ("number_delivered_qualifier", ""), _connector="OR"
                        ),
                        name="armstransfer_number_delivered_is_a_number_or_missing",
                        violation_error_message="number_delivered: a number and a reason for its absence exclude each other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "value_qualifier__in",
                                ["", "exact", "about", "at_least", "more_than", "at_most", "estimated"],
                            )
                        ),
                        name="armstransfer_value_qualifier_is_known",
                        violation_error_message="value_qualifier: use one of exact, about, at_least, more_than, at_most, estimated.",
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
                        violation_error_message="value_missing: use one of unknown, uncounted, not_reported, reported_none, not_applicable, withheld.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value_low__isnull", True),
                            ("value_high__isnull", True),
                            ("value_low__lte", models.F("value_high")),
                            _connector="OR",
                        ),
                        name="armstransfer_value_is_ordered",
                        violation_error_message="value: low is above high.",
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
                        violation_error_message="value: exact, about, estimated need low and high; at_least and more_than low alone; at_most high alone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value_missing", ""), ("value_qualifier", ""), _connector="OR"),
                        name="armstransfer_value_is_a_number_or_missing",
                        violation_error_message="value: a number and a reason for its absence exclude each other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("recipient_actor__isnull", False), _negated=True),
                                ("recipient_named_as", ""),
                                ("recipient__isnull", False),
                            ),
                            models.Q(
                                models.Q(("recipient__isnull", False), _negated=True),
                                ("recipient_named_as", ""),
                                ("recipient_actor__isnull", False),
                            ),
                            models.Q(
                                models.Q(("recipient__isnull", False), _negated=True),
                                models.Q(("recipient_actor__isnull", False), _negated=True),
                                models.Q(("recipient_named_as", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("recipient__isnull", False), _negated=True),
                                models.Q(("recipient_actor__isnull", False), _negated=True),
                                ("recipient_named_as", ""),
                            ),
                            _connector="OR",
                        ),
                        name="armstransfer_has_one_recipient",
                        violation_error_message="Give one of recipient, recipient_actor and recipient_named_as.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                models.Q(("recipient_actor__isnull", False), _negated=True),
                                ("recipient_named_as", ""),
                                ("recipient__isnull", False),
                            ),
                            models.Q(
                                models.Q(("recipient__isnull", False), _negated=True),
                                ("recipient_named_as", ""),
                                ("recipient_actor__isnull", False),
                            ),
                            models.Q(
                                models.Q(("recipient__isnull", False), _negated=True),
                                models.Q(("recipient_actor__isnull", False), _negated=True),
                                models.Q(("recipient_named_as", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="armstransfer_recipient_when_published",
                        violation_error_message="recipient: needed to publish; name it in words where the source does.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recipient__isnull", True),
                            models.Q(("recipient", models.F("supplier")), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_is_of_two",
                        violation_error_message="recipient: another state than the supplier.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value_qualifier", ""), ("value_unit__regex", "^[A-Z]{3}$"), _connector="OR"
                        ),
                        name="armstransfer_value_has_a_currency",
                        violation_error_message="value_unit: money needs an ISO 4217 code such as USD.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("value_qualifier", ""),
                            models.Q(("value_kind", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_value_has_a_kind",
                        violation_error_message="value_kind: say what the value is the value of.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("possibly_same_as__isnull", True),
                            models.Q(("possibly_same_as", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="armstransfer_is_not_its_own_double",
                        violation_error_message="possibly_same_as: another record than this one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MissionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
                        max_length=80,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        default="asserted",
                        help_text="How the sources put it; the weakest where two apply.",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_review", "In review"), ("published", "Published")],
                        default="draft",
                        help_text="Only published records are public; publishing needs a citation.",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: how the record was coded, and what a reader should know."
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(
                        blank=True, help_text="For editors only, never public: doubts about what is printed."
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="Who created the record; empty when it was loaded.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Counts the transactions that changed the record or its parts.",
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record was entered (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record last changed (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the record was first published (UTC).",
                        null=True,
                        serialize=False,
                    ),
                ),
                (
                    "sending",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The state whose mission it is.",
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
                        help_text="The state it is accredited to.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("embassy", "Embassy"), ("consulate", "Consulate"), ("office", "Office")],
                        help_text="What sort of post it is.",
                        max_length=10,
                    ),
                ),
                (
                    "city",
                    models.CharField(
                        blank=True, help_text="The city it sits in; empty where not stated.", max_length=80
                    ),
                ),
                (
                    "host_country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The country it sits in; another than the one it is accredited to for a non-resident mission.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "opened_on",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When it opened (EDTF); empty where not stated.", instants_only=True
                    ),
                ),
                (
                    "closed_on",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When it closed (EDTF); empty where no source says that it did.",
                        instants_only=True,
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Why it opened or closed, where the source says so."),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ObservationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
                        max_length=80,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        default="asserted",
                        help_text="How the sources put it; the weakest where two apply.",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_review", "In review"), ("published", "Published")],
                        default="draft",
                        help_text="Only published records are public; publishing needs a citation.",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: how the record was coded, and what a reader should know."
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(
                        blank=True, help_text="For editors only, never public: doubts about what is printed."
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="Who created the record; empty when it was loaded.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Counts the transactions that changed the record or its parts.",
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record was entered (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record last changed (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the record was first published (UTC).",
                        null=True,
                        serialize=False,
                    ),
                ),
                (
                    "indicator",
                    models.CharField(
                        choices=[
                            ("exports", "Exports"),
                            ("workers", "Workers"),
                            ("trade_rank", "Rank in trade"),
                            ("aid", "Aid"),
                        ],
                        help_text="What is measured.",
                        max_length=12,
                    ),
                ),
                (
                    "from_country",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Where the goods, people or money come from.",
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
                        help_text="Where they go or are.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "period",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="The time the figure is about (EDTF); empty where not stated."
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True, help_text="What exactly is counted or ranked, in our words.", max_length=160
                    ),
                ),
                (
                    "figure_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Figure: the lowest number the source allows.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "figure_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Figure: the highest number the source allows; the same as low for a single number.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "figure_qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", ""),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("at_most", "at most"),
                            ("estimated", "estimated"),
                        ],
                        help_text="Figure: how the number is meant.",
                        max_length=10,
                    ),
                ),
                (
                    "figure_unit",
                    models.CharField(
                        blank=True,
                        help_text="Figure: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
                        max_length=40,
                    ),
                ),
                (
                    "figure_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "unknown"),
                            ("uncounted", "uncounted"),
                            ("not_reported", "not reported"),
                            ("reported_none", "reported as none"),
                            ("not_applicable", "not applicable"),
                            ("withheld", "withheld"),
                        ],
                        help_text="Figure: why there is no number.",
                        max_length=16,
                    ),
                ),
                (
                    "reporter",
                    models.CharField(
                        blank=True,
                        help_text="Who gave the figure, where the source says so, in our words.",
                        max_length=120,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RelationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "country_a",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The country whose code comes first.",
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
                        help_text="The country whose code comes second.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "summary",
                    models.TextField(blank=True, help_text="The relation in our words, from the sources alone."),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RelationPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
                        max_length=80,
                        unique=True,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        default="asserted",
                        help_text="How the sources put it; the weakest where two apply.",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_review", "In review"), ("published", "Published")],
                        default="draft",
                        help_text="Only published records are public; publishing needs a citation.",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: how the record was coded, and what a reader should know."
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(
                        blank=True, help_text="For editors only, never public: doubts about what is printed."
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Who created the record; empty when it was loaded.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Counts the transactions that changed the record or its parts.",
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record was entered (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record last changed (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the record was first published (UTC).",
                        null=True,
                        serialize=False,
                    ),
                ),
                (
                    "relation",
                    models.ForeignKey(
                        help_text="The dyad.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="relations.relation",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[
                            ("legal", "Legal status"),
                            ("level", "Level of representation"),
                            ("military", "Military ties"),
                            ("recognition", "Recognition"),
                            ("position", "Position"),
                            ("cooperation", "Cooperation"),
                            ("character", "Character"),
                        ],
                        help_text="The side of the relation it is about.",
                        max_length=12,
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True, help_text="The state of affairs; each track has its own list.", max_length=20
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The side that brought it about, or whose recognition, position or view it is; empty for both.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        help_text="What a position or cooperation is about, in our words; open tracks only.",
                        max_length=200,
                    ),
                ),
                (
                    "began_on",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When it began (EDTF); empty where not stated.", instants_only=True
                    ),
                ),
                (
                    "ended_on",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When it ended (EDTF), only where a source states an end without saying what followed.",
                        instants_only=True,
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why, where the source says so; its hedge is on the citation of this field.",
                    ),
                ),
                ("search", relations.fields.SearchColumn("subject", "reason", "note")),
                (
                    "began_on_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that began_on may mean; empty where it is open or unknown. Computed.",
                        of="began_on",
                    ),
                ),
                (
                    "began_on_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that began_on may mean; empty where it is open or unknown. Computed.",
                        of="began_on",
                    ),
                ),
                (
                    "ended_on_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that ended_on may mean; empty where it is open or unknown. Computed.",
                        of="ended_on",
                    ),
                ),
                (
                    "ended_on_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that ended_on may mean; empty where it is open or unknown. Computed.",
                        of="ended_on",
                    ),
                ),
            ],
            options={
                "ordering": ["slug"],
                "default_permissions": ("add", "change", "delete", "view", "import", "export"),
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
                        violation_error_message="slug: lower-case letters a–z and digits, joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modality__in", ["asserted", "announced", "reported", "inferred", "alleged", "disputed"])
                        ),
                        name="relationperiod_modality_is_known",
                        violation_error_message="modality: use one of asserted, announced, reported, inferred, alleged, disputed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "published"])),
                        name="relationperiod_state_is_known",
                        violation_error_message="state: use one of draft, in_review, published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("value", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="relationperiod_value_when_published",
                        violation_error_message="value: needed to publish.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "track__in",
                                ["legal", "level", "military", "recognition", "position", "cooperation", "character"],
                            )
                        ),
                        name="relationperiod_track_is_known",
                        violation_error_message="track: use one of legal, level, military, recognition, position, cooperation, character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value", ""),
                            models.Q(("track", "legal"), ("value__in", ["established", "suspended", "severed"])),
                            models.Q(
                                ("track", "level"),
                                ("value__in", ["consular", "charge_d_affaires", "minister", "ambassador"]),
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
                        violation_error_message="value: not in the list of this track.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("track__in", ("recognition",)), _negated=True),
                            ("held_by__isnull", False),
                            _connector="OR",
                        ),
                        name="relationperiod_holder_when_one_sided",
                        violation_error_message="held_by: a one-sided track needs its holder.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("track__in", ("position", "cooperation", "character")),
                                models.Q(("subject", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("track__in", ("position", "cooperation", "character")), _negated=True),
                                ("subject", ""),
                            ),
                            _connector="OR",
                        ),
                        name="relationperiod_subject_when_open",
                        violation_error_message="subject: needed on an open track, and on no other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("began_on__contains", "/"), _negated=True),
                        name="relationperiod_began_on_is_an_instant",
                        violation_error_message="began_on: a date, not a span (no “/”).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on__contains", "/"), _negated=True),
                        name="relationperiod_ended_on_is_an_instant",
                        violation_error_message="ended_on: a date, not a span (no “/”).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on_latest__isnull", True),
                            ("began_on_earliest__isnull", True),
                            ("ended_on_latest__gte", models.F("began_on_earliest")),
                            _connector="OR",
                        ),
                        name="relationperiod_ends_after_it_begins",
                        violation_error_message="ended_on: lies before began_on.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("state", "published"),
                            ("track__in", ("legal", "level", "military")),
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
                                    models.F("began_on_latest"),
                                    models.F("ended_on_earliest"),
                                    function="public.period_core",
                                ),
                                "&&",
                            ),
                        ],
                        name="relationperiod_one_mutual_value",
                        violation_error_message="Another published value of this track certainly covers some of the same days.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("state", "published"),
                            ("track__in", ("recognition",)),
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
                                    models.F("began_on_latest"),
                                    models.F("ended_on_earliest"),
                                    function="public.period_core",
                                ),
                                "&&",
                            ),
                        ],
                        name="relationperiod_one_value_per_holder",
                        violation_error_message="Another published value of this track certainly covers some of the same days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PassageHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The document.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.source",
                    ),
                ),
                (
                    "ref",
                    models.CharField(
                        db_collation="C",
                        help_text="section.paragraph.sentence, such as `egypt.2.3`; unique in its document.",
                        max_length=40,
                    ),
                ),
                ("position", models.PositiveIntegerField(help_text="Its place in the document, from 1.")),
                ("section", models.CharField(blank=True, help_text="The section it stands in.", max_length=80)),
                ("char_start", models.PositiveIntegerField(help_text="Offset of its first character in the document.")),
                ("char_end", models.PositiveIntegerField(help_text="Offset after its last character.")),
                (
                    "sha256",
                    models.CharField(
                        help_text="SHA-256 of the sentence after folding white space (UTF-8).", max_length=64
                    ),
                ),
                ("digest", models.TextField(blank=True, help_text="What it says, in our own words.")),
                (
                    "finished",
                    models.BooleanField(default=False, help_text="The coder's word that every claim in it is coded."),
                ),
                ("out_of_scope_reason", models.TextField(blank=True, help_text="Why nothing in it is coded.")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PassageText",
            fields=[
                (
                    "passage",
                    models.OneToOneField(
                        help_text="The passage.",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="loaded",
                        serialize=False,
                        to="relations.passage",
                    ),
                ),
                ("text", models.TextField(help_text="The sentence as the document has it.")),
            ],
        ),
        migrations.CreateModel(
            name="ParticipationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                        help_text="The event.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.event",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("actor", "Actor"),
                            ("recipient", "Recipient"),
                            ("host", "Host"),
                            ("sponsor", "Sponsor"),
                            ("mediator", "Mediator"),
                            ("transit", "Transit"),
                            ("victim", "Victim"),
                            ("addressee", "Addressee"),
                            ("represented_by", "Represented by"),
                            ("voted_for", "Voted for"),
                            ("voted_against", "Voted against"),
                            ("abstained", "Abstained"),
                            ("concerned", "Concerned"),
                        ],
                        help_text="The part it had.",
                        max_length=16,
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="A country; or …",
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
                        help_text="… an actor; or …",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.actor",
                    ),
                ),
                (
                    "named_as",
                    models.CharField(
                        blank=True,
                        help_text="… what the source calls a party that it does not name, in our words.",
                        max_length=120,
                    ),
                ),
                (
                    "count",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How many such unnamed parties there were; empty where not stated.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ArmsTransferHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
                        max_length=80,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        default="asserted",
                        help_text="How the sources put it; the weakest where two apply.",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_review", "In review"), ("published", "Published")],
                        default="draft",
                        help_text="Only published records are public; publishing needs a citation.",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: how the record was coded, and what a reader should know."
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(
                        blank=True, help_text="For editors only, never public: doubts about what is printed."
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="Who created the record; empty when it was loaded.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Counts the transactions that changed the record or its parts.",
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record was entered (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record last changed (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the record was first published (UTC).",
                        null=True,
                        serialize=False,
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The state that supplied, or was to.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The state that received, or was to; or …",
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
                        help_text="… an actor; or …",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.actor",
                    ),
                ),
                (
                    "recipient_named_as",
                    models.CharField(
                        blank=True,
                        help_text="… what the source calls a recipient that it does not name, in our words.",
                        max_length=120,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("equipment", "Equipment"),
                            ("technology", "Technology"),
                            ("assistance", "Assistance"),
                        ],
                        help_text="What is transferred.",
                        max_length=10,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("aircraft", "Aircraft"),
                            ("air_defence", "Air-defence systems"),
                            ("armoured_vehicles", "Armoured vehicles"),
                            ("artillery", "Artillery"),
                            ("missiles", "Missiles"),
                            ("naval_weapons", "Naval weapons"),
                            ("ships", "Ships"),
                            ("sensors", "Sensors"),
                            ("engines", "Engines"),
                            ("other", "Other major arms"),
                            ("small_arms_light_weapons", "Small arms and light weapons"),
                            ("unspecified", "Unspecified arms"),
                        ],
                        help_text="The armament category.",
                        max_length=24,
                    ),
                ),
                (
                    "designation",
                    models.CharField(
                        blank=True, help_text="The name of the system, as the source has it.", max_length=120
                    ),
                ),
                ("description", models.CharField(blank=True, help_text="What it is, in our words.", max_length=200)),
                (
                    "deal_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sought", "Sought"),
                            ("discussed", "Discussed"),
                            ("agreed", "Agreed"),
                            ("ordered", "Ordered"),
                            ("paid_not_delivered", "Paid, not delivered"),
                            ("partly_delivered", "Partly delivered"),
                            ("delivered", "Delivered"),
                            ("interdicted", "Interdicted"),
                            ("released_onward", "Released onward"),
                            ("cancelled", "Cancelled"),
                            ("unknown", "Unknown"),
                        ],
                        help_text="The furthest step of the deal that the source states.",
                        max_length=20,
                    ),
                ),
                (
                    "ordered_on",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When it was ordered; of a deal that went no further, sought, talked about or agreed (EDTF).",
                    ),
                ),
                (
                    "delivered_on",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When it was delivered (EDTF); a span for several years."
                    ),
                ),
                (
                    "number_ordered_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number ordered: the lowest number the source allows.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "number_ordered_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number ordered: the highest number the source allows; the same as low for a single number.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "number_ordered_qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", ""),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("at_most", "at most"),
                            ("estimated", "estimated"),
                        ],
                        help_text="Number ordered: how the number is meant.",
                        max_length=10,
                    ),
                ),
                (
                    "number_ordered_unit",
                    models.CharField(
                        blank=True,
                        help_text="Number ordered: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
                        max_length=40,
                    ),
                ),
                (
                    "number_ordered_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "unknown"),
                            ("uncounted", "uncounted"),
                            ("not_reported", "not reported"),
                            ("reported_none", "reported as none"),
                            ("not_applicable", "not applicable"),
                            ("withheld", "withheld"),
                        ],
                        help_text="Number ordered: why there is no number.",
                        max_length=16,
                    ),
                ),
                (
                    "number_delivered_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number delivered: the lowest number the source allows.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "number_delivered_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Number delivered: the highest number the source allows; the same as low for a single number.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "number_delivered_qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", ""),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("at_most", "at most"),
                            ("estimated", "estimated"),
                        ],
                        help_text="Number delivered: how the number is meant.",
                        max_length=10,
                    ),
                ),
                (
                    "number_delivered_unit",
                    models.CharField(
                        blank=True,
                        help_text="Number delivered: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
                        max_length=40,
                    ),
                ),
                (
                    "number_delivered_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "unknown"),
                            ("uncounted", "uncounted"),
                            ("not_reported", "not reported"),
                            ("reported_none", "reported as none"),
                            ("not_applicable", "not applicable"),
                            ("withheld", "withheld"),
                        ],
                        help_text="Number delivered: why there is no number.",
                        max_length=16,
                    ),
                ),
                (
                    "value_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Value: the lowest number the source allows.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "value_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Value: the highest number the source allows; the same as low for a single number.",
                        max_digits=22,
                        null=True,
                    ),
                ),
                (
                    "value_qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", ""),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("at_most", "at most"),
                            ("estimated", "estimated"),
                        ],
                        help_text="Value: how the number is meant.",
                        max_length=10,
                    ),
                ),
                (
                    "value_unit",
                    models.CharField(
                        blank=True,
                        help_text="Value: what is counted, in our words, or the ISO 4217 code of a currency in capitals.",
                        max_length=40,
                    ),
                ),
                (
                    "value_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "unknown"),
                            ("uncounted", "uncounted"),
                            ("not_reported", "not reported"),
                            ("reported_none", "reported as none"),
                            ("not_applicable", "not applicable"),
                            ("withheld", "withheld"),
                        ],
                        help_text="Value: why there is no number.",
                        max_length=16,
                    ),
                ),
                (
                    "value_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contract", "Contract"),
                            ("estimate", "Estimate"),
                            ("down_payment", "Down payment"),
                            ("aid", "Aid"),
                        ],
                        help_text="What the value is the value of.",
                        max_length=12,
                    ),
                ),
                (
                    "transit_country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="A country it passed through.",
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
                        help_text="The event in which it was seized, shown or used.",
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
                        help_text="A record that may be of the same deal; the two are never merged or added up.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.armstransfer",
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="Why, where the source says so.")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RelationPeriodHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                (
                    "slug",
                    models.CharField(
                        db_collation="C",
                        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
                        max_length=80,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        default="asserted",
                        help_text="How the sources put it; the weakest where two apply.",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_review", "In review"), ("published", "Published")],
                        default="draft",
                        help_text="Only published records are public; publishing needs a citation.",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: how the record was coded, and what a reader should know."
                    ),
                ),
                (
                    "editor_note",
                    models.TextField(
                        blank=True, help_text="For editors only, never public: doubts about what is printed."
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="Who created the record; empty when it was loaded.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Counts the transactions that changed the record or its parts.",
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record was entered (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When the record last changed (UTC).",
                        serialize=False,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the record was first published (UTC).",
                        null=True,
                        serialize=False,
                    ),
                ),
                (
                    "relation",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The dyad.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.relation",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[
                            ("legal", "Legal status"),
                            ("level", "Level of representation"),
                            ("military", "Military ties"),
                            ("recognition", "Recognition"),
                            ("position", "Position"),
                            ("cooperation", "Cooperation"),
                            ("character", "Character"),
                        ],
                        help_text="The side of the relation it is about.",
                        max_length=12,
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True, help_text="The state of affairs; each track has its own list.", max_length=20
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The side that brought it about, or whose recognition, position or view it is; empty for both.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.country",
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        help_text="What a position or cooperation is about, in our words; open tracks only.",
                        max_length=200,
                    ),
                ),
                (
                    "began_on",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When it began (EDTF); empty where not stated.", instants_only=True
                    ),
                ),
                (
                    "ended_on",
                    relations.fields.FuzzyDateField(
                        bounds=False,
                        help_text="When it ended (EDTF), only where a source states an end without saying what followed.",
                        instants_only=True,
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why, where the source says so; its hedge is on the citation of this field.",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        help_text="Evidence for this period.",
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
                        help_text="Evidence for this mission.",
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
                        help_text="Evidence for this event.",
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
                        help_text="Evidence for this deal.",
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
                        help_text="Evidence for this figure.",
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
                        help_text="About this country.",
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
                        help_text="About this actor.",
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
                        help_text="About this relation.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="relations.relation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        help_text="The document.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="relations.source",
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        blank=True,
                        help_text="The sentence; or …",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="relations.passage",
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="… a page, entry or other place in the document.", max_length=80
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        help_text="The column of the record it is evidence for; empty for the record as a whole.",
                        max_length=40,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "Supports"), ("contradicts", "Contradicts"), ("mentions", "Mentions")],
                        default="supports",
                        help_text="What it does to the record.",
                        max_length=11,
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True, help_text="What it says instead, when it contradicts.", max_length=200
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        help_text="How it puts this field; empty: as the record.",
                        max_length=10,
                    ),
                ),
                (
                    "hedge",
                    models.CharField(
                        blank=True, help_text="The hedge words, as the document has them.", max_length=120
                    ),
                ),
                (
                    "attributed_to",
                    models.CharField(blank=True, help_text="Who says so, according to the document.", max_length=120),
                ),
                (
                    "attributed_on",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When they said so (EDTF); not when it happened.", instants_only=True
                    ),
                ),
                (
                    "passage_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="SHA-256 of the passage when it was cited; kept by the database.",
                        max_length=64,
                    ),
                ),
                (
                    "attributed_on_earliest",
                    relations.fields.Bound(
                        end="earliest",
                        help_text="The earliest day that attributed_on may mean; empty where it is open or unknown. Computed.",
                        of="attributed_on",
                    ),
                ),
                (
                    "attributed_on_latest",
                    relations.fields.Bound(
                        end="latest",
                        help_text="The latest day that attributed_on may mean; empty where it is open or unknown. Computed.",
                        of="attributed_on",
                    ),
                ),
            ],
            options={
                "ordering": ["source", "passage__position", "locator", "field", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("mission__isnull", False), _negated=True),
                                models.Q(("event__isnull", False), _negated=True),
                                models.Q(("transfer__isnull", False), _negated=True),
                                models.Q(("observation__isnull", False), _negated=True),
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("actor__isnull", False), _negated=True),
                                models.Q(("relation__isnull", False), _negated=True),
                                ("period__isnull", False),
                            ),
                            models.Q(
                                models.Q(("period__isnull", False), _negated=True),
                                models.Q(("event__isnull", False), _negated=True),
                                models.Q(("transfer__isnull", False), _negated=True),
                                models.Q(("observation__isnull", False), _negated=True),
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("actor__isnull", False), _negated=True),
                                models.Q(("relation__isnull", False), _negated=True),
                                ("mission__isnull", False),
                            ),
                            models.Q(
                                models.Q(("period__isnull", False), _negated=True),
                                models.Q(("mission__isnull", False), _negated=True),
                                models.Q(("transfer__isnull", False), _negated=True),
                                models.Q(("observation__isnull", False), _negated=True),
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("actor__isnull", False), _negated=True),
                                models.Q(("relation__isnull", False), _negated=True),
                                ("event__isnull", False),
                            ),
                            models.Q(
                                models.Q(("period__isnull", False), _negated=True),
                                models.Q(("mission__isnull", False), _negated=True),
                                models.Q(("event__isnull", False), _negated=True),
                                models.Q(("observation__isnull", False), _negated=True),
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("actor__isnull", False), _negated=True),
                                models.Q(("relation__isnull", False), _negated=True),
                                ("transfer__isnull", False),
                            ),
                            models.Q(
                                models.Q(("period__isnull", False), _negated=True),
                                models.Q(("mission__isnull", False), _negated=True),
                                models.Q(("event__isnull", False), _negated=True),
                                models.Q(("transfer__isnull", False), _negated=True),
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("actor__isnull", False), _negated=True),
                                models.Q(("relation__isnull", False), _negated=True),
                                ("observation__isnull", False),
                            ),
                            models.Q(
                                models.Q(("period__isnull", False), _negated=True),
                                models.Q(("mission__isnull", False), _negated=True),
                                models.Q(("event__isnull", False), _negated=True),
                                models.Q(("transfer__isnull", False), _negated=True),
                                models.Q(("observation__isnull", False), _negated=True),
                                models.Q(("actor__isnull", False), _negated=True),
                                models.Q(("relation__isnull", False), _negated=True),
                                ("country__isnull", False),
                            ),
                            models.Q(
                                models.Q(("period__isnull", False), _negated=True),
                                models.Q(("mission__isnull", False), _negated=True),
                                models.Q(("event__isnull", False), _negated=True),
                                models.Q(("transfer__isnull", False), _negated=True),
                                models.Q(("observation__isnull", False), _negated=True),
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("relation__isnull", False), _negated=True),
                                ("actor__isnull", False),
                            ),
                            models.Q(
                                models.Q(("period__isnull", False), _negated=True),
                                models.Q(("mission__isnull", False), _negated=True),
                                models.Q(("event__isnull", False), _negated=True),
                                models.Q(("transfer__isnull", False), _negated=True),
                                models.Q(("observation__isnull", False), _negated=True),
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("actor__isnull", False), _negated=True),
                                ("relation__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="citation_has_one_target",
                        violation_error_message="Cite for exactly one record or thing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("locator", ""), ("passage__isnull", False)),
                            models.Q(
                                models.Q(("passage__isnull", False), _negated=True),
                                models.Q(("locator", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="citation_has_a_place",
                        violation_error_message="Give the passage or a locator, and not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["supports", "contradicts", "mentions"])),
                        name="citation_stance_is_known",
                        violation_error_message="stance: use one of supports, contradicts, mentions.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "modality__in",
                                ["", "asserted", "announced", "reported", "inferred", "alleged", "disputed"],
                            )
                        ),
                        name="citation_modality_is_known",
                        violation_error_message="modality: use one of asserted, announced, reported, inferred, alleged, disputed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), ("stance", "contradicts"), _connector="OR"),
                        name="citation_value_contradicts",
                        violation_error_message="value: only where the passage contradicts the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attributed_on__contains", "/"), _negated=True),
                        name="citation_attributed_on_is_an_instant",
                        violation_error_message="attributed_on: a date, not a span (no “/”).",
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
                            "stance",
                        ),
                        name="citation_is_unique",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CitationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                        help_text="Evidence for this period.",
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
                        help_text="Evidence for this mission.",
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
                        help_text="Evidence for this event.",
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
                        help_text="Evidence for this deal.",
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
                        help_text="Evidence for this figure.",
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
                        help_text="About this country.",
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
                        help_text="About this actor.",
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
                        help_text="About this relation.",
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
                        help_text="The document.",
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
                        help_text="The sentence; or …",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="relations.passage",
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="… a page, entry or other place in the document.", max_length=80
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        help_text="The column of the record it is evidence for; empty for the record as a whole.",
                        max_length=40,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "Supports"), ("contradicts", "Contradicts"), ("mentions", "Mentions")],
                        default="supports",
                        help_text="What it does to the record.",
                        max_length=11,
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True, help_text="What it says instead, when it contradicts.", max_length=200
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asserted", "Asserted"),
                            ("announced", "Announced"),
                            ("reported", "Reported"),
                            ("inferred", "Inferred"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        help_text="How it puts this field; empty: as the record.",
                        max_length=10,
                    ),
                ),
                (
                    "hedge",
                    models.CharField(
                        blank=True, help_text="The hedge words, as the document has them.", max_length=120
                    ),
                ),
                (
                    "attributed_to",
                    models.CharField(blank=True, help_text="Who says so, according to the document.", max_length=120),
                ),
                (
                    "attributed_on",
                    relations.fields.FuzzyDateField(
                        bounds=False, help_text="When they said so (EDTF); not when it happened.", instants_only=True
                    ),
                ),
                (
                    "passage_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="SHA-256 of the passage when it was cited; kept by the database.",
                        max_length=64,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="Country",
            name="successors",
            field=models.ManyToManyField(
                help_text="The states that followed it.",
                related_name="predecessors",
                through="relations.Succession",
                to="relations.country",
            ),
        ),
    ]
