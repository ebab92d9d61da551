"""Writes translations, and brings corrected words into collections that run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.shared.verdicts import Fault, require
from biosint.surveys.definitions import parse
from biosint.surveys.models import AnswerSet, Version, WordingChange
from biosint.surveys.operations.questionnaires import DraftExists, locked_version
from biosint.surveys.rules import may_change, may_keep, may_take_up_words
from biosint.surveys.states import LANGUAGES
from biosint.surveys.translations import LONGEST, fingerprint, pairs_of, with_words

if TYPE_CHECKING:
    from biosint.people.models import Person


class TextTooLong(Fault):
    """A translation is longer than a text may be."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants one text to read, and the fingerprints of what they had before them.

    ``is_checked`` says that they looked at the source and find the translation still right.
    """

    text: str
    seen_target: str
    seen_source: str
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the wishes. A conflict (address -> the text that stands there) was not written."""

    written: int = 0
    conflicts: dict[str, str] = field(default_factory=dict)
    source_changed: frozenset[str] = frozenset()


@transaction.atomic
def translate(
    *, version_id: int, source: str, target: str, wishes: Mapping[str, Wish], by: Person, at: datetime
) -> Saved:
    """Write texts of a draft in one language.

    A text that somebody else wrote meanwhile is left as it stands and handed back. Where the source changed
    meanwhile the translation is written and stays marked, because it was made from other words.

    Raises:
        Refused: the version is published, or not theirs.
        TextTooLong, DefinitionFault: nothing is written.
    """
    version = locked_version(version_id)
    require(may_change(by, version))
    if source not in LANGUAGES or target not in LANGUAGES:
        raise KeyError(target)
    pairs = {
        pair.address: pair
        for pair in pairs_of(version.content, version.sources, source=source, target=target)
    }
    words: dict[str, str] = {}
    noted = dict(version.sources.get(target, {}))
    conflicts: dict[str, str] = {}
    changed: set[str] = set()
    for address, wish in wishes.items():
        pair = pairs.get(address)
        if pair is None:
            continue
        text = wish.text.replace("\x00", "").strip()
        if len(text) > LONGEST:
            raise TextTooLong(
                _("The text for %(address)s is longer than %(most)s characters.")
                % {"address": address, "most": LONGEST}
            )
        if text == pair.target and not wish.is_checked:
            continue
        if text != pair.target and fingerprint(pair.target) != wish.seen_target:
            conflicts[address] = pair.target
            continue
        if fingerprint(pair.source) != wish.seen_source:
            changed.add(address)
        words[address] = text
        if source != target:
            noted[address] = [source, wish.seen_source]
    if words:
        content = with_words(version.content, target, words)
        definition = parse(content)
        version.content = content
        version.sources = {**version.sources, target: noted}
        version.__dict__.pop("definition", None)
        version.save(update_fields=["content", "sources"])
        version.questionnaire.title = dict(definition.title)
        version.questionnaire.save(update_fields=["title"])
        audit.record(
            "surveys.version.translated", version, by=by, at=at, language=target, texts=sorted(words)
        )
    return Saved(len(words), conflicts, frozenset(changed))


@transaction.atomic
def correct_words(*, version_id: int, by: Person, at: datetime) -> Version:
    """Start a version of the same questions, in which nothing but words can be changed.

    Raises:
        DraftExists: a draft waits already; correct the words there.
    """
    base = locked_version(version_id)
    require(may_keep(by, base.questionnaire.institution))
    versions = base.questionnaire.versions
    if versions.filter(published_at=None).exists():
        raise DraftExists(
            _("This questionnaire has a draft already. Correct the words there, or publish it first.")
        )
    latest = versions.order_by("-number")[0]
    version = Version.objects.create(
        questionnaire=base.questionnaire,
        number=latest.number + 1,
        content=base.content,
        sources=base.sources,
        words_of=base,
    )
    audit.record("surveys.version.words_started", version, by=by, at=at, base=base.number)
    return version


@transaction.atomic
def take_up_words(*, answer_set_id: int, version_id: int, by: Person, at: datetime) -> WordingChange:
    """Let a running collection speak with the corrected words. Its answers stay together.

    Raises:
        Refused: the version asks something else, or the collection is not theirs.
    """
    answer_set = (
        AnswerSet.objects.select_for_update(of=["self"])
        .select_related("version", "owner")
        .get(pk=answer_set_id)
    )
    version = Version.objects.get(pk=version_id)
    require(may_take_up_words(by, answer_set, version))
    assert answer_set.version is not None  # noqa: S101 -- the rule above asks for it
    change = WordingChange.objects.create(
        answer_set=answer_set, before=answer_set.version, after=version, changed_by=by, changed_at=at
    )
    answer_set.version = version
    answer_set.save(update_fields=["version"])
    audit.record("surveys.answer_set.words_taken_up", answer_set, by=by, at=at, version=version.number)
    return change
