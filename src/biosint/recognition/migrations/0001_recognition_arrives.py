from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table is there with all its rows since it belonged to exchange; only its owner is new."""

    initial = True

    dependencies = [
        ("exchange", "0010_recognition_leaves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[],
            state_operations=[
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
                            "ects",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal(0)),
                                    django.core.validators.MaxValueValidator(Decimal(30)),
                                ],
                                verbose_name="ECTS credits recognised",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        ("decided_at", models.DateTimeField(verbose_name="decided at")),
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("decision", "recognised"), ("ects__gt", 0))
                                | models.Q(("decision", "declined"), ("ects", 0)),
                                name="recognition_credits_follow_decision",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
