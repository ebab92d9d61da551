from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from biosint.outreach.states import ActivityKind, EnquiryState, PracticeState
from biosint.shared.words import in_language


class Activity(models.Model):
    """One thing by which a partner made the project known, with its proof.

    It is never edited: a wrong entry is withdrawn with a reason, and entered anew.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consortium = models.ForeignKey("consortium.Consortium", on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    held_date = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=12, choices=ActivityKind)
    place = models.CharField(_("place or channel"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    target_groups = models.JSONField(_("for whom"), default=list)
    # Empty: nobody counted. A guess is worth less than an honest gap.
    reached = models.PositiveIntegerField(_("people reached"), null=True)
    reached_how = models.CharField(_("how they were counted"), max_length=200, blank=True)
    link = models.URLField(_("page about it"), max_length=500, blank=True)
    proof_link = models.URLField(_("address of the proof"), max_length=500, blank=True)
    proof_file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("proof")
    )
    shows_funding = models.BooleanField(_("EU emblem and funding statement were shown"), default=False)
    follow_up = models.CharField(_("what follows from it"), max_length=500, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered at"))
    # Empty while the entry stands; who and when are set together.
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_because = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["-held_date", "-pk"]
        verbose_name = _("dissemination activity")
        verbose_name_plural = _("dissemination activities")
        constraints = [
            models.CheckConstraint(
                condition=~Q(proof_link="") | Q(proof_file__isnull=False), name="activity_has_proof"
            ),
            models.CheckConstraint(
                condition=Q(reached=None) | ~Q(reached_how=""), name="activity_reach_says_how"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="activity_withdrawn_by_and_at_together",
            ),
        ]
        indexes = [
            models.Index(fields=["consortium", "-held_date"], name="activity_of_consortium"),
            models.Index(fields=["institution", "-held_date"], name="activity_of_institution"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("outreach:activity", args=[self.public_id])


class News(models.Model):
    """A public message of the consortium, in one or more languages.

    It tells what happened; it is no proof of it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.JSONField(_("title"))  # language code -> text
    text = models.JSONField(_("text"))  # language code -> Markdown
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published at"))
    corrected_at = models.DateTimeField(_("corrected at"), null=True)
    # Empty while it is shown; who and when are set together.
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_down_at = models.DateTimeField(_("taken down at"), null=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("news")
        verbose_name_plural = _("news")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_down_by=None, taken_down_at=None)
                | Q(taken_down_by__isnull=False, taken_down_at__isnull=False),
                name="news_taken_down_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["-published_at"], name="news_newest")]

    def __str__(self) -> str:
        return in_language(self.title).text

    def get_absolute_url(self) -> str:
        return reverse("outreach:news_item", args=[self.public_id])


class Enquiry(models.Model):
    """Somebody from outside wants to use the results. The answer goes by mail; here stands that it was given."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254)
    purpose = models.TextField(_("what for"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=EnquiryState, default=EnquiryState.NEW)
    # The moment is also that of the consent, without which nothing is kept.
    received_at = models.DateTimeField(_("received at"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    outcome = models.CharField(_("what came of it"), max_length=500, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None, state=EnquiryState.NEW)
                | Q(answered_by__isnull=False, answered_at__isnull=False, state=EnquiryState.ANSWERED),
                name="enquiry_answered_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["state", "-received_at"], name="enquiry_by_state")]

    def __str__(self) -> str:
        # The trail keeps this for good, so it names no person.
        return self.organisation or gettext("a private person")


class Practice(models.Model):
    """Something that worked at one institution, told so that another can do it too.

    It is public only after a colleague of another institution has read it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=150)
    language = models.CharField(_("language"), max_length=10)
    need = models.TextField(_("what was missing"), max_length=2000)
    deed = models.TextField(_("what was done"), max_length=6000)
    outcome = models.TextField(_("what came of it"), max_length=2000)
    effort = models.TextField(_("what it takes"), max_length=2000)
    state = models.CharField(
        _("state"), max_length=10, choices=PracticeState, default=PracticeState.SUBMITTED
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))
    # The last review; empty until somebody has read it.
    review = models.TextField(_("review"), max_length=2000, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)

    class Meta:
        ordering = ["-reviewed_at", "-written_at", "-pk"]
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="practice_reviewed_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=~Q(state=PracticeState.PUBLISHED) | Q(reviewed_at__isnull=False),
                name="practice_published_after_review",
            ),
        ]
        indexes = [models.Index(fields=["state", "-reviewed_at"], name="practice_by_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("outreach:practice", args=[self.public_id])


class PracticeUse(models.Model):
    """Another institution has taken a practice up. It is told by that institution, not by the writer."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="uses")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("where, and what was changed"), max_length=300)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "institution"], name="practice_use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.practice} – {self.institution}"
