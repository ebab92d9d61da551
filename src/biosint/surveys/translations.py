"""The texts of a questionnaire in their languages: where each stands, and what is still to be translated. Pure.

Nothing here knows kinds of questions: whatever maps languages to words is a text, wherever it stands. So a new
kind of question is translated, sent out and taken back without a change here.
"""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from biosint.shared.script import is_cyrillic
from biosint.surveys.states import LANGUAGES

SEPARATOR = "/"
LONGEST = 4000
# Words in a text that a program fills in; a translation must keep them.
PLACEHOLDER = re.compile(r"\{[A-Za-z][\w:.\-]*\}|%\(\w+\)[sd]")

# Per language and address: the language it was translated from, and the fingerprint of what stood there then.
Sources = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Text:
    """One text and its address, such as ``mobility/options/yes/label``.

    An address is made of codes, which stay when questions move; only sections, which have none, are numbered.
    """

    address: str
    section: int  # from 1; 0 for the texts around the sections
    words: Mapping[str, str]


def texts_of(content: Mapping[str, Any]) -> list[Text]:
    """Return every text of a questionnaire's content, in the order in which it is read."""
    return list(_walked(content, (), 0))


def _walked(part: Any, steps: tuple[str, ...], section: int) -> Iterator[Text]:
    if isinstance(part, Mapping):
        if _is_text(part):
            yield Text(SEPARATOR.join(steps), section, part)
            return
        for name, inner in part.items():
            yield from _walked(inner, (*steps, str(name)), section)
    elif isinstance(part, list):
        for number, inner in enumerate(part, 1):
            code = inner.get("code") if isinstance(inner, Mapping) else None
            if steps == ("sections",):
                yield from _walked(inner, ("sections", str(number)), number)
            elif len(steps) == 3 and steps[0] == "sections" and steps[2] == "questions" and code:
                # A question moves between sections and keeps its address.
                yield from _walked(inner, (str(code),), section)
            else:
                yield from _walked(inner, (*steps, str(code or number)), section)


def _is_text(part: Mapping[Any, Any]) -> bool:
    return bool(part) and all(
        code in LANGUAGES and (text is None or isinstance(text, str)) for code, text in part.items()
    )


def written_in(words: Mapping[str, str], language: str) -> bool:
    return bool((words.get(language) or "").strip())


def counts(texts: Iterable[Text]) -> dict[str, int]:
    """Return how many texts each content language has."""
    found = dict.fromkeys(LANGUAGES, 0)
    for text in texts:
        for code in LANGUAGES:
            found[code] += written_in(text.words, code)
    return found


def complete_languages(content: Mapping[str, Any]) -> list[str]:
    """Return the languages in which nothing is missing; where there is none, those with the most texts."""
    texts = [text for text in texts_of(content) if any(written_in(text.words, code) for code in LANGUAGES)]
    found = counts(texts)
    most = max(found.values(), default=0)
    return [code for code, number in found.items() if number == most and most]


def page_languages(content: Mapping[str, Any]) -> list[str]:
    """Return the languages of pages in which a questionnaire is offered.

    Serbian is offered in both scripts, unless somebody wrote it in Latin letters alone.
    """
    offered = []
    for code in complete_languages(content):
        if code != "sr":
            offered.append(code)
        elif any(is_cyrillic(text.words.get("sr") or "") for text in texts_of(content)):
            offered += ["sr-latn", "sr"]
        else:
            offered.append("sr-latn")
    return offered


def main_language(content: Mapping[str, Any]) -> str:
    """Return the language a questionnaire is written in first: English where it has it."""
    title = content.get("title") or {}
    return next((code for code in LANGUAGES if written_in(title, code)), "en")


def fingerprint(text: str) -> str:
    """Return a short mark that changes with the words, not with the spaces between them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


class Standing(StrEnum):
    """How one text stands in one language."""

    MISSING = "missing"
    CHANGED = "changed"  # its source reads differently now
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Pair:
    """One text side by side in two languages."""

    address: str
    section: int
    source: str
    target: str
    standing: Standing


def pairs_of(content: Mapping[str, Any], sources: Sources, *, source: str, target: str) -> list[Pair]:
    """Return every text in the source and the target language, in the order in which it is read."""
    noted = sources.get(target, {})
    return [
        Pair(
            text.address,
            text.section,
            text.words.get(source) or "",
            text.words.get(target) or "",
            _standing(text, target, noted.get(text.address)),
        )
        for text in texts_of(content)
        if any(written_in(text.words, code) for code in LANGUAGES)
    ]


def _standing(text: Text, target: str, noted: list[str] | None) -> Standing:
    if not written_in(text.words, target):
        return Standing.MISSING
    if noted is not None and fingerprint(text.words.get(noted[0]) or "") != noted[1]:
        return Standing.CHANGED
    return Standing.DONE


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one language is."""

    language: str
    total: int
    written: int
    changed: int

    @property
    def missing(self) -> int:
        return self.total - self.written


def progress_of(content: Mapping[str, Any], sources: Sources) -> list[Progress]:
    """Return how far each content language is."""
    found = []
    for language in LANGUAGES:
        standings = [pair.standing for pair in pairs_of(content, sources, source="en", target=language)]
        found.append(
            Progress(
                language,
                len(standings),
                len(standings) - standings.count(Standing.MISSING),
                standings.count(Standing.CHANGED),
            )
        )
    return found


def with_words(content: Mapping[str, Any], language: str, words: Mapping[str, str]) -> dict[str, Any]:
    """Return the content with other words in one language; ``words`` goes by address. Unknown ones are left."""
    made = copy.deepcopy(dict(content))
    for text in texts_of(made):
        if text.address in words:
            assert isinstance(text.words, dict)  # noqa: S101 -- parts of plain nested data
            text.words[language] = words[text.address]
    return made


def skeleton(content: Any) -> Any:
    """Return the content without its texts: what is asked, apart from the words."""
    if isinstance(content, Mapping):
        if not content or _is_text(content):
            return None
        parts = {name: skeleton(part) for name, part in content.items()}
        return {name: part for name, part in parts.items() if part is not None}
    if isinstance(content, list):
        return [skeleton(part) for part in content]
    return content


def sources_after(before: Mapping[str, Any], after: Mapping[str, Any], sources: Sources) -> dict[str, Any]:
    """Return what the translations of a changed draft were made from.

    A translation that stayed while the main language changed is noted as made from the words before, so
    that it shows as changed since; one that was written along is noted as made from the words of now.
    """
    main = main_language(after)
    earlier = {text.address: text.words for text in texts_of(before)}
    made: dict[str, dict[str, list[str]]] = {code: dict(noted) for code, noted in sources.items()}
    for text in texts_of(after):
        old = earlier.get(text.address, {})
        for language in LANGUAGES:
            if language == main or not written_in(text.words, language):
                continue
            noted = made.setdefault(language, {})
            if (text.words.get(language) or "") != (old.get(language) or ""):
                noted[text.address] = [main, fingerprint(text.words.get(main) or "")]
            elif written_in(old, main) and text.address not in noted:
                noted[text.address] = [main, fingerprint(old.get(main) or "")]
    return {code: noted for code, noted in made.items() if noted}
