"""All tables of this app at once: what a new installation starts with, in place of the steps it replaces."""

import uuid
from django.db import migrations, models

from biosint.shared.migrating import TablesAtOnce
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings


class Migration(TablesAtOnce):
    initial = True

    replaces = [
        ("situation", "0001_initial"),
        ("situation", "0002_campaigns"),
        ("situation", "0003_formulas"),
        ("situation", "0004_research"),
        ("situation", "0005_reports"),
        ("situation", "0006_invitations"),
        ("situation", "0007_workshops"),
        ("situation", "0008_reports_of_workshops"),
        ("situation", "0009_peer_review"),
        ("situation", "0010_weightings"),
        ("situation", "0011_overviews"),
        ("situation", "0012_benchmarks"),
        ("situation", "0013_coding"),
        ("situation", "0014_refused_addresses"),
    ]

    dependencies = [
        ("consortium", "0001_initial"),
        ("files", "0001_initial"),
        ("indicators", "0001_squashed_0002_drafts"),
        ("institutions", "0001_squashed_0002_academic_terms"),
        ("surveys", "0001_squashed_0004_instruments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Analysis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.TextField(blank=True, max_length=5000, verbose_name="what was found")),
                ("results", models.JSONField(default=list, verbose_name="results")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("published_at", models.DateTimeField(null=True, verbose_name="published at")),
            ],
            options={
                "verbose_name": "analysis",
                "verbose_name_plural": "analyses",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("device", models.CharField(max_length=64)),
                ("dots", models.JSONField(default=dict, verbose_name="dots")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="sent times")),
            ],
            options={
                "ordering": ["vote", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.TextField(blank=True, max_length=1000, verbose_name="what for")),
                ("letter", models.JSONField(blank=True, default=dict, verbose_name="words of the mails")),
                (
                    "most_reminders",
                    models.PositiveSmallIntegerField(default=2, verbose_name="reminders at most"),
                ),
                (
                    "days_between_mails",
                    models.PositiveSmallIntegerField(default=4, verbose_name="days between two mails"),
                ),
                ("reminds_itself", models.BooleanField(default=True, verbose_name="reminds by itself")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.SlugField(max_length=30, verbose_name="code")),
                ("label", models.CharField(max_length=100, verbose_name="name")),
                ("definition", models.CharField(max_length=500, verbose_name="given when")),
                ("example", models.CharField(blank=True, max_length=300, verbose_name="example")),
            ],
            options={
                "verbose_name": "code",
                "verbose_name_plural": "codes",
                "ordering": ["codebook", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Codebook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=60, verbose_name="question")),
                (
                    "sample_size",
                    models.PositiveIntegerField(null=True, verbose_name="answers that both code"),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
            ],
            options={
                "verbose_name": "codebook",
                "verbose_name_plural": "codebooks",
                "ordering": ["answer_set", "question"],
            },
        ),
        migrations.CreateModel(
            name="Coder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "first"), (2, "second")], verbose_name="place"
                    ),
                ),
                ("named_at", models.DateTimeField(verbose_name="named at")),
            ],
            options={
                "ordering": ["codebook", "place"],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("codes", models.JSONField(default=list, verbose_name="codes")),
            ],
            options={
                "ordering": ["coder", "submission"],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agreed_at", models.DateTimeField(verbose_name="agreed at")),
            ],
            options={
                "ordering": ["participation", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FinalCoding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("codes", models.JSONField(default=list, verbose_name="codes")),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
            ],
            options={
                "ordering": ["codebook", "submission"],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="what was found")),
                ("page", models.CharField(blank=True, max_length=60, verbose_name="where in the source")),
                ("countries_written", models.CharField(blank=True, max_length=200, verbose_name="countries")),
                ("theme", models.CharField(max_length=60, verbose_name="theme")),
                (
                    "bearing",
                    models.CharField(
                        choices=[
                            ("context", "neither: it only describes"),
                            ("opportunity", "an opportunity"),
                            ("threat", "a threat"),
                        ],
                        default="context",
                        max_length=12,
                        verbose_name="what it means for us",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A: carries a decision"),
                            ("B", "B: can be relied on"),
                            ("C", "C: a hint"),
                            ("D", "D: a voice"),
                        ],
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                ("published_at", models.DateTimeField(null=True, verbose_name="published at")),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["source", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FormerValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.PositiveIntegerField(verbose_name="saved times")),
                (
                    "answer",
                    models.DecimalField(decimal_places=1, max_digits=3, null=True, verbose_name="answer"),
                ),
                (
                    "numerator",
                    models.DecimalField(
                        decimal_places=3, max_digits=14, null=True, verbose_name="what is counted"
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(decimal_places=3, max_digits=14, null=True, verbose_name="out of"),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                ("evidence_url", models.CharField(blank=True, max_length=500, verbose_name="evidence")),
                ("filled_at", models.DateTimeField(verbose_name="filled in at")),
            ],
            options={
                "ordering": ["value", "-edition"],
            },
        ),
        migrations.CreateModel(
            name="FormulaVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("title", models.JSONField(verbose_name="title")),
                ("source", models.TextField(verbose_name="file")),
                ("added_at", models.DateTimeField(verbose_name="in use since")),
            ],
            options={
                "verbose_name": "formula",
                "verbose_name_plural": "formulas",
                "ordering": ["-added_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Grading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: carries a decision"),
                            ("B", "B: can be relied on"),
                            ("C", "C: a hint"),
                            ("D", "D: a voice"),
                        ],
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("graded_at", models.DateTimeField(verbose_name="graded at")),
            ],
            options={
                "ordering": ["finding", "graded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="mail address")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("seed", models.CharField(max_length=32, unique=True, verbose_name="seed of the ticket")),
                ("mails", models.PositiveSmallIntegerField(default=0, verbose_name="mails sent")),
                ("last_mail_date", models.DateField(null=True, verbose_name="last mail on")),
                ("is_refused", models.BooleanField(default=False, verbose_name="address refused")),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MailRefusal",
            fields=[
                (
                    "digest",
                    models.CharField(
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        verbose_name="fingerprint of the address",
                    ),
                ),
            ],
            options={
                "verbose_name": "refusal of mail",
                "verbose_name_plural": "refusals of mail",
                "ordering": ["digest"],
            },
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="objective")),
                ("measure", models.CharField(blank=True, max_length=200, verbose_name="measured by")),
                ("baseline", models.JSONField(blank=True, default=dict, verbose_name="where we start")),
                ("target", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="target")),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                ("due_date", models.DateField(verbose_name="by")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
            ],
            options={
                "verbose_name": "objective",
                "verbose_name_plural": "objectives",
                "ordering": ["option__workshop", "due_date", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pairing",
                    models.CharField(
                        choices=[
                            ("SO", "Use strengths to take opportunities"),
                            ("WO", "Mend weaknesses by opportunities"),
                            ("ST", "Use strengths against threats"),
                            ("WT", "Mend weaknesses that threats would hit"),
                        ],
                        max_length=2,
                        verbose_name="field of the matrix",
                    ),
                ),
                ("text", models.CharField(max_length=400, verbose_name="option")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
            ],
            options={
                "verbose_name": "strategic option",
                "verbose_name_plural": "strategic options",
                "ordering": ["workshop", "pairing", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OutsideIndex",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="institution")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("index", models.FloatField(verbose_name="index")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="web address")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "verbose_name": "index from outside",
                "verbose_name_plural": "indices from outside",
                "ordering": ["-index", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Overview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("groupings", models.JSONField(default=list, verbose_name="groupings")),
                ("about", models.JSONField(default=list, verbose_name="questions")),
                ("figures", models.JSONField(default=dict, verbose_name="figures")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
            ],
            options={
                "verbose_name": "overview",
                "verbose_name_plural": "overviews",
                "ordering": ["-created_at", "-pk"],
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
                ("index", models.FloatField(null=True, verbose_name="index")),
                ("low", models.FloatField(null=True, verbose_name="index, lower end")),
                ("high", models.FloatField(null=True, verbose_name="index, upper end")),
                ("answered", models.PositiveSmallIntegerField(null=True, verbose_name="indicators answered")),
                ("dimensions", models.JSONField(default=list, verbose_name="dimensions")),
                ("handed_in_at", models.DateTimeField(null=True, verbose_name="handed in at")),
                ("disputed", models.JSONField(default=list, verbose_name="disputed when the round closed")),
                (
                    "unreviewed",
                    models.JSONField(default=list, verbose_name="not reviewed when the round closed"),
                ),
            ],
            options={
                "ordering": ["institution__name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="quote")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
                ("released_at", models.DateTimeField(verbose_name="released at")),
            ],
            options={
                "verbose_name": "quote",
                "verbose_name_plural": "quotes",
                "ordering": ["code", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "opinion",
                    models.CharField(
                        choices=[
                            ("agrees", "agrees"),
                            ("asks", "asks"),
                            ("disagrees", "disagrees"),
                            ("answers", "answers"),
                        ],
                        max_length=10,
                        verbose_name="opinion",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="sentence")),
                ("edition", models.PositiveIntegerField(verbose_name="edition of the value")),
                ("said_at", models.DateTimeField(verbose_name="said at")),
            ],
            options={
                "ordering": ["said_at", "pk"],
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
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
            ],
            options={
                "ordering": ["participation", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("period_from", models.DateField(verbose_name="first day of the period")),
                ("period_until", models.DateField(verbose_name="last day of the period")),
                ("is_baseline", models.BooleanField(default=False, verbose_name="baseline")),
                ("peer_review", models.BooleanField(default=False, verbose_name="reviewed by peers")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("open", "open for values"), ("closed", "closed")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="opened at")),
                (
                    "closing_words",
                    models.TextField(blank=True, max_length=2000, verbose_name="words of the board"),
                ),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
            ],
            options={
                "verbose_name": "round of the index",
                "verbose_name_plural": "rounds of the index",
                "ordering": ["-period_until", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SituationReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("sr-latn", "Srpski (latinica)"),
                            ("sr", "Српски (ћирилица)"),
                            ("sq", "Shqip"),
                        ],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("authors", models.TextField(blank=True, max_length=1000, verbose_name="authors")),
                ("words", models.JSONField(default=dict, verbose_name="words")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="saved times")),
                ("paper", models.JSONField(null=True, verbose_name="paper")),
                ("made_at", models.DateTimeField(null=True, verbose_name="made at")),
                ("made_of", models.PositiveIntegerField(null=True, verbose_name="made of saving")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("final", "final")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("finalised_at", models.DateTimeField(null=True, verbose_name="finalised at")),
                ("published_at", models.DateTimeField(null=True, verbose_name="published at")),
            ],
            options={
                "verbose_name": "situation report",
                "verbose_name_plural": "situation reports",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Source",
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
                            ("article", "article"),
                            ("book", "book or chapter"),
                            ("report", "report"),
                            ("web", "web page"),
                            ("law", "law or standard"),
                            ("strategy", "strategy"),
                            ("other", "other"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=500, verbose_name="title")),
                ("title_key", models.CharField(editable=False, max_length=200)),
                ("authors", models.CharField(blank=True, max_length=1000, verbose_name="authors")),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                ("published_in", models.CharField(blank=True, max_length=300, verbose_name="published in")),
                ("doi", models.CharField(blank=True, max_length=200, verbose_name="DOI")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country of origin")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
                ("read_date", models.DateField(null=True, verbose_name="read on")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["authors", "year", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("S", "Strengths"),
                            ("W", "Weaknesses"),
                            ("O", "Opportunities"),
                            ("T", "Threats"),
                        ],
                        max_length=1,
                        verbose_name="side",
                    ),
                ),
                ("text", models.CharField(max_length=400, verbose_name="statement")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("kept", "taken"),
                            ("discarded", "put aside"),
                            ("merged", "joined to another"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("origin", models.CharField(blank=True, editable=False, max_length=120)),
                ("figure", models.JSONField(blank=True, default=dict, verbose_name="figure behind it")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "ordering": ["workshop", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Value",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.DecimalField(decimal_places=1, max_digits=3, null=True, verbose_name="answer"),
                ),
                (
                    "numerator",
                    models.DecimalField(
                        decimal_places=3, max_digits=14, null=True, verbose_name="what is counted"
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(decimal_places=3, max_digits=14, null=True, verbose_name="out of"),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                ("evidence_url", models.CharField(blank=True, max_length=500, verbose_name="evidence")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="saved times")),
                ("filled_at", models.DateTimeField(verbose_name="filled in at")),
            ],
            options={
                "ordering": ["participation", "indicator__dimension__order", "indicator__order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dots", models.PositiveSmallIntegerField(verbose_name="dots for each side")),
                ("most_on_one", models.PositiveSmallIntegerField(verbose_name="most dots on one statement")),
                (
                    "is_hidden",
                    models.BooleanField(verbose_name="results are hidden until the vote is closed"),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
            ],
            options={
                "ordering": ["workshop", "-opened_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Weighting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("margins", models.JSONField(verbose_name="shares in the population")),
                ("source", models.CharField(max_length=300, verbose_name="where the shares are from")),
                ("limit", models.FloatField(blank=True, null=True, verbose_name="largest weight")),
                ("answers", models.PositiveIntegerField(verbose_name="answers")),
                ("effective_n", models.FloatField(verbose_name="effective number of answers")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
            ],
            options={
                "verbose_name": "weighting",
                "verbose_name_plural": "weightings",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Workshop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("token", models.CharField(max_length=12, unique=True, verbose_name="code")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
            ],
            options={
                "verbose_name": "workshop",
                "verbose_name_plural": "workshops",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="analysis",
            name="answer_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="analyses", to="surveys.answerset"
            ),
        ),
        migrations.AddField(
            model_name="analysis",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="analysis",
            name="published_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="answer_set",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="campaign",
                to="surveys.answerset",
                verbose_name="answers",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="codebook",
            name="answer_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="codebooks", to="surveys.answerset"
            ),
        ),
        migrations.AddField(
            model_name="codebook",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="codebook",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="code",
            name="codebook",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="situation.codebook"
            ),
        ),
        migrations.AddField(
            model_name="coder",
            name="codebook",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="coders", to="situation.codebook"
            ),
        ),
        migrations.AddField(
            model_name="coder",
            name="named_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="coder",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="coding",
            name="coder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="codings", to="situation.coder"
            ),
        ),
        migrations.AddField(
            model_name="coding",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="surveys.submission"
            ),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="agreed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="finalcoding",
            name="codebook",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="final_codings",
                to="situation.codebook",
            ),
        ),
        migrations.AddField(
            model_name="finalcoding",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="finalcoding",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="surveys.submission"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="published_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="formervalue",
            name="evidence_file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="formervalue",
            name="filled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="formulaversion",
            name="added_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="formulaversion",
            name="consortium",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="formulas",
                to="consortium.consortium",
            ),
        ),
        migrations.AddField(
            model_name="grading",
            name="finding",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="gradings", to="situation.finding"
            ),
        ),
        migrations.AddField(
            model_name="grading",
            name="graded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="asked",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="surveys.askedinstitution"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="situation.campaign",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="group",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="surveys.askedgroup",
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="indicators.indicator",
            ),
        ),
        migrations.AddField(
            model_name="option",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="option",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="objectives", to="situation.option"
            ),
        ),
        migrations.AddField(
            model_name="outsideindex",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="outsideindex",
            name="consortium",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outside_indices",
                to="consortium.consortium",
            ),
        ),
        migrations.AddField(
            model_name="overview",
            name="answer_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="overviews", to="surveys.answerset"
            ),
        ),
        migrations.AddField(
            model_name="overview",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="overview",
            name="together_with",
            field=models.ManyToManyField(related_name="+", to="surveys.answerset"),
        ),
        migrations.AddField(
            model_name="participation",
            name="handed_in_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
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
            model_name="disclosure",
            name="participation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="disclosure",
                to="situation.participation",
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="code",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="quotes", to="situation.code"
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="released_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.indicator"
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="said_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="finished_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="participation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="review",
                to="situation.participation",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="reviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="institutions.institution"
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="situation.review"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="bank",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.bankversion"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="consortium",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="consortium.consortium"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="formula",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="situation.formulaversion"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="opened_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participations",
                to="situation.round",
            ),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="analyses",
            field=models.ManyToManyField(related_name="+", to="situation.analysis", verbose_name="analyses"),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="bundle",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="consortium",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="situation_reports",
                to="consortium.consortium",
            ),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="data",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="earlier_round",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="situation.round",
                verbose_name="round before",
            ),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="finalised_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="institution",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.institution",
            ),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="published_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="round",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="situation.round",
                verbose_name="round of the index",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="consortium",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consortium.consortium"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="situation.source"
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="situation.statement",
            ),
        ),
        migrations.AddField(
            model_name="option",
            name="statements",
            field=models.ManyToManyField(related_name="options", to="situation.statement"),
        ),
        migrations.AddField(
            model_name="value",
            name="evidence_file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="value",
            name="filled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="value",
            name="indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.indicator"
            ),
        ),
        migrations.AddField(
            model_name="value",
            name="participation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="values",
                to="situation.participation",
            ),
        ),
        migrations.AddField(
            model_name="formervalue",
            name="value",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="former", to="situation.value"
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="vote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="situation.vote"
            ),
        ),
        migrations.AddField(
            model_name="weighting",
            name="answer_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="weightings", to="surveys.answerset"
            ),
        ),
        migrations.AddField(
            model_name="weighting",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="weighting",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="consortium",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consortium.consortium"
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.institution",
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="situation.workshop"
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="statements",
                to="situation.workshop",
            ),
        ),
        migrations.AddField(
            model_name="situationreport",
            name="workshop",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="situation.workshop",
                verbose_name="SWOT workshop",
            ),
        ),
        migrations.AddField(
            model_name="option",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="options", to="situation.workshop"
            ),
        ),
        migrations.AddConstraint(
            model_name="analysis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="analysis_published_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_reminders__lte", 5)), name="campaign_reminds_seldom"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_between_mails__gte", 1)), name="campaign_leaves_days_between_mails"
            ),
        ),
        migrations.AddConstraint(
            model_name="codebook",
            constraint=models.UniqueConstraint(
                fields=("answer_set", "question"), name="codebook_once_for_a_question"
            ),
        ),
        migrations.AddConstraint(
            model_name="codebook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="codebook_closed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(
                fields=("codebook", "word"), name="code_word_once_in_a_codebook"
            ),
        ),
        migrations.AddConstraint(
            model_name="coder",
            constraint=models.UniqueConstraint(
                fields=("codebook", "place"), name="coder_place_once_in_a_codebook"
            ),
        ),
        migrations.AddConstraint(
            model_name="coder",
            constraint=models.UniqueConstraint(
                fields=("codebook", "person"), name="coder_once_in_a_codebook"
            ),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.UniqueConstraint(
                fields=("coder", "submission"), name="coding_once_for_an_answer"
            ),
        ),
        migrations.AddConstraint(
            model_name="finalcoding",
            constraint=models.UniqueConstraint(
                fields=("codebook", "submission"), name="final_coding_once_for_an_answer"
            ),
        ),
        migrations.AddConstraint(
            model_name="formulaversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("consortium", None)), fields=("code",), name="formula_code_once_supplied"
            ),
        ),
        migrations.AddConstraint(
            model_name="formulaversion",
            constraint=models.UniqueConstraint(
                fields=("consortium", "code"), name="formula_code_once_in_a_consortium"
            ),
        ),
        migrations.AddConstraint(
            model_name="formulaversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("added_by", None), ("consortium", None)),
                    models.Q(("added_by__isnull", False), ("consortium__isnull", False)),
                    _connector="OR",
                ),
                name="formula_of_a_consortium_has_an_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="grading",
            constraint=models.UniqueConstraint(
                fields=("finding", "graded_by"), name="grading_once_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=("campaign", "address"), name="invitation_once_per_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="objective",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("indicator__isnull", False), models.Q(("measure", ""), _negated=True), _connector="OR"
                ),
                name="objective_is_measured",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsideindex",
            constraint=models.UniqueConstraint(
                fields=("consortium", "name", "year"), name="outside_index_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="outsideindex",
            constraint=models.CheckConstraint(
                condition=models.Q(("index__gte", 0), ("index__lte", 100)), name="outside_index_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="outsideindex",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="outside_index_has_a_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="overview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at", None), models.Q(("figures", {}), _negated=True), _connector="OR"
                ),
                name="overview_finished_with_figures",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("finished_by", None)),
                    models.Q(("finished_at__isnull", False), ("finished_by__isnull", False)),
                    _connector="OR",
                ),
                name="review_finished_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opinion", "agrees"), models.Q(("words", ""), _negated=True), _connector="OR"
                ),
                name="remark_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("consortium", "title"), name="round_title_once_in_a_consortium"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_baseline", True)), fields=("consortium",), name="round_one_baseline"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("period_until__gte", models.F("period_from"))),
                name="round_period_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opened_at", None), ("opened_by", None)),
                    models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                    _connector="OR",
                ),
                name="round_opened_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="round_closed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                    models.Q(("closed_at", None), ("state__in", ["draft", "open"])),
                    _connector="OR",
                ),
                name="round_closed_when_its_state_says_so",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                fields=("round", "institution"), name="participation_once_in_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("index", None), models.Q(("index__gte", 0), ("index__lte", 100)), _connector="OR"
                ),
                name="participation_index_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handed_in_at", None), ("handed_in_by", None)),
                    models.Q(("handed_in_at__isnull", False), ("handed_in_by__isnull", False)),
                    _connector="OR",
                ),
                name="participation_handed_in_by_and_at_together",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["consortium", "title_key"], name="source_by_title"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(("doi", ""), _negated=True),
                fields=("consortium", "doi"),
                name="source_doi_once_in_a_consortium",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="source_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="finding_published_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None), models.Q(("grade", ""), _negated=True), _connector="OR"
                ),
                name="finding_published_with_a_grade",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.UniqueConstraint(
                fields=("participation", "indicator"), name="value_once_per_indicator"
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(("denominator", None), ("denominator__gt", Decimal("0")), _connector="OR"),
                name="value_denominator_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="formervalue",
            constraint=models.UniqueConstraint(
                fields=("value", "edition"), name="former_value_once_per_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(fields=("vote", "device"), name="ballot_once_per_device"),
        ),
        migrations.AddConstraint(
            model_name="weighting",
            constraint=models.UniqueConstraint(
                fields=("answer_set", "number"), name="weighting_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="weighting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("answer_set",), name="weighting_one_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="weighting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="weighting_ended_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="workshop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="workshop_closed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("workshop",),
                name="vote_one_open_in_a_workshop",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dots__gte", 1), ("most_on_one__gte", 1), ("most_on_one__lte", models.F("dots"))
                ),
                name="vote_dots_make_sense",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="vote_closed_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origin", ""), _negated=True),
                fields=("workshop", "origin"),
                name="statement_proposed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into", None)),
                    _connector="OR",
                ),
                name="statement_merged_into_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finalised_at", None), ("finalised_by", None)),
                    models.Q(("finalised_at__isnull", False), ("finalised_by__isnull", False)),
                    _connector="OR",
                ),
                name="situation_report_finalised_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="situation_report_published_by_and_at_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finalised_at", None), ("published_at", None), ("state", "draft")),
                    models.Q(("finalised_at__isnull", False), ("made_at__isnull", False), ("state", "final")),
                    _connector="OR",
                ),
                name="situation_report_final_is_made_and_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("earlier_round", None),
                    models.Q(
                        ("round__isnull", False),
                        models.Q(("round", models.F("earlier_round")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="situation_report_compares_two_rounds",
            ),
        ),
    ]
