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
        ("quizzes", "0001_initial"),
        ("quizzes", "0002_files"),
    ]

    dependencies = [
        ("files", "0001_initial"),
        ("institutions", "0001_squashed_0002_academic_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bank",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                (
                    "is_shared",
                    models.BooleanField(
                        default=False,
                        help_text="All teachers of your institution may then use its questions. Only keepers change them.",
                        verbose_name="colleagues may use it",
                    ),
                ),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                        verbose_name="institution",
                    ),
                ),
            ],
            options={
                "verbose_name": "question bank",
                "verbose_name_plural": "question banks",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Keeping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="since")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keepings",
                        to="quizzes.bank",
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
                "ordering": ["since", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("folder", models.CharField(blank=True, max_length=200, verbose_name="folder")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("choice", "One answer of several"),
                            ("multiple", "Several answers"),
                            ("order", "Put in order"),
                            ("match", "Match pairs"),
                            ("number", "Number"),
                            ("text", "Text"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("wording", models.TextField(editable=False)),
                ("removed_at", models.DateTimeField(null=True, verbose_name="removed at")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="quizzes.bank",
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
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="QuestionFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("sent_at", models.DateTimeField(verbose_name="sent at")),
                ("imported_at", models.DateTimeField(null=True, verbose_name="imported at")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="quizzes.bank"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
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
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at"],
            },
        ),
        migrations.CreateModel(
            name="QuestionVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="quizzes.question",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.AddField(
            model_name="question",
            name="newest",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quizzes.questionversion",
            ),
        ),
        migrations.CreateModel(
            name="Quiz",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Counted from the moment when a learner begins. Leave it empty for no limit.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                        verbose_name="time limit in minutes",
                    ),
                ),
                (
                    "attempts_allowed",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="0 means as often as one likes.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="number of attempts",
                    ),
                ),
                (
                    "counting",
                    models.CharField(
                        choices=[("best", "the best attempt"), ("last", "the last attempt")],
                        default="best",
                        max_length=5,
                        verbose_name="what counts",
                    ),
                ),
                (
                    "reveal",
                    models.CharField(
                        choices=[
                            ("sent", "as soon as an attempt is sent"),
                            ("closed", "when nobody can answer any more"),
                            ("never", "never: only the points are shown"),
                        ],
                        default="sent",
                        max_length=7,
                        verbose_name="learners see what was right",
                    ),
                ),
                (
                    "shuffles_questions",
                    models.BooleanField(default=True, verbose_name="questions in an order of chance"),
                ),
                (
                    "one_at_a_time",
                    models.BooleanField(
                        default=True,
                        help_text="Easier on a phone. Learners can always go back.",
                        verbose_name="one question at a time",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quizzes", to="quizzes.bank"
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
                "verbose_name": "quiz",
                "verbose_name_plural": "quizzes",
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="number")),
                ("tag", models.CharField(blank=True, max_length=60, verbose_name="tag")),
                ("folder", models.CharField(blank=True, max_length=200, verbose_name="folder")),
                (
                    "count",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="how many",
                    ),
                ),
                (
                    "points",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="points for each",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="quizzes.question",
                    ),
                ),
                (
                    "quiz",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="quizzes.quiz"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("key", models.UUIDField(editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "being answered"), ("sent", "sent")],
                        default="open",
                        max_length=4,
                        verbose_name="state",
                    ),
                ),
                ("seed", models.CharField(editable=False, max_length=32)),
                ("slots", models.JSONField(default=list)),
                ("answers", models.JSONField(default=dict)),
                ("flagged", models.JSONField(default=list)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("ends_at", models.DateTimeField(null=True, verbose_name="time is over at")),
                ("saved_at", models.DateTimeField(null=True, verbose_name="saved at")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                ("late_answers", models.JSONField(default=dict)),
                ("marks", models.JSONField(default=dict)),
                (
                    "points",
                    models.DecimalField(decimal_places=2, max_digits=8, null=True, verbose_name="points"),
                ),
                (
                    "most_points",
                    models.DecimalField(
                        decimal_places=2, max_digits=8, verbose_name="points that could be had"
                    ),
                ),
                ("waits_for_marking", models.BooleanField(default=False, verbose_name="waits for marking")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "quiz",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="quizzes.quiz",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60, verbose_name="tag")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to="quizzes.question",
                    ),
                ),
            ],
            options={
                "ordering": ["word", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="bank",
            index=models.Index(fields=["institution", "is_shared"], name="quizzes_bank_shared"),
        ),
        migrations.AddConstraint(
            model_name="keeping",
            constraint=models.UniqueConstraint(fields=("bank", "person"), name="keeping_once_per_bank"),
        ),
        migrations.AddConstraint(
            model_name="questionfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("imported_at", None), ("imported_by", None)),
                    models.Q(("imported_at__isnull", False), ("imported_by__isnull", False)),
                    _connector="OR",
                ),
                name="question_file_imported_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionversion",
            constraint=models.UniqueConstraint(fields=("question", "number"), name="question_version_once"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["bank", "removed_at", "-changed_at"], name="question_newest_first"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["bank", "folder"], name="question_by_folder"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at", None), ("removed_by", None)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="question_removed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("count", 1), ("question__isnull", False)), ("question", None), _connector="OR"
                ),
                name="part_one_question_or_a_draw",
            ),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["quiz", "state", "sent_at"], name="attempt_of_quiz"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["quiz", "waits_for_marking"], name="attempt_to_mark"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["state", "ends_at"], name="attempt_running_out"),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                fields=("quiz", "person", "number"), name="attempt_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("quiz", "person"), name="attempt_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at", None), ("state", "open")),
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    _connector="OR",
                ),
                name="attempt_sent_at_when_sent",
            ),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(fields=["word", "question"], name="tag_by_word"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("question", "word"), name="tag_once_per_question"),
        ),
    ]
