from __future__ import annotations

import factory

from biosint.exchange.models import Attendance, Contribution, FormerWords, LiveRoom, Thread, Visit, WorkPad
from clock import NOON
from factories.exchange import ActivityFactory, AdmittedFactory, ProductFactory, TeamFactory
from factories.pads import PadFactory
from factories.people import PersonFactory


class ThreadFactory(factory.django.DjangoModelFactory[Thread]):
    """A thread of the whole course, without its opening."""

    class Meta:
        model = Thread

    activity = factory.SubFactory(ActivityFactory, kind="discussion")
    title = factory.Sequence(lambda n: f"Antibiotics at home {n + 1}")
    begun_by = factory.SubFactory(PersonFactory)
    begun_at = NOON
    last_at = NOON


class ContributionFactory(factory.django.DjangoModelFactory[Contribution]):
    class Meta:
        model = Contribution

    thread = factory.SubFactory(ThreadFactory)
    activity = factory.SelfAttribute("thread.activity")
    author = factory.SubFactory(PersonFactory)
    text = "Ours are sold without a prescription."
    written_at = NOON


class FormerWordsFactory(factory.django.DjangoModelFactory[FormerWords]):
    class Meta:
        model = FormerWords

    contribution = factory.SubFactory(ContributionFactory)
    text = "Ours were sold freely."
    replaced_at = NOON


class VisitFactory(factory.django.DjangoModelFactory[Visit]):
    class Meta:
        model = Visit

    activity = factory.SubFactory(ActivityFactory, kind="discussion")
    person = factory.SubFactory(PersonFactory)
    last_at = NOON


class WorkFactory(ProductFactory):
    """What a team handed in for an activity."""

    activity = factory.SubFactory(
        ActivityFactory, kind="product", for_teams=True, course=factory.SelfAttribute("..team.course")
    )


class LearnersWorkFactory(ProductFactory):
    """What one learner handed in for an activity."""

    team = None
    application = factory.SubFactory(AdmittedFactory)
    activity = factory.SubFactory(
        ActivityFactory, kind="product", course=factory.SelfAttribute("..application.course")
    )


class WorkPadFactory(factory.django.DjangoModelFactory[WorkPad]):
    class Meta:
        model = WorkPad

    team = factory.SubFactory(TeamFactory)
    activity = factory.SubFactory(
        ActivityFactory, kind="product", for_teams=True, course=factory.SelfAttribute("..team.course")
    )
    pad = factory.SubFactory(PadFactory)


class LiveRoomFactory(factory.django.DjangoModelFactory[LiveRoom]):
    class Meta:
        model = LiveRoom

    activity = factory.SubFactory(ActivityFactory, kind="live")
    link = "https://meet.example.org/fever"


class AttendanceFactory(factory.django.DjangoModelFactory[Attendance]):
    class Meta:
        model = Attendance

    application = factory.SubFactory(AdmittedFactory)
    activity = factory.SubFactory(
        ActivityFactory, kind="live", course=factory.SelfAttribute("..application.course")
    )
    begins_at = NOON
    came_at = NOON
