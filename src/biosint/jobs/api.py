"""The only door of jobs for other apps."""

from biosint.jobs.models import Job
from biosint.jobs.operations import cancel, enqueue
from biosint.jobs.queries import oldest_due, open_job, workers_seen_since
from biosint.jobs.registry import Cancelled, Progress, TaskUnknown, WorkerStops, periodic, task
from biosint.jobs.states import JobState
from biosint.jobs.worker import EmbeddedWorker, run_due, work_until

__all__ = [
    "Cancelled",
    "EmbeddedWorker",
    "Job",
    "JobState",
    "Progress",
    "TaskUnknown",
    "WorkerStops",
    "cancel",
    "enqueue",
    "oldest_due",
    "open_job",
    "periodic",
    "run_due",
    "task",
    "work_until",
    "workers_seen_since",
]
