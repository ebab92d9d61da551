from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.recognition.states import RequestState


class BroughtRecord(models.Model):
    """A course done at another institution, read from a file the learner brought, to be recognised at home.

    What it says is the learner's word until the home institution has seen the original.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(_("institution that gave it"), max_length=250)
    issuer_country = models.CharField(_("country"), max_length=2, blank=True)
    title = models.CharField(_("course"), max_length=250)
    identifier = models.CharField(_("code"), max_length=80, blank=True)
    completed_date = models.DateField(_("completed on"), null=True)
    ects = models.DecimalField(_("ECTS credits"), max_digits=4, decimal_places=1, null=True)
    grade = models.CharField(_("grade"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    # Of the file it was read from: the same file brought twice is one request per course.
    file_fingerprint = models.CharField(_("fingerprint of the file"), max_length=64)
    number = models.PositiveSmallIntegerField(_("place in the file"))
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.ASKED)
    local_name = models.CharField(_("course in your study programme"), max_length=200, blank=True)
    local_ects = models.DecimalField(_("ECTS credits recognised"), max_digits=4, decimal_places=1, null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        ordering = ["-asked_at", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "institution", "file_fingerprint", "number"], name="brought_record_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="brought_record_decided_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["institution", "state", "-asked_at"], name="brought_to_institution")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.title}"
