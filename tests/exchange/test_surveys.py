"""Surveys of courses: one answer a learner that knows nobody, figures after the close, a comparison group."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from at_once import at_once
from biosint.exchange.models import Activity, Application, CourseSurvey, Progress, SurveyTicket
from biosint.exchange.operations import surveys as operations
from biosint.exchange.operations.forgetting_work import forget_work
from biosint.exchange.queries.own_work import own_work
from biosint.exchange.queries.surveys import reports_of
from biosint.exchange.states import ActivityKind, SurveyMoment
from biosint.exchange.web.kinds.survey import SurveySettings
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from biosint.surveys import api as surveys
from biosint.surveys.tickets import digest_of
from clock import DAY, HOUR
from exchange.cast import Cast, running
from factories import ActivityFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
ITEMS = surveys.supplied_instruments()["intercultural_confidence"].instrument.items


def a_survey(**settings: Any) -> tuple[Cast, list[Application], Activity]:
    cast, learners, _team = running()
    activity = ActivityFactory(
        course=cast.course,
        kind=ActivityKind.SURVEY,
        settings={"instrument": "intercultural_confidence", "moment": "before", **settings},
    )
    return cast, learners, activity


def page_of(activity: Activity) -> str:
    return f"/courses/{activity.course.slug}/pages/{activity.pk}/"


def answered(answers: surveys.AnswerSet, values: list[list[int]], codes: list[str] | None = None) -> None:
    """Keep answers as the questionnaire would: one value for each item, the reversed ones as given."""
    surveys.add_rows(
        answer_set=answers,
        rows=[
            surveys.Row(None, "en", dict(zip(ITEMS, row, strict=True)), timezone.now().date(), code)
            for row, code in zip(values, codes or [""] * len(values), strict=True)
        ],
    )


def closed(survey: CourseSurvey) -> None:
    for answers in (survey.answers, survey.comparison):
        if answers is not None:
            surveys.AnswerSet.objects.filter(pk=answers.pk).update(
                opens_at=timezone.now() - 2 * DAY, closes_at=timezone.now() - DAY
            )


def test_a_learner_answers_once_and_the_answer_knows_nobody(client_of: ClientOf) -> None:
    _cast, (ana, bo, *_others), activity = a_survey()
    hers = client_of(ana.learner)
    assert "Answer the questions" in hers.get(page_of(activity)).content.decode()

    asked = hers.post(f"{page_of(activity)}ask-me/", follow=True)
    html = asked.content.decode()
    address = asked.redirect_chain[-1][0]
    key = re.search(r'name="key" value="([^"]+)"', html)
    assert key is not None
    sent = dict.fromkeys(ITEMS, "4") | {"consent": "yes", "key": key[1]}
    thanks = hers.post(address, sent, follow=True)

    assert thanks.status_code == 200, thanks.content.decode()[:2000]
    assert page_of(activity) in thanks.content.decode()
    (submission,) = CourseSurvey.objects.get().answers.submissions.all()
    assert submission.answers[ITEMS[0]] == 4
    assert "You have answered" in hers.get(page_of(activity)).content.decode()
    assert Progress.objects.filter(activity=activity, application=ana, done_at__isnull=False).exists()
    # A second time the same ticket is spent; another learner has another one.
    again = hers.post(f"{page_of(activity)}ask-me/", follow=True)
    assert again.status_code == 410
    assert operations.take_ticket(activity_id=activity.pk, by=bo.learner, at=timezone.now())[1] not in address


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_get_one_ticket() -> None:
    _cast, (ana, *_others), activity = a_survey()
    now = timezone.now()

    got = at_once(*[lambda: operations.take_ticket(activity_id=activity.pk, by=ana.learner, at=now)[1]] * 3)

    assert len(set(map(str, got))) == 1
    assert SurveyTicket.objects.count() == 1
    assert surveys.Ticket.objects.count() == 1


def test_strangers_teachers_and_late_learners_get_no_ticket() -> None:
    cast, (ana, *_others), activity = a_survey()
    now = timezone.now()
    with pytest.raises(Refused):
        operations.take_ticket(activity_id=activity.pk, by=PersonFactory(), at=now)
    with pytest.raises(operations.NothingAsked, match="Only learners"):
        operations.take_ticket(activity_id=activity.pk, by=cast.teacher, at=now)
    Activity.objects.filter(pk=activity.pk).update(settings={})
    with pytest.raises(operations.NothingAsked, match="No questionnaire"):
        operations.take_ticket(activity_id=activity.pk, by=ana.learner, at=now)
    Activity.objects.filter(pk=activity.pk).update(closes_at=now - HOUR)
    with pytest.raises(Refused, match="closed"):
        operations.take_ticket(activity_id=activity.pk, by=ana.learner, at=now)


def test_a_closed_survey_does_not_open_again() -> None:
    cast, (ana, bo, *_others), activity = a_survey()
    now = timezone.now()
    operations.take_ticket(activity_id=activity.pk, by=ana.learner, at=now)
    with pytest.raises(Refused):
        operations.close_survey(activity_id=activity.pk, by=ana.learner, at=now + HOUR)

    operations.close_survey(activity_id=activity.pk, by=cast.teacher, at=now + HOUR)

    Activity.objects.filter(pk=activity.pk).update(closes_at=now + 9 * DAY)
    with pytest.raises(Refused, match="has closed"):
        operations.take_ticket(activity_id=activity.pk, by=bo.learner, at=now + 2 * HOUR)


def test_the_end_follows_the_activity_while_it_is_open() -> None:
    _cast, (ana, *_others), activity = a_survey()
    now = timezone.now()
    answers, _code = operations.take_ticket(activity_id=activity.pk, by=ana.learner, at=now)
    Activity.objects.filter(pk=activity.pk).update(closes_at=now + 3 * DAY)

    operations.take_ticket(activity_id=activity.pk, by=ana.learner, at=now)

    answers.refresh_from_db()
    assert answers.closes_at == now + 3 * DAY


def before_and_after() -> tuple[Cast, CourseSurvey, CourseSurvey]:
    """Six learners and six others, the same people both times: learners rise by 0.5 to 1.5, the others hardly."""
    cast, (ana, *_others), first = a_survey()
    MembershipFactory(institution=cast.host)
    last = ActivityFactory(
        course=cast.course,
        kind=ActivityKind.SURVEY,
        settings={"instrument": "intercultural_confidence", "moment": "after"},
    )
    now = timezone.now()
    held = []
    for activity in (first, last):
        operations.take_ticket(activity_id=activity.pk, by=ana.learner, at=now)
        operations.open_comparison(activity_id=activity.pk, by=cast.teacher, at=now)
        held.append(CourseSurvey.objects.get(activity=activity))
    reverse = surveys.supplied_instruments()["intercultural_confidence"].instrument.reverse

    def row(value: int, more: int) -> list[int]:
        """``value`` on every item as it is scored, and one point more on the first ``more`` items."""
        points = [value + (place < more) for place in range(len(ITEMS))]
        return [6 - point if item in reverse else point for item, point in zip(ITEMS, points, strict=True)]

    people = [f"{number:064x}" for number in range(6)]
    answered(held[0].answers, [row(2, extra) for extra in (0, 1, 2, 3, 4, 5)], people)
    answered(held[1].answers, [row(3, extra) for extra in (0, 2, 3, 1, 4, 6)], people)
    others = [f"{number:064x}" for number in range(10, 16)]
    for survey in held:
        assert survey.comparison is not None
    answered(held[0].comparison, [row(2, extra) for extra in (0, 1, 2, 3, 4, 5)], others)  # type: ignore[arg-type]
    answered(held[1].comparison, [row(2, extra) for extra in (1, 1, 2, 2, 4, 5)], others)  # type: ignore[arg-type]
    return cast, held[0], held[1]


def test_figures_wait_for_the_close_and_five_people() -> None:
    cast, first, last = before_and_after()
    now = timezone.now()
    (report,) = reports_of(cast.course, learners=4, at=now)
    assert report.rows == []
    assert report.waits_for_close

    closed(first)
    surveys.Submission.objects.filter(
        pk__in=list(last.answers.submissions.values_list("pk", flat=True)[:2])
    ).delete()
    closed(last)
    (report,) = reports_of(cast.course, learners=4, at=now)

    assert report.rows[0].before.value is not None
    assert report.rows[0].after == report.rows[0].after.__class__(4, None)
    assert report.rows[0].change is None


def test_the_report_tells_the_change_of_the_same_people_against_the_others() -> None:
    cast, first, last = before_and_after()
    closed(first)
    closed(last)

    (report,) = reports_of(cast.course, learners=4, at=timezone.now())

    total = report.rows[0]
    before = np.array([2 + extra / 8 for extra in (0, 1, 2, 3, 4, 5)])
    after = np.array([3 + extra / 8 for extra in (0, 2, 3, 1, 4, 6)])
    others = np.array([1, 0, 0, -1, 0, 0]) / 8
    assert report.pairs == 6
    assert total.before.value == pytest.approx(before.mean())
    assert total.after.value == pytest.approx(after.mean())
    assert total.paired
    assert total.change is not None
    assert total.change.value == pytest.approx((after - before).mean())
    assert total.control_change is not None
    assert total.control_change.value == pytest.approx(others.mean())
    assert total.more is not None
    assert total.more.value == pytest.approx((after - before).mean() - others.mean())
    assert "more than chance" in total.sentence
    assert "1.02 more" in total.sentence


def test_teachers_read_the_report_and_others_do_not(client_of: ClientOf) -> None:
    cast, first, last = before_and_after()
    closed(first)
    closed(last)
    address = f"/courses/{cast.course.slug}/surveys/"

    shown = client_of(cast.colleague).get(address)

    assert "rose by" in shown.content.decode()
    learner = Application.objects.filter(course=cast.course).first()
    assert learner is not None
    assert client_of(learner.learner).get(address).status_code in {403, 404}
    assert client_of(PersonFactory()).get(address).status_code == 404


def test_teachers_make_one_link_for_a_comparison_group(client_of: ClientOf) -> None:
    cast, (ana, *_others), activity = a_survey()
    theirs = client_of(cast.teacher)
    for _press in range(2):
        theirs.post(f"{page_of(activity)}compare/")
    survey = CourseSurvey.objects.get()
    assert survey.comparison is not None

    shown = theirs.get(page_of(activity)).content.decode()

    assert f"/{survey.comparison.token}" in shown
    assert Client().get(f"/a/{survey.comparison.token}", follow=True).status_code == 200
    assert client_of(ana.learner).post(f"{page_of(activity)}compare/").status_code == 403


def test_the_questionnaire_stays_once_somebody_was_asked() -> None:
    cast, (ana, *_others), activity = a_survey(paired=True)
    given = {"kind-instrument": "digital_readiness", "kind-moment": "after", "kind-paired": "on"}
    assert SurveySettings(given, course=cast.course, activity=activity).is_valid()
    operations.take_ticket(activity_id=activity.pk, by=ana.learner, at=timezone.now())

    form = SurveySettings(given, course=cast.course, activity=activity)

    assert not form.is_valid()
    same = {"kind-instrument": "intercultural_confidence", "kind-moment": "before", "kind-paired": "on"}
    assert SurveySettings(same, course=cast.course, activity=activity).is_valid()


def test_courses_of_one_host_ask_with_the_same_questionnaire() -> None:
    cast, (ana, *_others), activity = a_survey()
    second = ActivityFactory(course=cast.course, kind=ActivityKind.SURVEY, settings=activity.settings)
    now = timezone.now()

    first_answers, _code = operations.take_ticket(activity_id=activity.pk, by=ana.learner, at=now)
    later_answers, _code = operations.take_ticket(
        activity_id=second.pk, by=ana.learner, at=now + timedelta(minutes=1)
    )

    assert first_answers.version_id == later_answers.version_id
    assert surveys.Questionnaire.objects.count() == 1


def test_who_leaves_takes_the_ticket_along_and_sees_that_they_were_asked() -> None:
    _cast, (ana, *_others), activity = a_survey()
    operations.take_ticket(activity_id=activity.pk, by=ana.learner, at=timezone.now())
    assert {"course": activity.course.title, "survey": activity.title} in list(own_work(ana.learner))

    forget_work(ana.learner)

    assert not SurveyTicket.objects.exists()


def test_the_daily_care_notes_who_answered_and_forgets_the_seeds_after_the_close(client_of: ClientOf) -> None:
    _cast, (ana, bo, *_others), activity = a_survey()
    now = timezone.now()
    for learner in (ana, bo):
        operations.take_ticket(activity_id=activity.pk, by=learner.learner, at=now)
    hers = SurveyTicket.objects.get(application=ana)
    surveys.take_answer(
        answer_set=hers.survey.answers,
        institution=None,
        language="en",
        answers={},
        key=UUID(int=1),
        begun_at=now,
        at=now,
        ticket=surveys.Ticket.objects.get(pk=digest_of(surveys.code_from(hers.seed))),
    )

    operations.tend_surveys(at=now + HOUR)

    done = Progress.objects.filter(activity=activity, done_at__isnull=False)
    assert list(done.values_list("application", flat=True)) == [ana.pk]
    assert SurveyTicket.objects.count() == 2
    closed(hers.survey)
    operations.tend_surveys(at=now + HOUR)
    assert not SurveyTicket.objects.exists()
    assert "You have answered" in client_of(ana.learner).get(page_of(activity)).content.decode()
    assert "You have answered" not in client_of(bo.learner).get(page_of(activity)).content.decode()


def test_every_moment_has_a_word() -> None:
    assert [moment.label for moment in SurveyMoment] == ["before the work begins", "after it"]
