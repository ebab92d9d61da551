from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class IntakeState(models.TextChoices):
    CHECKING = "checking", _("being read")
    CHECKED = "checked", _("read, not imported")
    WRITING = "writing", _("being imported")
    DONE = "done", _("imported")


class Intake(models.Model):
    """A file of answers on its way in: looked at first, written only when somebody says so.

    It holds how the file is read and what was found; the answers themselves go into an answer set.
    """

    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    # The fingerprint of the content: the same file is not taken twice into one set.
    checksum = models.CharField(_("checksum"), max_length=64)
    # Where the answers go: an existing set, or (none yet) a new one that the file describes itself.
    target = models.ForeignKey(
        "surveys.AnswerSet", null=True, on_delete=models.PROTECT, related_name="intakes"
    )
    # Hidden set into which rows are written; at the end all of them count at once, or none.
    staging = models.ForeignKey("surveys.AnswerSet", null=True, on_delete=models.SET_NULL, related_name="+")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    layout = models.JSONField(_("layout of the file"), default=dict)
    plan = models.JSONField(_("use of the columns"), default=dict)
    report = models.JSONField(_("report"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=IntakeState, default=IntakeState.CHECKING)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    # Empty until it is imported; who and when are set together.
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField(_("imported at"), null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("import of answers")
        verbose_name_plural = _("imports of answers")
        constraints = [
            models.UniqueConstraint(
                fields=["target", "checksum"], condition=Q(state="done"), name="intake_same_file_once"
            ),
            models.CheckConstraint(
                condition=Q(imported_by=None, imported_at=None)
                | Q(imported_by__isnull=False, imported_at__isnull=False),
                name="intake_imported_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
