from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Disclosure(models.Model):
    """An institution agrees that its index in one round is shown to others beside its name.

    It is no part of the round: a closed round stays as it is, whether its institutions agree or not.
    """

    participation = models.OneToOneField(
        "situation.Participation", on_delete=models.CASCADE, related_name="disclosure"
    )
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(_("agreed at"))

    class Meta:
        ordering = ["participation", "pk"]

    def __str__(self) -> str:
        return str(self.participation)


class OutsideIndex(models.Model):
    """The index of an institution that is not on this platform, with the source it was taken from."""

    consortium = models.ForeignKey(
        "consortium.Consortium", on_delete=models.PROTECT, related_name="outside_indices"
    )
    name = models.CharField(_("institution"), max_length=150)
    country = models.CharField(_("country"), max_length=2)
    year = models.PositiveSmallIntegerField(_("year"))
    index = models.FloatField(_("index"))
    source = models.CharField(_("source"), max_length=300)
    address = models.URLField(_("web address"), max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        ordering = ["-index", "name", "pk"]
        verbose_name = _("index from outside")
        verbose_name_plural = _("indices from outside")
        constraints = [
            models.UniqueConstraint(fields=["consortium", "name", "year"], name="outside_index_once_a_year"),
            models.CheckConstraint(condition=Q(index__gte=0, index__lte=100), name="outside_index_in_range"),
            models.CheckConstraint(condition=~Q(source=""), name="outside_index_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.year}"
