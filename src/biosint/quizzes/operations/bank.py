"""Banks and questions: opening, keeping, writing, copying, taking out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.quizzes.content import Question as Content
from biosint.quizzes.content import as_json, check
from biosint.quizzes.models import Bank, Keeping, Question, QuestionVersion, Tag
from biosint.quizzes.rules import may_keep, may_open_bank, may_use
from biosint.shared.verdicts import Fault, require
from biosint.shared.words import in_language

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

LONGEST_TITLE = 150
MOST_TAGS = 12


class ChangedMeanwhile(Fault):
    """Somebody else saved a newer version after this one was opened."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that shall be kept, with where it is sorted."""

    content: Content
    folder: str = ""
    tags: tuple[str, ...] = ()


@transaction.atomic
def open_bank(
    *, title: str, institution: Institution | None, is_shared: bool = False, by: Person, at: datetime
) -> Bank:
    """Begin a collection of questions; whoever begins it keeps it."""
    require(may_open_bank(by))
    bank = Bank.objects.create(
        title=title, institution=institution, is_shared=is_shared, created_by=by, created_at=at
    )
    Keeping.objects.create(bank=bank, person=by, since=at)
    audit.record("quizzes.bank.opened", bank, by=by, at=at)
    return bank


@transaction.atomic
def add_keeper(*, bank_id: int, person: Person, by: Person, at: datetime) -> Keeping:
    """Let a colleague keep the bank, too."""
    bank = _locked(bank_id, by)
    require(may_open_bank(person))
    keeping, _fresh = Keeping.objects.get_or_create(bank=bank, person=person, defaults={"since": at})
    audit.record("quizzes.bank.keeper_added", bank, by=by, at=at, keeper=person.pk)
    return keeping


def _locked(bank_id: int, by: Person) -> Bank:
    bank = Bank.objects.select_for_update(of=["self"]).get(pk=bank_id)
    require(may_keep(by, bank))
    return bank


@transaction.atomic
def add_question(*, bank_id: int, draft: Draft, by: Person, at: datetime) -> Question:
    """Keep a new question.

    Raises:
        ContentFault: it cannot be asked as it is written.
    """
    (question,) = add_questions(bank_id=bank_id, drafts=[draft], by=by, at=at)
    return question


@transaction.atomic
def add_questions(*, bank_id: int, drafts: Iterable[Draft], by: Person, at: datetime) -> list[Question]:
    """Keep several questions, all or none, such as those of a file.

    Raises:
        ContentFault: one of them cannot be asked as it is written.
    """
    bank = _locked(bank_id, by)
    drafts = list(drafts)
    for draft in drafts:
        check(draft.content)
    questions = Question.objects.bulk_create(
        [
            Question(
                bank=bank,
                folder=clean_folder(draft.folder),
                kind=draft.content.kind,
                title=title_of(draft.content),
                wording=wording_of(draft.content),
                changed_at=at,
            )
            for draft in drafts
        ]
    )
    versions = QuestionVersion.objects.bulk_create(
        [
            QuestionVersion(
                question=question, number=1, content=as_json(draft.content), made_by=by, made_at=at
            )
            for question, draft in zip(questions, drafts, strict=True)
        ]
    )
    for question, version in zip(questions, versions, strict=True):
        question.newest = version
    Question.objects.bulk_update(questions, ["newest"], batch_size=200)
    Tag.objects.bulk_create(
        [
            Tag(question=question, word=word)
            for question, draft in zip(questions, drafts, strict=True)
            for word in clean_tags(draft.tags)
        ]
    )
    audit.record("quizzes.bank.questions_added", bank, by=by, at=at, count=len(questions))
    return questions


@transaction.atomic
def change_question(
    *, question_id: int, draft: Draft, seen_version: int, by: Person, at: datetime
) -> Question:
    """Keep a newer version. Attempts go on with the version they began with.

    Args:
        seen_version: number of the version that was opened.

    Raises:
        ChangedMeanwhile: a colleague saved another version meanwhile.
        ContentFault: it cannot be asked as it is written.
    """
    question = Question.objects.select_for_update(of=["self"]).get(pk=question_id)
    require(may_keep(by, Bank.objects.get(pk=question.bank_id)))
    check(draft.content)
    newest = QuestionVersion.objects.select_related("made_by").filter(question=question).latest("number")
    content = as_json(draft.content)
    if newest.number != seen_version and newest.content != content:
        raise ChangedMeanwhile(
            _("%(person)s has saved another version meanwhile. Look at it, then save again.")
            % {"person": newest.made_by}
        )
    if newest.content != content:
        question.newest = QuestionVersion.objects.create(
            question=question, number=newest.number + 1, content=content, made_by=by, made_at=at
        )
    question.kind = draft.content.kind
    question.title = title_of(draft.content)
    question.wording = wording_of(draft.content)
    question.folder = clean_folder(draft.folder)
    question.changed_at = at
    question.save(update_fields=["newest", "kind", "title", "wording", "folder", "changed_at"])
    question.tags.all().delete()
    Tag.objects.bulk_create([Tag(question=question, word=word) for word in clean_tags(draft.tags)])
    audit.record("quizzes.question.changed", question, by=by, at=at)
    return question


@transaction.atomic
def remove_question(*, question_id: int, by: Person, at: datetime) -> Question:
    """Take a question out of use. Attempts that began with it keep it and are marked."""
    question = Question.objects.select_for_update(of=["self"]).get(pk=question_id)
    require(may_keep(by, Bank.objects.get(pk=question.bank_id)))
    if question.removed_at is None:
        question.removed_by, question.removed_at = by, at
        question.save(update_fields=["removed_by", "removed_at"])
        question.parts.all().delete()
        audit.record("quizzes.question.removed", question, by=by, at=at)
    return question


@transaction.atomic
def restore_question(*, question_id: int, by: Person, at: datetime) -> Question:
    """Bring a question back that was taken out of use."""
    question = Question.objects.select_for_update(of=["self"]).get(pk=question_id)
    require(may_keep(by, Bank.objects.get(pk=question.bank_id)))
    question.removed_by = question.removed_at = None
    question.save(update_fields=["removed_by", "removed_at"])
    audit.record("quizzes.question.restored", question, by=by, at=at)
    return question


@transaction.atomic
def copy_question(*, question_id: int, to_bank_id: int, by: Person, at: datetime) -> Question:
    """Copy a question, as it stands now, from a bank one may use into a bank one keeps."""
    source = Question.objects.select_related("bank", "newest").get(pk=question_id)
    require(may_use(by, source.bank))
    if source.newest is None:
        raise RuntimeError(f"Question {source.pk} has no version.")
    draft = Draft(source.newest.asked, source.folder, tuple(source.tags.values_list("word", flat=True)))
    return add_question(bank_id=to_bank_id, draft=draft, by=by, at=at)


def title_of(content: Content) -> str:
    """Return the title, or the first words of what is asked."""
    title = " ".join((content.title or in_language(content.text).text).split())
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def wording_of(content: Content) -> str:
    texts = [*content.text.values()]
    for option in content.options:
        texts += option.text.values()
    for pair in content.pairs:
        texts += [*pair.left.values(), *pair.right.values()]
    return " ".join(" ".join(texts).lower().split())[:10_000]


def clean_folder(folder: str) -> str:
    """Return the path without empty parts.

    >>> clean_folder(" Cardiology // ECG/")
    'Cardiology/ECG'
    """
    parts = [" ".join(part.split()) for part in folder.split("/")]
    return "/".join(part for part in parts if part)[:200].strip("/")


def clean_tags(words: Iterable[str]) -> list[str]:
    """Return each tag once, in small letters."""
    cleaned = (" ".join(word.lower().split())[:60] for word in words)
    return list(dict.fromkeys(word for word in cleaned if word))[:MOST_TAGS]
