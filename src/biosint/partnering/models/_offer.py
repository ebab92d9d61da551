from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.partnering.states import CourseFormat, OfferKind, OfferState, StudyLevel
from biosint.people.api import LanguageLevel

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from biosint.partnering.models._contact import Contact


class Offer(models.Model):
    """What a teacher offers to, or seeks from, teachers elsewhere.

    It is not a course: one begins when two teachers agree. Mail addresses never stand here.
    """

    if TYPE_CHECKING:
        words: RelatedManager[OfferWord]
        contacts: RelatedManager[Contact]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Sent with the empty form: pressing twice is once.
    key = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("what it is"), max_length=8, choices=OfferKind, default=OfferKind.COURSE)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(
        _("what you have in mind"),
        max_length=4000,
        help_text=_("What your students do, what you bring, what you seek. Leave out mail addresses."),
    )
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        "institutions.Institution",
        verbose_name=_("institution"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    # A detailed field of ISCED-F (shared.subjects).
    subject = models.CharField(_("subject"), max_length=4)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    level = models.CharField(_("level of study"), max_length=1, choices=StudyLevel, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    language_level = models.CharField(
        _("level of the language"), max_length=2, choices=LanguageLevel, default=LanguageLevel.B1
    )
    format = models.CharField(_("form"), max_length=5, choices=CourseFormat, default=CourseFormat.COIL)
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    places = models.PositiveSmallIntegerField(
        _("learners you would bring, or places you offer"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
    )
    # What it was taken over from: outcomes are read there and nobody types them twice.
    unit = models.ForeignKey(
        "curriculum.Unit", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    course = models.ForeignKey(
        "exchange.Course", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=8, choices=OfferState, default=OfferState.OPEN)
    until_date = models.DateField(_("shown until"))
    # Of this date the teacher was reminded; a new date brings a new reminder.
    reminded_of_date = models.DateField(_("reminded of"), null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("created at"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="offer_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["state", "until_date", "-created_at"], name="offer_shown"),
            models.Index(fields=["state", "subject"], name="offer_by_subject"),
            models.Index(fields=["state", "language"], name="offer_by_language"),
            models.Index(fields=["teacher", "-created_at"], name="offer_of_teacher"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partnering:offer", args=[self.public_id])

    def is_shown(self, today: date) -> bool:
        return self.state == OfferState.OPEN and self.until_date >= today


class OfferWord(models.Model):
    """One word under which an offer is found, folded as ``shared.folding`` folds. It follows from the offer."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="words")
    # The first three letters: looked up exactly, so that every database uses the index for beginnings of words.
    stem = models.CharField(max_length=3)
    word = models.CharField(max_length=60)

    class Meta:
        ordering = ["offer", "word"]
        constraints = [models.UniqueConstraint(fields=["offer", "word"], name="offer_word_once")]
        indexes = [models.Index(fields=["stem", "word", "offer"], name="offer_word_by_stem")]

    def __str__(self) -> str:
        return self.word
