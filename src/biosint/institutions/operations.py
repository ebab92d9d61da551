from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.institutions.models import AcademicTerm, Institution
from biosint.institutions.ror import ror_address
from biosint.institutions.rules import may_change, may_enter_new, may_keep_terms
from biosint.institutions.states import TermKind
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.models import Person


class InstitutionKnown(Fault):
    """An institution of this name or identifier stands in the register already."""


class TimeZoneUnknown(Fault):
    """The zone is none of the IANA names."""


class RorUnknown(Fault):
    """The identifier is not one of the Research Organization Registry."""


class TermKnown(Fault):
    """The same days stand in the academic year already."""


class TermBackwards(Fault):
    """The last day of a term lies before its first."""


def _checked(facts: dict[str, Any]) -> dict[str, Any]:
    zone = facts.get("time_zone")
    if zone is not None and zone not in available_timezones():
        raise TimeZoneUnknown(
            _("“%(zone)s” is not a time zone. Choose one from the list, such as Europe/Belgrade.")
            % {"zone": zone}
        )
    if facts.get("ror_id"):
        address = ror_address(facts["ror_id"])
        if address is None:
            raise RorUnknown(
                _("“%(ror)s” is not a ROR identifier. Look your institution up at ror.org and copy it.")
                % {"ror": facts["ror_id"]}
            )
        facts = {**facts, "ror_id": address}
    for degrees in ("latitude", "longitude"):
        if degrees in facts:
            facts = {**facts, degrees: round(facts[degrees], 5)}
    return {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}


def _free_slug(short_name: str, city: str, name: str) -> str:
    word = (slugify(f"{short_name} {city}") or slugify(name) or "institution")[:70].rstrip("-")
    taken = set(Institution.objects.filter(slug__startswith=word).values_list("slug", flat=True))
    return next(
        free
        for free in (word, *(f"{word}-{number}" for number in range(2, len(taken) + 3)))
        if free not in taken
    )


@transaction.atomic
def register(
    *,
    name: str,
    short_name: str,
    country: str,
    city: str,
    latitude: float,
    longitude: float,
    time_zone: str,
    at: datetime,
    **more: Any,
) -> Institution:
    """Put an institution into the register. Whoever calls decides who may, and writes the trail.

    Args:
        latitude: degrees north.
        longitude: degrees east.
        more: further fields of ``Institution`` (university, ror_id, website, fields, students,
            teachers; ``is_listed=False`` while it waits to be let in).

    Raises:
        InstitutionKnown: the name, or the ROR identifier, is taken.
        TimeZoneUnknown: ``time_zone`` is no IANA name.
        RorUnknown: ``ror_id`` is none.
    """
    facts = _checked(
        {
            "name": name,
            "short_name": short_name,
            "country": country,
            "city": city,
            "latitude": latitude,
            "longitude": longitude,
            "time_zone": time_zone,
            **more,
        }
    )
    waiting = Institution.objects.filter(name__iexact=facts["name"], is_listed=False).first()
    if waiting is not None and facts.get("is_listed") is False:
        # It asked before and was not let in: the same record is taken up again, with what is true now.
        for name_of_fact, value in facts.items():
            setattr(waiting, name_of_fact, value)
        waiting.save(update_fields=list(facts))
        return waiting
    try:
        with transaction.atomic():
            return Institution.objects.create(
                slug=_free_slug(facts["short_name"], facts["city"], facts["name"]), created_at=at, **facts
            )
    except IntegrityError as fault:
        raise InstitutionKnown(
            _("“%(name)s” is already registered. Look for it in the list instead.") % {"name": name}
        ) from fault


@transaction.atomic
def enter(*, by: Person, at: datetime, **facts: Any) -> Institution:
    """Enter an institution by hand, as the guided first hour does.

    Raises:
        Refused: ``by`` does not run this site.
        InstitutionKnown, TimeZoneUnknown, RorUnknown: as in ``register``.
    """
    require(may_enter_new(by))
    institution = register(at=at, **facts)
    audit.record("institutions.institution.entered", institution, by=by, at=at)
    return institution


@transaction.atomic
def change_facts(*, institution_id: int, by: Person, at: datetime, **facts: Any) -> Institution:
    """Change what the register says of an institution; its address word stays, so that links last.

    Raises:
        Refused: ``by`` does not keep this institution.
        InstitutionKnown, TimeZoneUnknown, RorUnknown: as in ``register``.
    """
    institution = Institution.objects.select_for_update(of=["self"]).get(pk=institution_id)
    require(may_change(by, institution))
    checked = _checked(facts)
    changed = sorted(name for name, value in checked.items() if getattr(institution, name) != value)
    if not changed:
        return institution
    for name in changed:
        setattr(institution, name, checked[name])
    try:
        with transaction.atomic():
            institution.save(update_fields=changed)
    except IntegrityError as fault:
        raise InstitutionKnown(
            _("Another institution has this name or this ROR identifier. Check both, then save again.")
        ) from fault
    audit.record("institutions.institution.changed", institution, by=by, at=at, fields=changed)
    return institution


@transaction.atomic
def list_publicly(*, institution: Institution, by: Person, at: datetime) -> Institution:
    """Show an institution to everybody. Whoever calls decides who may (a consortium that lets it in)."""
    if not institution.is_listed:
        institution.is_listed = True
        institution.save(update_fields=["is_listed"])
        audit.record("institutions.institution.listed", institution, by=by, at=at)
    return institution


@transaction.atomic
def write_term(
    *,
    institution_id: int,
    kind: TermKind,
    title: str,
    first_date: date,
    last_date: date,
    by: Person,
    at: datetime,
    term_id: int | None = None,
) -> AcademicTerm:
    """Write a stretch of the academic year down, or (with ``term_id``) change one.

    Raises:
        Refused: ``by`` neither keeps the institution's records nor teaches there.
        TermBackwards: it would end before it begins.
        TermKnown: a term of this kind has these days.
    """
    institution = Institution.objects.select_for_update(of=["self"]).get(pk=institution_id)
    require(may_keep_terms(by, institution))
    if last_date < first_date:
        raise TermBackwards(_("The last day is before the first day."))
    term = institution.academic_terms.get(pk=term_id) if term_id else AcademicTerm(institution=institution)
    term.kind, term.title = kind, title.strip()
    term.first_date, term.last_date = first_date, last_date
    try:
        with transaction.atomic():
            term.save()
    except IntegrityError as fault:
        raise TermKnown(_("These days stand in the academic year already.")) from fault
    audit.record(
        "institutions.term.written",
        institution,
        by=by,
        at=at,
        kind=kind,
        title=term.title,
        first=first_date.isoformat(),
        last=last_date.isoformat(),
    )
    return term


@transaction.atomic
def remove_term(*, institution_id: int, term_id: int, by: Person, at: datetime) -> None:
    """Take a stretch out of the academic year. Pressing twice is once.

    Raises:
        Refused: ``by`` neither keeps the institution's records nor teaches there.
    """
    institution = Institution.objects.select_for_update(of=["self"]).get(pk=institution_id)
    require(may_keep_terms(by, institution))
    term = institution.academic_terms.filter(pk=term_id).first()
    if term is not None:
        audit.record("institutions.term.removed", institution, by=by, at=at, kind=term.kind, title=term.title)
        term.delete()
