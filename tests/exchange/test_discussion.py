"""Discussions: who writes and reads, what counts as done, what teachers hide, two at once, a removed activity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from at_once import at_once
from biosint.exchange.models import Activity, Application, Contribution, Progress, Team, Thread
from biosint.exchange.operations import discussion as operations
from biosint.exchange.operations.forgetting_work import forget_work
from biosint.exchange.queries.discussion import page_of_news, share_of, threads_for
from biosint.exchange.queries.own_work import own_work
from biosint.exchange.rules.discussion import may_read_discussion
from biosint.exchange.states import ActivityKind, CourseState
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import DAY, HOUR, NOON
from exchange.cast import Cast, running
from factories import ActivityFactory, PersonFactory
from factories.exchange_work import ContributionFactory, ThreadFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


def a_discussion(**settings: Any) -> tuple[Cast, list[Application], Team, Activity]:
    cast, learners, team = running()
    activity = ActivityFactory(course=cast.course, kind=ActivityKind.DISCUSSION, settings=settings)
    return cast, learners, team, activity


def begun(activity: Activity, by: Person, *, team: Team | None = None, **words: Any) -> Thread:
    given: dict[str, Any] = {"title": "Fever", "text": "What is done first?", "key": uuid4(), "at": NOON}
    return operations.begin_thread(activity_id=activity.pk, team=team, by=by, **{**given, **words})


def answered(thread: Thread, by: Person, **words: Any) -> Contribution:
    given: dict[str, Any] = {"text": "We wait two days.", "key": uuid4(), "at": NOON}
    return operations.answer(thread_id=thread.pk, by=by, **{**given, **words})


def progress(activity: Activity, application: Application) -> Progress:
    return Progress.objects.get(activity=activity, application=application)


def test_a_learner_is_done_after_the_threads_and_answers_that_are_asked() -> None:
    _cast, (ana, bo, *_others), _team, activity = a_discussion(threads=1, answers=1)
    thread = begun(activity, bo.learner)

    begun(activity, ana.learner)
    assert progress(activity, ana).done_at is None
    answered(thread, ana.learner, at=NOON + HOUR)

    assert progress(activity, ana).done_at == NOON + HOUR
    assert progress(activity, bo).done_at is None


def test_answers_in_ones_own_thread_do_not_count() -> None:
    _cast, (ana, *_others), _team, activity = a_discussion(threads=1, answers=1)
    thread = begun(activity, ana.learner)

    answered(thread, ana.learner)

    assert progress(activity, ana).done_at is None
    share = share_of(ana.learner, activity)
    assert (share.threads, share.answers) == (1, 0)


def test_hidden_words_count_no_more_until_they_are_shown_again() -> None:
    cast, (ana, *_others), _team, activity = a_discussion(threads=1, answers=0)
    written = begun(activity, ana.learner).contributions.get()

    operations.hide_contribution(
        contribution_id=written.pk, because="It names a patient.", by=cast.teacher, at=NOON
    )
    assert progress(activity, ana).done_at is None
    operations.show_contribution(contribution_id=written.pk, by=cast.teacher, at=NOON + HOUR)

    assert progress(activity, ana).done_at == NOON + HOUR


def test_what_comes_after_the_due_time_is_late() -> None:
    _cast, (ana, *_others), _team, activity = a_discussion(threads=1)
    Activity.objects.filter(pk=activity.pk).update(due_at=NOON - HOUR)

    begun(activity, ana.learner)

    assert progress(activity, ana).is_late


def test_nobody_writes_after_the_close_or_in_a_closed_thread() -> None:
    cast, (ana, bo, *_others), _team, activity = a_discussion()
    thread = begun(activity, ana.learner)
    operations.close_thread(thread_id=thread.pk, closed=True, by=cast.teacher, at=NOON)

    with pytest.raises(Refused, match="closed this thread"):
        answered(thread, bo.learner)
    Activity.objects.filter(pk=activity.pk).update(closes_at=NOON - HOUR)
    with pytest.raises(Refused, match="closed"):
        begun(activity, bo.learner)


def test_strangers_and_applicants_do_not_write() -> None:
    cast, _learners, _team, activity = a_discussion()

    for person in (PersonFactory(), cast.applicant().learner):
        with pytest.raises(Refused, match="place in this course"):
            begun(activity, person)


def test_the_rule_and_the_list_of_threads_say_the_same() -> None:
    cast, learners, team, activity = a_discussion(of_teams=True)
    other = cast.team(cast.admitted(cast.partner), number=2)
    for whose in (team, other):
        ThreadFactory(activity=activity, team=whose)
    people = [learners[0].learner, cast.teacher, PersonFactory(), other.members.get().application.learner]

    for person in people:
        for thread in Thread.objects.all():
            listed = threads_for(person, activity).filter(pk=thread.pk).exists()
            assert listed is bool(may_read_discussion(person, activity, thread.team)), (person, thread)


def test_a_member_of_another_team_cannot_write_in_this_one() -> None:
    cast, _learners, team, activity = a_discussion(of_teams=True)
    stranger = cast.admitted(cast.partner)
    cast.team(stranger, number=2)

    with pytest.raises(Refused, match="members of this team"):
        begun(activity, stranger.learner, team=team)
    with pytest.raises(Refused, match="Choose a team"):
        begun(activity, stranger.learner)


def test_changed_words_keep_what_stood_before() -> None:
    _cast, (ana, bo, *_others), _team, activity = a_discussion()
    written = begun(activity, ana.learner).contributions.get()

    for text in ("Second words", "Second words", "Third words"):
        operations.edit_contribution(
            contribution_id=written.pk, text=text, language="", by=ana.learner, at=NOON + HOUR
        )

    assert [words.text for words in written.former.all()] == ["What is done first?", "Second words"]
    with pytest.raises(Refused, match="Only its author"):
        operations.edit_contribution(
            contribution_id=written.pk, text="x", language="", by=bo.learner, at=NOON
        )


def test_learners_do_not_pin_close_or_hide() -> None:
    _cast, (ana, *_others), _team, activity = a_discussion()
    thread = begun(activity, ana.learner)

    with pytest.raises(Refused, match="Only a teacher"):
        operations.pin_thread(thread_id=thread.pk, pinned=True, by=ana.learner, at=NOON)
    with pytest.raises(Refused, match="Only a teacher"):
        operations.hide_contribution(
            contribution_id=thread.contributions.get().pk, because="No.", by=ana.learner, at=NOON
        )


def test_new_is_what_came_since_the_last_visit() -> None:
    _cast, (ana, *_others), _team, activity = a_discussion()
    person = ana.learner

    assert operations.note_visit(activity=activity, by=person, at=NOON) is None
    # The same visit goes on.
    assert operations.note_visit(activity=activity, by=person, at=NOON + HOUR / 4) is None

    assert operations.note_visit(activity=activity, by=person, at=NOON + DAY) == NOON + HOUR / 4
    assert operations.note_visit(activity=activity, by=person, at=NOON + DAY + HOUR / 4) == NOON + HOUR / 4


def test_a_reader_goes_on_at_the_page_of_the_first_news() -> None:
    thread = ThreadFactory(contribution_count=120)
    for number in range(120):
        ContributionFactory(thread=thread, activity=thread.activity, written_at=NOON + number * HOUR)

    assert page_of_news(thread, new_since=None) == 1
    assert page_of_news(thread, new_since=NOON + 49 * HOUR) == 2
    assert page_of_news(thread, new_since=NOON + 48 * HOUR) == 1
    assert page_of_news(thread, new_since=NOON + 500 * HOUR) == 3


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_one_thread_and_one_answer() -> None:
    _cast, (ana, *_others), _team, activity = a_discussion()
    key, other = uuid4(), uuid4()

    at_once(*[lambda: begun(activity, ana.learner, key=key)] * 3)
    thread = Thread.objects.get()
    at_once(*[lambda: answered(thread, ana.learner, key=other)] * 3)

    assert Contribution.objects.count() == 2
    thread.refresh_from_db()
    assert thread.contribution_count == 2


@pytest.mark.django_db(transaction=True)
def test_answers_at_once_are_all_counted() -> None:
    _cast, learners, _team, activity = a_discussion()
    thread = begun(activity, learners[0].learner)

    outcome = at_once(*[lambda one=one: answered(thread, one.learner) for one in learners])

    assert all(isinstance(one, Contribution) for one in outcome), outcome
    thread.refresh_from_db()
    assert thread.contribution_count == 5


def test_what_was_written_while_the_activity_was_removed_is_kept() -> None:
    cast, (ana, *_others), _team, activity = a_discussion()
    Activity.objects.filter(pk=activity.pk).update(removed_by=cast.teacher, removed_at=NOON)

    begun(activity, ana.learner, at=NOON + HOUR)

    assert Thread.objects.get().activity_id == activity.pk
    with pytest.raises(Refused, match="removed"):
        begun(activity, ana.learner, at=NOON + 25 * HOUR)


def test_a_closed_account_leaves_no_words() -> None:
    _cast, (ana, bo, *_others), _team, activity = a_discussion()
    thread = begun(activity, ana.learner)
    answered(thread, bo.learner)
    operations.edit_contribution(
        contribution_id=thread.contributions.get(is_opening=True).pk,
        text="Mine",
        language="",
        by=ana.learner,
        at=NOON,
    )
    assert {row["text"] for row in own_work(ana.learner)} == {"Mine", "What is done first?"}

    forget_work(ana.learner)

    assert [one.text for one in thread.contributions.all()] == ["", "We wait two days."]
    assert {row["text"] for row in own_work(ana.learner)} == {""}


# Pages


def base_of(activity: Activity) -> str:
    return f"/courses/{activity.course.slug}/pages/{activity.pk}/"


def test_a_learner_writes_answers_and_changes_on_pages(client_of: ClientOf) -> None:
    _cast, (ana, bo, *_others), _team, activity = a_discussion(threads=1, answers=1)
    base, hers, his = base_of(activity), client_of(ana.learner), client_of(bo.learner)

    sent = hers.post(
        f"{base}threads/new/",
        {"title": "<script>alert(1)</script>", "text": "**Fever**", "key": str(uuid4())},
        follow=True,
    )
    thread = Thread.objects.get()
    page = sent.content.decode()
    assert "<script>alert" not in page
    assert "<strong>Fever</strong>" in page
    his.post(f"{base}threads/{thread.pk}/answer/", {"text": "Vrućica", "language": "sr", "key": str(uuid4())})
    page = his.get(f"{base}threads/{thread.pk}/").content.decode()

    assert '<div lang="sr">' in page
    written = thread.contributions.get(is_opening=False)
    assert his.get(f"{base}contributions/{written.pk}/change/").status_code == 200
    his.post(f"{base}contributions/{written.pk}/change/", {"text": "Groznica", "language": "sr"})
    assert "Vrućica" in hers.get(f"{base}contributions/{written.pk}/").content.decode()
    assert "Answers to others: 1 of 1" in his.get(base).content.decode()


def test_an_empty_answer_is_sent_back_with_its_reason(client_of: ClientOf) -> None:
    _cast, (ana, *_others), _team, activity = a_discussion()
    thread = begun(activity, ana.learner)

    refused = client_of(ana.learner).post(
        f"{base_of(activity)}threads/{thread.pk}/answer/", {"text": " ", "key": str(uuid4())}
    )

    assert refused.status_code == 422
    assert Contribution.objects.count() == 1


def test_hidden_words_are_seen_by_their_author_and_teachers_alone(client_of: ClientOf) -> None:
    cast, (ana, bo, *_others), _team, activity = a_discussion()
    thread = begun(activity, ana.learner, text="Secret of a patient")
    written = thread.contributions.get()
    base = base_of(activity)
    client_of(cast.teacher).post(
        f"{base}contributions/{written.pk}/hide/", {"because": "It names a patient."}
    )

    seen = {
        person: client_of(person).get(f"{base}threads/{thread.pk}/").content.decode()
        for person in (ana.learner, bo.learner, cast.teacher)
    }

    assert [("Secret of a patient" in page) for page in seen.values()] == [True, False, True]
    assert all("It names a patient." in page for page in seen.values())
    assert "Secret" not in client_of(bo.learner).get(f"{base}contributions/{written.pk}/").content.decode()


def test_a_teacher_pins_closes_and_shows_on_pages(client_of: ClientOf) -> None:
    cast, (ana, *_others), _team, activity = a_discussion()
    thread = begun(activity, ana.learner)
    base, teacher = base_of(activity), client_of(cast.teacher)
    written = thread.contributions.get()

    teacher.post(f"{base}threads/{thread.pk}/pin/", {"pinned": "yes"})
    teacher.post(f"{base}threads/{thread.pk}/close/", {"closed": "yes"})
    teacher.post(f"{base}contributions/{written.pk}/hide/", {"because": ""})
    thread.refresh_from_db()

    assert thread.is_pinned
    assert thread.closed_by == cast.teacher
    written.refresh_from_db()
    assert written.hidden_at is None
    assert "on top" in client_of(ana.learner).get(base).content.decode()
    teacher.post(f"{base}contributions/{written.pk}/hide/", {"because": "Off the subject."})
    teacher.post(f"{base}contributions/{written.pk}/show/")
    written.refresh_from_db()
    assert written.hidden_at is None


def test_strangers_find_no_discussion(client_of: ClientOf) -> None:
    cast, (ana, *_others), team, activity = a_discussion(of_teams=True)
    thread = begun(activity, ana.learner, team=team)
    other = cast.admitted(cast.partner)
    cast.team(other, number=2)
    base = base_of(activity)

    assert client_of(PersonFactory()).get(base).status_code == 404
    assert client_of(other.learner).get(f"{base}threads/{thread.pk}/").status_code == 404
    key = str(uuid4())
    sent = client_of(other.learner).post(f"{base}threads/{thread.pk}/answer/", {"text": "x", "key": key})
    assert sent.status_code == 404
    page = ActivityFactory(course=cast.course)
    assert client_of(ana.learner).get(f"{base_of(page)}threads/{thread.pk}/").status_code == 404


def test_a_teacher_chooses_the_team_in_which_to_write(client_of: ClientOf) -> None:
    cast, (ana, *_others), team, activity = a_discussion(of_teams=True)
    base, teacher = base_of(activity), client_of(cast.teacher)

    refused = teacher.post(f"{base}threads/new/", {"title": "a", "text": "b", "key": str(uuid4())})
    teacher.post(f"{base}threads/new/?team=1", {"title": "To you", "text": "b", "key": str(uuid4())})

    assert refused.status_code == 403
    assert Thread.objects.get().team == team
    assert "To you" in client_of(ana.learner).get(base).content.decode()
    assert "Begin a thread in team 1" in teacher.get(f"{base}?team=1").content.decode()


def test_a_removed_activity_tells_that_the_work_is_kept(client_of: ClientOf) -> None:
    cast, (ana, *_others), _team, activity = a_discussion()
    Activity.objects.filter(pk=activity.pk).update(removed_by=cast.teacher, removed_at=timezone.now())

    sent = client_of(ana.learner).post(
        f"{base_of(activity)}threads/new/",
        {"title": "Late", "text": "My long words", "key": str(uuid4())},
        follow=True,
    )

    assert "Your work is kept" in sent.content.decode()
    assert Contribution.objects.get().text == "My long words"
    assert client_of(ana.learner).get(base_of(activity)).status_code == 404


def test_a_finished_course_is_read_and_no_more_written(client_of: ClientOf) -> None:
    cast, (ana, *_others), _team, activity = a_discussion()
    begun(activity, ana.learner)
    cast.move(CourseState.FINISHED)

    page = client_of(ana.learner).get(base_of(activity)).content.decode()

    assert "Fever" in page
    assert "This course is finished." in page


@pytest.mark.parametrize("rows", [3, 24])
def test_lists_of_threads_and_contributions_cost_the_same(
    rows: int, client_of: ClientOf, count_queries: Any
) -> None:
    _cast, (ana, *_others), _team, activity = a_discussion()
    client, base = client_of(ana.learner), base_of(activity)
    thread = begun(activity, ana.learner)
    for _row in range(rows):
        ContributionFactory(thread=ThreadFactory(activity=activity), activity=activity)
        ContributionFactory(thread=thread, activity=activity)
    client.get(base)

    with count_queries(17):
        client.get(base)
    with count_queries(14):
        client.get(f"{base}threads/{thread.pk}/")


def test_translation_links_are_there_where_the_site_has_chosen_an_aid(
    client_of: ClientOf, settings: Any
) -> None:
    _cast, (ana, *_others), _team, activity = a_discussion()
    thread = begun(activity, ana.learner, text="Vrućica & **bol**", language="sr")
    address = f"{base_of(activity)}threads/{thread.pk}/"
    assert "Translate" not in client_of(ana.learner).get(address).content.decode()

    settings.TRANSLATION_URL = "https://translate.example/?f={from}&t={to}&q={text}"

    page = client_of(ana.learner).get(address).content.decode()
    assert "https://translate.example/?f=sr&amp;t=en&amp;q=Vru%C4%87ica%20%26%20bol" in page
