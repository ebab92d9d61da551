from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from biosint.consortium import api as consortia
from biosint.institutions.api import Institution
from biosint.situation.models import SituationReport
from biosint.situation.rules import reports as rules
from biosint.situation.rules import rounds
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.files.api import StoredFile
    from biosint.people.api import Person


def reports_for(person: Person | None) -> QuerySet[SituationReport]:
    """Return the situation reports a person may read, without their papers."""
    return (
        SituationReport.objects.filter(rules.viewable_by(person))
        .select_related("consortium__coordinator", "institution", "bundle", "data", "round", "earlier_round")
        .defer("paper")
    )


def subjects_for(person: Person) -> tuple[list[Consortium], list[Institution]]:
    """Return of what a person may begin a report: whole consortia, and single institutions."""
    every = list(consortia.consortia() if person.is_staff else consortia.consortia_of(person))
    whole = [one for one in every if rounds.may_plan(person, one)]
    members = Institution.objects.filter(
        pk__in=[member.pk for one in every for member in consortia.members_of(one)]
    )
    if not person.is_staff:
        members = members.filter(pk__in=person.institutions_as(*surveys.KEEPERS))
    return whole, list(members)


def reports_held_by(person: Person) -> QuerySet[SituationReport]:
    """Return the reports that a person began, finalised or published."""
    return SituationReport.objects.filter(
        Q(created_by=person) | Q(finalised_by=person) | Q(published_by=person)
    ).defer("paper")


def report_of_file(stored: StoredFile) -> SituationReport | None:
    """Return the report that a bundle belongs to."""
    return SituationReport.objects.filter(Q(bundle=stored) | Q(data=stored)).first()


def may_take_data(person: Person, report: SituationReport) -> bool:
    """Whether a person may take single answers out of every set that the report speaks of."""
    sets = [analysis.answer_set for analysis in report.analyses.select_related("answer_set__owner")]
    return all(surveys.may_take_out(person, answer_set) for answer_set in sets)
