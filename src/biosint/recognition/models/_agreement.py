from __future__ import annotations

import json
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.recognition.states import AgreementState, Answer, Party

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class CourseAtHome(models.Model):
    """For which unit of its own programme an institution counts an international course.

    Written once for a course; the agreements of all its students take it up.
    """

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code of the unit at home"), max_length=40, blank=True)
    title = models.CharField(_("unit of your programme"), max_length=200)
    ects = models.DecimalField(
        _("ECTS credits it counts"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(30))],
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["institution__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "institution"], name="course_at_home_once"),
            models.CheckConstraint(condition=Q(ects__gt=0), name="course_at_home_counts_something"),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.title}"


class LearningAgreement(models.Model):
    """What a learner, the sending and the receiving institution agree on before a course taken from home.

    The text stands in versions; an agreement is agreed when all three have signed the latest one. It is
    not the decision on the credits: that is ``Recognition``, which rests on it.
    """

    if TYPE_CHECKING:
        versions: RelatedManager[AgreementVersion]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.OneToOneField(
        "exchange.Application", on_delete=models.PROTECT, related_name="agreement"
    )
    # As they were when it was made; the learner may move on.
    home = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=AgreementState, default=AgreementState.OPEN)
    latest = models.PositiveSmallIntegerField(_("number of the latest version"), default=1)
    sign_by_date = models.DateField(_("to be signed by"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"))
    # Empty until all three have signed the latest version.
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AgreementState.AGREED, agreed_at__isnull=False)
                | (~Q(state=AgreementState.AGREED) & Q(agreed_at=None)),
                name="agreement_agreed_at_follows_state",
            ),
        ]
        indexes = [
            models.Index(fields=["home", "state", "-created_at"], name="agreement_of_home"),
            models.Index(fields=["host", "state", "-created_at"], name="agreement_of_host"),
        ]

    def __str__(self) -> str:
        return str(self.application)

    def get_absolute_url(self) -> str:
        return reverse("recognition:agreement", args=[self.public_id])


class AgreementVersion(models.Model):
    """One text of an agreement, letter by letter as it is signed. Never edited."""

    if TYPE_CHECKING:
        signatures: RelatedManager[Signature]

    agreement = models.ForeignKey(LearningAgreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    # The one spelling of ``recognition.texts.written``: the fingerprint is made over exactly this.
    text = models.TextField(_("text"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    reason = models.CharField(_("why it was changed"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} – {self.number}"

    @property
    def content(self) -> dict[str, Any]:
        return dict(json.loads(self.text))


class Signature(models.Model):
    """What one party answered to one version: signed, or refused with a reason. Never edited."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField(_("for"), max_length=10, choices=Party)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.SIGNED)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # As they were at that moment.
    name = models.CharField(_("name"), max_length=150)
    office = models.CharField(_("office"), max_length=250)
    signed_at = models.DateTimeField(_("signed at"))
    fingerprint = models.CharField(_("fingerprint of what was signed"), max_length=64)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # Binds all of the above together with a key that is not in the database.
    seal = models.CharField(_("seal"), max_length=64)

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "party"], name="signature_once_per_party"),
            models.CheckConstraint(
                condition=Q(answer=Answer.SIGNED) | ~Q(reason=""), name="signature_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.name}"

    @property
    def facts(self) -> tuple[str, ...]:
        """What the seal binds, in its order."""
        return (
            self.fingerprint,
            self.party,
            self.answer,
            str(self.person_id),
            self.name,
            self.office,
            self.signed_at.isoformat(),
            self.reason,
        )
