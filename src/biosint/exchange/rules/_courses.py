"""Who may do what with international courses. Each sentence says what hinders and what helps."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Application, Course, Teaching, Team, TeamPlan
from biosint.exchange.rules.facilitation import facilitated_by, facilitates
from biosint.exchange.states import (
    APPLICATION_MOVES,
    APPLIES_AGAIN,
    PUBLIC_STATES,
    ApplicationState,
    CourseState,
)
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, all_of, refused

if TYPE_CHECKING:
    from biosint.people.api import Person

TEACHING_OFFICES = (Office.TEACHER, Office.COORDINATOR)


def teaches(person: Person, course: Course) -> bool:
    """Whether the person is an accepted teacher of the course. Reads prefetched teachings where there are some."""
    return any(
        teaching.person_id == person.pk and teaching.accepted_at is not None
        for teaching in course.teachings.all()
    )


def is_teacher(person: Person, course: Course) -> Verdict:
    if teaches(person, course):
        return ALLOWED
    return refused(_("Only a teacher of this course can do this."))


def in_state(course: Course, states: Collection[CourseState]) -> Verdict:
    if CourseState(course.state) in states:
        return ALLOWED
    return refused(
        {
            CourseState.DRAFT: _("This course is not published yet."),
            CourseState.OPEN: _("This course still takes applications; it has not started."),
            CourseState.RUNNING: _("This course is running already."),
            CourseState.FINISHED: _("This course is finished."),
            CourseState.CANCELLED: _("This course was cancelled."),
        }[CourseState(course.state)]
    )


UNDER_WAY = (CourseState.OPEN, CourseState.RUNNING)
UNFINISHED = (CourseState.DRAFT, CourseState.OPEN, CourseState.RUNNING)


# Courses


def may_create_course(person: Person) -> Verdict:
    """Teachers and coordinators of an institution start courses."""
    if person.holds(*TEACHING_OFFICES):
        return ALLOWED
    return refused(
        _("Only a teacher can start a course. Ask your institution to confirm that you teach there.")
    )


def may_view_course(person: Person | None, course: Course) -> Verdict:
    """Published courses are public; a draft or a cancelled course is seen by its teachers, also invited ones."""
    if course.state in PUBLIC_STATES:
        return ALLOWED
    if person is not None and any(teaching.person_id == person.pk for teaching in course.teachings.all()):
        return ALLOWED
    return refused(_("This course is not published. Only its teachers can see it."))


def viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view_course``, for lists. Their test keeps them equal."""
    public = Q(state__in=PUBLIC_STATES)
    if person is None:
        return public
    return public | Q(pk__in=Teaching.objects.filter(person=person).values("course"))


def taught_by(person: Person) -> Q:
    """Courses of which the person is an accepted teacher."""
    return Q(pk__in=Teaching.objects.filter(person=person, accepted_at__isnull=False).values("course"))


def may_edit(person: Person, course: Course) -> Verdict:
    """Teachers change their course until it is finished."""
    return all_of([is_teacher(person, course), in_state(course, UNFINISHED)])


def may_answer_invitation(person: Person, teaching: Teaching) -> Verdict:
    """The invited teacher answers, once, while the course is not finished."""
    if teaching.person_id != person.pk:
        return refused(_("Only the invited teacher can answer this invitation."))
    return in_state(teaching.course, UNFINISHED)


def is_publishable(course: Course) -> Verdict:
    """A course is international: teachers and places at two institutions in two countries; and it says what it is."""
    accepted = [teaching for teaching in course.teachings.all() if teaching.accepted_at is not None]
    if len({teaching.institution_id for teaching in accepted}) < 2:
        return refused(
            _("A second teacher, from another institution, must accept first. Invite one under “Teachers”.")
        )
    if len({teaching.institution.country for teaching in accepted}) < 2:
        return refused(
            _(
                "The teachers come from one country only. Invite a teacher from another country under “Teachers”."
            )
        )
    if sum(1 for part in course.participations.all() if part.places) < 2:
        return refused(_("Give places to students of at least two institutions, under “Places”."))
    if not course.summary.strip():
        return refused(_("Write what the course is about first, so that students know what they apply for."))
    if not course.outcomes:
        return refused(_("Write at least one learning outcome first: what will learners be able to do?"))
    return ALLOWED


def may_publish(person: Person, course: Course) -> Verdict:
    return all_of([is_teacher(person, course), in_state(course, [CourseState.DRAFT]), is_publishable(course)])


def may_cancel(person: Person, course: Course) -> Verdict:
    return all_of([is_teacher(person, course), in_state(course, UNFINISHED)])


def may_start(person: Person, course: Course) -> Verdict:
    """A course starts when its teams are published; from then on nobody can apply."""
    verdict = all_of([is_teacher(person, course), in_state(course, [CourseState.OPEN])])
    if verdict and course.teams_published_at is None:
        return refused(_("Form teams and publish them first, so that nobody starts alone."))
    return verdict


def may_finish(person: Person, course: Course, *, unmarked: int) -> Verdict:
    """A running course is finished when every learner has a mark. ``unmarked``: learners without one."""
    verdict = all_of([is_teacher(person, course), in_state(course, [CourseState.RUNNING])])
    if verdict and unmarked:
        return refused(
            _("Some learners have no mark yet. Give every learner points first, 0 if nothing was done.")
        )
    return verdict


# Applications


def may_apply(person: Person | None, course: Course, *, on: date, application: Application | None) -> Verdict:
    """Anybody may apply while the course is open; its own teachers may not. ``application``: an earlier one."""
    if course.state != CourseState.OPEN:
        return in_state(course, [CourseState.OPEN])
    if on > course.apply_until_date:
        return refused(_("The time to apply is over."))
    if course.teams_published_at is not None:
        return refused(_("The teams are formed; nobody can join any more."))
    if person is not None and any(teaching.person_id == person.pk for teaching in course.teachings.all()):
        return refused(_("You teach this course."))
    if application is not None and application.state not in APPLIES_AGAIN:
        return refused(_("You have applied already."))
    return ALLOWED


def may_withdraw(person: Person, application: Application) -> Verdict:
    """Learners take their application back until teams are published."""
    if application.learner_id != person.pk:
        return refused(_("Only the learner can withdraw this application."))
    if application.course.teams_published_at is not None:
        return refused(_("Your team counts on you. Write to it, or to a teacher, if you cannot take part."))
    if ApplicationState.WITHDRAWN not in APPLICATION_MOVES[ApplicationState(application.state)]:
        return refused(_("There is nothing to withdraw."))
    return ALLOWED


def may_decide(person: Person, application: Application, to: ApplicationState) -> Verdict:
    """A teacher of the course decides on applications; who is admitted late joins a team when these are repaired."""
    course = application.course
    verdict = all_of([is_teacher(person, course), in_state(course, UNDER_WAY)])
    if not verdict:
        return verdict
    if to not in APPLICATION_MOVES[ApplicationState(application.state)]:
        return refused(_("This application has been decided, or was withdrawn."))
    learner = application.learner
    if to is ApplicationState.ADMITTED and learner.is_guest and learner.last_login is None:
        return refused(
            _("This guest has not opened the link in the e-mail yet, so the address is not proven.")
        )
    return ALLOWED


def may_take_out(person: Person, application: Application) -> Verdict:
    """A teacher records that an admitted learner has left, until the course is finished."""
    course = application.course
    verdict = all_of([is_teacher(person, course), in_state(course, UNDER_WAY)])
    if verdict and application.state != ApplicationState.ADMITTED:
        return refused(_("This learner has no place in the course."))
    return verdict


# Teams


def may_form_teams(person: Person, course: Course, *, admitted: int) -> Verdict:
    """Teachers form teams, as often as they like, until they publish them."""
    verdict = all_of([is_teacher(person, course), in_state(course, [CourseState.OPEN])])
    if not verdict:
        return verdict
    if course.teams_published_at is not None:
        return refused(
            _("The teams are published; learners have seen them. Move people by hand, or repair the teams.")
        )
    if admitted < 2:
        return refused(_("Admit at least two learners first."))
    return ALLOWED


def may_publish_teams(person: Person, course: Course, *, teamless: int, teams: int) -> Verdict:
    """Teams are published once, and only when every admitted learner has one."""
    verdict = all_of([is_teacher(person, course), in_state(course, [CourseState.OPEN])])
    if not verdict:
        return verdict
    if course.teams_published_at is not None:
        return refused(_("The teams are published already."))
    if not teams:
        return refused(_("Form teams first."))
    if teamless:
        return refused(_("Some admitted learners have no team. Repair the teams, or form them again."))
    return ALLOWED


def may_lock(person: Person, course: Course) -> Verdict:
    """Locks are for forming again, so they end when teams are published."""
    verdict = all_of([is_teacher(person, course), in_state(course, [CourseState.OPEN])])
    if verdict and course.teams_published_at is not None:
        return refused(_("The teams are published: they stay as they are unless you move somebody by hand."))
    return verdict


def may_move(person: Person, course: Course) -> Verdict:
    """Teachers move learners by hand, and repair teams, until the course is finished."""
    return all_of([is_teacher(person, course), in_state(course, UNDER_WAY)])


def may_repair(person: Person, course: Course, *, teams: int) -> Verdict:
    """Teachers repair teams that stand, until the course is finished."""
    verdict = may_move(person, course)
    if verdict and not teams:
        return refused(_("Form teams first."))
    return verdict


def may_undo_move(person: Person, course: Course, kept: TeamPlan) -> Verdict:
    """The last change of the teams can be taken back once."""
    verdict = may_move(person, course)
    if verdict and kept.before is None:
        return refused(_("There is nothing to take back."))
    return verdict


def may_view_team(person: Person, team: Team) -> Verdict:
    """Teachers see every team of their course; members and facilitators see theirs once teams are published."""
    if teaches(person, team.course):
        return ALLOWED
    if team.course.teams_published_at is not None and any(
        member.application.learner_id == person.pk for member in team.members.all()
    ):
        return ALLOWED
    if team.course.teams_published_at is not None and facilitates(person, team):
        return ALLOWED
    return refused(_("Only the members of this team and the teachers of the course can see it."))


def teams_viewable_by(person: Person) -> Q:
    """The same sentence as ``may_view_team``, for lists. Their test keeps them equal."""
    own = Q(
        course__teams_published_at__isnull=False,
        pk__in=Team.objects.filter(members__application__learner=person).values("pk"),
    )
    accompanied = Q(course__teams_published_at__isnull=False) & facilitated_by(person)
    return (
        own
        | accompanied
        | Q(course__in=Teaching.objects.filter(person=person, accepted_at__isnull=False).values("course"))
    )


def may_post(person: Person, team: Team) -> Verdict:
    """Members and teachers write to the team while its course is open or running."""
    verdict = may_view_team(person, team)
    if not verdict:
        return verdict
    if team.course.teams_published_at is None:
        return refused(_("Publish the teams first; then their discussions open."))
    if team.course.state in (CourseState.FINISHED, CourseState.CANCELLED):
        return in_state(team.course, [CourseState.OPEN, CourseState.RUNNING])
    return ALLOWED


def may_hand_in(person: Person, team: Team) -> Verdict:
    """Any member hands in the team's product while the course runs."""
    if not any(member.application.learner_id == person.pk for member in team.members.all()):
        return refused(_("Only a member of the team can hand in its work."))
    return in_state(team.course, [CourseState.RUNNING])


# Marks


def may_mark(person: Person, course: Course) -> Verdict:
    """Teachers give points while the course runs; after it is finished they stand."""
    return all_of([is_teacher(person, course), in_state(course, [CourseState.RUNNING])])
