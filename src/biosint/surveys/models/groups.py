from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from biosint.shared.words import in_language


class AskedGroup(models.Model):
    """A part of the people asked at one institution, e.g. its second year.

    Groups of several institutions that carry the same ``code`` are one group in the results. A group
    says how many answers are wanted, never which people belong to it.
    """

    asked = models.ForeignKey("surveys.AskedInstitution", on_delete=models.CASCADE, related_name="groups")
    code = models.SlugField(_("address word"), max_length=40)
    label = models.JSONField(_("name"))  # language code -> text
    place = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    invited = models.PositiveIntegerField(_("people asked"), null=True, blank=True)
    # Fewer answers than ``least`` are too few to speak for the group; at ``most`` it is full and closes.
    least = models.PositiveIntegerField(_("least answers wanted"), null=True, blank=True)
    most = models.PositiveIntegerField(_("most answers wanted"), null=True, blank=True)
    # When ``most`` was reached, rounded up to a quarter of an hour: forms opened before still count.
    full_at = models.DateTimeField(_("full since"), null=True, blank=True)

    class Meta:
        ordering = ["asked", "place", "pk"]
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        constraints = [
            models.UniqueConstraint(fields=["asked", "code"], name="asked_group_once_per_institution"),
            models.CheckConstraint(
                condition=Q(most=None) | Q(most__gte=1), name="asked_group_wants_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(most=None) | Q(least=None) | Q(most__gte=F("least")),
                name="asked_group_least_below_most",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.label).text or self.code


class Ticket(models.Model):
    """The right to answer once. It does not know whose it is, and no answer knows its ticket.

    Only a keyed fingerprint of the code on the ticket is kept, and whether it is spent: no moment,
    no number, no order (docs/adr/0022).
    """

    digest = models.CharField(_("fingerprint"), max_length=64, primary_key=True)
    asked = models.ForeignKey("surveys.AskedInstitution", on_delete=models.CASCADE, related_name="tickets")
    group = models.ForeignKey(AskedGroup, null=True, on_delete=models.CASCADE, related_name="tickets")
    spent = models.BooleanField(_("spent"), default=False)

    class Meta:
        ordering = ["digest"]
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")

    def __str__(self) -> str:
        return self.digest[:8]
