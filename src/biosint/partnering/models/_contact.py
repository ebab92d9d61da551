from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.partnering.models._offer import Offer

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Contact(models.Model):
    """What two teachers write to each other about one offer. Only these two read it; no address is shown."""

    if TYPE_CHECKING:
        messages: RelatedManager[Message]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="contacts")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    # The course that came of it; empty until one of the two begins it.
    course = models.ForeignKey("exchange.Course", null=True, on_delete=models.SET_NULL, related_name="+")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(_("course begun at"), null=True)
    created_at = models.DateTimeField(_("created at"))
    written_at = models.DateTimeField(_("last written at"))

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "asker"], name="contact_once_per_offer"),
            models.CheckConstraint(
                condition=Q(begun_by=None, begun_at=None) | Q(begun_by__isnull=False, begun_at__isnull=False),
                name="contact_begun_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["asker", "-written_at"], name="contact_of_asker")]

    def __str__(self) -> str:
        return self.offer.title

    def get_absolute_url(self) -> str:
        return reverse("partnering:contact", args=[self.public_id])


class Message(models.Model):
    """One message of a contact. Never edited."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="messages")
    key = models.UUIDField(unique=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"), max_length=4000)
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["author", "sent_at"], name="message_of_author")]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"


class Block(models.Model):
    """One person wants no messages from another. The other is not told who blocked them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(person=F("blocked")), name="block_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.blocked}"


class Report(models.Model):
    """A person tells the site's administrator about an offer or a contact that should not be."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="reports")
    # Empty: the offer itself is meant.
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("what is wrong"), max_length=500)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("reported at"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_by=None, settled_at=None)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="report_of_offer_settled_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["settled_at", "-reported_at"], name="report_of_offer_open")]

    def __str__(self) -> str:
        return f"{self.offer}: {self.reason[:60]}"
