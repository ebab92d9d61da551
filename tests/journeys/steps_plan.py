"""Chapter eight: the work plan counts what happened, and another institution reviews it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeys.steps_consortium import LOZNICA
from journeys.steps_course import COURSE

if TYPE_CHECKING:
    from journeys.walking import Thread

DELIVERABLE = "A course that counts at home"


def tell(thread: Thread) -> None:
    the_leader_plans_a_work_package_and_a_deliverable(thread)
    its_need_is_counted_already_and_it_is_handed_in(thread)
    the_quality_board_of_another_institution_reviews_it(thread)
    everybody_sees_how_ready_the_plan_is(thread)


def the_leader_plans_a_work_package_and_a_deliverable(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/project/").follows("Add a work package").writes(
        number="1", title="Courses at home", start_month="1", end_month="12", share="100"
    )
    vesna.chooses("Lead", LOZNICA["name"]).sends("main form.form").reads("The plan has grown.")
    vesna.follows("Courses at home").follows("Add a deliverable").writes(
        number="1", title=DELIVERABLE, due_month="6", kind="exchange.credit_recognised", needed="3"
    )
    vesna.sends("main form.form").reads("The plan has grown.")


def its_need_is_counted_already_and_it_is_handed_in(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.follows("Courses at home").follows(DELIVERABLE).reads("90 %")
    vesna.opens(str(vesna.page.locator("main td.number a").first.get_attribute("href")))
    vesna.reads(COURSE).opens("/project/").follows("Courses at home").follows(DELIVERABLE)
    vesna.presses("Hand in for review").reads("A quality board of another partner reviews it now.")


def the_quality_board_of_another_institution_reviews_it(thread: Thread) -> None:
    luan = thread.person("Luan")
    luan.opens("/").follows(DELIVERABLE).writes(
        words="I opened the list of recognised credits and the certificate.", decision="approved"
    )
    luan.presses("Record the review").reads("The deliverable is approved.")


def everybody_sees_how_ready_the_plan_is(thread: Thread) -> None:
    thread.person("Blerim").opens("/project/").reads("100 %").reads("can be declared completed")
