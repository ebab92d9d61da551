from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# More would be a nuisance, not a reminder.
MOST_REMINDERS = 5


class Campaign(models.Model):
    """People of some institutions are asked the same things for a while.

    What is asked, where and until when stands in its answer set; here stands why, and whether its
    answers are counted as evidence.
    """

    answer_set = models.OneToOneField(
        "surveys.AnswerSet", on_delete=models.PROTECT, related_name="campaign", verbose_name=_("answers")
    )
    purpose = models.TextField(_("what for"), max_length=1000, blank=True)
    # Own words on top of every mail; language code -> text.
    letter = models.JSONField(_("words of the mails"), default=dict, blank=True)
    most_reminders = models.PositiveSmallIntegerField(_("reminders at most"), default=2)
    days_between_mails = models.PositiveSmallIntegerField(_("days between two mails"), default=4)
    reminds_itself = models.BooleanField(_("reminds by itself"), default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    # Set when the collection has ended and its answers were counted.
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                condition=Q(most_reminders__lte=MOST_REMINDERS), name="campaign_reminds_seldom"
            ),
            models.CheckConstraint(
                condition=Q(days_between_mails__gte=1), name="campaign_leaves_days_between_mails"
            ),
        ]

    def __str__(self) -> str:
        return str(self.answer_set)


class Analysis(models.Model):
    """Results that belong together, in an order, with words around them; published, it never changes.

    It keeps the questions put to the answers, not their figures: those are worked out anew, so every
    figure can be traced, and stay the same because a published set takes no more answers.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer_set = models.ForeignKey("surveys.AnswerSet", on_delete=models.PROTECT, related_name="analyses")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what was found"), max_length=5000, blank=True)
    # Each entry: the question (as in the address of the page) and a remark.
    results = models.JSONField(_("results"), default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="analysis_published_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
