"""States of syllabi and the sides on which an outcome can be international. Plain data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Degree(TextChoices):
    """What a programme leads to."""

    SHORT = "short", _("short programme")
    FIRST = "first", _("first cycle (bachelor)")
    SECOND = "second", _("second cycle (master)")
    INTEGRATED = "integrated", _("integrated studies")
    THIRD = "third", _("third cycle (doctorate)")


class UnitState(TextChoices):
    """A unit is approved once one version of its syllabus is."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")


class SyllabusState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waits for approval")
    RETURNED = "returned", _("returned with a note")
    APPROVED = "approved", _("approved")


MOVES: dict[SyllabusState, frozenset[SyllabusState]] = {
    SyllabusState.DRAFT: frozenset({SyllabusState.SUBMITTED}),
    SyllabusState.SUBMITTED: frozenset({SyllabusState.APPROVED, SyllabusState.RETURNED}),
    SyllabusState.RETURNED: frozenset({SyllabusState.SUBMITTED}),
    SyllabusState.APPROVED: frozenset(),
}
WRITABLE = frozenset({SyllabusState.DRAFT, SyllabusState.RETURNED})


class IocDimension(TextChoices):
    """The sides of an international curriculum with which a learning outcome is marked."""

    SYSTEMS = "systems", _("Health systems elsewhere")
    LANGUAGES = "languages", _("Languages and communication")
    TEAMWORK = "teamwork", _("Intercultural teamwork")
    ETHICS = "ethics", _("Ethics and points of view")
    DIGITAL = "digital", _("Digital collaboration")
    EVIDENCE = "evidence", _("Comparative evidence")


IOC_MEANINGS = {
    IocDimension.SYSTEMS: _("How care is organised, paid for and regulated in other countries."),
    IocDimension.LANGUAGES: _("Speaking and writing with patients and colleagues in another language."),
    IocDimension.TEAMWORK: _("Working to one result with people of other countries and professions."),
    IocDimension.ETHICS: _("Seeing a decision with the eyes of another culture, law or belief."),
    IocDimension.DIGITAL: _("Working together at a distance, safely and well."),
    IocDimension.EVIDENCE: _("Comparing data, guidelines and practice across countries."),
}
