from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PutForward(models.Model):
    """A faculty says that somebody is its student and may use one of its places. It is no application: that is theirs."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="put_forward")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # As the faculty wrote them: what the account itself says is not the faculty's to read.
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("email address"), max_length=254)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField(_("put forward at"))
    # Empty until the letter has left, so that a killed worker goes on where it stopped.
    letter_at = models.DateTimeField(_("letter sent at"), null=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person put forward")
        verbose_name_plural = _("people put forward")
        constraints = [
            models.UniqueConstraint(fields=["course", "learner"], name="put_forward_once_per_course"),
        ]

    def __str__(self) -> str:
        return self.name
