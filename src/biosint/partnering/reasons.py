"""Why somebody is suggested, in sentences; each part with its share, nothing hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.curriculum.api import IocDimension
from biosint.shared.subjects import BROAD_FIELDS, subject_name

if TYPE_CHECKING:
    from biosint.partnering.models import Offer
    from iahcalc.partners import CommonWeeks, Part

DETAILED, NARROW = 4, 3


def reasons(parts: tuple[Part, ...], weeks: CommonWeeks | None, offer: Offer) -> list[tuple[str, int, int]]:
    """Return (sentence, likeness in per cent, weight in per cent) for each known part, the strongest first."""
    return [
        (_sentence(part, weeks, offer), round(100 * part.share), round(100 * part.weight)) for part in parts
    ]


def _sentence(part: Part, weeks: CommonWeeks | None, offer: Offer) -> str:
    match part.name:
        case "keywords":
            return _keywords(part)
        case "subject":
            return _subject(part.found[0] if part.found else "", offer)
        case "coverage":
            return _outcomes(part)
        case "calendar":
            return _calendar(weeks)
        case _:
            return (
                _("The same language of teaching.") if part.share else _("Different languages of teaching.")
            )


def _keywords(part: Part) -> str:
    if not part.found:
        return _("No keyword is shared.")
    return _("Shared keywords: %(words)s.") % {"words": ", ".join(part.found)}


def _outcomes(part: Part) -> str:
    if not part.found:
        return _("The learning outcomes are international in different ways.")
    names = ", ".join(str(IocDimension(name).label) for name in part.found if name in IocDimension)
    return _("Learning outcomes of both serve: %(dimensions)s.") % {"dimensions": names}


def _subject(digits: str, offer: Offer) -> str:
    if len(digits) == DETAILED:
        return _("The same subject: %(subject)s.") % {"subject": subject_name(offer.subject)}
    if len(digits) == NARROW:
        return _("A neighbouring subject, close to %(subject)s.") % {"subject": subject_name(offer.subject)}
    if digits:
        return _("The same broad field: %(field)s.") % {"field": BROAD_FIELDS.get(digits, digits)}
    return _("A subject of another field.")


def _calendar(weeks: CommonWeeks | None) -> str:
    if weeks is None:
        return _("The weeks of the two do not meet.")
    return ngettext(
        "Both institutions teach in %(common)d of %(all)d week; without classes at one of them: %(lost)d.",
        "Both institutions teach in %(common)d of %(all)d weeks; without classes at one or both of them: %(lost)d.",
        weeks.weeks,
    ) % {"common": weeks.common, "all": weeks.weeks, "lost": weeks.weeks - weeks.common}
