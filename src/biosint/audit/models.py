from django.db import models
from django.utils.translation import gettext_lazy as _


class Line(models.Model):
    """One line of the trail: who did what to which record, when.

    No foreign keys: a line outlives the record and the person it names.
    """

    action = models.CharField(_("action"), max_length=80)
    subject_kind = models.CharField(_("kind of record"), max_length=60)
    subject_id = models.CharField(_("record"), max_length=40)
    subject_label = models.CharField(_("name of the record"), max_length=200)
    by_id = models.BigIntegerField(_("person"), null=True)
    by_label = models.CharField(_("name of the person"), max_length=200)
    at = models.DateTimeField(_("at"))
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("line of the audit trail")
        verbose_name_plural = _("lines of the audit trail")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="audit_line_of_a_record"),
            models.Index(fields=["by_id", "at"], name="audit_line_of_a_person"),
            models.Index(fields=["-at", "-id"], name="audit_line_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_label}: {self.action} {self.subject_label}"

    @property
    def deed(self) -> str:
        """The action in words: “membership invited”."""
        return " ".join(self.action.split(".")[1:]).replace("_", " ")
