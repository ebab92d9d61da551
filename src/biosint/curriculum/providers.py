"""What curriculum hands to the registries below it: kinds of evidence, menu, what waits, search."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.curriculum import queries
from biosint.curriculum.operations import INTERNATIONALISED
from biosint.evidence import api as evidence
from biosint.people.api import Office, Person
from biosint.shared import registries


def waiting(person: Person) -> Iterable[registries.Waiting]:
    """Versions to decide on, and versions that came back."""
    if person.institutions_as(Office.DEAN, Office.COORDINATOR):
        for syllabus in queries.waiting_for_approval(person)[:10]:
            yield registries.Waiting(
                title=_("Approve the syllabus of “%(unit)s”") % {"unit": syllabus.unit},
                url=reverse("curriculum:version", args=[syllabus.unit_id, syllabus.number]),
                why=_("%(person)s submitted it.") % {"person": syllabus.submitted_by},
                icon="stamp",
            )
    if person.institutions_as(Office.TEACHER):
        for syllabus in queries.returned_to(person)[:10]:
            yield registries.Waiting(
                title=_("Change the syllabus of “%(unit)s”") % {"unit": syllabus.unit},
                url=reverse("curriculum:write", args=[syllabus.unit_id, syllabus.number]),
                why=syllabus.note,
                icon="pencil",
            )


def search(words: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    for unit in queries.found_units(words, person, limit):
        yield registries.Found(
            title=str(unit),
            url=reverse("curriculum:unit", args=[unit.pk]),
            kind=_("Syllabus"),
            text=str(unit.programme.institution),
        )


def _written(person: Person) -> Iterable[dict[str, object]]:
    """Versions of syllabi that the person wrote, submitted or decided on."""
    for syllabus in queries.syllabi_touched_by(person):
        yield {
            "unit": str(syllabus.unit),
            "version": syllabus.number,
            "state": syllabus.state,
            "written_by_you": syllabus.written_by_id == person.pk,
            "submitted_by_you": syllabus.submitted_by_id == person.pk,
            "decided_by_you": syllabus.decided_by_id == person.pk,
            "written_at": syllabus.written_at.isoformat(),
        }


def _entered(person: Person) -> Iterable[dict[str, object]]:
    """Programmes and units that the person entered, and units they teach."""
    for programme in queries.programmes_entered_by(person):
        yield {"programme": str(programme), "entered_at": programme.created_at.isoformat()}
    for unit in queries.units_connected_with(person):
        yield {
            "unit": str(unit),
            "entered_by_you": unit.created_by_id == person.pk,
            "entered_at": unit.created_at.isoformat(),
        }


def register() -> None:
    """Called once, when Django has loaded every app."""
    evidence.declare(
        evidence.Kind(
            code=INTERNATIONALISED,
            label=gettext_lazy("Credits made international in a syllabus"),
            unit="ECTS",
        )
    )
    registries.DESTINATIONS.extend(
        [
            registries.Destination(
                area=registries.Area.INSTITUTION,
                label=gettext_lazy("Syllabi"),
                url_name="curriculum:institutions",
                meaning=gettext_lazy("See which credits became international, and in which outcomes."),
                icon="book-open",
                visible=lambda person: bool(
                    person.institutions_as(
                        Office.TEACHER,
                        Office.ADMINISTRATOR,
                        Office.COORDINATOR,
                        Office.DEAN,
                        Office.QUALITY_BOARD,
                    )
                ),
                order=50,
            ),
            registries.Destination(
                area=registries.Area.TEACH,
                label=gettext_lazy("My syllabi"),
                url_name="curriculum:mine",
                meaning=gettext_lazy("Write the syllabi of your units and mark what is international."),
                icon="file-pen",
                visible=lambda person: person.holds(Office.TEACHER),
                order=40,
            ),
        ]
    )
    registries.WAITING.append(waiting)
    registries.SEARCHERS.append(search)
    registries.EXPORTERS.extend([("curriculum.syllabus", _written), ("curriculum.unit", _entered)])
