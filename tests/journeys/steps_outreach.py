"""Chapter nine: outsiders read what came of it, and what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from journeys.steps_course import COURSE

if TYPE_CHECKING:
    from journeys.walking import Thread


def tell(thread: Thread) -> None:
    the_project_is_made_known_with_a_proof(thread)
    the_cost_of_the_course_is_compared_and_published(thread)
    outsiders_read_the_results_on_a_phone(thread)


def the_project_is_made_known_with_a_proof(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/results/activities/").follows("Enter an activity").writes(
        title="Open day for schools",
        held_date=timezone.localdate().isoformat(),
        place="Loznica",
        reached="80",
        reached_how="list of visitors",
        proof_link="https://example.org/open-day",
    )
    vesna.page.locator("main [name=target_groups]").first.check()
    vesna.sends("main form.form").reads("Open day for schools")


def the_cost_of_the_course_is_compared_and_published(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/impact/").reads(COURSE).follows("Compare").writes(
        development_hours="60",
        teacher_hours="50",
        hours_per_learner="1",
        hourly_cost_low="9",
        hourly_cost="12",
        hourly_cost_high="16",
        online_hours="12",
        mobility_days="14",
        mobility_ects="3",
        administration_hours="6",
        own_high="300",
        note="Time sheets of both teachers; wages from the finance office.",
    )
    vesna.presses("Compute the comparison").reads("Factors, with year and source")
    vesna.presses("Publish").reads("The comparison is public")


def outsiders_read_the_results_on_a_phone(thread: Thread) -> None:
    outsider = thread.stranger(phone=True)
    outsider.opens("/results/").reads("In figures")
    figures = outsider.page.locator("main .stats a")
    assert figures.count() >= 3
    figures.first.click()
    outsider.page.wait_for_load_state("load")
    assert "/evidence/" in outsider.page.url

    outsider.opens("/impact/").follows(COURSE).reads("Factors, with year and source")
