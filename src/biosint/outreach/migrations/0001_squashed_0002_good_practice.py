"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("outreach", "0001_initial"),
        ("outreach", "0002_good_practice"),
    ]

    dependencies = [
        ("consortium", "0001_initial"),
        ("files", "0001_initial"),
        ("institutions", "0001_squashed_0002_academic_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Practice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("need", models.TextField(max_length=2000, verbose_name="what was missing")),
                ("deed", models.TextField(max_length=6000, verbose_name="what was done")),
                ("outcome", models.TextField(max_length=2000, verbose_name="what came of it")),
                ("effort", models.TextField(max_length=2000, verbose_name="what it takes")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "waits for a colleague’s review"),
                            ("sent_back", "sent back to its writer"),
                            ("published", "published"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                ("review", models.TextField(blank=True, max_length=2000, verbose_name="review")),
                ("reviewed_at", models.DateTimeField(null=True, verbose_name="reviewed at")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "good practice",
                "verbose_name_plural": "good practices",
                "ordering": ["-reviewed_at", "-written_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PracticeUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.CharField(max_length=300, verbose_name="where, and what was changed")),
                ("told_at", models.DateTimeField(verbose_name="told at")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="outreach.practice",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["told_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("held_date", models.DateField(verbose_name="day")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk", "talk or poster"),
                            ("publication", "publication"),
                            ("website", "website"),
                            ("social", "social media"),
                            ("press", "press, radio, television"),
                            ("event", "event"),
                            ("training", "training or workshop"),
                            ("other", "other"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("place", models.CharField(max_length=200, verbose_name="place or channel")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("target_groups", models.JSONField(default=list, verbose_name="for whom")),
                ("reached", models.PositiveIntegerField(null=True, verbose_name="people reached")),
                (
                    "reached_how",
                    models.CharField(blank=True, max_length=200, verbose_name="how they were counted"),
                ),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="page about it")),
                (
                    "proof_link",
                    models.URLField(blank=True, max_length=500, verbose_name="address of the proof"),
                ),
                (
                    "shows_funding",
                    models.BooleanField(
                        default=False, verbose_name="EU emblem and funding statement were shown"
                    ),
                ),
                (
                    "follow_up",
                    models.CharField(blank=True, max_length=500, verbose_name="what follows from it"),
                ),
                ("entered_at", models.DateTimeField(verbose_name="entered at")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
                ("withdrawn_because", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consortium.consortium",
                    ),
                ),
                (
                    "entered_by",
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
                (
                    "proof_file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="proof",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "dissemination activity",
                "verbose_name_plural": "dissemination activities",
                "ordering": ["-held_date", "-pk"],
                "indexes": [
                    models.Index(fields=["consortium", "-held_date"], name="activity_of_consortium"),
                    models.Index(fields=["institution", "-held_date"], name="activity_of_institution"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proof_link", ""), _negated=True),
                            ("proof_file__isnull", False),
                            _connector="OR",
                        ),
                        name="activity_has_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reached", None), models.Q(("reached_how", ""), _negated=True), _connector="OR"
                        ),
                        name="activity_reach_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="activity_withdrawn_by_and_at_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("organisation", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("purpose", models.TextField(max_length=2000, verbose_name="what for")),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "new"), ("answered", "answered")],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered at")),
                ("outcome", models.CharField(blank=True, max_length=500, verbose_name="what came of it")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "enquiry",
                "verbose_name_plural": "enquiries",
                "ordering": ["-received_at", "-pk"],
                "indexes": [models.Index(fields=["state", "-received_at"], name="enquiry_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None), ("state", "new")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state", "answered"),
                            ),
                            _connector="OR",
                        ),
                        name="enquiry_answered_by_and_at_together",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="News",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.JSONField(verbose_name="title")),
                ("text", models.JSONField(verbose_name="text")),
                ("published_at", models.DateTimeField(verbose_name="published at")),
                ("corrected_at", models.DateTimeField(null=True, verbose_name="corrected at")),
                ("taken_down_at", models.DateTimeField(null=True, verbose_name="taken down at")),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_down_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "news",
                "verbose_name_plural": "news",
                "ordering": ["-published_at", "-pk"],
                "indexes": [models.Index(fields=["-published_at"], name="news_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_down_at", None), ("taken_down_by", None)),
                            models.Q(("taken_down_at__isnull", False), ("taken_down_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="news_taken_down_by_and_at_together",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(fields=["state", "-reviewed_at"], name="practice_by_state"),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at", None), ("reviewed_by", None)),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="practice_reviewed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    ("reviewed_at__isnull", False),
                    _connector="OR",
                ),
                name="practice_published_after_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceuse",
            constraint=models.UniqueConstraint(fields=("practice", "institution"), name="practice_use_once"),
        ),
    ]
