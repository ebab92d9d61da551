from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from biosint.jobs.api import Job, JobState
from biosint.people.api import Person
from clock import NOON
from factories import JobFactory, PersonFactory

pytestmark = pytest.mark.django_db


def page_of(job: Job) -> str:
    return reverse("jobs:detail", args=[job.public_id])


def test_a_running_job_shows_how_far_it_is_and_looks_again_by_itself(
    client_of: Callable[[Person], Client],
) -> None:
    job = JobFactory(
        state=JobState.RUNNING, lease=uuid4(), heartbeat_at=NOON, done=2, total=5, step="Counting answers"
    )

    page = client_of(job.owner).get(page_of(job)).content.decode()

    assert "Counting answers" in page
    assert '<meta http-equiv="refresh"' in page
    assert f'hx-get="{page_of(job)}"' in page


def test_htmx_gets_the_inner_part_alone(client_of: Callable[[Person], Client]) -> None:
    job = JobFactory()

    part = client_of(job.owner).get(page_of(job), headers={"HX-Request": "true"}).content.decode()

    assert part.startswith('<div class="stack" id="job"')
    assert "<html" not in part


def test_a_finished_job_leads_to_its_result_and_looks_no_more(client_of: Callable[[Person], Client]) -> None:
    job = JobFactory(state=JobState.DONE, result={"url": "/reports/7/", "text": "The report is ready."})

    page = client_of(job.owner).get(page_of(job)).content.decode()

    assert 'href="/reports/7/"' in page
    assert "The report is ready." in page
    assert "hx-trigger" not in page.split('id="job"')[1].split(">")[0]


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_a_job_that_ended_otherwise_says_so(state: JobState, client_of: Callable[[Person], Client]) -> None:
    job = JobFactory(state=state, failure="No place is left." if state == JobState.FAILED else "")

    page = client_of(job.owner).get(page_of(job)).content.decode()

    assert ("No place is left." if state == JobState.FAILED else "It was stopped") in page


def test_a_job_can_be_stopped_on_its_page(client_of: Callable[[Person], Client]) -> None:
    job = JobFactory()

    answer = client_of(job.owner).post(reverse("jobs:cancel", args=[job.public_id]))

    assert answer.status_code == 302
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_strangers_do_not_find_a_job(client: Client, client_of: Callable[[Person], Client]) -> None:
    job = JobFactory()

    assert client_of(PersonFactory()).get(page_of(job)).status_code == 404
    assert client.get(page_of(job)).status_code == 302
