"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("credentials", "0001_initial"),
        ("credentials", "0002_credential_expires_at"),
    ]

    dependencies = [
        ("institutions", "0001_squashed_0002_academic_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuerKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("did", models.CharField(max_length=120, unique=True, verbose_name="public identifier")),
                ("sealed", models.TextField(verbose_name="sealed private key")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="retired at")),
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
                "ordering": ["institution__name", "-created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("holder_name", models.CharField(max_length=150, verbose_name="name of the holder")),
                ("description", models.TextField(verbose_name="description")),
                ("criteria", models.TextField(verbose_name="criteria")),
                ("achieved_at", models.DateTimeField(verbose_name="achieved at")),
                (
                    "ects",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, null=True, verbose_name="ECTS credits"
                    ),
                ),
                ("level", models.CharField(blank=True, max_length=40, verbose_name="level")),
                (
                    "workload_hours",
                    models.PositiveSmallIntegerField(null=True, verbose_name="workload in hours"),
                ),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                ("subject_kind", models.CharField(max_length=60, verbose_name="kind of record")),
                ("subject_id", models.CharField(max_length=40, verbose_name="record")),
                ("document", models.TextField(verbose_name="signed document")),
                ("issued_at", models.DateTimeField(verbose_name="issued at")),
                ("expires_at", models.DateTimeField(null=True, verbose_name="valid until")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="revoked at")),
                ("revocation_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="credentials.issuerkey",
                    ),
                ),
            ],
            options={
                "ordering": ["-issued_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="issuerkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)),
                fields=("institution",),
                name="issuer_key_one_in_use",
            ),
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(fields=["holder", "-issued_at"], name="credential_of_holder"),
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(fields=["issuer", "revoked_at"], name="credential_of_issuer"),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)),
                fields=("holder", "kind", "subject_kind", "subject_id"),
                name="credential_once_per_achievement",
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at", None), ("revoked_by", None)),
                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                    _connector="OR",
                ),
                name="credential_revoked_by_and_at_together",
            ),
        ),
    ]
