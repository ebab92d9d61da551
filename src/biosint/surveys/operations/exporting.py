"""Answers leave as a file of SPSS, or are described by a code book with their frequencies."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.files import api as files
from biosint.institutions.api import Institution
from biosint.shared.verdicts import require
from biosint.surveys.codebooks import conditions_of, study_of
from biosint.surveys.columns import UNTOLD
from biosint.surveys.formats import ddi, spss_out
from biosint.surveys.formats.ddi import Study
from biosint.surveys.formats.variables import variables_of
from biosint.surveys.models import AnswerSet, AskedGroup, Submission
from biosint.surveys.rules import may_read_results, may_take_out
from biosint.surveys.tallies import tallies_of

if TYPE_CHECKING:
    from biosint.people.models import Person

EXPORT_KIND = "surveys.export"
# More answers than this are written by a job.
ANSWERS_AT_ONCE = 5000
Reporter = Callable[[int, int, str], None]


class Kind(StrEnum):
    SPSS = "sav"
    CODEBOOK = "xml"


def may_export(person: Person, answer_set: AnswerSet, kind: Kind) -> Any:
    """Single answers leave through keepers alone; the code book holds none, so readers of results take it."""
    return may_take_out(person, answer_set) if kind == Kind.SPSS else may_read_results(person, answer_set)


def made_file(
    *,
    answer_set_id: int,
    kind: Kind,
    language: str,
    by: Person,
    at: datetime,
    report_to: Reporter | None = None,
) -> tuple[str, bytes]:
    """Return the name and the content of a file of answers, and leave a line on the trail.

    Args:
        language: of the labels in SPSS, a content language or ``sr-latn``; the code book holds all of them.

    Raises:
        Refused: they may not take it.
    """
    answer_set = AnswerSet.objects.select_related("version__questionnaire", "owner").get(pk=answer_set_id)
    require(may_export(by, answer_set, kind))
    name = f"{slugify(answer_set.title) or 'answers'}.{kind}"
    body = (
        _spss(answer_set, language, report_to) if kind == Kind.SPSS else _codebook(answer_set, at, report_to)
    )
    audit.record("surveys.answer_set.exported", answer_set, by=by, at=at, format=kind.value)
    return name, body


def keep_file(
    *,
    answer_set_id: int,
    kind: Kind,
    language: str,
    by: Person,
    at: datetime,
    report_to: Reporter | None = None,
) -> files.StoredFile:
    """Make a file of answers and keep it for the person who asked for it."""
    name, body = made_file(
        answer_set_id=answer_set_id, kind=kind, language=language, by=by, at=at, report_to=report_to
    )
    with tempfile.TemporaryFile() as held, transaction.atomic():
        held.write(body)
        held.seek(0)
        return files.store(File(held, name=name), kind=EXPORT_KIND, by=by, at=at, allowed={kind.value})


def _rows(answer_set: AnswerSet) -> Iterator[tuple[int | None, int | None, str, dict[str, Any]]]:
    found = Submission.objects.filter(answer_set=answer_set).order_by("pk")
    yield from found.values_list("institution_id", "group_id", "language", "answers").iterator(
        chunk_size=2000
    )


def _spss(answer_set: AnswerSet, language: str, report_to: Reporter | None) -> bytes:
    slugs = dict(Institution.objects.values_list("pk", "slug"))
    groups = dict(AskedGroup.objects.filter(asked__answer_set=answer_set).values_list("pk", "code"))
    count = answer_set.submissions.count()
    with translation.override(language):
        phrases = (_("no answer"), _("chosen"), _("not chosen"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.sav"
        spss_out.write(
            path,
            answer_set.columns,
            (
                (slugs.get(place or 0, ""), groups.get(group or 0, ""), spoken, answers)
                for place, group, spoken, answers in _rows(answer_set)
            ),
            count=count,
            language=language,
            title=answer_set.title,
            phrases=phrases,
            report_to=None if report_to is None else lambda row: report_to(row, count, _("Writing")),
        )
        return path.read_bytes()


def _codebook(answer_set: AnswerSet, at: datetime, report_to: Reporter | None) -> bytes:
    columns = answer_set.columns
    smallest = answer_set.smallest_group if answer_set.hides_small_groups else 0
    count = answer_set.submissions.count()
    variables = variables_of(columns)

    def answers() -> Iterator[dict[str, Any]]:
        for number, (_place, _group, _spoken, given) in enumerate(_rows(answer_set)):
            if report_to is not None and number % 20_000 == 0:
                report_to(number, count, _("Counting"))
            yield given

    version = answer_set.version
    shared: dict[str, Any] = {
        "number": f"answers-{answer_set.public_id}",
        "owner": str(answer_set.owner),
        "written_date": at.date(),
        "columns": columns,
        "cases": count if count >= smallest else None,
        "opened_date": answer_set.opens_at.date() if answer_set.opens_at else None,
        "closed_date": answer_set.closes_at.date() if answer_set.closes_at else None,
        "smallest": smallest,
        "tallies": tallies_of(variables, answers(), smallest=smallest, weight_code=answer_set.weight_code),
    }
    if version is None:
        title = {UNTOLD: answer_set.title}
        return ddi.write(Study(title=title, abstract={}, audience=answer_set.audience, **shared))
    plain = study_of(
        version.definition,
        number="",
        owner="",
        written_date=at.date(),
        instruments=version.content.get("instruments") or (),
    )
    return ddi.write(
        Study(
            title=plain.title,
            abstract=plain.abstract,
            audience=plain.audience,
            instruments=plain.instruments,
            conditions=conditions_of(version.definition),
            **shared,
        )
    )
