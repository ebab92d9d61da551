"""Three teachers prepare the course: plan, both languages, quizzes, rubric, exercise, tool, facilitators."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import update_last_login
from django.core.files.base import ContentFile
from django.db.models import Q

from biosint.exchange import api as exchange
from biosint.exchange.api import ActivityKind
from biosint.lti import api as lti
from biosint.people.api import Person
from biosint.portal.demonstration import course_surveys
from biosint.portal.demonstration.sepsis import content, exercise
from biosint.portal.demonstration.sepsis.pictures import pressure_curve
from biosint.portal.demonstration.sepsis.stage import DAY, KEYS, WEEK, WEEKS, Stage
from biosint.quizzes import api as quizzes

if TYPE_CHECKING:
    from biosint.exchange.api import Activity
    from biosint.portal.demonstration.sepsis.content import Planned

FIRST_MORNING, LAST_EVENING, MEETING = time(8), time(20), time(18)
PLACES = {"cacak": 8, "deva": 8, "pogradec": 6}
OUTSIDERS = 3
KEYWORDS = ["sepsis", "patient handover", "interprofessional education", "emergency care"]
MICROSCOPE = "https://microscope.example"


def prepare(stage: Stage) -> None:
    """Make the course, from the first idea until it is open for applications."""
    _begin(stage)
    _plan(stage)
    _picture(stage)
    _quizzes(stage)
    _rubric(stage)
    _exercise(stage)
    _tool(stage)
    _say_in_serbian(stage)
    exchange.publish(course_id=stage.course.pk, by=stage.lead, at=stage.begun + 4 * WEEK)


def _begin(stage: Stage) -> None:
    world, start, begun = stage.world, stage.start, stage.begun
    told = content.course()
    stage.lead = world.teacher(KEYS[0])
    stage.course = exchange.create_course(
        host=world.institution(KEYS[0]),
        by=stage.lead,
        at=begun,
        title=told["title"]["en"],
        summary=told["summary"]["en"],
        subject="0988",
        keywords=KEYWORDS,
        for_professions=" dentistry medicine nursing pharmacy ",
        language="en",
        level="B1",
        ects=Decimal("2.5"),
        workload_hours=68,
        start_date=start.date(),
        end_date=(start + WEEKS * WEEK - DAY).date(),
        apply_until_date=(start - 2 * WEEK).date(),
        product_due_date=(start + 6 * WEEK + 4 * DAY).date(),
        outcomes=[{"text": one["en"], "ioc_dimension": one["dimension"]} for one in told["outcomes"]],
    )
    for number, key in enumerate(KEYS[1:], start=1):
        colleague = world.teacher(key)
        invitation = exchange.invite_teacher(
            course_id=stage.course.pk,
            person=colleague,
            institution=world.institution(key),
            by=stage.lead,
            at=begun + DAY,
        )
        exchange.accept_invitation(teaching_id=invitation.pk, by=colleague, at=begun + (1 + number) * DAY)
    exchange.set_places(
        course_id=stage.course.pk,
        places={world.institution(key): number for key, number in PLACES.items()},
        outsiders=OUTSIDERS,
        by=stage.lead,
        at=begun + WEEK,
    )


def _plan(stage: Stage) -> None:
    """Teachers take turns in writing the activities, so the log of the plan has three names."""
    authors = [stage.world.teacher(key) for key in KEYS]
    for number, planned in enumerate(content.activities()):
        stage.activities[planned.key] = exchange.write_activity(
            course_id=stage.course.pk,
            title=planned.title["en"],
            text=_text(planned),
            kind=planned.kind,
            phase=planned.phase,
            hours=planned.hours,
            weight=planned.weight,
            for_teams=planned.for_teams,
            outcomes=planned.outcomes,
            opens_at=stage.moment(planned.week, 1, FIRST_MORNING),
            due_at=stage.moment(
                planned.week,
                planned.day,
                MEETING if planned.kind == ActivityKind.LIVE else LAST_EVENING,
            ),
            # Figures of a survey appear when it has closed.
            closes_at=stage.moment(3, 1, FIRST_MORNING) if planned.key == "survey_before" else None,
            settings=_settings(planned),
            by=authors[number % len(authors)],
            at=stage.begun + WEEK + number * DAY / 2,
        )


def _picture(stage: Stage) -> None:
    exchange.add_material(
        activity_id=stage.activities["basics"].pk,
        upload=pressure_curve(),
        title="92/50 mmHg: the mean lies nearer to the lower number",
        alternative="A curve over three beats. It rises fast from 50 to 92 mmHg and falls slowly; "
        "a dashed line at 64 mmHg marks the mean.",
        by=stage.lead,
        at=stage.begun + WEEK * 2,
    )


def _text(planned: Planned, language: str = "en") -> str:
    text = planned.text[language]
    if planned.key == "guideline":
        heading = {"en": "Sources", "sr": "Извори"}[language]
        text += f"\n## {heading}\n" + "\n".join(f"- {source}" for source in content.sources())
    agenda = planned.more.get("agenda")
    return f"{text}\n{agenda[language]}" if agenda else text


def _settings(planned: Planned) -> dict[str, object]:
    match planned.kind:
        case ActivityKind.DISCUSSION:
            return {"threads": 1, "answers": 2}
        case ActivityKind.PACKAGE:
            return {"attempts": 0, "counts": "best"}
        case ActivityKind.SURVEY:
            return course_surveys.settings_for(planned.key.removeprefix("survey_"))
        case _:
            return {}


def _quizzes(stage: Stage) -> None:
    """Keep the questions of both quizzes in one collection that the host's colleagues may use, too."""
    at = stage.begun + 3 * WEEK
    for key, minutes in (("quiz_basics", None), ("quiz_order", 20)):
        (planned,) = [one for one in content.activities() if one.key == key]
        folder = planned.more["questions"]
        quiz = exchange.begin_quiz(activity_id=stage.activities[key].pk, by=stage.lead, at=at)
        asked = quizzes.add_questions(
            bank_id=quiz.bank_id, drafts=content.questions(folder), by=stage.lead, at=at
        )
        quiz = quizzes.change_quiz(
            quiz_id=quiz.pk,
            settings=quizzes.Settings(
                title=planned.title["en"], minutes=minutes, attempts_allowed=2, shuffles_questions=False
            ),
            seen_version=quiz.version,
            by=stage.lead,
            at=at,
        )
        quizzes.set_parts(
            quiz_id=quiz.pk,
            parts=[quizzes.Asked(question_id=question.pk) for question in asked],
            seen_version=quiz.version,
            by=stage.lead,
            at=at,
        )


def _rubric(stage: Stage) -> None:
    title, rubric = content.rubric()
    exchange.write_rubric(
        course_id=stage.course.pk, title=title, rubric=rubric, by=stage.lead, at=stage.begun + 3 * WEEK
    )
    exchange.set_late_rule(
        course_id=stage.course.pk,
        grace_minutes=60,
        points_per_day=Decimal(5),
        at_most=Decimal(25),
        by=stage.lead,
        at=stage.begun + 3 * WEEK,
    )


def _exercise(stage: Stage) -> None:
    exchange.hand_in_package(
        ContentFile(exercise.package(), name="first-hour.zip"),
        activity_id=stage.activities["case_sunday"].pk,
        key=stage.key(),
        by=stage.lead,
        at=stage.begun + 3 * WEEK,
    )


def _tool(stage: Stage) -> None:
    """Register an invented tool; nobody answers at its address."""
    world, at = stage.world, stage.begun + 3 * WEEK
    tool = lti.keep_tool(
        institution=world.institution(KEYS[0]),
        by=world.coordinator(KEYS[0]),
        at=at,
        name="Microscope",
        description="Slides under a microscope, to be turned and measured in the browser. An invented service.",
        launch_url=f"{MICROSCOPE}/launch",
        login_url=f"{MICROSCOPE}/login",
        redirect_urls=[f"{MICROSCOPE}/launch"],
        keyset_url=f"{MICROSCOPE}/keys",
    )
    activity = exchange.write_activity(
        course_id=stage.course.pk,
        title="Under the microscope: what grew from the abscess",
        text=MICROSCOPE_TEXT["en"],
        kind=ActivityKind.TOOL,
        phase="engage",
        hours=Decimal(0),
        is_required=False,
        outcomes=[0],
        opens_at=stage.moment(4, 1, FIRST_MORNING),
        due_at=stage.moment(4, 7, LAST_EVENING),
        by=stage.lead,
        at=at,
    )
    exchange.place_tool(activity_id=activity.pk, tool=tool, takes_results=False, by=stage.lead, at=at)
    stage.activities["microscope"] = activity


MICROSCOPE_TEXT = {
    "en": "If you like: look at the Gram stain of the pus that was drained. Chains or clusters? Would you change the antibiotic?",
    "sr": "Ако желите: погледајте бојење по Граму гноја који је дрениран. Ланци или гроздови? Да ли бисте променили антибиотик?",
}
MICROSCOPE_TITLE = "Под микроскопом: шта је израсло из апсцеса"


def _say_in_serbian(stage: Stage) -> None:
    at, language = stage.begun + 3 * WEEK + DAY, content.SECOND
    told = content.course()
    exchange.say_course(
        course_id=stage.course.pk,
        language=language,
        title=told["title"][language],
        summary=told["summary"][language],
        outcomes=[one[language] for one in told["outcomes"]],
        by=stage.lead,
        at=at,
    )
    said = {
        planned.key: (planned.title[language], _text(planned, language)) for planned in content.activities()
    }
    said["microscope"] = (MICROSCOPE_TITLE, MICROSCOPE_TEXT[language])
    for key, (title, text) in said.items():
        activity: Activity = stage.activities[key]
        exchange.say_activity(
            activity_id=activity.pk, language=language, title=title, text=text, by=stage.lead, at=at
        )


def admit_learners(stage: Stage) -> None:
    """Learners apply, are admitted, and get their teams a week before the course begins."""
    world, course, lead, start = stage.world, stage.course, stage.lead, stage.start
    guests = [guest for guest in world.outsiders if guest.profession in ("medicine", "nursing")]
    for guest in guests:
        # They have followed the link in the letter; until then nobody could admit them.
        update_last_login(Person, guest)
    learners = [
        *world.students("cacak")[:7],
        *world.students("deva")[:6],
        *world.students("pogradec")[:5],
        *guests,
    ]
    stage.applications = [
        exchange.apply(
            course_id=course.pk,
            by=learner,
            at=start - 6 * WEEK + number * DAY / 4,
            motivation=MOTIVATIONS[number % len(MOTIVATIONS)],
        )
        for number, learner in enumerate(learners)
    ]
    for application in stage.applications:
        exchange.admit(application_id=application.pk, by=lead, at=start - 2 * WEEK)
    exchange.form_teams(course_id=course.pk, plan=exchange.teams_of(5), by=lead, at=start - 9 * DAY)
    exchange.publish_teams(course_id=course.pk, by=lead, at=start - WEEK)
    exchange.start(course_id=course.pk, by=lead, at=start)
    stage.applications = list(
        course.applications.filter(~Q(membership=None))
        .select_related("learner", "institution", "membership__team")
        .order_by("pk")
    )
    stage.teams = list(course.teams.order_by("number"))
    for number, key in enumerate(KEYS):
        exchange.appoint_facilitator(
            course_id=course.pk,
            email=world.teacher(key, 1).email,
            numbers=[team.number for team in stage.teams[number::3]],
            by=lead,
            at=start - 5 * DAY,
        )


MOTIVATIONS = (
    "On my first night shift nobody could tell me when to call somebody.",
    "",
    "I want to hear how nurses and pharmacists elsewhere see the same patient.",
    "",
    "My English is for books. I want to use it for people.",
)
