"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("surveys", "0001_initial"),
        ("surveys", "0002_groups_tickets_pairing"),
        ("surveys", "0003_wordings"),
        ("surveys", "0004_instruments"),
    ]

    dependencies = [
        ("consortium", "0001_initial"),
        ("files", "0001_initial"),
        ("institutions", "0001_squashed_0002_academic_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("own_columns", models.JSONField(default=list, verbose_name="code book")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("students", "students"),
                            ("teachers", "teachers"),
                            ("staff", "administrative staff"),
                            ("participants", "participants of an event"),
                            ("others", "others"),
                        ],
                        default="others",
                        max_length=20,
                        verbose_name="asked of",
                    ),
                ),
                ("token", models.CharField(max_length=16, null=True, unique=True, verbose_name="link")),
                ("opens_at", models.DateTimeField(null=True, verbose_name="opens at")),
                ("closes_at", models.DateTimeField(null=True, verbose_name="closes at")),
                (
                    "weight_code",
                    models.CharField(blank=True, max_length=60, verbose_name="column with counts"),
                ),
                ("hides_small_groups", models.BooleanField(default=True, verbose_name="hides small groups")),
                (
                    "smallest_group",
                    models.PositiveSmallIntegerField(default=5, verbose_name="smallest group shown"),
                ),
                (
                    "entry",
                    models.CharField(
                        choices=[
                            ("link", "everybody who has the link"),
                            ("tickets", "only who holds a personal ticket"),
                        ],
                        default="link",
                        max_length=10,
                        verbose_name="who may answer",
                    ),
                ),
                (
                    "pairing",
                    models.CharField(
                        choices=[
                            ("off", "not asked for"),
                            ("optional", "asked for, may be left out"),
                            ("required", "asked of everybody"),
                        ],
                        default="off",
                        max_length=10,
                        verbose_name="pairing code",
                    ),
                ),
                ("is_complete", models.BooleanField(default=True, verbose_name="complete")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
                (
                    "pairs_within",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consortium.consortium",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer set",
                "verbose_name_plural": "answer sets",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AskedInstitution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("invited", models.PositiveIntegerField(blank=True, null=True, verbose_name="people asked")),
                (
                    "answer_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked",
                        to="surveys.answerset",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
            ],
            options={
                "ordering": ["institution__name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AskedGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="address word")),
                ("label", models.JSONField(verbose_name="name")),
                ("place", models.PositiveSmallIntegerField(default=0, verbose_name="place in the list")),
                ("invited", models.PositiveIntegerField(blank=True, null=True, verbose_name="people asked")),
                (
                    "least",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="least answers wanted"),
                ),
                (
                    "most",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="most answers wanted"),
                ),
                ("full_at", models.DateTimeField(blank=True, null=True, verbose_name="full since")),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="surveys.askedinstitution",
                    ),
                ),
            ],
            options={
                "verbose_name": "target group",
                "verbose_name_plural": "target groups",
                "ordering": ["asked", "place", "pk"],
            },
        ),
        migrations.AddField(
            model_name="answerset",
            name="institutions",
            field=models.ManyToManyField(
                related_name="+", through="surveys.AskedInstitution", to="institutions.institution"
            ),
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("checksum", models.CharField(max_length=64, verbose_name="checksum")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("layout", models.JSONField(default=dict, verbose_name="layout of the file")),
                ("plan", models.JSONField(default=dict, verbose_name="use of the columns")),
                ("report", models.JSONField(default=dict, verbose_name="report")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "being read"),
                            ("checked", "read, not imported"),
                            ("writing", "being imported"),
                            ("done", "imported"),
                        ],
                        default="checking",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("imported_at", models.DateTimeField(null=True, verbose_name="imported at")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
                (
                    "staging",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="surveys.answerset",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes",
                        to="surveys.answerset",
                    ),
                ),
            ],
            options={
                "verbose_name": "import of answers",
                "verbose_name_plural": "imports of answers",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="KeptInstrument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                ("kept_at", models.DateTimeField(verbose_name="kept at")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "instrument of an institution",
                "verbose_name_plural": "instruments of institutions",
                "ordering": ["institution", "code", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.JSONField(verbose_name="title")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("students", "students"),
                            ("teachers", "teachers"),
                            ("staff", "administrative staff"),
                            ("participants", "participants of an event"),
                            ("others", "others"),
                        ],
                        max_length=20,
                        verbose_name="asked of",
                    ),
                ),
                ("template", models.CharField(blank=True, max_length=40, verbose_name="supplied template")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
            ],
            options={
                "verbose_name": "questionnaire",
                "verbose_name_plural": "questionnaires",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="answered in")),
                ("pairing", models.CharField(blank=True, max_length=64, verbose_name="pairing code")),
                ("answers", models.JSONField(verbose_name="answers")),
                ("key", models.UUIDField(null=True, verbose_name="key of the form")),
                ("received_date", models.DateField(verbose_name="received on")),
                (
                    "answer_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="surveys.answerset",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.askedgroup",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                (
                    "digest",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="fingerprint"
                    ),
                ),
                ("spent", models.BooleanField(default=False, verbose_name="spent")),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tickets",
                        to="surveys.askedinstitution",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tickets",
                        to="surveys.askedgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "ticket",
                "verbose_name_plural": "tickets",
                "ordering": ["digest"],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                (
                    "sources",
                    models.JSONField(blank=True, default=dict, verbose_name="sources of the translations"),
                ),
                ("published_at", models.DateTimeField(null=True, verbose_name="published at")),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="surveys.questionnaire",
                    ),
                ),
                (
                    "words_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="surveys.version",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a questionnaire",
                "verbose_name_plural": "versions of questionnaires",
                "ordering": ["questionnaire", "-number"],
            },
        ),
        migrations.AddField(
            model_name="answerset",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answer_sets",
                to="surveys.version",
            ),
        ),
        migrations.CreateModel(
            name="WordingChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="surveys.version"
                    ),
                ),
                (
                    "answer_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wording_changes",
                        to="surveys.answerset",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="surveys.version"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "change of wording",
                "verbose_name_plural": "changes of wording",
                "ordering": ["changed_at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="askedinstitution",
            constraint=models.UniqueConstraint(
                fields=("answer_set", "institution"), name="institution_asked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="askedgroup",
            constraint=models.UniqueConstraint(
                fields=("asked", "code"), name="asked_group_once_per_institution"
            ),
        ),
        migrations.AddConstraint(
            model_name="askedgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("most", None), ("most__gte", 1), _connector="OR"),
                name="asked_group_wants_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="askedgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most", None), ("least", None), ("most__gte", models.F("least")), _connector="OR"
                ),
                name="asked_group_least_below_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "done")),
                fields=("target", "checksum"),
                name="intake_same_file_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("imported_at", None), ("imported_by", None)),
                    models.Q(("imported_at__isnull", False), ("imported_by__isnull", False)),
                    _connector="OR",
                ),
                name="intake_imported_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptinstrument",
            constraint=models.UniqueConstraint(
                fields=("institution", "code", "number"), name="instrument_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["answer_set", "institution"], name="submission_of_institution"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key__isnull", False)),
                fields=("answer_set", "key"),
                name="submission_counts_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("questionnaire", "number"), name="version_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None)),
                fields=("questionnaire",),
                name="version_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="version_published_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("token", None),
                    models.Q(
                        ("closes_at__isnull", False), ("opens_at__isnull", False), ("version__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="answer_set_link_has_questionnaire_and_times",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens_at", None), ("closes_at__gt", models.F("opens_at")), _connector="OR"
                ),
                name="answer_set_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerset",
            constraint=models.CheckConstraint(
                condition=models.Q(("smallest_group__range", (3, 20))),
                name="answer_set_smallest_group_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerset",
            constraint=models.CheckConstraint(
                condition=models.Q(("pairing", "off"), ("pairs_within__isnull", False), _connector="OR"),
                name="answer_set_pairs_within_a_consortium",
            ),
        ),
    ]
