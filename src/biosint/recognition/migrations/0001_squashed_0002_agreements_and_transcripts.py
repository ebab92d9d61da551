"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import django.core.validators
import django.db.models.deletion
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("recognition", "0001_recognition_arrives"),
        ("recognition", "0002_agreements_and_transcripts"),
    ]

    dependencies = [
        ("exchange", "0001_squashed_0028_materials"),
        ("institutions", "0001_squashed_0002_academic_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LearningAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waiting for signatures"),
                            ("agreed", "signed by all three"),
                            ("refused", "refused"),
                            ("ended", "no longer needed"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "latest",
                    models.PositiveSmallIntegerField(default=1, verbose_name="number of the latest version"),
                ),
                ("sign_by_date", models.DateField(verbose_name="to be signed by")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("agreed_at", models.DateTimeField(null=True, verbose_name="agreed at")),
                ("reminded_at", models.DateTimeField(null=True, verbose_name="reminded at")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement",
                        to="exchange.application",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
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
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AgreementVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text", models.TextField(verbose_name="text")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="fingerprint")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why it was changed")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="recognition.learningagreement",
                    ),
                ),
            ],
            options={
                "ordering": ["-number", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("recognised", "recognised"), ("declined", "not recognised")],
                        default="recognised",
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                (
                    "local_name",
                    models.CharField(
                        blank=True,
                        help_text="The course, or the part of a course, for which these credits count at your institution.",
                        max_length=200,
                        verbose_name="course in your study programme",
                    ),
                ),
                (
                    "local_code",
                    models.CharField(blank=True, max_length=40, verbose_name="code of that course"),
                ),
                (
                    "local_grade",
                    models.CharField(
                        blank=True,
                        help_text="As it stands in your records, e.g. 9. Leave it empty if only credits are transferred.",
                        max_length=20,
                        verbose_name="grade at your institution",
                    ),
                ),
                (
                    "ects",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("30")),
                        ],
                        verbose_name="ECTS credits recognised",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                (
                    "agreed_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recognition.agreementversion",
                    ),
                ),
                (
                    "completion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognition",
                        to="exchange.completion",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FormerDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "decision",
                    models.CharField(
                        choices=[("recognised", "recognised"), ("declined", "not recognised")],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                (
                    "local_name",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="course in your study programme"
                    ),
                ),
                (
                    "local_code",
                    models.CharField(blank=True, max_length=40, verbose_name="code of that course"),
                ),
                (
                    "local_grade",
                    models.CharField(blank=True, max_length=20, verbose_name="grade at your institution"),
                ),
                (
                    "ects",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, verbose_name="ECTS credits recognised"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                ("reopened_at", models.DateTimeField(verbose_name="reopened at")),
                ("why_reopened", models.CharField(max_length=500, verbose_name="why it was reopened")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reopened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recognition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former",
                        to="recognition.recognition",
                    ),
                ),
            ],
            options={
                "ordering": ["-version", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("learner", "learner"),
                            ("home", "sending institution"),
                            ("host", "receiving institution"),
                        ],
                        max_length=10,
                        verbose_name="for",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("signed", "signed"), ("refused", "refused to sign")],
                        default="signed",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("office", models.CharField(max_length=250, verbose_name="office")),
                ("signed_at", models.DateTimeField(verbose_name="signed at")),
                (
                    "fingerprint",
                    models.CharField(max_length=64, verbose_name="fingerprint of what was signed"),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("seal", models.CharField(max_length=64, verbose_name="seal")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="recognition.agreementversion",
                    ),
                ),
            ],
            options={
                "ordering": ["signed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Transcript",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(verbose_name="content")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="checksum")),
                ("seal", models.CharField(max_length=64, verbose_name="seal")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("issued_at", models.DateTimeField(verbose_name="issued at")),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-issued_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="BroughtRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("issuer", models.CharField(max_length=250, verbose_name="institution that gave it")),
                ("issuer_country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("title", models.CharField(max_length=250, verbose_name="course")),
                ("identifier", models.CharField(blank=True, max_length=80, verbose_name="code")),
                ("completed_date", models.DateField(null=True, verbose_name="completed on")),
                (
                    "ects",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, null=True, verbose_name="ECTS credits"
                    ),
                ),
                ("grade", models.CharField(blank=True, max_length=80, verbose_name="grade")),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                ("file_fingerprint", models.CharField(max_length=64, verbose_name="fingerprint of the file")),
                ("number", models.PositiveSmallIntegerField(verbose_name="place in the file")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waiting for a decision"),
                            ("recognised", "recognised"),
                            ("declined", "not recognised"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "local_name",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="course in your study programme"
                    ),
                ),
                (
                    "local_ects",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, null=True, verbose_name="ECTS credits recognised"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "number", "pk"],
                "indexes": [
                    models.Index(fields=["institution", "state", "-asked_at"], name="brought_to_institution")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("learner", "institution", "file_fingerprint", "number"),
                        name="brought_record_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="brought_record_decided_by_and_at_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseAtHome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(blank=True, max_length=40, verbose_name="code of the unit at home"),
                ),
                ("title", models.CharField(max_length=200, verbose_name="unit of your programme")),
                (
                    "ects",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(Decimal("30")),
                        ],
                        verbose_name="ECTS credits it counts",
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.course"
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
                "constraints": [
                    models.UniqueConstraint(fields=("course", "institution"), name="course_at_home_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ects__gt", 0)), name="course_at_home_counts_something"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="learningagreement",
            index=models.Index(fields=["home", "state", "-created_at"], name="agreement_of_home"),
        ),
        migrations.AddIndex(
            model_name="learningagreement",
            index=models.Index(fields=["host", "state", "-created_at"], name="agreement_of_host"),
        ),
        migrations.AddConstraint(
            model_name="learningagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", False), ("state", "agreed")),
                    models.Q(models.Q(("state", "agreed"), _negated=True), ("agreed_at", None)),
                    _connector="OR",
                ),
                name="agreement_agreed_at_follows_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(fields=("agreement", "number"), name="agreement_version_once"),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "recognised"), ("ects__gt", 0)),
                    models.Q(("decision", "declined"), ("ects", 0)),
                    _connector="OR",
                ),
                name="recognition_credits_follow_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="formerdecision",
            constraint=models.UniqueConstraint(
                fields=("recognition", "version"), name="former_decision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("version", "party"), name="signature_once_per_party"),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer", "signed"), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="signature_refused_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="transcript",
            index=models.Index(fields=["learner", "-issued_at"], name="transcript_of_learner"),
        ),
    ]
