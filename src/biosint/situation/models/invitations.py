from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    """A mail address that is asked to answer one campaign.

    The code of its ticket follows from ``seed`` and the secret of the platform; the ticket itself
    stands in ``surveys`` and knows no address. All invitations are deleted when the campaign ends.
    """

    campaign = models.ForeignKey("situation.Campaign", on_delete=models.CASCADE, related_name="invitations")
    asked = models.ForeignKey("surveys.AskedInstitution", on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey("surveys.AskedGroup", null=True, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(_("mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=10)
    seed = models.CharField(_("seed of the ticket"), max_length=32, unique=True)
    mails = models.PositiveSmallIntegerField(_("mails sent"), default=0)
    # Only the day: two mails keep days between them, and no more needs to be known.
    last_mail_date = models.DateField(_("last mail on"), null=True)
    # The mail server knows no such address; it is not tried again.
    is_refused = models.BooleanField(_("address refused"), default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "address"], name="invitation_once_per_address"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.pk}"


class MailRefusal(models.Model):
    """Somebody who does not want to be written to again by campaigns. Only a keyed fingerprint is kept."""

    digest = models.CharField(_("fingerprint of the address"), max_length=64, primary_key=True)

    class Meta:
        ordering = ["digest"]
        verbose_name = _("refusal of mail")
        verbose_name_plural = _("refusals of mail")

    def __str__(self) -> str:
        return self.digest[:8]
