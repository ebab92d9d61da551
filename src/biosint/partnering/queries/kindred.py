"""Who fits an offer: other offers and syllabi, ranked part by part (``iahcalc.partners``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from biosint.curriculum import api as curriculum
from biosint.curriculum.api import IocDimension
from biosint.institutions import api as institutions
from biosint.institutions.api import AcademicTerm, TermKind
from biosint.partnering.models import Offer, OfferWord
from biosint.partnering.rules import offers as rules
from biosint.shared.folding import folded, folded_words
from iahcalc.partners import CommonWeeks, Likeness, Profile, Stretch, common_weeks, likeness

if TYPE_CHECKING:
    from biosint.institutions.api import Institution

SHOWN = 5
# So many, the newest, are compared; a page never costs more with more offers.
MOST_COMPARED = 200
LEAST = 0.25


@dataclass(frozen=True, slots=True)
class Kindred:
    """An offer or a unit that fits, how well, and in which weeks both institutions teach (None: not known)."""

    found: Offer | curriculum.Unit
    institution: Institution
    likeness: Likeness
    weeks: CommonWeeks | None


def kindred_offers(offer: Offer, *, today: date) -> list[Kindred]:
    """Return the open offers of other institutions that fit best. Six queries at most, whatever their number."""
    same_words = OfferWord.objects.filter(word__in=folded_words(" ".join(offer.keywords))).values("offer")
    near = (
        Offer.objects.filter(rules.shown(today))
        .filter(Q(subject__startswith=offer.subject[:2]) | Q(pk__in=same_words))
        .exclude(institution=offer.institution_id)
        .exclude(teacher=offer.teacher_id)
        .select_related("institution", "unit", "course")
        .order_by("-created_at", "-pk")[:MOST_COMPARED]
    )
    others = list(near)
    coverage = _coverage([offer, *others])
    mine = profile_of(offer, coverage.get(offer.pk, {}))
    terms = _terms([offer.institution_id, *(other.institution_id for other in others)], offer)
    ranked = []
    for other in others:
        start, end = max(offer.start_date, other.start_date), min(offer.end_date, other.end_date)
        weeks = (
            _weeks(terms, offer.institution_id, other.institution_id, start, end) if start <= end else None
        )
        ranked.append(
            Kindred(
                other,
                other.institution,
                likeness(
                    mine,
                    profile_of(other, coverage.get(other.pk, {})),
                    weeks_in_common=_share(weeks, offer),
                ),
                weeks,
            )
        )
    return _best(ranked)


def kindred_units(offer: Offer) -> list[Kindred]:
    """Return the approved units of other institutions whose syllabus fits best. Four queries at most."""
    near = (
        curriculum.counted_units()
        .exclude(programme__institution=offer.institution_id)
        .order_by("-created_at", "-pk")[:MOST_COMPARED]
    )
    known = curriculum.approved_outcomes(list(near))
    mine = profile_of(offer, _coverage([offer]).get(offer.pk, {}))
    terms = _terms([offer.institution_id, *(unit.programme.institution_id for unit, _ in known)], offer)
    ranked = []
    for unit, outcomes in known:
        there = unit.programme.institution
        weeks = _weeks(terms, offer.institution_id, there.pk, offer.start_date, offer.end_date)
        ranked.append(
            Kindred(
                unit,
                there,
                likeness(mine, _profile_of_unit(unit, outcomes, offer), weeks_in_common=_share(weeks, offer)),
                weeks,
            )
        )
    # Language and calendar alone make no likeness: something of the content must be shared.
    return _best([one for one in ranked if _shares_content(one.likeness)])


def profile_of(offer: Offer, coverage: Mapping[str, float]) -> Profile:
    """Return what is compared of an offer; keywords are compared folded, so that both scripts meet."""
    return Profile(
        keywords={folded(word): word for word in offer.keywords},
        subject=offer.subject,
        language=offer.language,
        coverage=coverage,
    )


def _profile_of_unit(unit: curriculum.Unit, outcomes: Sequence[curriculum.Outcome], offer: Offer) -> Profile:
    """A syllabus has no keywords: every word of its title and outcomes counts, and the offer's keywords found there."""
    there = set(folded_words(" ".join([unit.title, *(outcome.text for outcome in outcomes)])))
    words = {word: word for word in there}
    words |= {folded(word): word for word in offer.keywords if there.issuperset(folded_words(word))}
    return Profile(keywords=words, language=unit.language, coverage=_counted(outcomes))


def _counted(outcomes: Iterable[curriculum.Outcome]) -> dict[str, float]:
    return dict(Counter(code for outcome in outcomes for code in outcome.dimensions if code in IocDimension))


def _coverage(offers: Sequence[Offer]) -> dict[int, dict[str, float]]:
    """Return for each offer how many outcomes of its unit, or of its course, serve each dimension."""
    units = {offer.unit_id: offer.unit for offer in offers if offer.unit is not None}
    by_unit = {
        unit.pk: _counted(outcomes) for unit, outcomes in curriculum.approved_outcomes(list(units.values()))
    }
    found: dict[int, dict[str, float]] = {}
    for offer in offers:
        if offer.unit_id in by_unit:
            found[offer.pk] = by_unit[offer.unit_id]
        elif offer.course is not None:
            found[offer.pk] = dict(
                Counter(str(row.get("ioc_dimension", "")) for row in offer.course.outcomes)
            )
    return found


def _terms(keys: Iterable[int], offer: Offer) -> dict[int, list[AcademicTerm]]:
    return institutions.terms_between(set(keys), first=offer.start_date, last=offer.end_date)


def _weeks(
    terms: Mapping[int, Sequence[AcademicTerm]], here: int, there: int, start: date, end: date
) -> CommonWeeks | None:
    if here not in terms or there not in terms:
        return None
    return common_weeks(_stretches(terms[here]), _stretches(terms[there]), start=start, end=end)


def _stretches(terms: Sequence[AcademicTerm]) -> list[Stretch]:
    return [Stretch(term.first_date, term.last_date, term.kind == TermKind.TEACHING) for term in terms]


def _share(weeks: CommonWeeks | None, offer: Offer) -> float | None:
    if weeks is None:
        return None
    whole = common_weeks([], [], start=offer.start_date, end=offer.end_date).weeks
    return weeks.common / whole if whole else None


def _shares_content(found: Likeness) -> bool:
    return any(part.name in {"keywords", "coverage"} and part.share for part in found.parts)


def _best(ranked: list[Kindred]) -> list[Kindred]:
    fitting = [one for one in ranked if one.likeness.score >= LEAST]
    return sorted(fitting, key=lambda one: (-one.likeness.score, one.found.pk))[:SHOWN]
