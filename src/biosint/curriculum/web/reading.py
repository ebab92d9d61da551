"""Pages on which syllabi are read: by institution, by unit, by version."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from biosint.curriculum import differences, figures, queries, rules
from biosint.curriculum.models import Syllabus
from biosint.curriculum.states import WRITABLE, IocDimension, SyllabusState
from biosint.curriculum.web.forms import NoteForm
from biosint.curriculum.web.writing import trail_of, version_of
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.shared.charts import Slope, slopes
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import ALLOWED


@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    """Every institution with approved syllabi, and the share of its credits that became international."""
    person = person_of(request)
    counted = queries.counted_units().order_by("programme__institution__name", "pk")
    shares = [
        (place, figures.credit_share(units))
        for place, units in groupby(counted, key=lambda unit: unit.programme.institution)
    ]
    mine = person.institution_ids if person else frozenset()
    own = list(Institution.objects.filter(pk__in=mine)) if mine else []
    chart = None
    if shares:
        gained = sum(1 for _place, share in shares if share.gain > 0)
        chart = slopes(
            title=_("International credits grew at %(gained)s of %(all)s institutions")
            % {"gained": gained, "all": len(shares)},
            description=_(
                "Share of ECTS credits in approved syllabi that students earn by international work."
            ),
            rows=[
                Slope(place.short_name, float(share.share_before or 0), float(share.share_after or 0))
                for place, share in shares
            ],
            before_label=_("First approved version"),
            after_label=_("Now"),
            unit="%",
        )
    return render(request, "curriculum/institutions.html", {"shares": shares, "own": own, "chart": chart})


@require_GET
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    """One institution: programmes, units, credits before and after, and where nothing is international yet."""
    person = person_of(request)
    place = get_object_or_404(Institution, slug=slug)
    visible = list(queries.units_at(place, person))
    programmes = [
        {"programme": programme, "units": units, "share": figures.credit_share(units)}
        for programme, units in (
            (programme, [unit for unit in visible if unit.programme_id == programme.pk])
            for programme in queries.programmes_of(place)
        )
    ]
    return render(
        request,
        "curriculum/institution.html",
        {
            "institution": place,
            "programmes": programmes,
            "share": figures.credit_share(visible),
            "sides": figures.sides(queries.approved_outcomes(visible)),
            "evidence_url": evidence.list_url(kind="curriculum.unit_internationalised", institution=place),
            "may_add_programme": rules.may_keep_programmes(person, place) if person else None,
            "may_add_unit": rules.may_add_unit(person, place) if person else None,
            "trail": [(_("Syllabi"), reverse("curriculum:institutions"))],
        },
    )


@require_GET
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit: what stands approved, who teaches it, and its versions."""
    person = person_of(request)
    found = get_object_or_404(queries.units_visible_to(person).prefetch_related("teachers"), pk=unit_id)
    versions = queries.versions_of(found, person)
    current = next((one for one in versions if one.state == SyllabusState.APPROVED), None)
    newest = versions[0] if versions else None
    may_write = rules.may_write(person, found) if person else None
    is_open = newest is not None and newest.state != SyllabusState.APPROVED
    return render(
        request,
        "curriculum/unit.html",
        {
            "unit": found,
            "current": current,
            "versions": versions,
            "sides": labelled(current) if current else [],
            "columns": list(IocDimension),
            "matrix": figures.matrix(list(current.outcomes.all())) if current else [],
            "may_write": may_write,
            "may_start": may_write if may_write and not is_open else None,
            "open_version": newest if is_open else None,
            "trail": trail_of(found)[:1],
        },
    )


def labelled(syllabus: Syllabus) -> list[tuple[str, list[str]]]:
    """Return each outcome with the names of its international sides."""
    return [
        (outcome.text, [str(IocDimension(code).label) for code in outcome.dimensions])
        for outcome in syllabus.outcomes.all()
    ]


@require_GET
def version(request: HttpRequest, unit_id: int, number: int) -> HttpResponse:
    """One version, what changed since the one before, and the decision on it."""
    person = person_of(request)
    syllabus = version_of(request, unit_id, number)
    before = (
        syllabus.unit.syllabi.filter(number__lt=number, state=SyllabusState.APPROVED)
        .prefetch_related("outcomes")
        .order_by("-number")
        .first()
    )
    difference = differences.between(before, syllabus) if before else None
    waits = syllabus.state == SyllabusState.SUBMITTED
    writable = SyllabusState(syllabus.state) in WRITABLE
    return render(
        request,
        "curriculum/version.html",
        {
            "syllabus": syllabus,
            "unit": syllabus.unit,
            "sides": labelled(syllabus),
            "difference": difference,
            "changes": _changes(difference) if difference else [],
            "may_decide": rules.may_decide(person, syllabus) if person and waits else None,
            "may_change": rules.may_change(person, syllabus) if person and writable else None,
            "may_submit": rules.may_submit(person, syllabus) if person and writable else ALLOWED,
            "note_form": NoteForm(),
            "trail": trail_of(syllabus.unit),
        },
    )


def _changes(difference: differences.Difference) -> list[dict[str, object]]:
    def names(codes: tuple[str, ...]) -> list[str]:
        return [str(IocDimension(code).label) for code in codes]

    return [
        {"outcome": row, "gained": names(row.gained), "lost": names(row.lost)} for row in difference.outcomes
    ]


@login_required
@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """The units whose syllabi the reader writes."""
    rows = [
        {"unit": unit, "newest": next(iter(unit.syllabi.all()), None)}
        for unit in queries.units_taught_by(request.user)
    ]
    homes = Institution.objects.filter(pk__in=request.user.institutions_as(*rules.WRITERS))
    return render(request, "curriculum/mine.html", {"rows": rows, "homes": homes})
