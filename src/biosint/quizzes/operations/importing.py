"""Files of other tools: kept and looked at, then imported once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.files import api as files
from biosint.quizzes.formats import gift, moodle, packages, xml
from biosint.quizzes.formats.found import LARGEST, Found
from biosint.quizzes.models import Bank, Question, QuestionFile
from biosint.quizzes.operations.bank import Draft, add_questions
from biosint.quizzes.rules import may_keep
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.people.api import Person

QUESTION_FILE = "quizzes.questions"


class AlreadyImported(Fault):
    """The questions of this file are in the bank already."""


class NothingChosen(Fault):
    """No question of the file was chosen, or none can be carried."""


def found_in(sent: QuestionFile) -> list[Found]:
    """Return what a kept file holds, question by question.

    Raises:
        Unreadable: the file is of none of the formats, not whole or not safe.
    """
    with files.open_content(sent.file) as stream:
        content = stream.read(LARGEST + 1)
    return understood(content, name=sent.file.name, language=sent.language)


def understood(content: bytes, *, name: str, language: str) -> list[Found]:
    """Tell the format from the content, then read it."""
    if content.startswith(b"PK"):
        return packages.read(content, language=language)
    if PurePath(name).suffix == ".xml":
        if xml.name_of(xml.read(content)) == "quiz":
            return moodle.read(content, language=language)
        return packages.read(content, language=language)
    return gift.read(content, language=language)


@transaction.atomic
def receive(*, bank_id: int, upload: File[bytes], language: str, by: Person, at: datetime) -> QuestionFile:
    """Keep a file of questions and see that it can be read. Nothing is imported yet.

    Raises:
        Unreadable: the file is of none of the formats, not whole or not safe.
        Fault: of ``files.store``: empty, too large, not what its name says.
    """
    bank = Bank.objects.get(pk=bank_id)
    require(may_keep(by, bank))
    path = PurePath(upload.name or "questions.txt")
    if path.suffix.lower() == ".gift":
        upload.name = f"{path.stem}.txt"
    stored = files.store(
        upload, kind=QUESTION_FILE, by=by, at=at, allowed={"xml", "zip", "txt"}, maximum=LARGEST
    )
    sent = QuestionFile.objects.create(bank=bank, file=stored, language=language, sent_by=by, sent_at=at)
    found_in(sent)
    audit.record("quizzes.bank.file_received", bank, by=by, at=at)
    return sent


@transaction.atomic
def import_questions(
    *, file_id: int, chosen: Collection[int], folder: str, by: Person, at: datetime
) -> list[Question]:
    """Keep the chosen questions of a file in its bank. Pressing twice imports once.

    Args:
        chosen: places in the file, from 0.
        folder: under which the folders of the file are put; may be empty.

    Raises:
        AlreadyImported: this file was imported before.
        NothingChosen: no question is left to import.
    """
    sent = QuestionFile.objects.select_for_update(of=["self"]).get(pk=file_id)
    require(may_keep(by, Bank.objects.get(pk=sent.bank_id)))
    if sent.imported_at is not None:
        raise AlreadyImported(_("The questions of this file are in the collection already."))
    drafts = [
        Draft(found.content, f"{folder}/{found.folder}", found.tags)
        for place, found in enumerate(found_in(sent))
        if found.content is not None and place in chosen
    ]
    if not drafts:
        raise NothingChosen(_("Choose at least one question."))
    questions = add_questions(bank_id=sent.bank_id, drafts=drafts, by=by, at=at)
    sent.imported_by, sent.imported_at = by, at
    sent.save(update_fields=["imported_by", "imported_at"])
    return questions
