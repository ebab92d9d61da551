"""An external tool (LTI 1.3), opened in a tab of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange import rules
from biosint.exchange.tools import HOME
from biosint.exchange.web.kinds.base import Kind, Panel
from biosint.lti.api import Link

if TYPE_CHECKING:
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn


def panel(request: SignedIn, place: Place) -> Panel:
    link = Link.objects.select_related("tool").filter(home=HOME, key=str(place.activity.pk)).first()
    score = (
        place.application.scores.filter(activity=place.activity).first()
        if place.application and link
        else None
    )
    return Panel(
        "exchange/kinds/tool.html",
        {
            "place": place,
            "link": link,
            "score": score,
            "may_set_up": rules.may_edit(request.user, place.course),
        },
    )


KIND = Kind(
    icon="external-link",
    explains=_("A service elsewhere that is opened from here and may send points back (LTI 1.3)."),
    panel=panel,
)
