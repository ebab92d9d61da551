"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("partnering", "0001_offers_and_messages"),
        ("partnering", "0002_matching_events"),
    ]

    dependencies = [
        ("curriculum", "0001_initial"),
        ("exchange", "0001_squashed_0028_materials"),
        ("institutions", "0001_squashed_0002_academic_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("begun_at", models.DateTimeField(null=True, verbose_name="course begun at")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("written_at", models.DateTimeField(verbose_name="last written at")),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="exchange.course",
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
                "ordering": ["-written_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MatchingEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.UUIDField(editable=False, unique=True)),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=3000, verbose_name="what it is about")),
                ("subject", models.CharField(blank=True, max_length=4, verbose_name="subject")),
                ("starts_at", models.DateTimeField(verbose_name="begins at")),
                (
                    "rounds",
                    models.PositiveSmallIntegerField(
                        default=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="rounds",
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="minutes of a round",
                    ),
                ),
                ("meeting_url", models.URLField(max_length=500, verbose_name="link to the meeting room")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("planned_at", models.DateTimeField(null=True, verbose_name="planned at")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
                (
                    "institutions",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="institutions.institution",
                        verbose_name="who may come",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(editable=False, unique=True)),
                ("text", models.TextField(max_length=4000, verbose_name="message")),
                ("sent_at", models.DateTimeField(verbose_name="sent at")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="partnering.contact",
                    ),
                ),
            ],
            options={
                "ordering": ["sent_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.UUIDField(editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "a course seeks a partner"),
                            ("place", "a place in a course is offered"),
                            ("lecture", "a guest lecture is sought"),
                        ],
                        default="course",
                        max_length=8,
                        verbose_name="what it is",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                (
                    "text",
                    models.TextField(
                        help_text="What your students do, what you bring, what you seek. Leave out mail addresses.",
                        max_length=4000,
                        verbose_name="what you have in mind",
                    ),
                ),
                ("subject", models.CharField(max_length=4, verbose_name="subject")),
                ("keywords", models.JSONField(blank=True, default=list, verbose_name="keywords")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("5", "EQF 5: short cycle"),
                            ("6", "EQF 6: bachelor, years 1 to 3"),
                            ("7", "EQF 7: master, years 4 to 6"),
                            ("8", "EQF 8: doctorate"),
                        ],
                        max_length=1,
                        verbose_name="level of study",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                (
                    "language_level",
                    models.CharField(
                        choices=[
                            ("A1", "A1"),
                            ("A2", "A2"),
                            ("B1", "B1"),
                            ("B2", "B2"),
                            ("C1", "C1"),
                            ("C2", "C2"),
                        ],
                        default="B1",
                        max_length=2,
                        verbose_name="level of the language",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("coil", "joint weeks inside two courses (COIL)"),
                            ("short", "short course"),
                            ("full", "full course"),
                        ],
                        default="coil",
                        max_length=5,
                        verbose_name="form",
                    ),
                ),
                ("start_date", models.DateField(verbose_name="first day")),
                ("end_date", models.DateField(verbose_name="last day")),
                (
                    "places",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5000),
                        ],
                        verbose_name="learners you would bring, or places you offer",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("paused", "paused"),
                            ("found", "partner found"),
                            ("closed", "closed"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("until_date", models.DateField(verbose_name="shown until")),
                ("reminded_of_date", models.DateField(null=True, verbose_name="reminded of")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                (
                    "course",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="exchange.course",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="curriculum.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="contact",
            name="offer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="partnering.offer"
            ),
        ),
        migrations.CreateModel(
            name="OfferWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stem", models.CharField(max_length=3)),
                ("word", models.CharField(max_length=60)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="partnering.offer",
                    ),
                ),
            ],
            options={
                "ordering": ["offer", "word"],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=4, verbose_name="subject")),
                ("keywords", models.JSONField(blank=True, default=list, verbose_name="keywords")),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                ("brings", models.CharField(max_length=500, verbose_name="what I bring")),
                ("seeks", models.CharField(max_length=500, verbose_name="what I seek")),
                ("registered_at", models.DateTimeField(verbose_name="registered at")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="partnering.matchingevent",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["registered_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                ("table", models.PositiveSmallIntegerField(verbose_name="table")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("course", "we begin a course"),
                            ("talks", "we go on talking"),
                            ("nothing", "it does not fit"),
                            ("missed", "we did not meet"),
                        ],
                        max_length=8,
                        verbose_name="what came of it",
                    ),
                ),
                ("noted_at", models.DateTimeField(null=True, verbose_name="noted at")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="partnering.matchingevent",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partnering.registration",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partnering.registration",
                    ),
                ),
            ],
            options={
                "ordering": ["round", "table", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="what is wrong")),
                ("reported_at", models.DateTimeField(verbose_name="reported at")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="settled at")),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="partnering.contact",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="partnering.offer",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-reported_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "blocked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "blocked"), name="block_once"),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("blocked")), _negated=True),
                        name="block_of_another",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="matchingevent",
            index=models.Index(fields=["-starts_at"], name="matching_event_by_start"),
        ),
        migrations.AddConstraint(
            model_name="matchingevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("planned_at", None), ("planned_by", None)),
                    models.Q(("planned_at__isnull", False), ("planned_by__isnull", False)),
                    _connector="OR",
                ),
                name="matching_event_planned_by_and_at_together",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["author", "sent_at"], name="message_of_author"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["state", "until_date", "-created_at"], name="offer_shown"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["state", "subject"], name="offer_by_subject"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["state", "language"], name="offer_by_language"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["teacher", "-created_at"], name="offer_of_teacher"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_date__gte", models.F("start_date"))), name="offer_ends_after_start"
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["asker", "-written_at"], name="contact_of_asker"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(fields=("offer", "asker"), name="contact_once_per_offer"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("begun_at", None), ("begun_by", None)),
                    models.Q(("begun_at__isnull", False), ("begun_by__isnull", False)),
                    _connector="OR",
                ),
                name="contact_begun_by_and_at_together",
            ),
        ),
        migrations.AddIndex(
            model_name="offerword",
            index=models.Index(fields=["stem", "word", "offer"], name="offer_word_by_stem"),
        ),
        migrations.AddConstraint(
            model_name="offerword",
            constraint=models.UniqueConstraint(fields=("offer", "word"), name="offer_word_once"),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                fields=("event", "person"), name="registration_once_per_matching_event"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                fields=("event", "round", "table"), name="meeting_once_at_a_table"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="meeting_once_for_a_pair"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("first", models.F("second")), _negated=True), name="meeting_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("noted_at", None), ("noted_by", None)),
                    models.Q(("noted_at__isnull", False), ("noted_by__isnull", False)),
                    _connector="OR",
                ),
                name="meeting_noted_by_and_at_together",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["settled_at", "-reported_at"], name="report_of_offer_open"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", None)),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="report_of_offer_settled_by_and_at_together",
            ),
        ),
    ]
