"""Who is suggested for an offer, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from biosint.partnering.queries import kindred
from biosint.partnering.reasons import reasons
from clock import NOON
from factories import (
    AcademicTermFactory,
    ApprovedSyllabusFactory,
    InstitutionFactory,
    OutcomeFactory,
    TeacherFactory,
)
from factories.partnering import OfferFactory

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def test_the_most_alike_offer_comes_first_and_one_s_own_institution_never() -> None:
    offer = OfferFactory(keywords=["Сепса", "shock"], subject="0912")
    near = OfferFactory(keywords=["sepsa", "wards"], subject="0912")
    far = OfferFactory(keywords=["law"], subject="0923")
    OfferFactory(institution=offer.institution, keywords=["sepsa"])

    found = kindred.kindred_offers(offer, today=TODAY)

    assert [one.found for one in found] == [near, far]
    assert found[0].likeness.score == pytest.approx((0.3 * 0.5 + 0.25 + 0.1) / 0.65)


def test_weeks_in_common_are_counted_from_both_academic_years() -> None:
    offer, other = OfferFactory(), OfferFactory()
    for institution in (offer.institution, other.institution):
        AcademicTermFactory(institution=institution)
    AcademicTermFactory(
        institution=other.institution,
        kind="holiday",
        first_date=TODAY + timedelta(days=14),
        last_date=TODAY + timedelta(days=20),
    )

    (found,) = kindred.kindred_offers(offer, today=TODAY)

    assert found.weeks is not None
    assert found.weeks.common == found.weeks.weeks - 1 - found.weeks.neither
    sentences = [sentence for sentence, _share, _weight in reasons(found.likeness.parts, found.weeks, offer)]
    assert "Shared keywords: sepsis, antibiotics." in sentences
    assert "The same subject: Medicine." in sentences
    assert any(
        sentence.startswith(f"Both institutions teach in {found.weeks.common} of") for sentence in sentences
    )


def test_a_syllabus_elsewhere_fits_by_its_words_and_its_outcomes() -> None:
    mine = ApprovedSyllabusFactory()
    OutcomeFactory(syllabus=mine, dimensions=["systems", "evidence"])
    theirs = ApprovedSyllabusFactory(unit__title="Sepsis and shock", unit__state="approved")
    OutcomeFactory(syllabus=theirs, dimensions=["systems"], text="treat with antibiotics")
    ApprovedSyllabusFactory(unit__title="Anatomy", unit__state="approved")
    offer = OfferFactory(unit=mine.unit, institution=mine.unit.programme.institution)

    found = kindred.kindred_units(offer)

    assert [one.found for one in found] == [theirs.unit]
    parts = {part.name: part for part in found[0].likeness.parts}
    assert parts["keywords"].found == ("sepsis", "antibiotics")
    assert parts["coverage"].share == pytest.approx(2**-0.5)
    page = Client().get(offer.get_absolute_url()).content.decode()
    assert "Learning outcomes of both serve: Health systems elsewhere." in page


def test_one_s_teacher_at_two_institutions_is_not_suggested_to_themselves() -> None:
    offer = OfferFactory()
    OfferFactory(teacher=offer.teacher, institution=InstitutionFactory())
    TeacherFactory()

    assert kindred.kindred_offers(offer, today=TODAY) == []
