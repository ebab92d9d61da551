from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Codebook(models.Model):
    """How the open answers to one question are sorted: its codes, its two coders, and what they agreed on.

    It holds no answers: those stay in their set. Closed, its codes are variables of the set like any other.
    """

    answer_set = models.ForeignKey("surveys.AnswerSet", on_delete=models.PROTECT, related_name="codebooks")
    question = models.CharField(_("question"), max_length=60)
    # Both coders code so many answers, drawn by chance; the first one codes the rest alone. Empty: both code all.
    sample_size = models.PositiveIntegerField(_("answers that both code"), null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        ordering = ["answer_set", "question"]
        verbose_name = _("codebook")
        verbose_name_plural = _("codebooks")
        constraints = [
            models.UniqueConstraint(fields=["answer_set", "question"], name="codebook_once_for_a_question"),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="codebook_closed_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_set}: {self.question}"

    def get_absolute_url(self) -> str:
        return reverse("situation:codebook", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Code(models.Model):
    """One kind of answer: its name, when to give it, and an example."""

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="codes")
    word = models.SlugField(_("code"), max_length=30)
    label = models.CharField(_("name"), max_length=100)
    definition = models.CharField(_("given when"), max_length=500)
    example = models.CharField(_("example"), max_length=300, blank=True)

    class Meta:
        ordering = ["codebook", "pk"]
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.UniqueConstraint(fields=["codebook", "word"], name="code_word_once_in_a_codebook"),
        ]

    def __str__(self) -> str:
        return self.label


class Coder(models.Model):
    """Somebody who codes the answers to one question; the first of two, or the second."""

    FIRST, SECOND = 1, 2

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="coders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(_("place"), choices=[(FIRST, _("first")), (SECOND, _("second"))])
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(_("named at"))

    class Meta:
        ordering = ["codebook", "place"]
        constraints = [
            models.UniqueConstraint(fields=["codebook", "place"], name="coder_place_once_in_a_codebook"),
            models.UniqueConstraint(fields=["codebook", "person"], name="coder_once_in_a_codebook"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_place_display()}"


class Coding(models.Model):
    """What one coder gave one answer. An empty list says: read, and no code fits."""

    coder = models.ForeignKey(Coder, on_delete=models.CASCADE, related_name="codings")
    submission = models.ForeignKey("surveys.Submission", on_delete=models.CASCADE, related_name="+")
    codes = models.JSONField(_("codes"), default=list)  # words of codes, sorted

    class Meta:
        ordering = ["coder", "submission"]
        constraints = [
            models.UniqueConstraint(fields=["coder", "submission"], name="coding_once_for_an_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.coder_id}/{self.submission_id}"


class FinalCoding(models.Model):
    """What an answer was given in the end, where the two coders had differed."""

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="final_codings")
    submission = models.ForeignKey("surveys.Submission", on_delete=models.CASCADE, related_name="+")
    codes = models.JSONField(_("codes"), default=list)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        ordering = ["codebook", "submission"]
        constraints = [
            models.UniqueConstraint(
                fields=["codebook", "submission"], name="final_coding_once_for_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.codebook_id}/{self.submission_id}"


class Quote(models.Model):
    """A sentence of an open answer that a keeper made unrecognisable by hand and released, one by one.

    It does not say from which answer it comes.
    """

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="quotes")
    text = models.CharField(_("quote"), max_length=500)
    language = models.CharField(_("language"), max_length=12, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(_("released at"))

    class Meta:
        ordering = ["code", "pk"]
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self) -> str:
        # Not its words: the trail keeps this label also when a quote is taken back.
        return f"{self.code} {self.pk}"
