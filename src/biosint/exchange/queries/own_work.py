"""What one person has left behind in the activities of courses, for their own export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from biosint.exchange.models import (
    Attendance,
    AtWork,
    Ballot,
    Contribution,
    Facilitation,
    FormerWords,
    Intervention,
    Product,
    PutForward,
    Review,
    SelfRating,
    SurveyTicket,
    Visit,
    Voter,
)
from biosint.exchange.queries.own_marks import own_marks

if TYPE_CHECKING:
    from biosint.people.api import Person


def own_work(person: Person) -> Iterator[dict[str, Any]]:
    """Yield everything, kind by kind, also from activities that were removed."""
    yield from _contributions(person)
    yield from _works(person)
    yield from _attendances(person)
    yield from _reviews(person)
    yield from _votes(person)
    yield from _self_ratings(person)
    yield from _surveys(person)
    yield from _put_forward(person)
    yield from own_marks(person)
    yield from _around_teams(person)


def _around_teams(person: Person) -> Iterator[dict[str, Any]]:
    """Yield which teams a person accompanies, what was noted about them, and when they last read a discussion."""
    for one in Facilitation.objects.filter(person=person).select_related("course"):
        yield {"course": one.course.title, "accompanies_since": one.given_at, "ended_at": one.ended_at}
    for noted in Intervention.objects.filter(person=person).select_related("team__course"):
        yield {
            "course": noted.team.course.title,
            "noted_about_you": noted.get_kind_display(),
            "text": noted.text,
            "noted_at": noted.noted_at,
        }
    for opened in AtWork.objects.filter(person=person).select_related("activity__course"):
        yield {
            "course": opened.activity.course.title,
            "marking": opened.activity.title,
            "last_seen_at": opened.seen_at,
        }
    for visit in Visit.objects.filter(person=person).select_related("activity__course"):
        yield {
            "course": visit.activity.course.title,
            "discussion": visit.activity.title,
            "last_read_at": visit.last_at,
        }


def _contributions(person: Person) -> Iterator[dict[str, Any]]:
    for written in Contribution.objects.filter(author=person).select_related("thread__activity__course"):
        yield {
            "course": written.activity.course.title,
            "discussion": written.activity.title,
            "thread": written.thread.title,
            "written_at": written.written_at,
            "text": written.text,
            "hidden_because": written.hidden_because,
        }
    for words in FormerWords.objects.filter(contribution__author=person).select_related(
        "contribution__thread"
    ):
        yield {
            "thread": words.contribution.thread.title,
            "replaced_at": words.replaced_at,
            "text": words.text,
        }


def _works(person: Person) -> Iterator[dict[str, Any]]:
    own = Q(handed_in_by=person) | Q(application__learner=person)
    works = Product.objects.filter(own, activity__isnull=False).select_related("activity__course", "team")
    for work in works.prefetch_related("files"):
        yield {
            "course": work.activity.course.title if work.activity is not None else "",
            "activity": work.activity.title if work.activity is not None else "",
            "team": work.team.number if work.team is not None else None,
            "version": work.number,
            "handed_in_at": work.handed_in_at,
            "text": work.text,
            "link": work.link,
            "files": [one.name for one in work.files.all()],
            "fingerprint": work.fingerprint,
        }


def _attendances(person: Person) -> Iterator[dict[str, Any]]:
    there = Attendance.objects.filter(application__learner=person).select_related("activity__course")
    for one in there:
        yield {
            "course": one.activity.course.title,
            "live_session": one.activity.title,
            "began_at": one.begins_at,
            "came_at": one.came_at,
            "late": one.is_late,
        }


def _reviews(person: Person) -> Iterator[dict[str, Any]]:
    own = Review.objects.filter(reviewer__application__learner=person, begun_at__isnull=False)
    for review in own.select_related("work__activity__course"):
        yield {
            "course": review.work.activity.course.title,
            "peer_review": review.work.activity.title,
            "text": review.words,
            "levels": review.chosen,
            "points": review.points,
            "sent_at": review.sent_at,
            "found_helpful": review.is_helpful,
        }


def _votes(person: Person) -> Iterator[dict[str, Any]]:
    # An anonymous poll knows that somebody voted; what for is kept nowhere.
    chosen: dict[int, list[int]] = {}
    for key, option in Ballot.objects.filter(voter__application__learner=person).values_list(
        "voter_id", "option"
    ):
        chosen.setdefault(key, []).append(option)
    for voter in Voter.objects.filter(application__learner=person).select_related("poll__activity__course"):
        options = {one["key"]: one["text"] for one in voter.poll.activity.settings.get("options", [])}
        yield {
            "course": voter.poll.activity.course.title,
            "poll": voter.poll.activity.title,
            "text": "; ".join(options.get(option, "") for option in chosen.get(voter.pk, [])),
        }


def _self_ratings(person: Person) -> Iterator[dict[str, Any]]:
    for rating in SelfRating.objects.filter(application__learner=person).select_related("activity__course"):
        yield {
            "course": rating.activity.course.title,
            "self_assessment": rating.activity.title,
            "rated_at": rating.rated_at,
            "text": ", ".join(str(value) for value in rating.values),
        }


def _surveys(person: Person) -> Iterator[dict[str, Any]]:
    # That somebody was asked. Which answers are theirs is known to nobody.
    for ticket in SurveyTicket.objects.filter(application__learner=person).select_related(
        "survey__activity__course"
    ):
        yield {
            "course": ticket.survey.activity.course.title,
            "survey": ticket.survey.activity.title,
        }


def _put_forward(person: Person) -> Iterator[dict[str, Any]]:
    for one in PutForward.objects.filter(learner=person).select_related("course", "institution"):
        yield {
            "course": one.course.title,
            "put_forward_by": str(one.institution),
            "name": one.name,
            "email": one.email,
            "at": one.put_at,
        }
