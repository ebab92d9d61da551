from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseSurvey(models.Model):
    """The questionnaire that one activity puts to learners. The answers lie in surveys and know no learner.

    It begins with the first learner who wants to answer, or with a comparison group.
    """

    activity = models.OneToOneField("exchange.Activity", on_delete=models.PROTECT, related_name="survey")
    answers = models.OneToOneField("surveys.AnswerSet", on_delete=models.PROTECT, related_name="+")
    # People who do not take the course and answer the same, by an open link; none unless a teacher wants it.
    comparison = models.OneToOneField(
        "surveys.AnswerSet", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("survey of a course")
        verbose_name_plural = _("surveys of courses")

    def __str__(self) -> str:
        return str(self.activity)


class SurveyTicket(models.Model):
    """A learner's right to answer once: the seed of the code on a ticket. What was answered knows neither."""

    survey = models.ForeignKey(CourseSurvey, on_delete=models.CASCADE, related_name="tickets")
    application = models.ForeignKey("exchange.Application", on_delete=models.CASCADE, related_name="+")
    seed = models.CharField(_("seed"), max_length=32)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("ticket of a learner")
        verbose_name_plural = _("tickets of learners")
        constraints = [
            models.UniqueConstraint(fields=["survey", "application"], name="survey_ticket_once_per_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.application}"
