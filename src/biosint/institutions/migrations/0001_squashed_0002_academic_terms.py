"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import django.core.validators
import django.db.models.deletion
import uuid
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("institutions", "0001_initial"),
        ("institutions", "0002_academic_terms"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Institution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address word")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("short_name", models.CharField(max_length=60, verbose_name="short name")),
                ("university", models.CharField(blank=True, max_length=200, verbose_name="university")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("city", models.CharField(max_length=100, verbose_name="town")),
                (
                    "latitude",
                    models.DecimalField(
                        decimal_places=5,
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        decimal_places=5,
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                ("time_zone", models.CharField(max_length=60, verbose_name="time zone")),
                ("ror_id", models.CharField(blank=True, max_length=40, verbose_name="ROR identifier")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("fields", models.CharField(blank=True, max_length=200, verbose_name="fields taught")),
                ("students", models.PositiveIntegerField(blank=True, null=True, verbose_name="students")),
                ("teachers", models.PositiveIntegerField(blank=True, null=True, verbose_name="teachers")),
                ("is_listed", models.BooleanField(default=True, verbose_name="shown to everybody")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ror_id", ""), _negated=True),
                        fields=("ror_id",),
                        name="institution_ror_id_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latitude__gte", -90),
                            ("latitude__lte", 90),
                            ("longitude__gte", -180),
                            ("longitude__lte", 180),
                        ),
                        name="institution_is_on_the_globe",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AcademicTerm",
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
                        choices=[("teaching", "teaching"), ("exams", "examinations"), ("holiday", "holiday")],
                        default="teaching",
                        max_length=10,
                        verbose_name="what it is",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="name")),
                ("first_date", models.DateField(verbose_name="first day")),
                ("last_date", models.DateField(verbose_name="last day")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="academic_terms",
                        to="institutions.institution",
                    ),
                ),
            ],
            options={
                "verbose_name": "academic term",
                "verbose_name_plural": "academic terms",
                "ordering": ["first_date", "last_date", "pk"],
                "indexes": [models.Index(fields=["institution", "last_date"], name="term_of_institution")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_date__gte", models.F("first_date"))),
                        name="term_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        fields=("institution", "kind", "first_date", "last_date"),
                        name="term_once_per_institution",
                    ),
                ],
            },
        ),
    ]
