"""The waiting list: who is next, offers that end, two who leave at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from at_once import at_once
from biosint.audit.api import Line
from biosint.exchange import operations, queries
from biosint.exchange.models import Application
from biosint.exchange.operations import waiting
from biosint.exchange.queries.places import free_for_waiting, number_in_queue
from biosint.exchange.states import ApplicationState
from biosint.notices.models import Notice
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import DAY, HOUR, NOON
from exchange.cast import Cast, a_course
from factories import InstitutionFactory

if TYPE_CHECKING:
    from biosint.institutions.api import Institution

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]

WAITING, OFFERED, ADMITTED = ApplicationState.WAITING, ApplicationState.OFFERED, ApplicationState.ADMITTED
LAPSED, WITHDRAWN = ApplicationState.LAPSED, ApplicationState.WITHDRAWN


def full_course(*, places: int = 2, answer_days: int = 3, **fields: Any) -> Cast:
    cast = a_course(answer_days=answer_days, **fields)
    cast.course.participations.update(places=places)
    return cast


def waits(cast: Cast, at: Institution | None = None, *, since: datetime = NOON, **fields: Any) -> Application:
    application = cast.applicant(at, **fields)
    return operations.put_on_waiting_list(application_id=application.pk, by=cast.teacher, at=since)


def state_of(application: Application) -> str:
    application.refresh_from_db()
    return application.state


def leave(application: Application, *, at: datetime = NOON) -> None:
    operations.withdraw(application_id=application.pk, by=application.learner, at=at)


def test_the_place_goes_to_whoever_waits_longest_at_the_same_institution() -> None:
    cast = full_course()
    leaving, _stays = cast.admitted(), cast.admitted()
    later = waits(cast, since=NOON + HOUR)
    first = waits(cast, since=NOON)
    elsewhere = waits(cast, cast.partner, since=NOON - DAY)

    leave(leaving)

    assert [state_of(one) for one in (first, later, elsewhere)] == [OFFERED, WAITING, WAITING]
    assert Notice.objects.filter(person=first.learner, title__contains="is free for you").count() == 1


def test_an_offered_place_is_kept_until_the_end_of_the_learners_own_day() -> None:
    cast = full_course(places=1, answer_days=3)
    leaving = cast.admitted()
    abroad = waits(cast, time_zone="America/New_York")

    # Summer time begins in New York on 8 March 2026: the day is shorter, the wall clock stays.
    leave(leaving, at=datetime(2026, 3, 6, 3, 0, tzinfo=UTC))

    abroad.refresh_from_db()
    assert abroad.offered_until == datetime(2026, 3, 9, 3, 59, tzinfo=UTC)


def test_whoever_accepts_has_the_place_and_pressing_twice_is_once() -> None:
    cast = full_course(places=1)
    leaving, next_one = cast.admitted(), waits(cast)
    leave(leaving)

    for _press in range(2):
        waiting.accept_offer(application_id=next_one.pk, by=next_one.learner, at=NOON + HOUR)

    assert state_of(next_one) == ADMITTED
    assert Line.objects.filter(action="exchange.application.accepted").count() == 1


def test_nobody_accepts_for_another_or_too_late() -> None:
    cast = full_course(places=1)
    leaving, next_one = cast.admitted(), waits(cast)
    leave(leaving)

    with pytest.raises(Refused, match="Only the learner"):
        waiting.accept_offer(application_id=next_one.pk, by=cast.teacher, at=NOON)
    with pytest.raises(Refused, match="time to accept this place is over"):
        waiting.accept_offer(application_id=next_one.pk, by=next_one.learner, at=NOON + 5 * DAY)


def test_an_offer_nobody_accepts_passes_on() -> None:
    cast = full_course(places=1)
    leaving, first, second = cast.admitted(), waits(cast), waits(cast, since=NOON + HOUR)
    leave(leaving)

    assert waiting.lapse_all(at=NOON + 3 * DAY) == 0
    assert waiting.lapse_all(at=NOON + 4 * DAY) == 1

    assert [state_of(first), state_of(second)] == [LAPSED, OFFERED]
    first_again = operations.apply(course_id=cast.course.pk, by=first.learner, at=NOON + DAY)
    assert (first_again.state, first_again.waiting_since) == (ApplicationState.SUBMITTED, None)


def test_without_days_to_answer_the_next_one_has_the_place_at_once() -> None:
    cast = full_course(places=1, answer_days=0)
    leaving, next_one = cast.admitted(), waits(cast)

    leave(leaving)

    assert state_of(next_one) == ADMITTED


def test_a_kept_place_is_not_given_to_anybody_else() -> None:
    cast = full_course(places=1)
    leaving, next_one, other = cast.admitted(), waits(cast), cast.applicant()
    leave(leaving)

    with pytest.raises(operations.CourseFull):
        operations.admit(application_id=other.pk, by=cast.teacher, at=NOON)
    operations.admit(application_id=next_one.pk, by=cast.teacher, at=NOON)

    assert state_of(next_one) == ADMITTED


def test_declining_an_offer_or_saying_no_passes_it_on() -> None:
    cast = full_course(places=1)
    leaving, first, second, third = cast.admitted(), *(waits(cast, since=NOON + n * HOUR) for n in range(3))
    leave(leaving)

    leave(first)
    operations.decline(application_id=second.pk, by=cast.teacher, at=NOON)

    assert [state_of(one) for one in (first, second, third)] == [
        WITHDRAWN,
        ApplicationState.DECLINED,
        OFFERED,
    ]


def test_places_that_are_added_go_to_the_list_and_no_more() -> None:
    cast = full_course(places=1)
    cast.admitted()
    line = [waits(cast, since=NOON + n * HOUR) for n in range(3)]

    operations.set_places(
        course_id=cast.course.pk, places={cast.host: 3}, outsiders=0, by=cast.teacher, at=NOON
    )

    assert [state_of(one) for one in line] == [OFFERED, OFFERED, WAITING]


def test_guests_who_have_not_proven_their_address_keep_their_number_and_are_passed_over() -> None:
    cast = full_course(places=1)
    cast.course.outsider_places = 1
    cast.course.save()
    outside = InstitutionFactory()
    leaving = cast.admitted(outside)
    guest = waits(cast, outside, is_guest=True, last_login=None)
    proven = waits(cast, outside, since=NOON + HOUR)

    leave(leaving)

    assert [state_of(guest), state_of(proven)] == [WAITING, OFFERED]
    assert number_in_queue(guest) == 1


def test_nothing_moves_where_teachers_decide_or_teams_are_published() -> None:
    by_hand = full_course(places=1, moves_up=False)
    leaving, next_one = by_hand.admitted(), waits(by_hand)
    leave(leaving)
    assert state_of(next_one) == WAITING
    assert free_for_waiting(by_hand.course) == 1

    published = full_course(places=1)
    leaving, next_one = published.admitted(), waits(published)
    published.publish_teams()
    operations.take_out(application_id=leaving.pk, by=published.teacher, at=NOON)
    assert state_of(next_one) == WAITING


def test_a_teacher_fills_what_is_free_once() -> None:
    cast = full_course(places=2, moves_up=False)
    line = [waits(cast, since=NOON + n * HOUR) for n in range(3)]

    given = [waiting.fill_places(course_id=cast.course.pk, by=cast.teacher, at=NOON) for _press in range(2)]

    assert given == [2, 0]
    assert [state_of(one) for one in line] == [OFFERED, OFFERED, WAITING]


def test_whoever_waits_sees_their_number_and_an_offer_on_the_course_page(client_of: ClientOf) -> None:
    cast = full_course(places=1)
    leaving, first, second = cast.admitted(), waits(cast), waits(cast, since=NOON + HOUR)

    page = client_of(second.learner).get(f"/courses/{cast.course.slug}/")
    assert "You are number 2 on the list." in page.content.decode()
    leave(leaving, at=timezone.now())

    client = client_of(first.learner)
    assert "A place is free for you" in client.get(f"/courses/{cast.course.slug}/").content.decode()
    assert "Accept your place in" in client.get("/").content.decode()
    client.post(f"/courses/{cast.course.slug}/accept/")
    assert state_of(first) == ADMITTED


def test_accepting_a_minute_too_late_is_explained(client_of: ClientOf) -> None:
    cast = full_course(places=1)
    leaving, next_one = cast.admitted(), waits(cast)
    leave(leaving, at=timezone.now() - timedelta(days=9))

    page = client_of(next_one.learner).post(f"/courses/{cast.course.slug}/accept/", follow=True)

    assert "The time to accept this place is over" in page.content.decode()
    assert state_of(next_one) == OFFERED


def test_the_teacher_fills_places_from_the_page_of_applications(client_of: ClientOf) -> None:
    cast = full_course(places=2, moves_up=False)
    next_one = waits(cast)
    client = client_of(cast.teacher)
    address = f"/courses/{cast.course.slug}/applications/"

    assert "1 person on the waiting list could have a place now." in client.get(address).content.decode()
    page = client.post(f"{address}fill/", follow=True)

    assert "1 place has gone to the waiting list." in page.content.decode()
    assert state_of(next_one) == OFFERED


def test_strangers_fill_nothing_and_accept_nothing(client_of: ClientOf) -> None:
    cast = full_course(places=1)
    client = client_of(cast.student())

    assert client.post(f"/courses/{cast.course.slug}/applications/fill/").status_code == 404
    assert client.post(f"/courses/{cast.course.slug}/accept/").status_code == 404


def test_undecided_applications_come_first_on_every_database() -> None:
    cast = full_course()
    decided, undecided = cast.admitted(), cast.applicant()

    assert list(queries.applications_to(cast.course)) == [undecided, decided]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_leave_at_once_each_leaves_one_place() -> None:
    cast = full_course(places=2, answer_days=0)
    leaving = [cast.admitted(), cast.admitted()]
    line = [waits(cast, since=NOON + n * HOUR) for n in range(3)]

    gave = at_once(*[lambda one=one: leave(one) for one in leaving])  # type: ignore[misc]

    assert gave == [None, None]
    assert [state_of(one) for one in line] == [ADMITTED, ADMITTED, WAITING]


@pytest.mark.django_db(transaction=True)
def test_an_offer_accepted_while_it_ends_is_either_accepted_or_ended() -> None:
    cast = full_course(places=1)
    leaving, first, second = cast.admitted(), waits(cast), waits(cast, since=NOON + HOUR)
    leave(leaving)
    until = Application.objects.get(pk=first.pk).offered_until
    assert until is not None

    at_once(
        lambda: waiting.accept_offer(application_id=first.pk, by=first.learner, at=until),
        lambda: waiting.lapse(application_id=first.pk, at=until + timedelta(seconds=1)),
    )

    assert (state_of(first), state_of(second)) in {(ADMITTED, WAITING), (LAPSED, OFFERED)}
