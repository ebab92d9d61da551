from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.surveys.columns import Column, from_json
from biosint.surveys.instruments import Instrument
from biosint.surveys.states import SMALLEST_GROUP, SMALLEST_GROUP_BOUNDS, Audience, Entry, Pairing, Phase


class AnswerSet(models.Model):
    """Answers that belong together: collected through one link, or read from a file, or both.

    With ``version`` the code book is the questionnaire's; without, it was inferred from a file
    and stands in ``own_columns``. It holds no results: situation works them out.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    version = models.ForeignKey(
        "surveys.Version", null=True, on_delete=models.PROTECT, related_name="answer_sets"
    )
    own_columns = models.JSONField(_("code book"), default=list)
    owner = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(_("asked of"), max_length=20, choices=Audience, default=Audience.OTHERS)
    institutions = models.ManyToManyField(
        "institutions.Institution", through="surveys.AskedInstitution", related_name="+"
    )
    # The word in the public address; none where nothing is collected by a link.
    token = models.CharField(_("link"), max_length=16, unique=True, null=True)  # noqa: DJ001 -- unique, so several without one need NULL
    opens_at = models.DateTimeField(_("opens at"), null=True)
    closes_at = models.DateTimeField(_("closes at"), null=True)
    # A column that says how many people a row stands for (tables of counts).
    weight_code = models.CharField(_("column with counts"), max_length=60, blank=True)
    hides_small_groups = models.BooleanField(_("hides small groups"), default=True)
    # Where institutions are shown, no figure stands for fewer people than this.
    smallest_group = models.PositiveSmallIntegerField(_("smallest group shown"), default=SMALLEST_GROUP)
    entry = models.CharField(_("who may answer"), max_length=10, choices=Entry, default=Entry.LINK)
    pairing = models.CharField(_("pairing code"), max_length=10, choices=Pairing, default=Pairing.OFF)
    # The codes of one consortium are comparable with each other and with no others.
    pairs_within = models.ForeignKey(
        "consortium.Consortium", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # False while a file is being written into it; such a set shows nowhere.
    is_complete = models.BooleanField(_("complete"), default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("answer set")
        verbose_name_plural = _("answer sets")
        constraints = [
            models.CheckConstraint(
                condition=Q(token=None)
                | Q(version__isnull=False, opens_at__isnull=False, closes_at__isnull=False),
                name="answer_set_link_has_questionnaire_and_times",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at__gt=models.F("opens_at")),
                name="answer_set_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(smallest_group__range=SMALLEST_GROUP_BOUNDS),
                name="answer_set_smallest_group_in_range",
            ),
            models.CheckConstraint(
                condition=Q(pairing=Pairing.OFF) | Q(pairs_within__isnull=False),
                name="answer_set_pairs_within_a_consortium",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def columns(self) -> list[Column]:
        if self.version is not None:
            return self.version.definition.columns()
        return [from_json(entry) for entry in self.own_columns]

    @property
    def instruments(self) -> list[Instrument]:
        """The scoring keys of its items; none where the code book was inferred from a file."""
        return list(self.version.definition.instruments) if self.version is not None else []

    def phase_at(self, at: datetime) -> Phase:
        """Where the collection stands; a set without a link is closed."""
        if self.token is None or self.opens_at is None or self.closes_at is None or at >= self.closes_at:
            return Phase.CLOSED
        return Phase.OPEN if at >= self.opens_at else Phase.PLANNED


class AskedInstitution(models.Model):
    """An institution whose people are asked, and how many of them there are."""

    answer_set = models.ForeignKey(AnswerSet, on_delete=models.CASCADE, related_name="asked")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    invited = models.PositiveIntegerField(_("people asked"), null=True, blank=True)

    class Meta:
        ordering = ["institution__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer_set", "institution"], name="institution_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_set}: {self.institution}"


class Submission(models.Model):
    """One person's answers, or one row of an imported file.

    It knows neither account nor address, and of the time only the day: nobody can tell from it who
    answered. It is written once and never changed.
    """

    answer_set = models.ForeignKey(AnswerSet, on_delete=models.PROTECT, related_name="submissions")
    institution = models.ForeignKey(
        "institutions.Institution", null=True, on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey("surveys.AskedGroup", null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("answered in"), max_length=10, blank=True)
    # Keyed fingerprint of the code that the person made; the same in every campaign of one consortium.
    pairing = models.CharField(_("pairing code"), max_length=64, blank=True)
    answers = models.JSONField(_("answers"))  # code of the column -> answer
    # Made by the server for each opened form, so that sending twice counts once; none for imported rows.
    key = models.UUIDField(_("key of the form"), null=True)
    received_date = models.DateField(_("received on"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(
                fields=["answer_set", "key"], condition=Q(key__isnull=False), name="submission_counts_once"
            ),
        ]
        indexes = [models.Index(fields=["answer_set", "institution"], name="submission_of_institution")]

    def __str__(self) -> str:
        return f"{self.pk}"
