import factory

from biosint.audit.api import Line
from biosint.evidence.api import Item
from clock import NOON
from factories.institutions import InstitutionFactory


class LineFactory(factory.django.DjangoModelFactory[Line]):
    class Meta:
        model = Line

    action = "people.account.opened"
    subject_kind = "people.person"
    subject_id = "1"
    subject_label = "Ana Ilić"
    by_label = "Ana Ilić"
    at = NOON


class EvidenceFactory(factory.django.DjangoModelFactory[Item]):
    """A standing piece of evidence; ``kind`` must be declared by an app for the pages that show it."""

    class Meta:
        model = Item

    kind = "exchange.completed"
    institution = factory.SubFactory(InstitutionFactory)
    subject_kind = "exchange.edition"
    subject_id = factory.Sequence(lambda n: str(n + 1))
    title = "Shared wards, spring"
    quantity = 1
    unit = "course"
    occurred_at = NOON
    recorded_at = NOON
    proof_url = "/courses/1/"
