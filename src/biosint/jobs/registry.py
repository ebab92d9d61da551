"""The tasks that apps have registered, and what a task is given while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from biosint.people.models import Person

Sentence = str | Promise
Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


class Cancelled(Exception):
    """The person asked to stop. Raised inside the task by ``report``; a task lets it pass."""


class WorkerStops(Exception):
    """The worker is told to end. Raised inside the task by ``report``; the job waits for the next worker."""


class LeaseLost(Exception):
    """The worker was silent so long that the job was given to another; its own work no longer counts."""


class Progress(Protocol):
    """What a running task holds in its hand."""

    public_id: UUID
    by: Person | None
    attempt: int

    def report(self, done: int, total: int, step: Sentence = "") -> None:
        """Tell how far the work is; cheap, call it in every round of a loop.

        Call it between transactions, not inside one: nobody sees a report before its commit.

        Raises:
            Cancelled, WorkerStops, LeaseLost: the task ends here; whatever it committed stays.
        """


# Named arguments differ per task, so the call is checked when it runs.
Work = Callable[..., Json]


@dataclass(frozen=True, slots=True)
class Task:
    """A registered piece of work. ``title`` is what the person reads on the page of the job."""

    name: str
    work: Work
    title: Sentence
    attempts: int


@dataclass(frozen=True, slots=True)
class Periodic:
    """A task that the platform asks for by itself, every so often."""

    name: str
    every: timedelta

    def after(self, moment: datetime) -> datetime:
        """Return the first beat after ``moment``. Beats are counted from 1970, so that a restart shifts none."""
        return EPOCH + ((moment - EPOCH) // self.every + 1) * self.every


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UNTITLED: Sentence = _("Background work")
_TASKS: dict[str, Task] = {}
_PERIODIC: dict[str, Periodic] = {}


class TaskUnknown(Exception):
    """No app of this version registers a task of this name."""


def task(name: str, *, title: Sentence = UNTITLED, attempts: int = 3) -> Callable[[Work], Work]:
    """Register ``work(job, **arguments)`` in an app's ``tasks.py``, which is imported at start.

    A task may run again after its worker was killed, so it must bear being run twice. It may
    return ``{"url": …, "text": …}``: the page of the job then leads there.

    Args:
        name: ``app.verb_object``; it stands in the database, so it never changes.
        attempts: how often it is tried when it breaks. A ``Fault`` is an answer, not a breakage, and ends it at once.
    """

    def register(work: Work) -> Work:
        known = _TASKS.get(name)
        if known is not None and known.work is not work:
            raise ValueError(f"The task {name} is registered twice.")
        _TASKS[name] = Task(name=name, work=work, title=title, attempts=attempts)
        return work

    return register


def periodic(
    name: str, *, every: timedelta, title: Sentence = UNTITLED, attempts: int = 3
) -> Callable[[Work], Work]:
    """Register ``work(job)`` as a task that workers ask for by themselves, ``every`` so often.

    Never two of one name wait or run at once: a run that takes longer than its interval lets the next beat
    pass. After a standstill it runs once, not once per missed beat. A killed run is begun again like
    every job, so it must bear being run twice. It takes no arguments: it finds out itself what is due.
    """

    def register(work: Work) -> Work:
        task(name, title=title, attempts=attempts)(work)
        _PERIODIC[name] = Periodic(name, every)
        return work

    return register


def periodic_tasks() -> list[Periodic]:
    """Return the periodic tasks of all apps."""
    return list(_PERIODIC.values())


def task_of(name: str) -> Task:
    """Return the registered task.

    Raises:
        TaskUnknown: nobody registered it.
    """
    try:
        return _TASKS[name]
    except KeyError:
        raise TaskUnknown(f"No task is called {name!r}. Is its app's tasks.py there?") from None


def title_of(name: str) -> Sentence:
    """Return the title for the page, also of a job whose task no longer exists."""
    known = _TASKS.get(name)
    return known.title if known else name
