from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import RoomText, SlotVote

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

PERSON = settings.AUTH_USER_MODEL


class RoomPad(models.Model):
    """A text that a team writes together; made when somebody opens it first."""

    team = models.ForeignKey("exchange.Team", on_delete=models.PROTECT, related_name="pads")
    subject = models.CharField(max_length=10, choices=RoomText)
    pad = models.OneToOneField("pads.Pad", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "subject"], name="room_pad_once_per_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.team} – {self.get_subject_display()}"


class RoomFile(models.Model):
    """One version of a file of a team. The same name again is the next version; removed ones stay recorded."""

    team = models.ForeignKey("exchange.Team", on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("name"), max_length=150)
    version = models.PositiveSmallIntegerField(_("version"))
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))
    removed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("removed at"), null=True)
    # Made with the empty form: the same form sent twice is one version.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["name", "-version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "name", "version"], name="room_file_version_once"),
            models.CheckConstraint(
                condition=Q(removed_by=None, removed_at=None)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="room_file_removed_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class RoomTask(models.Model):
    """Something a team has to do: what, who, until when, done."""

    team = models.ForeignKey("exchange.Team", on_delete=models.PROTECT, related_name="tasks")
    text = models.CharField(_("what is to be done"), max_length=200)
    assignee = models.ForeignKey(
        PERSON, verbose_name=_("who does it"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_date = models.DateField(_("until"), null=True, blank=True)
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    done_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(_("done at"), null=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["due_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by=None, done_at=None) | Q(done_by__isnull=False, done_at__isnull=False),
                name="room_task_done_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["assignee", "done_at", "due_date"], name="room_task_of_person")]

    def __str__(self) -> str:
        return self.text


class Meeting(models.Model):
    """A meeting of a team: first times to choose from (``MeetingSlot``), then one time."""

    if TYPE_CHECKING:
        slots: RelatedManager[MeetingSlot]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    team = models.ForeignKey("exchange.Team", on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("what about"), max_length=120)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(15), MaxValueValidator(240)]
    )
    link = models.URLField(_("link to where you meet"), max_length=500, blank=True)
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    # Empty until the team has chosen; who, when and what are set together.
    starts_at = models.DateTimeField(_("begins"), null=True)
    closed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None, starts_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False, starts_at__isnull=False),
                name="meeting_closed_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingSlot(models.Model):
    """A time at which a meeting could begin."""

    if TYPE_CHECKING:
        votes: RelatedManager[MeetingVote]

    meeting = models.ForeignKey("exchange.Meeting", on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("begins"))

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "starts_at"], name="meeting_slot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} – {self.starts_at}"


class MeetingVote(models.Model):
    """Whether one person can come at one time."""

    slot = models.ForeignKey("exchange.MeetingSlot", on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    vote = models.CharField(max_length=5, choices=SlotVote)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "person"], name="meeting_vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_vote_display()}"


class MeetingPresence(models.Model):
    """A member says that they were at a meeting."""

    meeting = models.ForeignKey("exchange.Meeting", on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("noted at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="meeting_presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.meeting}"


class RoomVisit(models.Model):
    """Up to which message a person has read in a team's room, and when they last opened it."""

    team = models.ForeignKey("exchange.Team", on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    last_post = models.PositiveBigIntegerField(default=0)
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "person"], name="room_visit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.team}"


class Pulse(models.Model):
    """How the work in the team goes for one member in one week. Their teachers read it; their team never does."""

    team = models.ForeignKey("exchange.Team", on_delete=models.PROTECT, related_name="pulses")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    # The Friday of the course, on the member's own calendar.
    week_date = models.DateField(_("week"))
    going = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    share = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    words = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered at"))

    class Meta:
        ordering = ["week_date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "person", "week_date"], name="pulse_once_a_week"),
            models.CheckConstraint(
                condition=Q(going__gte=1, going__lte=5, share__gte=1, share__lte=5), name="pulse_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} – {self.week_date}"
