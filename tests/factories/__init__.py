"""One factory per model: ``CoordinatorFactory(at=tirana)`` is a whole, valid record.

A new app adds its own file here and its names below.
"""

from factories.curriculum import (
    ApprovedSyllabusFactory,
    OutcomeFactory,
    ProgrammeFactory,
    SubmittedSyllabusFactory,
    SyllabusFactory,
    UnitFactory,
)
from factories.indicators import BankVersionFactory, DimensionFactory, IndicatorFactory
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
    "ApprovedSyllabusFactory",
    "BankVersionFactory",
    "ConsentFactory",
    "CoordinatorFactory",
    "DeanFactory",
    "DimensionFactory",
    "EvidenceFactory",
    "GuestFactory",
    "IndicatorFactory",
    "InstitutionFactory",
    "JobFactory",
    "LineFactory",
    "NoticeFactory",
    "OfficeHeldFactory",
    "OutcomeFactory",
    "PersonFactory",
    "ProgrammeFactory",
    "QualityBoardFactory",
    "SiteAdministratorFactory",
    "StoredFileFactory",
    "StudentFactory",
    "SubmittedSyllabusFactory",
    "SyllabusFactory",
    "TeacherFactory",
    "UnitFactory",
    "WorkerFactory",
]
