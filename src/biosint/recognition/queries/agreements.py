from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from biosint.exchange.api import Application, ApplicationState, CourseState, award_of
from biosint.people.api import Affiliation, OfficeHeld, Person
from biosint.recognition import content
from biosint.recognition.models import (
    AgreementVersion,
    CourseAtHome,
    LearningAgreement,
    Recognition,
    Signature,
)
from biosint.recognition.rules import agreements as rules
from biosint.recognition.states import AgreementState, Decision, Party

if TYPE_CHECKING:
    from biosint.exchange.api import Course
    from biosint.institutions.api import Institution


# Enough to name every course of a faculty; the list of agreements itself has pages.
MOST_PLACES = 2_000


def application_for_agreement(application_id: int) -> Application:
    """Lock and return an application with what its agreement says. Needs a transaction."""
    Application.objects.select_for_update(of=["self"]).get(pk=application_id)
    return Application.objects.select_related("learner", "institution", "course__host").get(pk=application_id)


def unit_at_home(course: Course, institution: Institution) -> content.CountsFor:
    """Return for which unit a course counts at an institution: as settled, else as it was decided before."""
    settled = CourseAtHome.objects.filter(course=course, institution=institution).first()
    if settled is not None:
        return content.CountsFor(title=settled.title, code=settled.code, ects=settled.ects)
    # An earlier run of the same course is the best guess there is.
    before = (
        Recognition.objects.filter(
            completion__institution=institution,
            completion__application__course__title=course.title,
            decision=Decision.RECOGNISED,
        )
        .order_by("-decided_at")
        .first()
    )
    if before is not None:
        return content.CountsFor(title=before.local_name, code=before.local_code, ects=before.ects)
    return content.CountsFor()


def programme_of(learner: Person, institution: Institution) -> str:
    found = Affiliation.objects.filter(person=learner, institution=institution, ended_date=None)
    return found.order_by("-pk").values_list("programme", flat=True).first() or ""


def content_now(application: Application, *, unit: content.CountsFor | None = None) -> dict[str, Any]:
    """Return what an agreement made now would say."""
    assert application.institution is not None  # noqa: S101 -- judged by ``needs_agreement``
    return content.of_application(
        application,
        unit=unit if unit is not None else unit_at_home(application.course, application.institution),
        programme=programme_of(application.learner, application.institution),
        eqf_level=award_of(application.course).eqf_level,
    )


def whole() -> QuerySet[LearningAgreement]:
    """Return agreements with everything their page and rules read, versions apart."""
    return LearningAgreement.objects.select_related(
        "application__learner", "application__institution", "application__course__host", "home", "host"
    ).prefetch_related("application__course__teachings")


def _with_latest(found: QuerySet[LearningAgreement]) -> QuerySet[LearningAgreement]:
    latest = AgreementVersion.objects.filter(number=F("agreement__latest")).prefetch_related("signatures")
    return found.prefetch_related(Prefetch("versions", latest, to_attr="latest_versions"))


def agreements_for(person: Person) -> QuerySet[LearningAgreement]:
    """Return the agreements a person may read, with the latest version and its signatures."""
    # Looked up by key: a course with several teachers must not double its agreements.
    keys = LearningAgreement.objects.filter(rules.viewable_by(person)).order_by().values("pk")
    return _with_latest(whole().filter(pk__in=keys))


def agreements_at(person: Person) -> QuerySet[LearningAgreement]:
    """Return the agreements of the institutions for which a person signs by office, for the desk."""
    offices = person.institutions_as(*rules.SIGNING_OFFICES)
    return _with_latest(whole().filter(Q(home__in=offices) | Q(host__in=offices)))


def latest_of(agreement: LearningAgreement) -> AgreementVersion:
    """Return the latest version of an agreement that ``agreements_for`` or ``agreements_at`` gave."""
    found: list[AgreementVersion] = vars(agreement)["latest_versions"]
    return found[0]


def versions_of(agreement: LearningAgreement) -> list[AgreementVersion]:
    """Return all versions with their signatures, the latest first."""
    return list(agreement.versions.select_related("made_by").prefetch_related("signatures"))


def signed_versions(agreement: LearningAgreement) -> list[AgreementVersion]:
    """Return all versions with their signatures and the people who gave them, the latest first."""
    return list(agreement.versions.prefetch_related("signatures__person"))


def waits_for(person: Person, agreement: LearningAgreement, version: AgreementVersion) -> list[Party]:
    """Return the parties for which the person could sign now."""
    return [
        party
        for party in rules.parties_of(person, agreement)
        if rules.may_sign(person, agreement, version, party)
    ]


def who_should_sign(agreement: LearningAgreement, version: AgreementVersion) -> Iterable[Person]:
    """Return whom to remind: the learner, and whoever speaks for the institutions, as far as they have not signed."""
    signed = {signature.party for signature in version.signatures.all()}
    if Party.LEARNER not in signed:
        yield agreement.application.learner
    places = [
        place
        for party, place in ((Party.HOME, agreement.home_id), (Party.HOST, agreement.host_id))
        if party not in signed
    ]
    yield from Person.objects.filter(
        pk__in=OfficeHeld.objects.filter(
            institution__in=places,
            office__in=[office.value for office in rules.SIGNING_OFFICES[:2]],
            until_date=None,
        ).values("person"),
        is_active=True,
    ).order_by("pk")


def without_agreement(*, institution_ids: Iterable[int]) -> QuerySet[Application]:
    """Return admitted learners of these institutions in others' courses for whom no agreement was made."""
    return (
        Application.objects.filter(
            institution__in=list(institution_ids),
            state=ApplicationState.ADMITTED,
            course__state__in=[CourseState.OPEN, CourseState.RUNNING],
            agreement=None,
        )
        .exclude(course__host=F("institution"))
        .order_by("course__start_date", "pk")
    )


def open_count(person: Person) -> int:
    return agreements_at(person).filter(state=AgreementState.OPEN).count()


def agreements_of(person: Person) -> QuerySet[LearningAgreement]:
    """Return a learner's own agreements with all their versions."""
    return whole().filter(application__learner=person).prefetch_related("versions__signatures")


def unsigned_by_learner(person: Person) -> QuerySet[LearningAgreement]:
    """Return the learner's agreements that are ready and wait for the learner's own signature."""
    signed = Signature.objects.filter(
        version__agreement=OuterRef("pk"), version__number=OuterRef("latest"), party=Party.LEARNER
    )
    return (
        LearningAgreement.objects.filter(application__learner=person, state=AgreementState.OPEN)
        .exclude(Exists(signed))
        .select_related("application__course")
        .order_by("sign_by_date", "pk")
    )


def signatures_of(person: Person) -> QuerySet[Signature]:
    return Signature.objects.filter(person=person).select_related(
        "version__agreement__application__course", "version__agreement__application__learner"
    )


def courses_to_settle(person: Person) -> list[tuple[Course, Institution, str]]:
    """Return courses in which an institution's students have places: with the institution and what is settled.

    Only courses of others that are open or running; what is not settled yet comes first.
    """
    places = (
        Application.objects.filter(
            institution__in=person.institutions_as(*rules.SIGNING_OFFICES),
            state=ApplicationState.ADMITTED,
            course__state__in=[CourseState.OPEN, CourseState.RUNNING],
        )
        .exclude(course__host=F("institution"))
        .select_related("course", "institution")
        .order_by("course__start_date", "course_id", "institution_id")
    )
    seen = {(place.course_id, place.institution_id): place for place in places[:MOST_PLACES]}
    settled: dict[tuple[int, int | None], str] = {
        (one.course_id, one.institution_id): one.title
        for one in CourseAtHome.objects.filter(course__in=[course for course, _place in seen])
    }
    listed = [
        (place.course, place.institution, settled.get(key, ""))
        for key, place in seen.items()
        if place.institution is not None
    ]
    return sorted(listed, key=lambda one: bool(one[2]))


def own_without_agreement(person: Person) -> QuerySet[Application]:
    """Return the learner's places in courses of other institutions for which an agreement could be made."""
    return (
        Application.objects.filter(
            learner=person,
            institution__isnull=False,
            state=ApplicationState.ADMITTED,
            course__state__in=[CourseState.OPEN, CourseState.RUNNING],
            agreement=None,
        )
        .exclude(course__host=F("institution"))
        .select_related("course")
        .order_by("course__start_date", "pk")
    )
