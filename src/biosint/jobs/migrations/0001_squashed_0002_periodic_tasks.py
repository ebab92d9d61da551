"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("jobs", "0001_initial"),
        ("jobs", "0002_periodic_tasks"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Rhythm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="task")),
                ("next_at", models.DateTimeField(verbose_name="next at")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("seen_at", models.DateTimeField(verbose_name="seen at")),
            ],
            options={
                "ordering": ["-seen_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=80, verbose_name="task")),
                ("arguments", models.JSONField(default=dict, verbose_name="arguments")),
                ("key", models.CharField(blank=True, max_length=120, verbose_name="key")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("running", "running"),
                            ("done", "finished"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("enqueued_at", models.DateTimeField(verbose_name="asked for at")),
                ("due_at", models.DateTimeField(verbose_name="not before")),
                ("started_at", models.DateTimeField(null=True, verbose_name="started at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("attempts_allowed", models.PositiveSmallIntegerField(verbose_name="attempts allowed")),
                ("lease", models.UUIDField(null=True)),
                ("heartbeat_at", models.DateTimeField(null=True, verbose_name="last sign of life")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="of")),
                ("step", models.CharField(blank=True, max_length=200, verbose_name="step")),
                ("result", models.JSONField(null=True, verbose_name="result")),
                ("failure", models.TextField(blank=True, verbose_name="what went wrong")),
                (
                    "cancel_requested_at",
                    models.DateTimeField(null=True, verbose_name="cancelling asked for at"),
                ),
                (
                    "cancel_requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-enqueued_at", "-pk"],
                "indexes": [
                    models.Index(fields=["state", "due_at"], name="job_next_due"),
                    models.Index(fields=["owner", "-enqueued_at"], name="job_of_owner"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True), ("state__in", ("queued", "running"))
                        ),
                        fields=("name", "key"),
                        name="job_open_once_per_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("heartbeat_at__isnull", False),
                                ("lease__isnull", False),
                                ("state", "running"),
                            ),
                            models.Q(models.Q(("state", "running"), _negated=True), ("lease", None)),
                            _connector="OR",
                        ),
                        name="job_has_a_lease_while_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancel_requested_by", None),
                            ("cancel_requested_at__isnull", False),
                            _connector="OR",
                        ),
                        name="job_cancel_requested_by_with_at",
                    ),
                ],
            },
        ),
    ]
