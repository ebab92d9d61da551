"""One factory per model: ``CoordinatorFactory(at=tirana)`` is a whole, valid record.

A new app adds its own file here and its names below.
"""

from factories.institutions import InstitutionFactory
from factories.jobs import JobFactory, WorkerFactory
from factories.messages import NoticeFactory, StoredFileFactory
from factories.people import (
    AdministratorFactory,
    AffiliationFactory,
    ConsentFactory,
    CoordinatorFactory,
    DeanFactory,
    GuestFactory,
    OfficeHeldFactory,
    PersonFactory,
    QualityBoardFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
)
from factories.trail import EvidenceFactory, LineFactory

__all__ = [
    "AdministratorFactory",
    "AffiliationFactory",
    "ConsentFactory",
    "CoordinatorFactory",
    "DeanFactory",
    "EvidenceFactory",
    "GuestFactory",
    "InstitutionFactory",
    "JobFactory",
    "LineFactory",
    "NoticeFactory",
    "OfficeHeldFactory",
    "PersonFactory",
    "QualityBoardFactory",
    "SiteAdministratorFactory",
    "StoredFileFactory",
    "StudentFactory",
    "TeacherFactory",
    "WorkerFactory",
]
