from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.surveys.definitions import Definition, parse
from biosint.surveys.states import Audience


class Questionnaire(models.Model):
    """A questionnaire through all its versions. What is asked stands in its versions."""

    title = models.JSONField(_("title"))  # language code -> text, as in the latest version
    audience = models.CharField(_("asked of"), max_length=20, choices=Audience)
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    template = models.CharField(_("supplied template"), max_length=40, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return str(self.title.get("en") or next(iter(self.title.values()), ""))


class Version(models.Model):
    """One wording of a questionnaire. Published, it never changes: answers are read by it."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    # Language -> address of a text -> [language it was translated from, fingerprint of what stood there].
    sources = models.JSONField(_("sources of the translations"), default=dict, blank=True)
    # The published version of which this one corrects nothing but words (docs/adr/0018).
    words_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    # Empty while it is a draft; who and when are set together.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = ["questionnaire", "-number"]
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(published_at=None), name="version_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="version_published_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return _("%(questionnaire)s, version %(number)s") % {
            "questionnaire": self.questionnaire,
            "number": self.number,
        }

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @cached_property
    def definition(self) -> Definition:
        return parse(self.content)
