"""What each kind of activity shows and asks, by kind. A kind is added by a module here and one line below."""

from __future__ import annotations

from biosint.exchange.states import ActivityKind
from biosint.exchange.web.kinds import (
    discussion,
    live,
    package,
    page,
    peer_review,
    poll,
    product,
    quiz,
    self_assessment,
    survey,
    tool,
)
from biosint.exchange.web.kinds.base import Kind, KindSettings, Panel

KINDS: dict[ActivityKind, Kind] = {
    ActivityKind.PAGE: page.KIND,
    ActivityKind.FILE: page.FILES,
    ActivityKind.PACKAGE: package.KIND,
    ActivityKind.DISCUSSION: discussion.KIND,
    ActivityKind.QUIZ: quiz.KIND,
    ActivityKind.TOOL: tool.KIND,
    ActivityKind.PRODUCT: product.KIND,
    ActivityKind.LIVE: live.KIND,
    ActivityKind.PEER_REVIEW: peer_review.KIND,
    ActivityKind.POLL: poll.KIND,
    ActivityKind.SELF_ASSESSMENT: self_assessment.KIND,
    ActivityKind.SURVEY: survey.KIND,
}

__all__ = ["KINDS", "Kind", "KindSettings", "Panel", "kind_of"]


def kind_of(kind: str) -> Kind:
    """Return what a kind shows; a kind that is not built is shown as its text alone."""
    return KINDS.get(ActivityKind(kind), page.KIND)
