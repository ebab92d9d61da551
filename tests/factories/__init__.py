"""One factory per model: ``CoordinatorFactory(at=tirana)`` is a whole, valid record.

A new app adds its own file here and its names below.
"""

from factories.consortium import (
    ConsortiumFactory,
    InvitationFactory,
    MembershipFactory,
    OpenMembershipFactory,
)
from factories.curriculum import (
    ApprovedSyllabusFactory,
    OutcomeFactory,
    ProgrammeFactory,
    SubmittedSyllabusFactory,
    SyllabusFactory,
    UnitFactory,
)
from factories.exchange import (
    ActivityFactory,
    AdmittedFactory,
    ApplicationFactory,
    CompletionFactory,
    CourseFactory,
    MarkFactory,
    ParticipationFactory,
    PostFactory,
    ProductFactory,
    RecognitionFactory,
    TeachingFactory,
    TeamFactory,
    TeamMemberFactory,
    TeamPlanFactory,
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
from factories.rounds import (
    ClosedRoundFactory,
    FormulaVersionFactory,
    OpenRoundFactory,
    RoundFactory,
    RoundParticipationFactory,
    ValueFactory,
    consortium_of,
)
from factories.trail import EvidenceFactory, LineFactory

__all__ = [
    "ActivityFactory",
    "AdministratorFactory",
    "AdmittedFactory",
    "AffiliationFactory",
    "ApplicationFactory",
    "ApprovedSyllabusFactory",
    "BankVersionFactory",
    "ClosedRoundFactory",
    "CompletionFactory",
    "ConsentFactory",
    "ConsortiumFactory",
    "CoordinatorFactory",
    "CourseFactory",
    "DeanFactory",
    "DimensionFactory",
    "EvidenceFactory",
    "FormulaVersionFactory",
    "GuestFactory",
    "IndicatorFactory",
    "InstitutionFactory",
    "InvitationFactory",
    "JobFactory",
    "LineFactory",
    "MarkFactory",
    "MembershipFactory",
    "NoticeFactory",
    "OfficeHeldFactory",
    "OpenMembershipFactory",
    "OpenRoundFactory",
    "OutcomeFactory",
    "ParticipationFactory",
    "PersonFactory",
    "PostFactory",
    "ProductFactory",
    "ProgrammeFactory",
    "QualityBoardFactory",
    "RecognitionFactory",
    "RoundFactory",
    "RoundParticipationFactory",
    "SiteAdministratorFactory",
    "StoredFileFactory",
    "StudentFactory",
    "SubmittedSyllabusFactory",
    "SyllabusFactory",
    "TeacherFactory",
    "TeachingFactory",
    "TeamFactory",
    "TeamMemberFactory",
    "TeamPlanFactory",
    "UnitFactory",
    "ValueFactory",
    "WorkerFactory",
    "consortium_of",
]
