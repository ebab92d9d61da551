"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import biosint.exchange.models._design
import django.core.validators
import django.db.models.deletion
import django.db.models.manager
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("exchange", "0001_initial"),
        ("exchange", "0002_team_desk"),
        ("exchange", "0003_keep_what_was_asked"),
        ("exchange", "0004_ask_in_the_plan"),
        ("exchange", "0005_far_numbers_of_teams"),
        ("exchange", "0006_rubrics"),
        ("exchange", "0007_activities_progress_scores"),
        ("exchange", "0008_texts_in_more_languages"),
        ("exchange", "0009_gradebook"),
        ("exchange", "0010_recognition_leaves"),
        ("exchange", "0011_award"),
        ("exchange", "0012_plans"),
        ("exchange", "0013_discussions"),
        ("exchange", "0014_quizzes"),
        ("exchange", "0015_local_scales"),
        ("exchange", "0016_finding_courses"),
        ("exchange", "0017_rooms"),
        ("exchange", "0018_reminders"),
        ("exchange", "0019_works_of_activities"),
        ("exchange", "0020_fill_works"),
        ("exchange", "0021_works_have_receipts"),
        ("exchange", "0022_live_sessions"),
        ("exchange", "0023_reviews_polls_self_assessments"),
        ("exchange", "0024_requirements"),
        ("exchange", "0025_text_versions"),
        ("exchange", "0026_marking"),
        ("exchange", "0027_waiting_list"),
        ("exchange", "0028_materials"),
    ]

    dependencies = [
        ("credentials", "0001_squashed_0002_credential_expires_at"),
        ("curriculum", "0001_initial"),
        ("institutions", "0001_squashed_0002_academic_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("files", "0001_initial"),
        ("pads", "0001_initial"),
        ("quizzes", "0001_squashed_0002_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("option", models.PositiveSmallIntegerField(verbose_name="option")),
            ],
            options={
                "ordering": ["option"],
            },
        ),
        migrations.CreateModel(
            name="CourseBank",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CourseWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("summary", models.TextField(blank=True, max_length=6000, verbose_name="what it is about")),
                ("outcomes", models.JSONField(blank=True, default=list, verbose_name="learning outcomes")),
                ("written_at", models.DateTimeField(verbose_name="written at")),
            ],
            options={
                "ordering": ["language"],
            },
        ),
        migrations.CreateModel(
            name="Deviation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("-100")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="points more or fewer",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Excuse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("given_at", models.DateTimeField(verbose_name="given at")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until_at", models.DateTimeField(verbose_name="new due time")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("given_at", models.DateTimeField(verbose_name="given at")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Facilitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="given at")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FormerWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=10000, verbose_name="text")),
                ("replaced_at", models.DateTimeField(verbose_name="replaced at")),
            ],
            options={
                "ordering": ["replaced_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Intervention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nudge", "reminder sent"),
                            ("message", "message or mail"),
                            ("talk", "conversation"),
                            ("meeting", "meeting with the team"),
                            ("change", "change of the team"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("noted_at", models.DateTimeField(verbose_name="noted at")),
                ("follow_up_date", models.DateField(blank=True, null=True, verbose_name="look again on")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
            ],
            options={
                "ordering": ["-noted_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LateRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "grace_minutes",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10080)],
                        verbose_name="minutes after the due time that cost nothing",
                    ),
                ),
                (
                    "points_per_day",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="points lost for each day that has begun",
                    ),
                ),
                (
                    "at_most",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("100"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="points lost at most",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="LiveRoom",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "link",
                    models.URLField(
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="link to the meeting room",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="LocalScale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("grades", models.JSONField(default=list, verbose_name="passing grades")),
                (
                    "failing",
                    models.CharField(blank=True, max_length=20, verbose_name="what is written for a fail"),
                ),
                (
                    "reference",
                    models.CharField(
                        help_text="Such as: all exams of the medical programme, 2023 to 2025. Two years or more are best.",
                        max_length=200,
                        verbose_name="whose grades were counted",
                    ),
                ),
                (
                    "overlap",
                    models.CharField(
                        choices=[
                            ("lowest", "take the lowest"),
                            ("middle", "take the one in the middle"),
                            ("highest", "take the best"),
                        ],
                        default="middle",
                        max_length=8,
                        verbose_name="where several grades fit",
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={
                "verbose_name": "local scale of grades",
                "verbose_name_plural": "local scales of grades",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "points",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="points",
                    ),
                ),
                ("comment", models.CharField(blank=True, max_length=500, verbose_name="comment")),
                ("marked_at", models.DateTimeField(verbose_name="marked at")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Marking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chosen", models.JSONField(default=dict, verbose_name="chosen levels")),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="points",
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=5000, verbose_name="comment")),
                ("marked_at", models.DateTimeField(verbose_name="marked at")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MarkingPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_anonymous",
                    models.BooleanField(
                        default=False, verbose_name="hide names from markers until marks are released"
                    ),
                ),
                ("released_at", models.DateTimeField(null=True, verbose_name="released at")),
                ("told_up_to", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("picture", "picture"),
                            ("video", "film"),
                            ("captions", "captions"),
                            ("file", "file"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("alternative", models.CharField(blank=True, max_length=300, verbose_name="what it shows")),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                ("width", models.PositiveSmallIntegerField(null=True)),
                ("height", models.PositiveSmallIntegerField(null=True)),
                ("barriers", models.JSONField(blank=True, default=list)),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="removed at")),
            ],
            options={
                "verbose_name": "material",
                "verbose_name_plural": "materials",
                "ordering": ["number"],
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
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=120, verbose_name="what about")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(15),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minutes",
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link to where you meet")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("starts_at", models.DateTimeField(null=True, verbose_name="begins")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MeetingPresence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noted_at", models.DateTimeField(verbose_name="noted at")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MeetingSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
            ],
            options={
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MeetingVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "vote",
                    models.CharField(
                        choices=[("yes", "yes"), ("maybe", "if need be"), ("no", "no")], max_length=5
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MoreTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(300),
                        ],
                        verbose_name="more time (%)",
                    ),
                ),
                ("granted_at", models.DateTimeField(verbose_name="granted at")),
            ],
        ),
        migrations.CreateModel(
            name="OpenTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=90, unique=True, verbose_name="address word")),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("summary", models.TextField(blank=True, max_length=2000, verbose_name="what it is for")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("weeks", models.PositiveSmallIntegerField(verbose_name="weeks")),
                ("hours", models.DecimalField(decimal_places=1, max_digits=6, verbose_name="hours of work")),
                (
                    "licence",
                    models.CharField(
                        choices=[("CC-BY-4.0", "CC BY 4.0"), ("CC-BY-SA-4.0", "CC BY-SA 4.0")],
                        default="CC-BY-4.0",
                        max_length=16,
                        verbose_name="licence",
                    ),
                ),
                ("authors", models.JSONField(default=list, verbose_name="authors")),
                ("builds_on", models.JSONField(default=list, verbose_name="builds on")),
                ("outcomes", models.JSONField(default=list, verbose_name="learning outcomes")),
                ("steps", models.JSONField(default=list, verbose_name="steps")),
                ("published_at", models.DateTimeField(verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "open template",
                "verbose_name_plural": "open templates",
                "ordering": ["-published_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(default=0, verbose_name="places")),
            ],
            options={
                "ordering": ["institution__name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="text")),
                ("kept_at", models.DateTimeField(verbose_name="kept at")),
            ],
            options={
                "ordering": ["text", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("added", "added"),
                            ("edited", "changed"),
                            ("moved", "moved"),
                            ("removed", "removed"),
                            ("restored", "brought back"),
                            ("placed", "placed from a template"),
                            ("shifted", "moved the whole plan"),
                            ("turned_back", "went back to a kept version"),
                        ],
                        max_length=12,
                        verbose_name="what was done",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("fields", models.JSONField(default=list, verbose_name="from what to what")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "change of a plan",
                "verbose_name_plural": "changes of plans",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken_at", models.DateTimeField(verbose_name="taken over at")),
            ],
            options={
                "ordering": ["taken_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("steps", models.JSONField(default=list, verbose_name="steps")),
                ("kept_at", models.DateTimeField(verbose_name="kept at")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "version of a plan",
                "verbose_name_plural": "versions of plans",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Poll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turnout", models.PositiveIntegerField(default=0, verbose_name="people who voted")),
                ("shown_at", models.DateTimeField(null=True, verbose_name="results shown since")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PollCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("option", models.PositiveSmallIntegerField(verbose_name="option")),
                ("votes", models.PositiveIntegerField(default=0, verbose_name="votes")),
            ],
            options={
                "ordering": ["option"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                ("posted_at", models.DateTimeField(verbose_name="posted at")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "ordering": ["posted_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text", models.TextField(blank=True, max_length=40000, verbose_name="your work")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link to your work")),
                ("handed_in_at", models.DateTimeField(verbose_name="handed in at")),
                ("is_late", models.BooleanField(default=False, verbose_name="late")),
                ("fingerprint", models.CharField(blank=True, max_length=64, verbose_name="fingerprint")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "ordering": ["-number", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("handed_in_at", models.DateTimeField(null=True, verbose_name="handed in at")),
                ("done_at", models.DateTimeField(null=True, verbose_name="done at")),
                ("is_late", models.BooleanField(default=False, verbose_name="late")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week_date", models.DateField(verbose_name="week")),
                (
                    "going",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(verbose_name="answered at")),
            ],
            options={
                "ordering": ["week_date", "pk"],
            },
        ),
        migrations.CreateModel(
            name="QuizActivity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "quiz of an activity",
                "verbose_name_plural": "quizzes of activities",
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="due at")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("language", "level of the language"),
                            ("year", "year of study"),
                            ("profession", "field of study"),
                            ("knowledge", "earlier knowledge"),
                            ("question", "question of the course"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="number")),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="text")),
                ("is_hard", models.BooleanField(default=False, verbose_name="nobody can apply without it")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True, verbose_name="begun at")),
                ("chosen", models.JSONField(default=dict, verbose_name="chosen levels")),
                (
                    "words",
                    models.TextField(blank=True, max_length=5000, verbose_name="what you say to the authors"),
                ),
                (
                    "points",
                    models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="points"),
                ),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                ("version", models.PositiveIntegerField(default=0)),
                ("is_helpful", models.BooleanField(null=True, verbose_name="helpful")),
                (
                    "answer",
                    models.CharField(blank=True, max_length=300, verbose_name="one sentence to the reviewer"),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewedWork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample for calibration")),
                ("title", models.CharField(blank=True, max_length=150, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=40000, verbose_name="text")),
                ("chosen", models.JSONField(default=dict, verbose_name="the teacher’s levels")),
                (
                    "comment",
                    models.TextField(blank=True, max_length=5000, verbose_name="the teacher’s reasons"),
                ),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="points",
                    ),
                ),
                ("spread", models.FloatField(null=True, verbose_name="spread of the reviews")),
                (
                    "overruled_because",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="why a teacher decided otherwise"
                    ),
                ),
                ("overruled_at", models.DateTimeField(null=True, verbose_name="overruled at")),
                ("released_at", models.DateTimeField(null=True, verbose_name="released at")),
                ("version", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["-is_sample", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RoomFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="removed at")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "ordering": ["name", "-version", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RoomPad",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[("notes", "notes"), ("agreement", "how we work")], max_length=10
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RoomTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="what is to be done")),
                ("due_date", models.DateField(blank=True, null=True, verbose_name="until")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("done_at", models.DateTimeField(null=True, verbose_name="done at")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "ordering": ["due_date", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RoomVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_post", models.PositiveBigIntegerField(default=0)),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Rubric",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("content", models.JSONField(verbose_name="criteria and levels")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("used_at", models.DateTimeField(null=True, verbose_name="used since")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "rubric",
                "verbose_name_plural": "rubrics",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="points",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("auto", "worked out by the platform"),
                            ("teacher", "given by a teacher"),
                            ("peer", "given by other learners"),
                            ("tool", "sent by an external tool"),
                        ],
                        max_length=8,
                        verbose_name="given by",
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=5000, verbose_name="comment")),
                ("given_at", models.DateTimeField(verbose_name="given at")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stem", models.CharField(max_length=3)),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "ordering": ["course", "word"],
            },
        ),
        migrations.CreateModel(
            name="SelfDistribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("people", models.PositiveIntegerField(default=0, verbose_name="people")),
                ("counts", models.JSONField(default=list, verbose_name="counts")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SelfRating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("values", models.JSONField(default=list, verbose_name="ratings")),
                ("rated_at", models.DateTimeField(verbose_name="rated at")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Teaching",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("invited_at", models.DateTimeField(verbose_name="invited at")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="accepted at")),
            ],
            options={
                "ordering": ["invited_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("reasons", models.JSONField(default=list, verbose_name="why this team")),
                ("common_slots", models.JSONField(default=list, verbose_name="common hours")),
                ("formed_at", models.DateTimeField(verbose_name="formed at")),
                ("score", models.FloatField(null=True, verbose_name="score")),
                ("wishes", models.JSONField(default=list, verbose_name="score of each wish")),
                (
                    "broken_rules",
                    models.PositiveSmallIntegerField(default=0, verbose_name="rules that do not hold"),
                ),
                ("is_locked", models.BooleanField(default=False, verbose_name="locked")),
            ],
            options={
                "ordering": ["number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_locked", models.BooleanField(default=False, verbose_name="locked")),
            ],
            options={
                "ordering": ["application__learner__name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TeamPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked", models.JSONField(default=dict, verbose_name="what is asked of teams")),
                ("version", models.PositiveIntegerField(default=0)),
                ("before", models.JSONField(null=True, verbose_name="before the last change")),
                ("left", models.JSONField(default=list, verbose_name="left since")),
                ("changed_at", models.DateTimeField(null=True, verbose_name="changed at")),
                ("formed_by_job", models.UUIDField(editable=False, null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="subject")),
                ("begun_at", models.DateTimeField(verbose_name="begun at")),
                ("contribution_count", models.PositiveIntegerField(default=0, verbose_name="contributions")),
                ("last_at", models.DateTimeField(verbose_name="last contribution at")),
                ("is_pinned", models.BooleanField(default=False, verbose_name="stays on top")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
            ],
            options={
                "ordering": ["-is_pinned", "-last_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("new_since", models.DateTimeField(null=True, verbose_name="new since")),
                ("last_at", models.DateTimeField(verbose_name="last here at")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Voter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="WorkPad",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
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
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("page", "page"),
                            ("file", "files"),
                            ("discussion", "discussion"),
                            ("quiz", "quiz"),
                            ("product", "work to hand in"),
                            ("peer_review", "peer review"),
                            ("poll", "poll"),
                            ("live", "live session"),
                            ("self_assessment", "self-assessment"),
                            ("package", "learning package"),
                            ("tool", "external tool"),
                            ("survey", "survey"),
                        ],
                        default="page",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prepare", "prepare"),
                            ("meet", "meet"),
                            ("engage", "engage"),
                            ("collaborate", "collaborate"),
                            ("conclude", "conclude"),
                        ],
                        max_length=12,
                        verbose_name="phase",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="Markdown works: headings, lists, links, tables; formulas between dollar signs, such as $x^2$.",
                        max_length=40000,
                        verbose_name="text",
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal("2"),
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="hours of work",
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens at")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due at")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes at")),
                ("is_required", models.BooleanField(default=True, verbose_name="required")),
                (
                    "for_teams",
                    models.BooleanField(default=False, verbose_name="the whole team does it together"),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="share of the final mark (%)",
                    ),
                ),
                ("outcomes", models.JSONField(blank=True, default=list, verbose_name="learning outcomes")),
                ("is_hidden", models.BooleanField(default=False, verbose_name="hidden from learners")),
                ("version", models.PositiveIntegerField(default=1)),
                ("text_version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(null=True, verbose_name="changed at")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="removed at")),
                ("settings", models.JSONField(blank=True, default=dict, verbose_name="settings")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["position", "pk"],
                "base_manager_name": "everything",
                "default_manager_name": "objects",
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ActivityWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=40000, verbose_name="text")),
                ("of_version", models.PositiveIntegerField(default=1, verbose_name="translated version")),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="exchange.activity",
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
                "ordering": ["language"],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "motivation",
                    models.TextField(blank=True, max_length=1000, verbose_name="why you want to join"),
                ),
                ("answers", models.JSONField(blank=True, default=list, verbose_name="answers")),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "waiting for a decision"),
                            ("waiting", "on the waiting list"),
                            ("offered", "a place is offered"),
                            ("admitted", "admitted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn by the learner"),
                            ("lapsed", "not accepted in time"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                (
                    "waiting_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="on the waiting list since"),
                ),
                (
                    "offered_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="place kept until"),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "decided_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["submitted_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins_at", models.DateTimeField(verbose_name="session began at")),
                ("came_at", models.DateTimeField(verbose_name="came at")),
                ("is_late", models.BooleanField(default=False, verbose_name="came late")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="exchange.activity",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="exchange.application",
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
            ],
            options={
                "ordering": ["begins_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AtWork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=16)),
                ("seen_at", models.DateTimeField(verbose_name="last seen at")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.activity"
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
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Completion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                (
                    "grade",
                    models.CharField(
                        choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"), ("E", "E"), ("F", "F")],
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("ects", models.DecimalField(decimal_places=1, max_digits=4, verbose_name="ECTS credits")),
                ("completed_at", models.DateTimeField(verbose_name="completed at")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completion",
                        to="exchange.application",
                    ),
                ),
                (
                    "credential",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="credentials.credential",
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
                "ordering": ["-completed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_opening", models.BooleanField(default=False, verbose_name="opens the thread")),
                ("text", models.TextField(max_length=10000, verbose_name="text")),
                ("language", models.CharField(blank=True, max_length=15, verbose_name="language")),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                ("edited_at", models.DateTimeField(null=True, verbose_name="edited at")),
                ("hidden_at", models.DateTimeField(null=True, verbose_name="hidden at")),
                (
                    "hidden_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is hidden"),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.activity"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hidden_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=90, unique=True, verbose_name="address word")),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="Two or three paragraphs. Markdown works: **bold**, lists, links.",
                        max_length=6000,
                        verbose_name="what it is about",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=4, verbose_name="subject")),
                ("keywords", models.JSONField(blank=True, default=list, verbose_name="keywords")),
                (
                    "for_professions",
                    models.CharField(blank=True, max_length=200, verbose_name="fields of study it is for"),
                ),
                (
                    "language",
                    models.CharField(default="en", max_length=10, verbose_name="language of the course"),
                ),
                (
                    "level",
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
                        verbose_name="level of the language you need",
                    ),
                ),
                (
                    "ects",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal("3"),
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(Decimal("30")),
                        ],
                        verbose_name="ECTS credits",
                    ),
                ),
                (
                    "workload_hours",
                    models.PositiveSmallIntegerField(
                        default=75,
                        help_text="For one learner, from the first day to the last. One credit is 25 to 30 hours.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(900),
                        ],
                        verbose_name="hours of work",
                    ),
                ),
                ("start_date", models.DateField(verbose_name="first day")),
                ("end_date", models.DateField(verbose_name="last day")),
                ("apply_until_date", models.DateField(verbose_name="apply until")),
                (
                    "product_due_date",
                    models.DateField(
                        blank=True,
                        help_text="Leave it empty if the last day will do.",
                        null=True,
                        verbose_name="team product due on",
                    ),
                ),
                (
                    "outsider_places",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="places for people from other institutions"
                    ),
                ),
                (
                    "moves_up",
                    models.BooleanField(
                        default=True, verbose_name="free places go to the waiting list by themselves"
                    ),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MaxValueValidator(30)],
                        verbose_name="days to accept an offered place",
                    ),
                ),
                ("outcomes", models.JSONField(blank=True, default=list, verbose_name="learning outcomes")),
                (
                    "pass_mark",
                    models.PositiveSmallIntegerField(
                        default=51,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="points needed to pass",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("open", "open for applications"),
                            ("running", "running"),
                            ("finished", "finished"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("teams_published_at", models.DateTimeField(null=True, verbose_name="teams published at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
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
                        verbose_name="host institution",
                    ),
                ),
                (
                    "teams_published_by",
                    models.ForeignKey(
                        null=True,
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.unit",
                        verbose_name="unit of your curriculum",
                    ),
                ),
            ],
            options={
                "verbose_name": "international course",
                "verbose_name_plural": "international courses",
                "ordering": ["-start_date", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        default=biosint.exchange.models._design.new_word,
                        max_length=40,
                        unique=True,
                        verbose_name="secret word",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to="exchange.course",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "eqf_level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In the European Qualifications Framework: 6 for a bachelor, 7 for a master.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(8),
                        ],
                        verbose_name="level of learning (EQF)",
                    ),
                ),
                (
                    "assessment",
                    models.CharField(
                        blank=True,
                        help_text="One sentence, e.g. “Team product and individual contribution, marked by the teachers.”",
                        max_length=300,
                        verbose_name="how learners are assessed",
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[("online", "online"), ("blended", "online and on site")],
                        default="online",
                        max_length=10,
                        verbose_name="form of participation",
                    ),
                ),
                (
                    "quality_assurance",
                    models.CharField(
                        blank=True,
                        help_text="Who looks after the quality of the course, and under which rules.",
                        max_length=400,
                        verbose_name="quality assurance",
                    ),
                ),
                (
                    "prerequisites",
                    models.CharField(
                        blank=True,
                        help_text="Leave it empty if nothing.",
                        max_length=300,
                        verbose_name="what learners need before",
                    ),
                ),
                (
                    "stackability",
                    models.CharField(
                        blank=True,
                        help_text="Towards which programme or larger certificate it counts, if towards one.",
                        max_length=300,
                        verbose_name="how it adds up with others",
                    ),
                ),
                (
                    "valid_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave it empty: what somebody learnt does not expire, unless a rule says so.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="valid for how many months",
                    ),
                ),
                (
                    "asks_agreement",
                    models.BooleanField(
                        default=True,
                        help_text="For learners of other institutions; it makes recognition at home certain.",
                        verbose_name="make a learning agreement with every place",
                    ),
                ),
                (
                    "course",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="award",
                        to="exchange.course",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="exchange.course"
            ),
        ),
        migrations.CreateModel(
            name="ActivityGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                (
                    "drop_lowest",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="how many of the weakest do not count"
                    ),
                ),
                (
                    "best_of",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="how many of the best count"
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activity_groups",
                        to="exchange.course",
                    ),
                ),
            ],
            options={
                "ordering": ["title", "pk"],
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="activities", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="coursebank",
            name="bank",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="quizzes.bank"
            ),
        ),
        migrations.AddField(
            model_name="coursebank",
            name="course",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="question_bank",
                to="exchange.course",
            ),
        ),
        migrations.AddField(
            model_name="coursewords",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="wordings", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="coursewords",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="deviation",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deviations",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="excuse",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="excuses", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="excuse",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="excuses", to="exchange.application"
            ),
        ),
        migrations.AddField(
            model_name="excuse",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="extensions", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="extensions",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="facilitation",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facilitations",
                to="exchange.course",
            ),
        ),
        migrations.AddField(
            model_name="facilitation",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="facilitation",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="facilitation",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facilitations",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="formerwords",
            name="contribution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="former", to="exchange.contribution"
            ),
        ),
        migrations.AddField(
            model_name="intervention",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="intervention",
            name="noted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="intervention",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="laterule",
            name="course",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="late_rule", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="liveroom",
            name="activity",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="live_room", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="localscale",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="localscale",
            name="institution",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="institutions.institution"
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="mark", to="exchange.application"
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="marked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="marking",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="markings", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="marking",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="markings",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="marking",
            name="marked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="deviation",
            name="marking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="deviations", to="exchange.marking"
            ),
        ),
        migrations.AddField(
            model_name="markingplan",
            name="activity",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="marking_plan",
                to="exchange.activity",
            ),
        ),
        migrations.AddField(
            model_name="markingplan",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="plans",
                to="exchange.activitygroup",
                verbose_name="group of which not all count",
            ),
        ),
        migrations.AddField(
            model_name="markingplan",
            name="released_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="about",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="captions",
                to="exchange.material",
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="materials", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="meetingpresence",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="exchange.meeting"
            ),
        ),
        migrations.AddField(
            model_name="meetingpresence",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="meetingslot",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="exchange.meeting"
            ),
        ),
        migrations.AddField(
            model_name="meetingvote",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="meetingvote",
            name="slot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="exchange.meetingslot"
            ),
        ),
        migrations.AddField(
            model_name="moretime",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="more_time",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="moretime",
            name="granted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="opentemplate",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="open_templates",
                to="exchange.course",
            ),
        ),
        migrations.AddField(
            model_name="opentemplate",
            name="published_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="opentemplate",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participations",
                to="exchange.course",
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="institutions.institution"
            ),
        ),
        migrations.AddField(
            model_name="phrase",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="planchange",
            name="activity",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="plan_changes",
                to="exchange.activity",
            ),
        ),
        migrations.AddField(
            model_name="planchange",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="planchange",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="plan_changes", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="plansource",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="plan_sources", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="plansource",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken_by",
                to="exchange.opentemplate",
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="plan_versions",
                to="exchange.course",
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="kept_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="poll",
            name="activity",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="poll", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="pollcount",
            name="poll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="counts", to="exchange.poll"
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="activity",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="exchange.activity",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="contributors",
            field=models.ManyToManyField(related_name="+", to="exchange.application"),
        ),
        migrations.AddField(
            model_name="product",
            name="files",
            field=models.ManyToManyField(related_name="+", to="files.storedfile"),
        ),
        migrations.AddField(
            model_name="product",
            name="handed_in_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="progress",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="progress", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="progress",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="progress",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="pulse",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="quizactivity",
            name="activity",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="quizzed", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="quizactivity",
            name="quiz",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="quizzes.quiz"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminders",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="requirements", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="reviewedwork",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviewed_works",
                to="exchange.activity",
            ),
        ),
        migrations.AddField(
            model_name="reviewedwork",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="reviewedwork",
            name="overruled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reviewedwork",
            name="product",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="exchange.product",
            ),
        ),
        migrations.AddField(
            model_name="reviewedwork",
            name="released_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="work",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reviews",
                to="exchange.reviewedwork",
            ),
        ),
        migrations.AddField(
            model_name="reviewer",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviewers", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="reviewer",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="reviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="exchange.reviewer"
            ),
        ),
        migrations.AddField(
            model_name="roomfile",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="roomfile",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="roomfile",
            name="removed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="roompad",
            name="pad",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pads.pad"
            ),
        ),
        migrations.AddField(
            model_name="roomtask",
            name="assignee",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who does it",
            ),
        ),
        migrations.AddField(
            model_name="roomtask",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="roomtask",
            name="done_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="roomvisit",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rubric",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rubrics", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="rubric",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="markingplan",
            name="rubric",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="exchange.rubric",
                verbose_name="rubric",
            ),
        ),
        migrations.AddField(
            model_name="marking",
            name="rubric",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.rubric"
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="exchange.application"
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="given_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="searchword",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="search_words", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="selfdistribution",
            name="activity",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="self_distribution",
                to="exchange.activity",
            ),
        ),
        migrations.AddField(
            model_name="selfrating",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="self_ratings",
                to="exchange.activity",
            ),
        ),
        migrations.AddField(
            model_name="selfrating",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="self_ratings",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="teaching",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="teachings", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="teaching",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="institutions.institution"
            ),
        ),
        migrations.AddField(
            model_name="teaching",
            name="invited_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="teaching",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="teachings",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="teams", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="facilitator",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="roomvisit",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="roomtask",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="roompad",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pads", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="roomfile",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="reviewer",
            name="team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="reviewedwork",
            name="team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="pulse",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pulses", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="team",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="exchange.team",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="marking",
            name="team",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="markings",
                to="exchange.team",
            ),
        ),
        migrations.AddField(
            model_name="intervention",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="interventions", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="facilitation",
            name="teams",
            field=models.ManyToManyField(blank=True, related_name="facilitations", to="exchange.team"),
        ),
        migrations.AddField(
            model_name="extension",
            name="team",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="extensions",
                to="exchange.team",
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="membership",
                to="exchange.application",
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="members", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="teamplan",
            name="changed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="teamplan",
            name="course",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="team_plan", to="exchange.course"
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="threads", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="begun_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.team"
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="exchange.thread",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="voter",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.application"
            ),
        ),
        migrations.AddField(
            model_name="voter",
            name="poll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="voters", to="exchange.poll"
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="voter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="exchange.voter"
            ),
        ),
        migrations.AddField(
            model_name="workpad",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.activity"
            ),
        ),
        migrations.AddField(
            model_name="workpad",
            name="pad",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pads.pad"
            ),
        ),
        migrations.AddField(
            model_name="workpad",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.team"
            ),
        ),
        migrations.AddConstraint(
            model_name="activitywords",
            constraint=models.UniqueConstraint(
                fields=("activity", "language"), name="activity_words_once_per_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("activity", "begins_at", "application"), name="attendance_once_per_session"
            ),
        ),
        migrations.AddConstraint(
            model_name="atwork",
            constraint=models.UniqueConstraint(
                fields=("activity", "code", "person"), name="at_work_once_per_work"
            ),
        ),
        migrations.AddIndex(
            model_name="completion",
            index=models.Index(fields=["institution", "-completed_at"], name="completion_of_institution"),
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(fields=["state", "-start_date"], name="course_by_state"),
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(fields=["state", "apply_until_date"], name="course_by_deadline"),
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(fields=["subject", "state"], name="course_by_subject"),
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(fields=["language", "state"], name="course_by_language"),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_date__gte", models.F("start_date"))), name="course_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("pass_mark__gte", 1), ("pass_mark__lte", 100)),
                name="course_pass_mark_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("teams_published_at", None), ("teams_published_by", None)),
                    models.Q(("teams_published_at__isnull", False), ("teams_published_by__isnull", False)),
                    _connector="OR",
                ),
                name="course_teams_published_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarfeed",
            constraint=models.UniqueConstraint(
                fields=("course", "person"), name="calendar_feed_once_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eqf_level", None),
                    models.Q(("eqf_level__gte", 1), ("eqf_level__lte", 8)),
                    _connector="OR",
                ),
                name="award_eqf_level_in_range",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["course", "state", "institution"], name="application_places"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("state", "offered")),
                fields=["offered_until"],
                name="application_offers_to_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                fields=("course", "learner"), name="application_once_per_course"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="application_decided_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("offered_until__isnull", False), ("state", "offered")),
                    models.Q(models.Q(("state", "offered"), _negated=True), ("offered_until", None)),
                    _connector="OR",
                ),
                name="application_offered_until_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="activitygroup",
            constraint=models.UniqueConstraint(
                fields=("course", "title"), name="activity_group_title_once_per_course"
            ),
        ),
        migrations.AddConstraint(
            model_name="activitygroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("best_of", None), models.Q(("best_of__gte", 1), ("drop_lowest", 0)), _connector="OR"
                ),
                name="activity_group_one_rule",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["course", "position"], name="activity_in_order"),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["course", "due_at"], name="activity_due"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at", None), ("removed_by", None)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="activity_removed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("changed_at", None), ("changed_by", None)),
                    models.Q(("changed_at__isnull", False), ("changed_by__isnull", False)),
                    _connector="OR",
                ),
                name="activity_changed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gte", 0), ("weight__lte", 100)), name="activity_weight_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="coursewords",
            constraint=models.UniqueConstraint(
                fields=("course", "language"), name="course_words_once_per_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="excuse",
            constraint=models.UniqueConstraint(
                fields=("activity", "application"), name="excuse_once_per_activity"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__lte", 100)), name="mark_at_most_100"
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.UniqueConstraint(
                fields=("marking", "application"), name="deviation_once_per_learner"
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.UniqueConstraint(
                fields=("activity", "number"), name="material_number_once_per_activity"
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("about__isnull", False), ("kind", "captions")),
                    models.Q(models.Q(("kind", "captions"), _negated=True), ("about", None)),
                    _connector="OR",
                ),
                name="material_captions_belong_to_a_film",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingpresence",
            constraint=models.UniqueConstraint(fields=("meeting", "person"), name="meeting_presence_once"),
        ),
        migrations.AddConstraint(
            model_name="meetingslot",
            constraint=models.UniqueConstraint(fields=("meeting", "starts_at"), name="meeting_slot_once"),
        ),
        migrations.AddConstraint(
            model_name="meetingvote",
            constraint=models.UniqueConstraint(fields=("slot", "person"), name="meeting_vote_once"),
        ),
        migrations.AddIndex(
            model_name="opentemplate",
            index=models.Index(fields=["withdrawn_at", "-published_at"], name="open_template_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="opentemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="open_template_withdrawn_by_and_at_together",
            ),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(fields=["institution", "course"], name="participation_of_institution"),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                fields=("course", "institution"), name="participation_once_per_course"
            ),
        ),
        migrations.AddConstraint(
            model_name="phrase",
            constraint=models.UniqueConstraint(fields=("person", "text"), name="phrase_once_per_person"),
        ),
        migrations.AddIndex(
            model_name="planchange",
            index=models.Index(fields=["course", "-id"], name="plan_change_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="plansource",
            constraint=models.UniqueConstraint(
                fields=("course", "template"), name="plan_source_once_per_course"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(
                fields=("course", "number"), name="plan_version_once_per_course"
            ),
        ),
        migrations.AddConstraint(
            model_name="pollcount",
            constraint=models.UniqueConstraint(fields=("poll", "option"), name="poll_count_once_per_option"),
        ),
        migrations.AddIndex(
            model_name="progress",
            index=models.Index(fields=["activity", "done_at"], name="progress_of_activity"),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.UniqueConstraint(
                fields=("application", "activity"), name="progress_once_per_activity"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("application", "activity", "due_at"), name="reminder_once_per_due_date"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(
                fields=("course", "kind", "number"), name="requirement_once_per_course"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["work", "sent_at"], name="review_of_work"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("reviewer", "work"), name="review_once_per_work"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("points", None), ("sent_at", None)),
                    models.Q(("points__isnull", False), ("sent_at__isnull", False)),
                    _connector="OR",
                ),
                name="review_points_and_sent_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="rubric",
            constraint=models.UniqueConstraint(
                fields=("course", "title"), name="rubric_title_once_per_course"
            ),
        ),
        migrations.AddConstraint(
            model_name="markingplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at", None), ("released_by", None)),
                    models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                    _connector="OR",
                ),
                name="marking_plan_released_by_and_at_together",
            ),
        ),
        migrations.AddIndex(
            model_name="score",
            index=models.Index(fields=["activity", "application"], name="score_of_activity"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("application", "activity"), name="score_once_per_activity"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__gte", 0), ("points__lte", 100)), name="score_from_0_to_100"
            ),
        ),
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(fields=["stem", "word", "course"], name="search_word_by_stem"),
        ),
        migrations.AddConstraint(
            model_name="searchword",
            constraint=models.UniqueConstraint(fields=("course", "word"), name="search_word_once"),
        ),
        migrations.AddConstraint(
            model_name="selfrating",
            constraint=models.UniqueConstraint(fields=("activity", "application"), name="self_rating_once"),
        ),
        migrations.AddIndex(
            model_name="teaching",
            index=models.Index(fields=["person", "accepted_at"], name="teaching_of_person"),
        ),
        migrations.AddConstraint(
            model_name="teaching",
            constraint=models.UniqueConstraint(fields=("course", "person"), name="teaching_once_per_course"),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(
                fields=("course", "number"), name="team_number_once_per_course"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomvisit",
            constraint=models.UniqueConstraint(fields=("team", "person"), name="room_visit_once"),
        ),
        migrations.AddIndex(
            model_name="roomtask",
            index=models.Index(fields=["assignee", "done_at", "due_date"], name="room_task_of_person"),
        ),
        migrations.AddConstraint(
            model_name="roomtask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by", None)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="room_task_done_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="roompad",
            constraint=models.UniqueConstraint(fields=("team", "subject"), name="room_pad_once_per_subject"),
        ),
        migrations.AddConstraint(
            model_name="roomfile",
            constraint=models.UniqueConstraint(
                fields=("team", "name", "version"), name="room_file_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at", None), ("removed_by", None)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="room_file_removed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", False), ("team", None)),
                    models.Q(("application", None), ("team__isnull", False)),
                    _connector="OR",
                ),
                name="reviewer_is_a_learner_or_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewer",
            constraint=models.UniqueConstraint(
                fields=("activity", "application"), name="reviewer_once_per_learner"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewer",
            constraint=models.UniqueConstraint(fields=("activity", "team"), name="reviewer_once_per_team"),
        ),
        migrations.AddConstraint(
            model_name="reviewedwork",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application", None), ("is_sample", True), ("product", None), ("team", None)),
                    models.Q(
                        ("application", None),
                        ("is_sample", False),
                        ("product__isnull", False),
                        ("team__isnull", False),
                    ),
                    models.Q(
                        ("application__isnull", False),
                        ("is_sample", False),
                        ("product__isnull", False),
                        ("team", None),
                    ),
                    _connector="OR",
                ),
                name="reviewed_work_of_team_learner_or_sample",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedwork",
            constraint=models.UniqueConstraint(
                fields=("activity", "team"), name="reviewed_work_once_per_team"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedwork",
            constraint=models.UniqueConstraint(
                fields=("activity", "application"), name="reviewed_work_once_per_learner"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedwork",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("overruled_at", None), ("overruled_by", None)),
                    models.Q(("overruled_at__isnull", False), ("overruled_by__isnull", False)),
                    _connector="OR",
                ),
                name="reviewed_work_overruled_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedwork",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at", None), ("released_by", None)),
                    models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                    _connector="OR",
                ),
                name="reviewed_work_released_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="pulse",
            constraint=models.UniqueConstraint(
                fields=("team", "person", "week_date"), name="pulse_once_a_week"
            ),
        ),
        migrations.AddConstraint(
            model_name="pulse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("going__gte", 1), ("going__lte", 5), ("share__gte", 1), ("share__lte", 5)
                ),
                name="pulse_1_to_5",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application", None), ("team__isnull", False)),
                    models.Q(("activity__isnull", False), ("application__isnull", False), ("team", None)),
                    _connector="OR",
                ),
                name="product_of_a_team_or_a_learner",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                condition=models.Q(("activity", None)),
                fields=("team", "number"),
                name="product_version_once_per_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                fields=("activity", "team", "number"), name="product_version_once_per_team_and_activity"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                fields=("activity", "application", "number"), name="product_version_once_per_learner"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["team", "posted_at"], name="post_in_order"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None), ("starts_at", None)),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        ("starts_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="meeting_closed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="marking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", False), ("team", None)),
                    models.Q(("application", None), ("team__isnull", False)),
                    _connector="OR",
                ),
                name="marking_of_a_learner_or_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="marking",
            constraint=models.UniqueConstraint(
                fields=("activity", "application"), name="marking_once_per_learner"
            ),
        ),
        migrations.AddConstraint(
            model_name="marking",
            constraint=models.UniqueConstraint(fields=("activity", "team"), name="marking_once_per_team"),
        ),
        migrations.AddConstraint(
            model_name="intervention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="intervention_closed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="facilitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("course", "person"),
                name="facilitation_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="facilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="facilitation_ended_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", False), ("team", None)),
                    models.Q(("application", None), ("team__isnull", False)),
                    _connector="OR",
                ),
                name="extension_of_a_learner_or_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                fields=("activity", "application"), name="extension_once_per_learner"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(fields=("activity", "team"), name="extension_once_per_team"),
        ),
        migrations.AddConstraint(
            model_name="teamplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("changed_at", None), ("changed_by", None)),
                    models.Q(("changed_at__isnull", False), ("changed_by__isnull", False)),
                    _connector="OR",
                ),
                name="team_plan_changed_by_and_at_together",
            ),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(
                fields=["activity", "team", "-is_pinned", "-last_at", "-id"], name="thread_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(
                fields=["activity", "-is_pinned", "-last_at", "-id"], name="thread_of_all_teams"
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="thread_closed_by_and_at_together",
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["thread", "written_at", "id"], name="contribution_in_order"),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["activity", "author"], name="contribution_of_author"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hidden_at", None), ("hidden_because", ""), ("hidden_by", None)),
                    models.Q(
                        ("hidden_at__isnull", False),
                        ("hidden_by__isnull", False),
                        models.Q(("hidden_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contribution_hidden_by_at_and_reason_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_opening", True)), fields=("thread",), name="contribution_opens_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(fields=("activity", "person"), name="visit_once_per_person"),
        ),
        migrations.AddConstraint(
            model_name="voter",
            constraint=models.UniqueConstraint(fields=("poll", "application"), name="voter_once_per_poll"),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(fields=("voter", "option"), name="ballot_once_per_option"),
        ),
        migrations.AddConstraint(
            model_name="workpad",
            constraint=models.UniqueConstraint(
                fields=("activity", "team"), name="work_pad_once_per_team_and_activity"
            ),
        ),
    ]
