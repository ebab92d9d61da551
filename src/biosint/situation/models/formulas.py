from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.shared.words import in_language
from iahcalc.maturity import Formula, parse_formula


class FormulaVersion(models.Model):
    """A formula of the index as the file it is written in. It never changes: a correction is a new one.

    Supplied ones belong to no consortium and are open to all; each round keeps the one it was planned with.
    """

    consortium = models.ForeignKey(
        "consortium.Consortium", null=True, on_delete=models.PROTECT, related_name="formulas"
    )
    code = models.CharField(_("code"), max_length=40)
    title = models.JSONField(_("title"))
    source = models.TextField(_("file"))
    # Empty for the supplied ones.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("in use since"))

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = _("formula")
        verbose_name_plural = _("formulas")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(consortium=None), name="formula_code_once_supplied"
            ),
            models.UniqueConstraint(fields=["consortium", "code"], name="formula_code_once_in_a_consortium"),
            models.CheckConstraint(
                condition=Q(consortium=None, added_by=None)
                | Q(consortium__isnull=False, added_by__isnull=False),
                name="formula_of_a_consortium_has_an_author",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title).text

    @property
    def formula(self) -> Formula:
        """The formula that the file holds; it was read once before it was kept, so it can be read."""
        return _read(self.source)


# A page draws the same few formulas again and again.
@lru_cache(maxsize=64)
def _read(source: str) -> Formula:
    return parse_formula(source)
