from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.quizzes.states import Counting, Reveal

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Quiz(models.Model):
    """Questions that are asked together, and how. Where and until when is said by whom it is attached to."""

    if TYPE_CHECKING:
        parts: RelatedManager[Part]

    bank = models.ForeignKey("quizzes.Bank", on_delete=models.PROTECT, related_name="quizzes")
    title = models.CharField(_("title"), max_length=150)
    minutes = models.PositiveSmallIntegerField(
        _("time limit in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1440)],
        help_text=_("Counted from the moment when a learner begins. Leave it empty for no limit."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("number of attempts"),
        default=1,
        validators=[MaxValueValidator(100)],
        help_text=_("0 means as often as one likes."),
    )
    counting = models.CharField(_("what counts"), max_length=5, choices=Counting, default=Counting.BEST)
    reveal = models.CharField(
        _("learners see what was right"), max_length=7, choices=Reveal, default=Reveal.SENT
    )
    shuffles_questions = models.BooleanField(_("questions in an order of chance"), default=True)
    one_at_a_time = models.BooleanField(
        _("one question at a time"),
        default=True,
        help_text=_("Easier on a phone. Learners can always go back."),
    )
    # Grows with every change: two teachers at once cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def __str__(self) -> str:
        return self.title


class Part(models.Model):
    """One question of a quiz, or so many drawn by chance from a tag or a folder of its bank."""

    quiz = models.ForeignKey("quizzes.Quiz", on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(_("number"))
    question = models.ForeignKey(
        "quizzes.Question", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    tag = models.CharField(_("tag"), max_length=60, blank=True)
    folder = models.CharField(_("folder"), max_length=200, blank=True)
    count = models.PositiveSmallIntegerField(_("how many"), default=1, validators=[MinValueValidator(1)])
    points = models.DecimalField(
        _("points for each"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, count=1) | Q(question=None),
                name="part_one_question_or_a_draw",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id}: {self.position}"
