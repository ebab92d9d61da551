from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from biosint.consortium import api as consortia
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium, Membership
    from biosint.people.api import Person
    from biosint.situation.models import Finding, Source

STAFF = (*surveys.READERS, Office.TEACHER)
WRITERS = (*surveys.KEEPERS, Office.TEACHER)
GRADINGS = 2


def _holds_there(person: Person, consortium: Consortium, *offices: Office) -> bool:
    homes = person.institutions_as(*offices)
    return bool(homes) and consortia.members_of(consortium).filter(pk__in=homes).exists()


def may_read(person: Person, consortium: Consortium) -> Verdict:
    """Everybody who works at a member of the consortium reads its desk research and its workshops."""
    if person.is_staff or _holds_there(person, consortium, *STAFF):
        return ALLOWED
    return refused(
        _("Only people who work at an institution of %(consortium)s see this.") % {"consortium": consortium}
    )


def readable_by(person: Person) -> Q:
    """The same sentence as ``may_read``, for lists of what has a ``consortium``."""
    if person.is_staff:
        return Q()
    return Q(consortium__in=joined(person, *STAFF))


def joined(person: Person, *offices: Office) -> QuerySet[Membership, Any]:
    """Return the consortia (keys, for a subquery) of the institutions at which a person holds an office."""
    return consortia.Membership.objects.filter(
        institution_id__in=person.institutions_as(*offices), state=consortia.MembershipState.MEMBER
    ).values("consortium_id")


def may_write(person: Person, consortium: Consortium) -> Verdict:
    """Teachers and the keepers of a member add sources, write findings and grade them."""
    if person.is_staff or _holds_there(person, consortium, *WRITERS):
        return ALLOWED
    return refused(
        _(
            "Only teachers, coordinators, administrators and quality boards of %(consortium)s write the desk research."
        )
        % {"consortium": consortium}
    )


def may_keep(person: Person, consortium: Consortium) -> Verdict:
    """The keepers of a member publish findings and lead workshops of the consortium."""
    if person.is_staff or _holds_there(person, consortium, *surveys.KEEPERS):
        return ALLOWED
    return refused(
        _("Only a coordinator, an administrator or a quality board of %(consortium)s can do this.")
        % {"consortium": consortium}
    )


def may_remove(person: Person, source: Source) -> Verdict:
    """Writers take away a source that holds no finding."""
    if source.findings.exists():
        return refused(_("Findings rest on this source, so it stays. Take away the findings first."))
    return may_write(person, source.consortium)


def may_change(person: Person, finding: Finding) -> Verdict:
    """Writers mend a finding until it is published."""
    if finding.is_published:
        return refused(_("This finding is published and stays as it is. Take it back to change it."))
    return may_write(person, finding.source.consortium)


def may_grade(person: Person, finding: Finding) -> Verdict:
    """Two different people grade a finding before it is published; each may change their own grade."""
    verdict = may_change(person, finding)
    if not verdict:
        return verdict
    graders = {grading.graded_by_id for grading in finding.gradings.all()}
    if person.pk not in graders and len(graders) >= GRADINGS:
        return refused(_("Two people have graded this finding already."))
    return ALLOWED


def may_publish(person: Person, finding: Finding) -> Verdict:
    """Keepers publish a finding that somebody graded."""
    if finding.is_published:
        return refused(_("This finding is published already."))
    if not finding.grade:
        return refused(_("Grade it first: a reader must know how much it can carry."))
    return may_keep(person, finding.source.consortium)


def may_take_back(person: Person, finding: Finding) -> Verdict:
    """Keepers take a published finding back to mend it."""
    if not finding.is_published:
        return refused(_("This finding is not published."))
    return may_keep(person, finding.source.consortium)
