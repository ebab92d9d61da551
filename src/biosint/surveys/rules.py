from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.surveys.translations import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable

    from biosint.institutions.models import Institution
    from biosint.people.models import Person
    from biosint.surveys.models import AnswerSet, Questionnaire, Version

# Who runs questionnaires at an institution, and who else reads what came out.
KEEPERS = (Office.COORDINATOR, Office.ADMINISTRATOR, Office.QUALITY_BOARD)
READERS = (*KEEPERS, Office.DEAN)
COLLEAGUES = (*READERS, Office.TEACHER)


def may_keep(person: Person, institution: Institution | int) -> Verdict:
    """Coordinator, administrator and quality board run the questionnaires of their institution."""
    if person.is_staff or person.holds(*KEEPERS, at=institution):
        return ALLOWED
    return refused(
        _("Only a coordinator, an administrator or the quality board of the institution can do this.")
    )


def may_view(person: Person, questionnaire: Questionnaire) -> Verdict:
    """Everybody who works at an institution may learn from published questionnaires; drafts stay at home."""
    if may_keep(person, questionnaire.institution_id):
        return ALLOWED
    if not person.holds(*COLLEAGUES):
        return refused(_("Questionnaires are open to people who work at an institution."))
    if questionnaire.versions.filter(published_at__isnull=False).exists():
        return ALLOWED
    return refused(_("This questionnaire is still being written."))


def viewable_by(person: Person) -> Q:
    """The same sentence as ``may_view``, for lists."""
    if person.is_staff:
        return Q()
    mine = Q(institution__in=person.institutions_as(*KEEPERS))
    if not person.holds(*COLLEAGUES):
        return mine
    return mine | Q(versions__published_at__isnull=False)


def may_change(person: Person, version: Version) -> Verdict:
    """Keepers of the institution change a draft; a published version never changes."""
    if version.is_published:
        return refused(_("This version is published and stays as it is. Start a new version to change it."))
    return may_keep(person, version.questionnaire.institution_id)


def may_collect(person: Person, owner: Institution, others: Iterable[Institution]) -> Verdict:
    """Keepers ask the people of their own institution; coordinators also those of partners."""
    verdict = may_keep(person, owner)
    if not verdict:
        return verdict
    beyond = [institution for institution in others if institution.pk != owner.pk]
    if beyond and not (person.is_staff or person.holds(Office.COORDINATOR, at=owner)):
        return refused(
            _("Only the coordinator of %(institution)s can ask people of other institutions.")
            % {"institution": owner}
        )
    return ALLOWED


def may_take_up_words(person: Person, answer_set: AnswerSet, version: Version) -> Verdict:
    """Keepers of its owner let a collection take up a later version that asks exactly the same."""
    verdict = may_keep(person, answer_set.owner_id)
    if not verdict:
        return verdict
    now = answer_set.version
    if (
        now is None
        or not version.is_published
        or version.questionnaire_id != now.questionnaire_id
        or version.number <= now.number
        or skeleton(version.content) != skeleton(now.content)
    ):
        return refused(_("Only a later version that asks the same questions can lend its words."))
    return ALLOWED


def may_read_results(person: Person, answer_set: AnswerSet) -> Verdict:
    """Keepers and deans of the owner and of every institution that was asked read the results."""
    if person.is_staff or person.holds(*READERS, at=answer_set.owner_id):
        return ALLOWED
    mine = person.institutions_as(*READERS)
    if mine and answer_set.asked.filter(institution__in=mine).exists():
        return ALLOWED
    return refused(
        _("The results are open to the coordinators, administrators, quality boards and deans concerned.")
    )


def results_readable_by(person: Person) -> Q:
    """The same sentence as ``may_read_results``, for lists."""
    if person.is_staff:
        return Q()
    mine = person.institutions_as(*READERS)
    return Q(owner__in=mine) | Q(asked__institution__in=mine)


def may_take_out(person: Person, answer_set: AnswerSet) -> Verdict:
    """Single rows and free texts leave the platform, or are shown, only through keepers of the owner."""
    if person.is_staff or person.holds(*KEEPERS, at=answer_set.owner_id):
        return ALLOWED
    return refused(
        _(
            "Only a coordinator, an administrator or the quality board of %(institution)s can see single answers."
        )
        % {"institution": answer_set.owner}
    )
