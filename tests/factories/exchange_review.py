"""Records of peer reviews, polls and self-assessments."""

from __future__ import annotations

from decimal import Decimal

import factory

from biosint.exchange.models import (
    Ballot,
    CourseSurvey,
    Poll,
    PollCount,
    PutForward,
    Review,
    ReviewedWork,
    Reviewer,
    SelfDistribution,
    SelfRating,
    SurveyTicket,
    Voter,
)
from clock import NOON
from factories.exchange import ActivityFactory, AdmittedFactory, CourseFactory
from factories.institutions import InstitutionFactory
from factories.people import PersonFactory
from factories.surveys import AnswerSetFactory


class ReviewedWorkFactory(factory.django.DjangoModelFactory[ReviewedWork]):
    """A sample for calibration: it needs nobody's work."""

    class Meta:
        model = ReviewedWork

    activity = factory.SubFactory(ActivityFactory, kind="peer_review")
    is_sample = True
    title = factory.Sequence(lambda n: f"Leaflet on fever {n + 1}")
    text = "Drink, rest, and call us after three days."
    points = Decimal(60)


class ReviewerFactory(factory.django.DjangoModelFactory[Reviewer]):
    class Meta:
        model = Reviewer

    activity = factory.SubFactory(ActivityFactory, kind="peer_review")
    application = factory.SubFactory(AdmittedFactory)


class ReviewFactory(factory.django.DjangoModelFactory[Review]):
    class Meta:
        model = Review

    work = factory.SubFactory(ReviewedWorkFactory)
    reviewer = factory.SubFactory(ReviewerFactory, activity=factory.SelfAttribute("..work.activity"))


class PollFactory(factory.django.DjangoModelFactory[Poll]):
    class Meta:
        model = Poll

    activity = factory.SubFactory(ActivityFactory, kind="poll")


class PollCountFactory(factory.django.DjangoModelFactory[PollCount]):
    class Meta:
        model = PollCount

    poll = factory.SubFactory(PollFactory)
    option = factory.Sequence(lambda n: n + 1)


class VoterFactory(factory.django.DjangoModelFactory[Voter]):
    class Meta:
        model = Voter

    poll = factory.SubFactory(PollFactory)
    application = factory.SubFactory(AdmittedFactory)


class BallotFactory(factory.django.DjangoModelFactory[Ballot]):
    class Meta:
        model = Ballot

    voter = factory.SubFactory(VoterFactory)
    option = 1


class SelfRatingFactory(factory.django.DjangoModelFactory[SelfRating]):
    class Meta:
        model = SelfRating

    activity = factory.SubFactory(ActivityFactory, kind="self_assessment")
    application = factory.SubFactory(AdmittedFactory)
    values = factory.LazyFunction(lambda: [2, 3])
    rated_at = NOON


class SelfDistributionFactory(factory.django.DjangoModelFactory[SelfDistribution]):
    class Meta:
        model = SelfDistribution

    activity = factory.SubFactory(ActivityFactory, kind="self_assessment")


class CourseSurveyFactory(factory.django.DjangoModelFactory[CourseSurvey]):
    class Meta:
        model = CourseSurvey

    activity = factory.SubFactory(ActivityFactory, kind="survey")
    answers = factory.SubFactory(AnswerSetFactory)


class SurveyTicketFactory(factory.django.DjangoModelFactory[SurveyTicket]):
    class Meta:
        model = SurveyTicket

    survey = factory.SubFactory(CourseSurveyFactory)
    application = factory.SubFactory(AdmittedFactory)
    seed = factory.Sequence(lambda n: f"{n:032x}")


class PutForwardFactory(factory.django.DjangoModelFactory[PutForward]):
    class Meta:
        model = PutForward

    course = factory.SubFactory(CourseFactory)
    institution = factory.SubFactory(InstitutionFactory)
    learner = factory.SubFactory(PersonFactory)
    name = factory.Sequence(lambda n: f"Student {n + 1}")
    email = factory.Sequence(lambda n: f"student-{n + 1}@example.org")
    put_by = factory.SubFactory(PersonFactory)
    put_at = NOON
