from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Code, Codebook, Coder, Coding, FinalCoding, Quote
from biosint.situation.queries import coding as queries
from biosint.situation.rules import coding as rules
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.people.api import Person
    from biosint.surveys.models import AnswerSet


class CodeTaken(Fault):
    """The codebook holds this code."""


class CodeInUse(Fault):
    """Answers were given this code."""


class CoderTaken(Fault):
    """The place is taken, or the person has the other one."""


class NotToBeCoded(Fault):
    """The answer is not among those the person reads."""


@transaction.atomic
def begin_codebook(
    *, answer_set: AnswerSet, question: str, sample_size: int | None, by: Person, at: datetime
) -> Codebook:
    """Begin to code the open answers to one question.

    Args:
        sample_size: how many answers, drawn by chance, both coders read; None for all.
    """
    require(rules.may_begin(by, answer_set, at=at))
    codebook = Codebook.objects.create(
        answer_set=answer_set, question=question, sample_size=sample_size, created_by=by, created_at=at
    )
    audit.record("situation.codebook.begun", codebook, by=by, at=at)
    return codebook


def _locked(codebook_id: int) -> Codebook:
    return (
        Codebook.objects.select_for_update(of=["self"])
        .select_related("answer_set__owner", "answer_set__version")
        .get(pk=codebook_id)
    )


@transaction.atomic
def add_code(
    *, codebook_id: int, word: str, label: str, definition: str, example: str, by: Person, at: datetime
) -> Code:
    """Add a code.

    Raises:
        CodeTaken: the codebook holds one of this word.
    """
    codebook = _locked(codebook_id)
    require(rules.may_change_codes(by, codebook, is_compared=queries.desk_of(codebook).is_compared))
    try:
        with transaction.atomic():
            code = Code.objects.create(
                codebook=codebook,
                word=word,
                label=label.strip(),
                definition=definition.strip(),
                example=example.strip(),
            )
    except IntegrityError as fault:
        raise CodeTaken(_("The codebook already holds the code “%(word)s”.") % {"word": word}) from fault
    audit.record("situation.code.added", code, by=by, at=at)
    return code


@transaction.atomic
def remove_code(*, code_id: int, by: Person, at: datetime) -> None:
    """Take away a code that no answer was given.

    Raises:
        CodeInUse: some answers have it.
    """
    code = Code.objects.select_related("codebook").get(pk=code_id)
    codebook = _locked(code.codebook_id)
    require(rules.may_change_codes(by, codebook, is_compared=queries.desk_of(codebook).is_compared))
    given = Coding.objects.filter(coder__codebook=codebook).values_list("codes", flat=True)
    if any(code.word in codes for codes in given):
        raise CodeInUse(_("Answers were given this code already, so it stays."))
    audit.record("situation.code.removed", code, by=by, at=at)
    code.delete()


@transaction.atomic
def name_coder(*, codebook_id: int, person: Person, place: int, by: Person, at: datetime) -> Coder:
    """Name who codes first or second; from then on the person sees the open answers to this question.

    Raises:
        CoderTaken: the place is taken, or the person codes already.
    """
    codebook = _locked(codebook_id)
    require(rules.may_keep(by, codebook))
    try:
        with transaction.atomic():
            coder = Coder.objects.create(
                codebook=codebook, person=person, place=place, named_by=by, named_at=at
            )
    except IntegrityError as fault:
        raise CoderTaken(
            _("This place is taken, or %(person)s codes already. Two different people are needed.")
            % {"person": person}
        ) from fault
    audit.record("situation.coder.named", coder, by=by, at=at)
    return coder


@transaction.atomic
def code_answer(
    *, codebook_id: int, submission_id: int, codes: Iterable[str], by: Person, at: datetime
) -> Coding:
    """Give an answer its codes, as one of the two coders, without seeing the other's.

    The trail says that somebody coded, not what: the other coder may read it.

    Raises:
        Refused: ``by`` is no coder here, or both have finished and the answer was coded twice.
        NotToBeCoded: the answer is not among those ``by`` reads.
    """
    codebook = _locked(codebook_id)
    coder = queries.coder_of(codebook, by)
    desk = queries.desk_of(codebook)
    alone = coder is not None and coder.place == Coder.FIRST and submission_id in desk.rest
    require(rules.may_code(by, codebook, coder=coder, is_compared=desk.is_compared and not alone))
    if coder is None or submission_id not in desk.task_of(coder):
        raise NotToBeCoded(_("This answer is not among those you read."))
    known = set(codebook.codes.values_list("word", flat=True))
    coding, _new = Coding.objects.update_or_create(
        coder=coder, submission_id=submission_id, defaults={"codes": sorted(known & set(codes))}
    )
    audit.record("situation.answer.coded", codebook, by=by, at=at)
    return coding


@transaction.atomic
def decide(
    *, codebook_id: int, submission_id: int, codes: Iterable[str], by: Person, at: datetime
) -> FinalCoding:
    """Settle an answer that the coders saw differently; a later decision replaces it until the coding is closed.

    Raises:
        NotToBeCoded: the coders agree on it.
    """
    codebook = _locked(codebook_id)
    desk = queries.desk_of(codebook)
    coder = queries.coder_of(codebook, by)
    require(rules.may_decide(by, codebook, coder=coder, is_compared=desk.is_compared))
    if submission_id not in desk.differing:
        raise NotToBeCoded(_("Both coders gave this answer the same codes."))
    known = set(codebook.codes.values_list("word", flat=True))
    final, _new = FinalCoding.objects.update_or_create(
        codebook=codebook,
        submission_id=submission_id,
        defaults={"codes": sorted(known & set(codes)), "decided_by": by, "decided_at": at},
    )
    audit.record("situation.coding.decided", codebook, by=by, at=at)
    return final


@transaction.atomic
def close_codebook(*, codebook_id: int, by: Person, at: datetime) -> Codebook:
    """End a coding: its codes are variables of the set from now on."""
    codebook = _locked(codebook_id)
    desk = queries.desk_of(codebook)
    require(
        rules.may_close(
            by,
            codebook,
            is_compared=desk.is_compared,
            undecided=len(desk.undecided),
            uncoded=len(desk.uncoded),
        )
    )
    codebook.closed_by = by
    codebook.closed_at = at
    codebook.save(update_fields=["closed_by", "closed_at"])
    audit.record("situation.codebook.closed", codebook, by=by, at=at)
    return codebook


@transaction.atomic
def release_quote(*, code_id: int, text: str, language: str, by: Person, at: datetime) -> Quote:
    """Release a sentence that a keeper made unrecognisable by hand; it may stand in reports then.

    Neither the quote nor the trail says from which answer it comes.
    """
    code = Code.objects.select_related("codebook__answer_set__owner").get(pk=code_id)
    require(surveys.may_take_out(by, code.codebook.answer_set))
    quote = Quote.objects.create(
        code=code, text=text.strip(), language=language, released_by=by, released_at=at
    )
    audit.record("situation.quote.released", quote, by=by, at=at)
    return quote


@transaction.atomic
def withdraw_quote(*, quote_id: int, by: Person, at: datetime) -> None:
    """Take a released quote back."""
    quote = Quote.objects.select_related("code__codebook__answer_set__owner").get(pk=quote_id)
    require(surveys.may_take_out(by, quote.code.codebook.answer_set))
    audit.record("situation.quote.withdrawn", quote, by=by, at=at)
    quote.delete()
