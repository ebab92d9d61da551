from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import RequirementKind


class Requirement(models.Model):
    """What a course asks of those who apply, beyond being open.

    The level of the language and the fields of study stand in the course itself: a requirement of these
    kinds only says that they are judged. What an applicant answered is kept with the application.
    """

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="requirements")
    kind = models.CharField(_("kind"), max_length=12, choices=RequirementKind)
    # Questions of the course's own are numbered 1 and 2; the other kinds stand once.
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    # The year from which on (“3”), the earlier knowledge as a sentence, or the question; else empty.
    text = models.CharField(_("text"), max_length=300, blank=True)
    # Without it nobody can apply; else applicants who fall short say why they should have a place.
    is_hard = models.BooleanField(_("nobody can apply without it"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "kind", "number"], name="requirement_once_per_course"),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.get_kind_display()}"
