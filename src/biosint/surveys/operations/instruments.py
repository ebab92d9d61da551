from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.shared.verdicts import Fault, require
from biosint.surveys.library import Entry, inserted, read_entry, taken_out
from biosint.surveys.models import KeptInstrument, Version
from biosint.surveys.operations.questionnaires import change_draft
from biosint.surveys.rules import may_keep

if TYPE_CHECKING:
    from biosint.people.models import Person


class NotScored(Fault):
    """The question is no instrument that could be kept."""


@transaction.atomic
def keep_instrument(
    *, version_id: int, code: str, about: dict[str, str], by: Person, at: datetime
) -> KeptInstrument:
    """Put the scored scale of a questionnaire into the library of its institution, as the next version.

    Kept as it was kept last, it is not kept again.

    Raises:
        NotScored: there is no such question.
        DefinitionFault: it has no scoring key.
    """
    version = Version.objects.select_related("questionnaire__institution").get(pk=version_id)
    institution = version.questionnaire.institution
    require(may_keep(by, institution))
    content: dict[str, Any] = version.content
    question = next(
        (entry for section in content["sections"] for entry in section["questions"] if entry["code"] == code),
        None,
    )
    if question is None:
        raise NotScored(_("There is no question “%(code)s” in this version.") % {"code": code})
    raw = taken_out(content, question, about=about)
    read_entry(raw)
    # Whoever locks the institution's versions first gets the next number; the constraint holds the rest.
    latest = KeptInstrument.objects.select_for_update().filter(institution=institution, code=code).first()
    if latest is not None and latest.content == raw:
        return latest
    kept = KeptInstrument.objects.create(
        institution=institution,
        code=code,
        number=latest.number + 1 if latest else 1,
        content=raw,
        kept_by=by,
        kept_at=at,
    )
    audit.record("surveys.instrument.kept", kept, by=by, at=at, code=code)
    return kept


@transaction.atomic
def insert_instrument(*, version_id: int, entry: Entry, by: Person, at: datetime) -> Version:
    """Put an instrument of the library at the end of a draft: its question and its scoring key.

    Raises:
        DefinitionFault: the draft has it, or something of that name, already.
    """
    version = Version.objects.select_for_update(of=["self"]).get(pk=version_id)
    return change_draft(version_id=version.pk, content=inserted(version.content, entry), by=by, at=at)
