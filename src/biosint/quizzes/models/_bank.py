from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.quizzes.content import from_json
from biosint.quizzes.states import QuestionKind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from biosint.quizzes.content import Question as Content


class Bank(models.Model):
    """A collection of questions and quizzes that several teachers keep together.

    Who keeps it: its keepers, and whomever an app above names (the teachers of a course).
    """

    if TYPE_CHECKING:
        keepings: RelatedManager[Keeping]
        questions: RelatedManager[Question]

    title = models.CharField(_("title"), max_length=150)
    institution = models.ForeignKey(
        "institutions.Institution",
        verbose_name=_("institution"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_shared = models.BooleanField(
        _("colleagues may use it"),
        default=False,
        help_text=_("All teachers of your institution may then use its questions. Only keepers change them."),
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        indexes = [models.Index(fields=["institution", "is_shared"], name="quizzes_bank_shared")]

    def __str__(self) -> str:
        return self.title


class Keeping(models.Model):
    """Somebody keeps a bank: changes its questions and sees what was answered."""

    bank = models.ForeignKey("quizzes.Bank", on_delete=models.CASCADE, related_name="keepings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"))

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["bank", "person"], name="keeping_once_per_bank")]

    def __str__(self) -> str:
        return f"{self.person} – {self.bank}"


class Question(models.Model):
    """A question through all its versions. What it asks stands in the versions."""

    if TYPE_CHECKING:
        versions: RelatedManager[QuestionVersion]
        tags: RelatedManager[Tag]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey("quizzes.Bank", on_delete=models.PROTECT, related_name="questions")
    # Parts of a path, as people sort things: “Cardiology/ECG”.
    folder = models.CharField(_("folder"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind)
    title = models.CharField(_("title"), max_length=150)
    # Everything that is asked, in every language, in small letters: what the search looks through.
    wording = models.TextField(editable=False)
    newest = models.ForeignKey(
        "quizzes.QuestionVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Empty while it can be used; never deleted, because attempts refer to it.
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(_("removed at"), null=True)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_by=None, removed_at=None)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="question_removed_by_and_at_together",
            ),
        ]
        indexes = [
            models.Index(fields=["bank", "removed_at", "-changed_at"], name="question_newest_first"),
            models.Index(fields=["bank", "folder"], name="question_by_folder"),
        ]

    def __str__(self) -> str:
        return self.title


class QuestionVersion(models.Model):
    """One state of a question. It never changes: an attempt refers to what was asked."""

    question = models.ForeignKey("quizzes.Question", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    # ``quizzes.content.as_json``
    content = models.JSONField(_("content"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}, {self.number}"

    @property
    def asked(self) -> Content:
        return from_json(self.content)


class Tag(models.Model):
    """A word by which questions are found and drawn."""

    question = models.ForeignKey("quizzes.Question", on_delete=models.CASCADE, related_name="tags")
    word = models.CharField(_("tag"), max_length=60)

    class Meta:
        ordering = ["word", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "word"], name="tag_once_per_question")]
        indexes = [models.Index(fields=["word", "question"], name="tag_by_word")]

    def __str__(self) -> str:
        return self.word
