"""Who may play the package of an activity, and what its teacher has decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.rules.activities import may_work
from biosint.exchange.states import ActivityKind, ApplicationState
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Application, Course

MOST_ATTEMPTS = 50


@dataclass(frozen=True, slots=True)
class PackageSettings:
    """What a teacher decides about one package: plain values of ``Activity.settings``."""

    attempts: int = 0  # at most so many; 0 is any number
    counts_best: bool = True  # of several attempts the best counts, else the last
    is_done_when_opened: bool = False  # for packages that never say that they are done


def settings_of(activity: Activity) -> PackageSettings:
    """Read the settings; what is missing or of another kind falls back to the default."""
    kept = activity.settings if isinstance(activity.settings, dict) else {}
    attempts = kept.get("attempts")
    return PackageSettings(
        attempts=attempts if isinstance(attempts, int) and 0 <= attempts <= MOST_ATTEMPTS else 0,
        counts_best=kept.get("counts") != "last",
        is_done_when_opened=kept.get("done_when") == "opened",
    )


def may_begin(
    course: Course,
    activity: Activity,
    *,
    application: Application | None,
    at: datetime,
    closes_at: datetime | None = None,
) -> Verdict:
    """Admitted learners play a package, and it counts, while its activity is open and the course under way.

    Args:
        closes_at: the end for this learner where it is another than that of the activity (an extension).
    """
    if application is None or application.state != ApplicationState.ADMITTED:
        return refused(_("Only learners of the course work here. Teachers can try the package out."))
    if activity.kind != ActivityKind.PACKAGE:
        return refused(_("This activity has no package."))
    return may_work(course, activity, at=at, closes_at=closes_at)


def may_try_out(*, teaches_here: bool) -> Verdict:
    """Teachers of the course play its packages at any time; it counts for nobody."""
    return ALLOWED if teaches_here else refused(_("Only teachers of the course try packages out."))
