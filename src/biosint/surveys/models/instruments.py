from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptInstrument(models.Model):
    """One version of an instrument that an institution keeps to use again. It never changes.

    It is a source to copy from: a questionnaire carries its own scoring keys and hangs on nothing here.
    """

    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=40)
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))  # an entry of the library, see ``library.py``
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        ordering = ["institution", "code", "-number"]
        verbose_name = _("instrument of an institution")
        verbose_name_plural = _("instruments of institutions")
        constraints = [
            models.UniqueConstraint(fields=["institution", "code", "number"], name="instrument_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"
