from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Tool(models.Model):
    """A service elsewhere that people open from here, and how it proves who it is."""

    # Also the tool's client id.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Empty: every institution of this site may use it.
    institution = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what it is for"), max_length=1000, blank=True)
    launch_url = models.URLField(_("address that opens it"), max_length=500)
    login_url = models.URLField(_("address of its sign-in"), max_length=500)
    # Where the tool may have the answer of its sign-in sent; the launch address is always one of them.
    redirect_urls = models.JSONField(_("addresses for the answer"), default=list)
    deep_link_url = models.URLField(_("address for choosing content"), max_length=500, blank=True)
    # One of the two: where the tool shows its public keys, or the keys themselves.
    keyset_url = models.URLField(_("address of its keys"), max_length=500, blank=True)
    keys = models.JSONField(_("its public keys"), default=dict, blank=True)
    keys_read_at = models.DateTimeField(_("keys read at"), null=True)
    shares_name = models.BooleanField(_("the tool learns the person's name"), default=False)
    shares_email = models.BooleanField(_("the tool learns the e-mail address"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("registered at"))

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["institution", "name"], name="tool_of_institution")]

    def __str__(self) -> str:
        return self.name

    @property
    def client_id(self) -> str:
        return str(self.public_id)

    @property
    def deployment_id(self) -> str:
        """Every tool is deployed once: the whole site is one deployment."""
        return f"{self.pk}"

    @property
    def answer_urls(self) -> frozenset[str]:
        return frozenset({self.launch_url, *self.redirect_urls, *filter(None, [self.deep_link_url])})


class PlatformKey(models.Model):
    """A key with which this site signs what it tells tools. The newest signs; older ones are still shown."""

    kid = models.CharField(max_length=64, unique=True)
    public = models.JSONField()
    sealed = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.kid


class Acquaintance(models.Model):
    """Under which name one tool knows a person. Two tools cannot find out that they know the same person."""

    tool = models.ForeignKey("lti.Tool", on_delete=models.CASCADE, related_name="acquaintances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sub = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # When the person was told what the tool learns, and went on.
    agreed_at = models.DateTimeField(_("agreed at"), null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "person"], name="acquaintance_once_per_tool"),
        ]

    def __str__(self) -> str:
        return str(self.sub)


class Link(models.Model):
    """One place from which a tool is opened, with the content it opens there."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tool = models.ForeignKey("lti.Tool", on_delete=models.PROTECT, related_name="links")
    # The kind of its home and the key of the thing there; the home says who is let in.
    home = models.CharField(max_length=60)
    key = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=200)
    # Empty: the tool's own address.
    url = models.URLField(_("address"), max_length=500, blank=True)
    custom = models.JSONField(_("parameters"), default=dict, blank=True)
    takes_results = models.BooleanField(_("takes results"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["home", "key"], name="lti_link_once_per_place")]

    def __str__(self) -> str:
        return self.title


class Result(models.Model):
    """What a tool last said of one person's work in one place."""

    link = models.ForeignKey("lti.Link", on_delete=models.PROTECT, related_name="results")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Empty where the tool reports only that work was begun or finished.
    given = models.DecimalField(_("points"), max_digits=12, decimal_places=4, null=True)
    maximum = models.DecimalField(_("of"), max_digits=12, decimal_places=4, null=True)
    activity_progress = models.CharField(max_length=20)
    grading_progress = models.CharField(max_length=20)
    comment = models.TextField(_("comment"), blank=True, validators=[MaxLengthValidator(5000)])
    # The tool's own clock: an older message never replaces a newer one.
    said_at = models.DateTimeField(_("said at"))
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["link", "person"], name="lti_result_once_per_person"),
            models.CheckConstraint(
                condition=Q(given=None) | Q(given__gte=Decimal(0), maximum__gt=Decimal(0)),
                name="lti_result_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link}: {self.given}/{self.maximum}"


class SpentToken(models.Model):
    """A signed word of a tool that was used: nobody may use it again while it would still be valid."""

    tool = models.ForeignKey("lti.Tool", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    valid_until = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["tool", "digest"], name="lti_token_spent_once")]

    def __str__(self) -> str:
        return self.digest


class Choice(models.Model):
    """Content that a person is choosing in a tool, until it is taken over."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tool = models.ForeignKey("lti.Tool", on_delete=models.CASCADE, related_name="+")
    home = models.CharField(max_length=60)
    key = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField(_("begun at"))
    # {"title": "...", "url": "...", "custom": {...}}; empty until the tool has answered.
    chosen = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return str(self.public_id)
