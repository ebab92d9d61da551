import factory

from biosint.jobs.models import Job, Rhythm, Worker
from clock import NOON
from factories.people import PersonFactory


class JobFactory(factory.django.DjangoModelFactory[Job]):
    """A waiting job of a task that no app registers; ``enqueue`` makes real ones."""

    class Meta:
        model = Job

    name = "tests.nothing"
    owner = factory.SubFactory(PersonFactory)
    enqueued_at = NOON
    due_at = NOON
    attempts_allowed = 3


class WorkerFactory(factory.django.DjangoModelFactory[Worker]):
    class Meta:
        model = Worker

    name = factory.Sequence(lambda n: f"faculty:{n + 1}")
    started_at = NOON
    seen_at = NOON


class RhythmFactory(factory.django.DjangoModelFactory[Rhythm]):
    class Meta:
        model = Rhythm

    name = factory.Sequence(lambda n: f"tests.rhythm_{n + 1}")
    next_at = NOON
