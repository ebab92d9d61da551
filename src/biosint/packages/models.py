"""Records of foreign packages: versions and their files, and what a person has reached in one."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.packages.states import PLAYER_BYTES, Standard, VersionState

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

IN_PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class Package(models.Model):
    """What learners find at one place, in the version that was handed in last.

    It does not say who may play it: the app that made up the place does.
    """

    if TYPE_CHECKING:
        versions: RelatedManager[PackageVersion]

    # ``app.thing:key`` of the app above, such as “exchange.activity:12”.
    place = models.CharField(_("place"), max_length=80, unique=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("package")
        verbose_name_plural = _("packages")

    def __str__(self) -> str:
        return self.place


class PackageVersion(models.Model):
    """One package as it was handed in. It is never changed: who has begun with a version stays with it."""

    if TYPE_CHECKING:
        files: RelatedManager[PackageFile]

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    # Made with the empty form, so that a form sent twice is one version.
    key = models.UUIDField(_("key of the form"), unique=True)
    standard = models.CharField(_("standard"), max_length=10, choices=Standard)
    title = models.CharField(_("title"), max_length=200)
    # What there is to start (``archives.Contents.outline``).
    outline = models.JSONField(_("outline"), default=dict)
    name = models.CharField(_("file name"), max_length=150)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    unpacked_size = models.PositiveBigIntegerField(_("size of all files in bytes"))
    # What a weak line carries: text is sent packed.
    sent_size = models.PositiveBigIntegerField(_("size as sent in bytes"), default=0)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=VersionState, default=VersionState.UNPACKING)
    failure = models.CharField(_("what went wrong"), max_length=500, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("handed in at"))

    class Meta:
        ordering = ["package", "-number"]
        verbose_name = _("version of a package")
        verbose_name_plural = _("versions of packages")
        constraints = [
            models.UniqueConstraint(fields=["package", "number"], name="package_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def bytes_to_load(self) -> int:
        """At most so many bytes come over the line at the first opening: all files, and the player."""
        return self.sent_size + PLAYER_BYTES[Standard(self.standard)]


class PackageFile(models.Model):
    """One unpacked file of a version. Equal contents of all packages share one place in the store."""

    version = models.ForeignKey(PackageVersion, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(_("path"), max_length=300)
    # Programs on Windows mix capitals; a page asks for “Index.HTML” and means “index.html”.
    folded = models.CharField(_("path without capitals"), max_length=600)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("format"), max_length=100)
    has_packed_copy = models.BooleanField(_("has a packed copy"), default=False)

    class Meta:
        ordering = ["version", "path"]
        constraints = [
            models.UniqueConstraint(fields=["version", "path"], name="package_file_path_once"),
        ]
        indexes = [models.Index(fields=["version", "folded"], name="package_file_by_folded_path")]

    def __str__(self) -> str:
        return self.path


class Attempt(models.Model):
    """One person's way through one version, from the first opening on. Points are 0 to 100."""

    if TYPE_CHECKING:
        items: RelatedManager[ItemState]
        statements: RelatedManager[Statement]

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="attempts")
    version = models.ForeignKey(PackageVersion, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(_("attempt"), default=1)
    # A teacher tries the package out: nothing of it counts.
    is_trial = models.BooleanField(_("is a trial"), default=False)
    # Rises with every player that is opened. The one opened last is listened to (two tabs, two devices).
    opening = models.PositiveIntegerField(_("opening"), default=0)
    started_at = models.DateTimeField(_("started at"))
    reported_at = models.DateTimeField(_("last report at"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    passed = models.BooleanField(_("passed"), null=True)
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=2, null=True, validators=IN_PERCENT
    )
    seconds = models.PositiveIntegerField(_("time spent in seconds"), default=0)

    class Meta:
        ordering = ["package", "person", "number"]
        verbose_name = _("attempt at a package")
        verbose_name_plural = _("attempts at packages")
        constraints = [
            models.UniqueConstraint(
                fields=["package", "person", "is_trial", "number"], name="package_attempt_number_once"
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=100),
                name="package_attempt_points_in_percent",
            ),
        ]
        indexes = [models.Index(fields=["person", "package"], name="package_attempt_of_person")]

    def __str__(self) -> str:
        return f"{self.person} – {self.version} – {self.number}"


class ItemState(models.Model):
    """Where one part of a package (a SCO; the whole of an H5P content) was left, as the package itself says it."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    item = models.CharField(_("part"), max_length=200)
    # The opening and the count within it of the report that was kept: older ones change nothing.
    opening = models.PositiveIntegerField(_("opening"))
    sequence = models.PositiveIntegerField(_("count"))
    state = models.JSONField(_("state"), default=dict)
    is_done = models.BooleanField(_("is done"), default=False)
    passed = models.BooleanField(_("passed"), null=True)
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=2, null=True, validators=IN_PERCENT
    )
    seconds = models.PositiveIntegerField(_("time spent in seconds"), default=0)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["attempt", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "item"], name="package_item_once_per_attempt"),
        ]

    def __str__(self) -> str:
        return self.item


class Statement(models.Model):
    """One xAPI statement that a package has sent, without the actor: the attempt knows the person."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="statements")
    key = models.UUIDField(_("identifier"), default=uuid.uuid4)
    verb = models.CharField(_("verb"), max_length=200)
    thing = models.CharField(_("about"), max_length=300, blank=True)
    content = models.JSONField(_("statement"), default=dict)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        ordering = ["attempt", "pk"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "key"], name="package_statement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.thing}"
