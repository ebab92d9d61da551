"""``{% load pads %}{% pad record.notes label=_("Our notes") %}`` shows a text that several people write at once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django import template

from biosint.pads.rules import Access, access_to
from biosint.shared.verdicts import Sentence

if TYPE_CHECKING:
    from django.template.context import Context

    from biosint.pads.models import Pad

register = template.Library()


@register.inclusion_tag("pads/_pad.html", takes_context=True)
def pad(
    context: Context,
    pad: Pad,
    url: str = "",
    *,
    label: Sentence,
    rows: int = 14,
    access: Access | None = None,
    typed: str | None = None,
    error: str = "",
    seen: int | None = None,
) -> dict[str, object]:
    """A text field in which several people write at once; a plain form without script.

    Whoever may not write reads the formatted text and is told why.

    Args:
        url: where a form without script comes back to, when that is not the page that the rule names.
        label: what the text is called, above the field.
        access: where the view has asked already; else the rule of the text's kind is asked.
        typed: what a person had typed when saving was refused, with ``error``.
        seen: the number of the change after which that person began to type; the newest when left out.
    """
    request = context["request"]
    return {
        "pad": pad,
        "url": url,
        "label": label,
        "rows": rows,
        "access": access or access_to(pad, request.user),
        "typed": typed,
        "error": error,
        "seen": pad.number if seen is None else seen,
        "key": uuid.uuid4(),
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "reader": request.user,
    }
