"""What surveys hands to the registries below it."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.files.api import StoredFile, register_reader
from biosint.people.api import Person
from biosint.shared.registries import DESTINATIONS, SEARCHERS, Area, Destination, Found
from biosint.surveys import queries
from biosint.surveys.models import Intake
from biosint.surveys.operations.exporting import EXPORT_KIND
from biosint.surveys.operations.importing import FILE_KIND
from biosint.surveys.rules import COLLEAGUES, KEEPERS, READERS
from biosint.surveys.states import LANGUAGES


def _found(words: str, *, person: Person | None, limit: int) -> Iterable[Found]:
    if person is None:
        return
    kind = _("Questionnaire")
    named = Q()
    for code in LANGUAGES:
        named |= Q(**{f"title__{code}__icontains": words})
    for questionnaire in queries.questionnaires_for(person).filter(named)[:limit]:
        yield Found(
            title=str(questionnaire), url=reverse("surveys:detail", args=[questionnaire.pk]), kind=kind
        )


def _may_read_file(person: Person | None, stored: StoredFile) -> bool:
    """A file of answers is open to those who run questionnaires at the institution that imported it."""
    if person is None:
        return False
    intakes = Intake.objects.filter(file=stored)
    return person.is_staff or intakes.filter(institution__in=person.institutions_as(*KEEPERS)).exists()


def _may_read_export(person: Person | None, stored: StoredFile) -> bool:
    """A file of answers that was made for somebody is theirs alone, as long as they run questionnaires."""
    if person is None or stored.stored_by_id != person.pk:
        return False
    return person.is_staff or person.holds(*READERS)


def register() -> None:
    """Called once, when Django has loaded every app."""
    register_reader(EXPORT_KIND, _may_read_export)
    register_reader(FILE_KIND, _may_read_file)
    DESTINATIONS.append(
        Destination(
            area=Area.INSTITUTION,
            label=_("Questionnaires"),
            url_name="surveys:list",
            meaning=_("Take, change and publish what you ask students and teachers."),
            icon="clipboard-list",
            visible=lambda person: person.is_staff or person.holds(*COLLEAGUES),
            order=22,
        )
    )
    SEARCHERS.append(_found)
