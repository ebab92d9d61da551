"""States of a document and its legal moves. Plain data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentState(TextChoices):
    DRAFT = "draft", _("draft")
    REVIEW = "review", _("before the council")
    ADOPTED = "adopted", _("adopted")


# An adopted document is opened again only by writing its next version.
MOVES: dict[DocumentState, frozenset[DocumentState]] = {
    DocumentState.DRAFT: frozenset({DocumentState.REVIEW}),
    DocumentState.REVIEW: frozenset({DocumentState.DRAFT, DocumentState.ADOPTED}),
    DocumentState.ADOPTED: frozenset({DocumentState.DRAFT}),
}


class DocumentKind(TextChoices):
    STRATEGY = "strategy", _("strategy")
    PROTOCOL = "protocol", _("protocol")
    GUIDE = "guide", _("guide")
