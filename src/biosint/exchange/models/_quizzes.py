from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseBank(models.Model):
    """The question bank of a course. Its teachers keep it as long as they teach."""

    course = models.OneToOneField("exchange.Course", on_delete=models.CASCADE, related_name="question_bank")
    bank = models.OneToOneField("quizzes.Bank", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.course}: {self.bank}"


class QuizActivity(models.Model):
    """The quiz that learners answer in an activity."""

    activity = models.OneToOneField("exchange.Activity", on_delete=models.CASCADE, related_name="quizzed")
    quiz = models.OneToOneField("quizzes.Quiz", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("quiz of an activity")
        verbose_name_plural = _("quizzes of activities")

    def __str__(self) -> str:
        return f"{self.activity}: {self.quiz}"


class MoreTime(models.Model):
    """A learner gets more time in every quiz of a course, such as somebody who reads with aids."""

    application = models.OneToOneField(
        "exchange.Application", on_delete=models.CASCADE, related_name="more_time"
    )
    percent = models.PositiveSmallIntegerField(
        _("more time (%)"), validators=[MinValueValidator(1), MaxValueValidator(300)]
    )
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(_("granted at"))

    def __str__(self) -> str:
        return f"{self.application}: {self.percent} %"
