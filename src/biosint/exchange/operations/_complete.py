from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.credentials import api as credentials
from biosint.evidence import api as evidence
from biosint.exchange.awards import assessment_of, award_of, quality_of
from biosint.exchange.models import Application, Completion, Course
from biosint.exchange.operations._locked import locked
from biosint.exchange.queries import unmarked_count
from biosint.exchange.rules import may_finish
from biosint.exchange.states import ApplicationState, AttendanceForm, CourseState, grade_of
from biosint.notices import api as notices
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.credentials.api import Credential
    from biosint.people.api import Person


@transaction.atomic
def finish(*, course_id: int, by: Person, at: datetime) -> Course:
    """Finish the course: every learner who passed gets a completion, every institution its evidence.

    Pressing twice is once.
    """
    course = locked(course_id)
    if course.state == CourseState.FINISHED:
        return course
    require(may_finish(by, course, unmarked=unmarked_count(course)))
    course.state = CourseState.FINISHED
    course.finished_at = at
    course.save(update_fields=["state", "finished_at"])
    parts = list(course.participations.select_related("institution"))
    for part in parts:
        evidence.record(
            kind="exchange.course_run",
            subject=course,
            institution=part.institution,
            occurred_at=at,
            proof=reverse("exchange:course", args=[course.slug]),
            by=by,
            details={"ects": str(course.ects)},
        )
    passed = course.applications.filter(
        state=ApplicationState.ADMITTED, mark__points__gte=course.pass_mark
    ).select_related("learner", "institution", "mark")
    completions = [
        _complete(
            application,
            course,
            partners=[part.institution.name for part in parts if part.institution_id != course.host_id],
            by=by,
            at=at,
        )
        for application in passed
    ]
    audit.record("exchange.course.finished", course, by=by, at=at, passed=len(completions))
    return course


def _complete(
    application: Application, course: Course, *, partners: list[str], by: Person, at: datetime
) -> Completion:
    application.course = course
    completion = Completion.objects.create(
        application=application,
        institution=application.institution or course.host,
        points=application.mark.points,
        grade=grade_of(application.mark.points, pass_mark=course.pass_mark),
        ects=course.ects,
        completed_at=at,
    )
    evidence.record(
        kind="exchange.learner_completed",
        subject=completion,
        institution=completion.institution,
        occurred_at=at,
        proof=reverse("exchange:course", args=[course.slug]),
        by=by,
        title=course.title,
        details={"ects": str(course.ects), "outsider": application.institution_id is None},
    )
    completion.credential = _credential(completion, course, partners=partners, by=by, at=at)
    completion.save(update_fields=["credential"])
    notices.tell(
        application.learner,
        kind="exchange.marks",
        title=format_lazy(gettext_lazy("You have completed “{course}”"), course=course.title),
        text=gettext_lazy("Your certificate is ready. You may show it to anybody; it can be checked online."),
        url=completion.credential.get_absolute_url(),
        at=at,
    )
    return completion


def _credential(
    completion: Completion, course: Course, *, partners: list[str], by: Person, at: datetime
) -> Credential:
    # A certificate speaks the language of the course, whoever presses the button.
    spoken = course.language if course.language in dict(settings.LANGUAGES) else "en"
    award = award_of(course)
    with translation.override(spoken):
        return credentials.issue(
            kind="course_completion",
            title=course.title,
            holder=completion.application.learner,
            issuer=course.host,
            description=course.summary,
            criteria=_("Reached %(points)s of 100 points or more in the work of an international team.")
            % {"points": course.pass_mark},
            achieved_at=at,
            subject=completion,
            by=by,
            at=at,
            ects=course.ects,
            workload_hours=course.workload_hours,
            level=f"EQF {award.eqf_level}" if award.eqf_level else "",
            valid_months=award.valid_months,
            details={
                "outcomes": [outcome["text"] for outcome in course.outcomes],
                "assessment": assessment_of(award),
                "participation": _("Online, in an international team")
                if award.attendance == AttendanceForm.ONLINE
                else _("Online and on site, in an international team"),
                "quality_assurance": quality_of(award),
                "prerequisites": award.prerequisites,
                "stackability": award.stackability,
                "eqf_level": award.eqf_level,
                "start": course.start_date.isoformat(),
                "end": course.end_date.isoformat(),
                "partners": partners,
                "grade": f"{completion.grade} ({completion.points}/100)",
                "language": course.language,
            },
        )
