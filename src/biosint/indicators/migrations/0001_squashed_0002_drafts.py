"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("indicators", "0001_initial"),
        ("indicators", "0002_drafts"),
    ]

    dependencies = [
        ("consortium", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BankVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="version")),
                ("title", models.JSONField(verbose_name="title")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published")],
                        default="published",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("published_on", models.DateField(null=True, verbose_name="published on")),
                (
                    "checksum",
                    models.CharField(blank=True, max_length=64, verbose_name="checksum of the file"),
                ),
                ("loaded_at", models.DateTimeField(verbose_name="begun or loaded at")),
                ("published_at", models.DateTimeField(null=True, verbose_name="published at")),
                (
                    "came_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.bankversion",
                    ),
                ),
                (
                    "consortium",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="banks",
                        to="consortium.consortium",
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begun or loaded by",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": [
                    models.OrderBy(models.F("published_on"), descending=True, nulls_last=True),
                    "-pk",
                ],
            },
        ),
        migrations.CreateModel(
            name="Dimension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, verbose_name="code")),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                ("weight", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="weight")),
                ("title", models.JSONField(verbose_name="title")),
                ("meaning", models.JSONField(verbose_name="meaning")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="saved times")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dimensions",
                        to="indicators.bankversion",
                    ),
                ),
            ],
            options={
                "ordering": ["bank", "order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=10, verbose_name="code")),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("yes_no", "yes or no"),
                            ("level", "level 0 to 4"),
                            ("ratio", "share of a whole"),
                            ("count_per_100", "count for every 100"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("weight", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="weight")),
                ("unit", models.JSONField(verbose_name="unit")),
                ("title", models.JSONField(verbose_name="title")),
                ("asks", models.JSONField(verbose_name="question")),
                ("evidence_asked", models.JSONField(verbose_name="evidence asked for")),
                ("levels", models.JSONField(default=list, verbose_name="levels")),
                ("numerator", models.JSONField(default=dict, verbose_name="what is counted")),
                ("denominator", models.JSONField(default=dict, verbose_name="out of")),
                (
                    "cap",
                    models.DecimalField(
                        decimal_places=2, max_digits=8, null=True, verbose_name="figure that earns all points"
                    ),
                ),
                ("references", models.JSONField(default=list, verbose_name="related frameworks")),
                (
                    "counted_kind",
                    models.CharField(blank=True, max_length=60, verbose_name="counted from evidence"),
                ),
                (
                    "counted_base",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("typed", "typed by the institution"),
                            ("students", "students of the institution"),
                            ("teachers", "teachers of the institution"),
                        ],
                        max_length=10,
                        verbose_name="set against",
                    ),
                ),
                ("counted_steps", models.JSONField(default=list, verbose_name="steps")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="saved times")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="indicators.bankversion",
                    ),
                ),
                (
                    "dimension",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="indicators.dimension",
                    ),
                ),
            ],
            options={
                "ordering": ["bank", "dimension__order", "order", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="bankversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("checksum", ""),
                        ("consortium__isnull", False),
                        ("published_on", None),
                        ("state", "draft"),
                    ),
                    models.Q(
                        ("published_on__isnull", False),
                        ("state", "published"),
                        models.Q(("checksum", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="bank_published_when_its_state_says_so",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="bank_published_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="dimension",
            constraint=models.UniqueConstraint(fields=("bank", "code"), name="dimension_code_once_in_a_bank"),
        ),
        migrations.AddConstraint(
            model_name="dimension",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)), name="dimension_weight_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(fields=("bank", "code"), name="indicator_code_once_in_a_bank"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)), name="indicator_weight_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("cap", None), ("cap__gt", 0), _connector="OR"),
                name="indicator_cap_positive",
            ),
        ),
    ]
