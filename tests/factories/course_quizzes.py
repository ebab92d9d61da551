from __future__ import annotations

import factory

from biosint.exchange.models import CourseBank, MoreTime, QuizActivity
from clock import NOON
from factories.exchange import ActivityFactory, AdmittedFactory, CourseFactory
from factories.people import PersonFactory
from factories.quizzes import BankFactory, QuizFactory


class CourseBankFactory(factory.django.DjangoModelFactory[CourseBank]):
    class Meta:
        model = CourseBank

    course = factory.SubFactory(CourseFactory)
    bank = factory.SubFactory(BankFactory)


class QuizActivityFactory(factory.django.DjangoModelFactory[QuizActivity]):
    class Meta:
        model = QuizActivity

    activity = factory.SubFactory(ActivityFactory, kind="quiz")
    quiz = factory.SubFactory(QuizFactory)


class MoreTimeFactory(factory.django.DjangoModelFactory[MoreTime]):
    class Meta:
        model = MoreTime

    application = factory.SubFactory(AdmittedFactory)
    percent = 50
    granted_by = factory.SubFactory(PersonFactory)
    granted_at = NOON
