"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import datetime
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("notices", "0001_initial"),
        ("notices", "0002_wishes_and_bundles"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(default="general", max_length=60, verbose_name="kind")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("text", models.TextField(verbose_name="text")),
                ("words", models.JSONField(blank=True, default=dict)),
                ("url", models.CharField(blank=True, max_length=500, verbose_name="address")),
                ("bundle", models.CharField(blank=True, max_length=120)),
                ("count", models.PositiveIntegerField(default=1, verbose_name="how many")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("read_at", models.DateTimeField(null=True, verbose_name="read at")),
                ("digest_at", models.DateTimeField(null=True, verbose_name="digest at")),
                ("mailed_at", models.DateTimeField(null=True, verbose_name="mailed at")),
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
                "indexes": [
                    models.Index(fields=["person", "-created_at"], name="notice_of_person"),
                    models.Index(
                        condition=models.Q(("read_at", None)), fields=["person"], name="notice_unread"
                    ),
                    models.Index(
                        condition=models.Q(
                            ("digest_at__isnull", False), ("mailed_at", None), ("read_at", None)
                        ),
                        fields=["digest_at"],
                        name="notice_for_digest",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("read_at", None), models.Q(("bundle", ""), _negated=True)),
                        fields=("person", "bundle"),
                        name="notice_unread_once_per_bundle",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Preferences",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("deliveries", models.JSONField(default=dict, verbose_name="how you hear of each kind")),
                ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                (
                    "digest_time",
                    models.TimeField(default=datetime.time(7, 0), verbose_name="time of the collected mail"),
                ),
                (
                    "digest_weekday",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(6)],
                        verbose_name="day of the weekly mail",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wishes about notices",
                "verbose_name_plural": "wishes about notices",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from", None), ("quiet_until", None)),
                            models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="preferences_quiet_from_and_until_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest_weekday__lte", 6)), name="preferences_weekday_in_week"
                    ),
                ],
            },
        ),
    ]
