"""The texts of a questionnaire in their languages: where each stands, and what is still to be translated. Pure.

Nothing here knows kinds of questions: whatever maps languages to words is a text, wherever it stands. So a new
kind of question is translated, sent out and taken back without a change here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from biosint.shared.script import is_cyrillic
from biosint.surveys.states import LANGUAGES

SEPARATOR = "/"


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
