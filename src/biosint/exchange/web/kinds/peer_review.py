"""Peer review: learners rate works of others by a rubric; teachers decide on what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Review, ReviewedWork
from biosint.exchange.queries.deadlines import due_for
from biosint.exchange.queries.peer_review import received, reviewer_for, reviews_by, rubric_of
from biosint.exchange.rubrics import rubric_from
from biosint.exchange.rules.peer_review import asked_of, may_decide, may_review
from biosint.exchange.states import ActivityKind
from biosint.exchange.web.kinds.base import Kind, KindSettings, Panel

if TYPE_CHECKING:
    from biosint.exchange.models import Application
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn

MOST_CHOICES = 200


class PeerReviewSettings(KindSettings):
    """Which works, by what rubric, how many, by whom."""

    of = forms.TypedChoiceField(label=_("Works to review"), coerce=int, empty_value=None, required=False)
    rubric = forms.TypedChoiceField(
        label=_("Rubric"), coerce=int, help_text=_("Write rubrics in the grade book first.")
    )
    each = forms.IntegerField(
        label=_("Works each reviewer reviews"),
        min_value=1,
        max_value=10,
        initial=3,
        help_text=_("Three or more make a result that one strict reviewer does not decide."),
    )
    by = forms.ChoiceField(
        label=_("Who reviews"),
        choices=[("learner", _("Each learner")), ("team", _("Each team together"))],
        initial="learner",
    )
    names = forms.BooleanField(label=_("Reviewers and authors see each other’s names"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        works = self.course.activities.filter(kind=ActivityKind.PRODUCT).values_list("pk", "title")
        rubrics = self.course.rubrics.values_list("pk", "title")
        self.fields["of"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("The works teams hand in for the whole course")),
            *works[:MOST_CHOICES],
        ]
        self.fields["rubric"].choices = list(rubrics[:MOST_CHOICES])  # type: ignore[attr-defined]  # a ChoiceField


def panel(request: SignedIn, place: Place) -> Panel:
    activity = place.activity
    asked = asked_of(activity)
    context: dict[str, Any] = {"asked": asked, "has_rubric": rubric_of(activity) is not None}
    if place.application is None:
        context |= {
            "may_decide": may_decide(place.person, activity),
            "work_count": ReviewedWork.objects.filter(activity=activity, is_sample=False).count(),
            "sent_count": Review.objects.filter(
                work__activity=activity, work__is_sample=False, sent_at__isnull=False
            ).count(),
            "given_count": Review.objects.filter(work__activity=activity, work__is_sample=False).count(),
            "samples": ReviewedWork.objects.filter(activity=activity, is_sample=True),
        }
        return Panel("exchange/kinds/peer_review_teacher.html", context)
    reviews = list(reviews_by(reviewer_for(activity, place.application)))
    works = [one for one in reviews if not one.work.is_sample]
    context |= {
        "reviews": reviews,
        "works": works,
        "done_count": sum(one.sent_at is not None for one in reviews),
        "open_samples": any(one.work.is_sample and one.sent_at is None for one in reviews),
        "has_room": len(works) < asked.each,
        "may_review": may_review(
            place.person, activity, at=place.now, closes_at=due_for(activity, place.application).closes_at
        ),
        "received": _received(place, place.application),
    }
    return Panel("exchange/kinds/peer_review.html", context, styles=("exchange/rubrics.css",))


def _received(place: Place, application: Application) -> list[tuple[ReviewedWork, list[Any]]]:
    """Return one's own works with what reviewers chose, in words."""
    found = rubric_of(place.activity)
    if found is None:
        return []
    rubric = rubric_from(found[0].content)
    return [
        (work, [(review, list(rubric_words(rubric, review.chosen))) for review in reviews])
        for work, reviews in received(place.activity, application)
    ]


def rubric_words(rubric: Any, chosen: dict[str, int]) -> list[tuple[str, str]]:
    """Return title and chosen level of each criterion that was rated."""
    return [
        (criterion.title, criterion.levels[chosen[criterion.code]].text)
        for criterion in rubric.criteria
        if 0 <= chosen.get(criterion.code, -1) < len(criterion.levels)
    ]


KIND = Kind(
    icon="clipboard-check",
    explains=_("Learners rate works of others by a rubric. You see where they disagree, and decide."),
    panel=panel,
    settings_form=PeerReviewSettings,
)
