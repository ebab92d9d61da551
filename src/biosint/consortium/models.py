from __future__ import annotations

import uuid
from calendar import monthrange
from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.consortium.states import STANDING, MembershipState, Role

LONGEST_MONTHS = 120


def _months_later(start: date, months: int) -> date:
    """Return the same day of a later month; the last day where that month is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


class Consortium(models.Model):
    """A project that institutions carry out together, under one title and (mostly) one grant.

    It is the frame of work plans, index rounds and reports; it is not a legal person and
    holds no money.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address word"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=250, unique=True)
    acronym = models.CharField(_("acronym"), max_length=40)
    grant_reference = models.CharField(_("grant reference"), max_length=80, blank=True)
    programme = models.CharField(_("funding programme"), max_length=200, blank=True)
    start_date = models.DateField(_("first day"))
    months = models.PositiveSmallIntegerField(
        _("length in months"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MONTHS)]
    )
    coordinator = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        related_name="coordinated_consortia",
        verbose_name=_("coordinating institution"),
    )
    summary = models.JSONField(_("summary"), default=dict, blank=True)  # language code -> text
    disclaimer = models.TextField(_("disclaimer of the funder"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-start_date", "pk"]
        verbose_name = _("consortium")
        verbose_name_plural = _("consortia")
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=LONGEST_MONTHS), name="consortium_months_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.acronym

    @property
    def end_date(self) -> date:
        """The first day after the project."""
        return _months_later(self.start_date, self.months)

    def starts_month(self, month: int) -> date:
        """Return the first day of project month ``month``, counted from 1."""
        return _months_later(self.start_date, month - 1)

    def month_of(self, day: date) -> int:
        """Return the project month of a day, counted from 1; 0 or less before the start."""
        whole = (day.year - self.start_date.year) * 12 + day.month - self.start_date.month
        return whole + 1 if day >= _months_later(self.start_date, whole) else whole


class Membership(models.Model):
    """One institution's part in one consortium: asked for or invited, decided, perhaps ended.

    The member is the institution; ``asked_by`` is only the person who spoke for it (or, for an
    invitation, who invited it).
    """

    consortium = models.ForeignKey(Consortium, on_delete=models.PROTECT, related_name="memberships")
    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PARTNER)
    state = models.CharField(_("state"), max_length=10, choices=MembershipState)
    why = models.TextField(_("why"), max_length=2000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    # Empty until somebody decides; who and when are set together (constraint below).
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True)

    class Meta:
        ordering = ["institution__name", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "institution"],
                condition=Q(state__in=STANDING),
                name="membership_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["consortium"],
                condition=Q(role=Role.COORDINATOR, state=MembershipState.MEMBER),
                name="membership_one_coordinator",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="membership_decided_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MembershipState.INVITED, MembershipState.ASKED], decided_at=None)
                | Q(
                    state__in=[MembershipState.MEMBER, MembershipState.DECLINED, MembershipState.LEFT],
                    decided_at__isnull=False,
                ),
                name="membership_decided_when_no_longer_open",
            ),
        ]
        indexes = [models.Index(fields=["consortium", "state"], name="membership_by_state")]

    def __str__(self) -> str:
        return f"{self.institution} – {self.consortium}"


class Invitation(models.Model):
    """A letter to one address that lets its reader answer an invited membership.

    Only a fingerprint of the link is kept, so that nobody who reads the database can accept.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    fingerprint = models.CharField(max_length=64, unique=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent at"))
    valid_until = models.DateTimeField(_("valid until"))
    # Empty until somebody answers; who and when are set together.
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="invitation_answered_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} ({self.email})"
