"""Chapter six: two teachers of two countries run a course, and mixed teams work in it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from journeys.steps_consortium import LEZHE, STUDENTS
from journeys.walking import letters_to

if TYPE_CHECKING:
    from journeys.walking import Thread, Walker

COURSE = "One patient, two health systems"
JONAS = "jonas@example.org"


def tell(thread: Thread) -> None:
    a_teacher_begins_a_course_and_invites_a_colleague_abroad(thread)
    the_colleague_agrees_and_the_course_is_published(thread)
    students_apply_on_their_phones(thread)
    somebody_from_outside_applies_with_a_letter_instead_of_an_account(thread)
    the_teachers_admit_everybody(thread)
    teams_are_formed_explained_and_published(thread)
    a_team_talks_and_hands_in_its_work(thread)
    the_teachers_mark_and_finish(thread)


def a_teacher_begins_a_course_and_invites_a_colleague_abroad(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    today = timezone.localdate()
    vesna.opens("/courses/teaching/").follows("New course").writes(
        title=COURSE,
        summary="Mixed teams follow one patient through two health systems.",
        ects="3",
        workload_hours="75",
        apply_until_date=today.isoformat(),
        start_date=today.isoformat(),
        end_date=(today + timedelta(days=40)).isoformat(),
        product_due_date=(today + timedelta(days=30)).isoformat(),
        outcome_1="compare how two health systems care for one patient",
    )
    vesna.presses("Begin the course").reads("Invite a teacher from another country next.")
    vesna.writes(who="Elira").presses("Find").presses("Invite").reads("finds the invitation")
    vesna.follows("Change places").writes(outsiders="2")
    for field in vesna.page.locator("main input[name^=places_]").all():
        field.fill("4")
    vesna.chooses("Add an institution", LEZHE["name"]).writes(added_places="4").sends("main form.form")
    vesna.reads("The places are set.").follows("Plan").follows("add the first activity").follows("Page")
    vesna.writes(title="Meet the patient", hours="2", text="Read the case. Say who you are.")
    vesna.sends("main form.form").reads("“Meet the patient” is saved.")


def the_colleague_agrees_and_the_course_is_published(thread: Thread) -> None:
    elira = thread.person("Elira")
    elira.opens("/").follows(COURSE).presses("Yes, I teach it")

    vesna = thread.person("Vesna")
    vesna.opens("/courses/teaching/").follows(COURSE).presses("Publish the course")
    vesna.reads("The course is published. Students can apply now.")


def students_apply_on_their_phones(thread: Thread) -> None:
    for first_name, *_more in STUDENTS:
        student = thread.person(first_name, phone=True)
        student.opens("/courses/").follows(COURSE).follows("Apply for a place")
        # What the profile knows is filled in already.
        assert student.page.locator("[name=free_hours]").input_value()
        student.writes(motivation="I want to work with people of another country.").presses("Apply")
        student.reads("The teachers decide soon.")


def somebody_from_outside_applies_with_a_letter_instead_of_an_account(thread: Thread) -> None:
    jonas = thread.stranger(phone=True)
    jonas.opens("/courses/").follows(COURSE).follows("Apply for a place").writes(
        name="Jonas Weber",
        email=JONAS,
        profession="pharmacy",
        country="Germany",
        english_level="B2",
    )
    for day in ("Monday", "Wednesday"):
        jonas.page.get_by_role("checkbox", name=day).check()
    jonas.presses("Apply").reads("We have sent a letter to your address.")
    link = re.search(r"http://[^/\s]+(/people/link/\S+)", letters_to(JONAS)[0])
    assert link
    jonas.opens(link.group(1)).sends("main form")
    thread.knows("Jonas", jonas)


def the_teachers_admit_everybody(thread: Thread) -> None:
    elira = thread.person("Elira")
    elira.opens("/courses/teaching/").follows(COURSE).follows("Decide on applications")
    for _one in range(len(STUDENTS) + 1):
        elira.presses("Admit").reads("has a place.")


def teams_are_formed_explained_and_published(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/courses/teaching/").follows(COURSE).follows("Teams")
    vesna.presses("Form teams").reads("Teams are formed.")
    vesna.reads("Jonas Weber").reads("All free:").presses("Publish the teams")
    vesna.reads("Every learner sees their team now.")
    vesna.opens("/courses/teaching/").follows(COURSE).presses("Start the course")


def _comes_to_the_team(thread: Thread, first_name: str) -> Walker:
    return thread.person(first_name, phone=True).opens("/courses/mine/").follows(COURSE)


def a_team_talks_and_hands_in_its_work(thread: Thread) -> None:
    hana = _comes_to_the_team(thread, "Hana")
    hana.writes(text="Hello from Lezhë! Shall we meet on Monday?")
    hana.presses("Send").reads("Shall we meet on Monday?")
    jonas = _comes_to_the_team(thread, "Jonas")
    jonas.reads("Shall we meet on Monday?")
    jonas.follows("Our work")
    form = jonas.page.locator("main form:has([name=link])")
    form.locator("[name=text]").fill("# One patient, two ways\n\nIn Serbia …, in Albania …")
    jonas.presses("Hand in").reads("Version 1, handed in by Jonas Weber")


def the_teachers_mark_and_finish(thread: Thread) -> None:
    elira = thread.person("Elira")
    elira.opens("/courses/teaching/").follows(COURSE).follows("Marks")
    fields = elira.page.locator("main input[name$=-points]")
    for number, field in enumerate(fields.all()):
        field.fill(str(70 + 5 * number))
    elira.presses("Save the marks").reads("The marks are saved.")

    vesna = thread.person("Vesna")
    vesna.opens("/courses/teaching/").follows(COURSE).presses("Finish the course")
    vesna.reads("The course is finished.")
