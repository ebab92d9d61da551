"""From a questionnaire of LimeSurvey to one of ours; what cannot be carried is said, question by question."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from biosint.surveys.definitions import DefinitionFault, parse
from biosint.surveys.formats.limesurvey.documents import Asked, Group, Survey, read
from biosint.surveys.formats.limesurvey.equations import Named, NotCarried, condition_of
from biosint.surveys.formats.limesurvey.kinds import CARRIERS
from biosint.surveys.formats.limesurvey.making import Made, Making, slug
from biosint.surveys.formats.limesurvey.phrases import phrase
from biosint.surveys.states import RESERVED, Audience

# The attribute in which our own export remembers what LimeSurvey has no place for.
OWN = "biosint"


@dataclass(frozen=True, slots=True)
class Note:
    """What was not carried, or not exactly. ``where`` is the question's code in LimeSurvey, or empty."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """What one column of LimeSurvey's answers becomes: a column of ours, an option of it, or a place in an order."""

    code: str
    option: str = ""
    rank: int = 0
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carried:
    """A questionnaire as content of ours, what to know about it, and where its answers go."""

    content: dict[str, Any]
    notes: list[Note]
    places: dict[str, Place]  # by the name of a column, such as 841748X3X3SQ001, Q3 or Q00_SQ001


# Texts of a survey that have no place here, and what to call them.
_LOST_TEXTS = ("endtext", "url")
# Settings of a question that change what can be answered and have no twin here.
_LOST_SETTINGS = (
    "em_validation_q",
    "em_validation_sq",
    "array_filter",
    "array_filter_exclude",
    "exclude_all_others",
    "equals_num_value",
    "max_num_value",
    "min_num_value",
    "num_value_int_only",
    "time_limit",
    "maximum_chars",
)


def read_survey(content: bytes) -> Carried:
    """Read a ``.lss`` file.

    Raises:
        Broken: it is no questionnaire of LimeSurvey, or written in none of our languages.
        DefinitionFault: nothing is left that could be asked.
    """
    return _Carrying(read(content)).done()


class _Carrying:
    """One questionnaire on its way; every question is tried as it would stand in the whole."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.languages = survey.languages
        self.notes: list[Note] = []
        self.taken: set[str] = set(RESERVED)
        self.names: dict[str, Named] = {}
        self.places: dict[str, Place] = {}
        self.head: dict[str, Any] = {}

    def note(self, where: str, text: str) -> None:
        self.notes.append(Note(where, text))

    def done(self) -> Carried:
        self._note_the_whole()
        questions = list(self.survey.questions)
        consent, questions = self._consent(questions)
        content: dict[str, Any] = {
            "title": self.survey.words.get("title") or phrase("rate", self.languages),
            "introduction": self._introduction(),
            "audience": self.head.get("audience", Audience.OTHERS.value),
            "sections": [consent],
        }
        if self.survey.settings.get("format") in {"G", "S"}:
            content["pages"] = True
        if self.head.get("instruments"):
            content["instruments"] = self.head["instruments"]
        first = consent.pop("gid", None)
        for group in self.survey.groups:
            members = [asked for asked in questions if asked.gid == group.gid]
            self._group(content, group, members, into=consent if group.gid == first else None)
        self._try_instruments(content)
        parse(content)
        return Carried(content, self.notes, self.places)

    def _try_instruments(self, content: dict[str, Any]) -> None:
        try:
            parse(content)
        except DefinitionFault as fault:
            if content.pop("instruments", None) is not None:
                self.note("", _("The scoring keys are not carried: %(reason)s") % {"reason": fault})

    def _note_the_whole(self) -> None:
        survey = self.survey
        for tag in survey.unknown:
            self.note("", _("The texts in “%(language)s” are left out.") % {"language": tag})
        for name in _LOST_TEXTS:
            if any(survey.words.get(name, {}).values()):
                said = _("The text at the end") if name == "endtext" else _("The address shown at the end")
                self.note("", _("%(part)s is not carried.") % {"part": said})
        for table, rows in survey.sections.items():
            self.note(
                "", _("“%(table)s” is not carried (entries: %(rows)s).") % {"table": table, "rows": rows}
            )

    def _introduction(self) -> dict[str, str]:
        welcome = self.survey.words.get("welcometext") or {}
        about = self.survey.words.get("description") or {}
        found = {
            code: "\n\n".join(part for part in (about.get(code), welcome.get(code)) if part)
            for code in self.languages
        }
        return {code: text for code, text in found.items() if text} or phrase("thanks", self.languages)

    def _consent(self, questions: list[Asked]) -> tuple[dict[str, Any], list[Asked]]:
        """The agreement: a mandatory first question with one answer, the policy of the survey, or ours."""
        first = questions[0] if questions else None
        if first is not None and first.mandatory and self._has_one_answer(first):
            own = own_of(first)
            self.head = own
            code = str(own.get("code") or slug(first.title, self.taken))
            self.taken.add(code)
            entry = {"code": code, "kind": "consent", "text": first.text or phrase("consent", self.languages)}
            if first.help:
                entry["help"] = first.help
            group = next(group for group in self.survey.groups if group.gid == first.gid)
            section = {"title": self._title(group), "questions": [entry], "gid": first.gid}
            if group.description:
                section["introduction"] = group.description
            return section, questions[1:]
        policy = self.survey.words.get("policy_notice_label") or self.survey.words.get("policy_notice") or {}
        words = policy or phrase("consent", self.languages)
        self.taken.add("consent")
        self.note(
            "", _("A question for agreement was put first, because here everybody agrees before they answer.")
        )
        return (
            {
                "title": phrase("agreement", self.languages),
                "questions": [{"code": "consent", "kind": "consent", "text": dict(words)}],
            },
            questions,
        )

    def _has_one_answer(self, asked: Asked) -> bool:
        if asked.kind in {"L", "!"}:
            return len(self.survey.answers.get(asked.qid, [])) == 1 and not asked.other
        return asked.kind == "M" and len(self.survey.subquestions.get(asked.qid, [])) == 1 and not asked.other

    def _title(self, group: Group) -> dict[str, str]:
        number = self.survey.groups.index(group) + 1
        return group.title or dict.fromkeys(self.languages, str(number))

    def _group(
        self, content: dict[str, Any], group: Group, members: list[Asked], into: dict[str, Any] | None
    ) -> None:
        section: dict[str, Any] = into or {"title": self._title(group), "questions": []}
        if group.description and into is None:
            section["introduction"] = dict(group.description)
        shuffled = {asked.attribute("random_group") for asked in members}
        if members and len(shuffled) == 1 and all(shuffled):
            section["random_order"] = True
        elif any(shuffled):
            self.note(
                group.title.get(self.languages[0], ""),
                _("The random order of some questions is not carried."),
            )
        if into is None and (condition := self._condition(group.relevance, "")):
            section["shown_if"] = condition
        waiting: dict[str, str] = {}
        for asked in members:
            if asked.kind == "X":
                waiting = self._boilerplate(section, asked, waiting)
                continue
            made = self._made(asked)
            if made is None:
                continue
            if waiting:
                made.entries[0]["help"] = joined(waiting, made.entries[0].get("help") or {})
                waiting = {}
            for entry in made.entries:
                self._add(content, section, entry, asked.title)
        if waiting:
            self.note(members[-1].title, _("A text at the end of its group is not carried."))
        if section["questions"] and into is None:
            self._settle_section(content, section)

    def _settle_section(self, content: dict[str, Any], section: dict[str, Any]) -> None:
        content["sections"].append(section)
        try:
            parse({**content, "instruments": []})
        except DefinitionFault as fault:
            if section.pop("shown_if", None) is None and section.pop("random_order", None) is None:
                raise
            name = section["title"].get(self.languages[0], "")
            self.note(name, _("The condition of its group is not carried: %(reason)s") % {"reason": fault})

    def _boilerplate(self, section: dict[str, Any], asked: Asked, waiting: dict[str, str]) -> dict[str, str]:
        """A text between questions introduces its group, or goes with the next question."""
        self._note_media(asked)
        if not section["questions"]:
            section["introduction"] = joined(section.get("introduction") or {}, asked.text)
            self.note(asked.title, _("This text stands in the introduction of its section now."))
            return waiting
        self.note(asked.title, _("This text stands with the next question now."))
        return joined(waiting, asked.text)

    def _note_settings(self, asked: Asked) -> None:
        for name in _LOST_SETTINGS:
            if asked.attribute(name).strip() not in {"", "0"}:
                self.note(asked.title, _("Its setting “%(name)s” is not carried.") % {"name": name})
        for part in self.survey.subquestions.get(asked.qid, []):
            if part.relevance.strip() not in {"", "1"}:
                self.note(
                    asked.title,
                    _("The condition of its part “%(code)s” is not carried.") % {"code": part.title},
                )

    def _made(self, asked: Asked) -> Made | None:
        self._note_media(asked)
        self._note_settings(asked)
        if asked.attribute("hidden") == "1":
            self.note(asked.title, _("It was hidden from people and is not carried."))
            return None
        carrier = CARRIERS.get(asked.kind)
        if carrier is None:
            self.note(asked.title, _("Questions of type “%(type)s” are not carried.") % {"type": asked.kind})
            return None
        making = Making(
            asked=asked,
            own=own_of(asked),
            answers=[answer for answer in self.survey.answers.get(asked.qid, []) if answer.scale == "0"],
            subquestions=[part for part in self.survey.subquestions.get(asked.qid, []) if part.scale == "0"],
            languages=self.languages,
            taken=self.taken,
        )
        made = carrier(making)
        for text in making.notes:
            self.note(asked.title, text)
        if not made.entries:
            return None
        if (condition := self._condition(asked.relevance, asked.title)) is not None:
            for entry in made.entries:
                entry.setdefault("shown_if", condition)
        for suffix, place in making.places.items():
            self._put_place(asked, suffix, place)
        sgqa = f"{self.survey.sid}X{asked.gid}X{asked.qid}"
        for name, named in making.names.items():
            self.names[name] = named
            # Old equations name a question by the numbers of its survey, group and question.
            self.names[sgqa + name.removeprefix(asked.title).removeprefix("_")] = named
        return made

    def _put_place(self, asked: Asked, suffix: str, place: tuple[str, str, int, Mapping[str, str]]) -> None:
        found = Place(*place)
        sgqa = f"{self.survey.sid}X{asked.gid}X{asked.qid}"
        part = next((sub for sub in self.survey.subquestions.get(asked.qid, []) if sub.title == suffix), None)
        self.places[f"{sgqa}{suffix}"] = found
        self.places[f"{asked.title}_{suffix}" if suffix else asked.title] = found
        self.places[f"{asked.title}[{suffix}]" if suffix else asked.title] = found
        # The names of columns since version 7 of the database's third form.
        self.places[
            f"Q{asked.qid}_S{part.qid}" if part else f"Q{asked.qid}{f'_C{suffix}' if suffix else ''}"
        ] = found

    def _note_media(self, asked: Asked) -> None:
        if asked.title in self.survey.has_media:
            self.note(asked.title, _("Pictures, films and scripts in its text are not carried."))

    def _condition(self, relevance: str, where: str) -> dict[str, Any] | None:
        try:
            condition, exact = condition_of(relevance, self.names)
        except NotCarried:
            self.note(
                where,
                _("Its condition is not carried, so it is always shown: %(words)s") % {"words": relevance},
            )
            return None
        if not exact:
            self.note(where, _("It is not shown to people who left the question empty on which it depends."))
        return condition

    def _add(
        self, content: dict[str, Any], section: dict[str, Any], entry: dict[str, Any], where: str
    ) -> None:
        section["questions"].append(entry)
        if "shown_if" not in entry:
            return
        tried = copy.copy(content)
        tried["instruments"] = []
        if section not in content["sections"]:
            plain = {name: part for name, part in section.items() if name != "shown_if"}
            tried["sections"] = [*content["sections"], plain]
        try:
            parse(tried)
        except DefinitionFault as fault:
            del entry["shown_if"]
            self.note(where, _("Its condition is not carried: %(reason)s") % {"reason": fault})


def joined(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Return the words of both, one after the other."""
    return {
        code: "\n\n".join(part for part in (first.get(code), second.get(code)) if part)
        for code in (*first, *(code for code in second if code not in first))
    }


def own_of(asked: Asked) -> dict[str, Any]:
    """Return what our own export remembered with a question."""
    try:
        found = json.loads(asked.attribute(OWN) or "{}")
    except (ValueError, RecursionError):
        return {}
    # Anybody may have written into the file: what is not of the expected form is as if it were not there.
    return {
        name: value
        for name, value in (found.items() if isinstance(found, dict) else ())
        if name in _OWN_FORMS and _OWN_FORMS[name](value)
    }


def _is_words(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1000


_OWN_FORMS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("code", "kind", "audience"), lambda value: isinstance(value, str)),
    **dict.fromkeys(("items", "options", "low_label", "high_label"), _is_words),
    **dict.fromkeys(("reversed", "stay_last", "ends"), _is_list),
    **dict.fromkeys(("shift", "most"), _is_whole),
    "instruments": lambda value: isinstance(value, list),
}
