"""The tables inside a LimeSurvey file, of old and new form, as plain records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from django.utils.translation import gettext as _

from biosint.surveys.formats import xml
from biosint.surveys.formats.translation_rows import language_code
from biosint.surveys.formats.xml import Broken, Element
from biosint.surveys.states import LANGUAGES

Record = dict[str, str]
Words = dict[str, str]
_BREAKS = re.compile(r"<\s*(?:br\s*/?|/p|/div|/li|/tr|/h[1-6])\s*>", re.IGNORECASE)
_CODE_TAGS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[A-Za-z/!][^<>]*>")
_MEDIA = re.compile(r"<\s*(?:img|video|audio|iframe|object|embed|script)\b", re.IGNORECASE)


@dataclass(slots=True)
class Asked:
    """A question (or, with a parent, a subquestion) of LimeSurvey."""

    qid: str
    gid: str
    kind: str
    title: str
    parent: str = "0"
    order: tuple[int, int] = (0, 0)
    scale: str = "0"
    mandatory: bool = False
    other: bool = False
    relevance: str = ""
    text: Words = field(default_factory=dict)
    help: Words = field(default_factory=dict)
    attributes: dict[str, Words] = field(default_factory=dict)  # name -> language ("" for all) -> value

    def attribute(self, name: str) -> str:
        """Return an attribute that is the same in every language."""
        values = self.attributes.get(name, {})
        return values.get("") or next(iter(values.values()), "")


@dataclass(slots=True)
class Answer:
    code: str
    order: int
    scale: str = "0"
    text: Words = field(default_factory=dict)


@dataclass(slots=True)
class Group:
    gid: str
    order: int
    relevance: str = ""
    title: Words = field(default_factory=dict)
    description: Words = field(default_factory=dict)


@dataclass(slots=True)
class Survey:
    """A whole questionnaire of LimeSurvey. ``unknown`` are languages we do not write."""

    sid: str = ""
    settings: Record = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)  # name of a survey's text -> language -> words
    groups: list[Group] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)
    subquestions: dict[str, list[Asked]] = field(default_factory=dict)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    sections: dict[str, int] = field(default_factory=dict)  # further tables of the file and their rows
    has_media: set[str] = field(default_factory=set)


def plain_words(html: str) -> str:
    """Return HTML as words with line breaks; placeholders of LimeSurvey stay."""
    text = _CODE_TAGS.sub("", html)
    text = unescape(_TAGS.sub("", _BREAKS.sub("\n", text))).replace("\N{NO-BREAK SPACE}", " ")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def read(content: bytes) -> Survey:
    """Read the tables of a ``.lss`` file.

    Raises:
        Broken: it is no questionnaire of LimeSurvey, or written in none of our languages.
    """
    root = xml.read(content)
    if root.tag != "document" or (root.findtext("LimeSurveyDocType") or "").strip() != "Survey":
        raise Broken(_("This is no questionnaire of LimeSurvey (.lss)."))
    reader = _Reader(root)
    if not reader.survey.languages:
        raise Broken(
            _("The questionnaire is written in none of these languages: %(languages)s.")
            % {"languages": ", ".join(LANGUAGES)}
        )
    return reader.survey


class _Reader:
    """Reads table by table; texts may stand in the tables themselves (before version 4) or beside them."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.survey = Survey()
        self.codes = self._languages()
        self._settings()
        self._groups()
        self._questions()
        self._answers()
        known = {
            "answers", "answer_l10ns", "groups", "group_l10ns", "questions", "subquestions", "question_l10ns",
            "question_attributes", "surveys", "surveys_languagesettings", "themes", "themes_inherited",
            "languages", "conditions",
        }  # fmt: skip
        for table in root:
            if table.tag not in known and (rows := len(list(table.iterfind("rows/row")))):
                self.survey.sections[str(table.tag)] = rows

    def _rows(self, table: str, key: str = "") -> Iterator[Record]:
        """Yield the rows of a table; one without its key belongs to nothing and is passed over."""
        for row in self.root.iterfind(f"{table}/rows/row"):
            record = {str(cell.tag): cell.text or "" for cell in row}
            if not key or record.get(key):
                yield record

    def _languages(self) -> dict[str, str]:
        """The languages of the file, and what we call them. Serbian in Latin letters stands in for Serbian."""
        tags = [(entry.text or "").strip() for entry in self.root.iterfind("languages/language")]
        codes = {tag: language_code(tag) for tag in tags if tag}
        if "sr" not in codes.values():
            codes = {tag: "sr" if code.startswith("sr-latn") else code for tag, code in codes.items()}
        self.survey.languages = [code for code in LANGUAGES if code in codes.values()]
        self.survey.unknown = [tag for tag, code in codes.items() if code not in LANGUAGES]
        return {tag: code for tag, code in codes.items() if code in LANGUAGES}

    def _put(self, words: Words, tag: str, html: str, where: str) -> None:
        code = self.codes.get(tag)
        if code is None:
            return
        if _MEDIA.search(html):
            self.survey.has_media.add(where)
        if text := plain_words(html):
            words[code] = text

    def _settings(self) -> None:
        for row in self._rows("surveys"):
            self.survey.settings = row
            self.survey.sid = row.get("sid", "")
        for row in self._rows("surveys_languagesettings"):
            for name, html in row.items():
                words = self.survey.words.setdefault(name.removeprefix("surveyls_"), {})
                self._put(words, row.get("surveyls_language", ""), html, "")

    def _groups(self) -> None:
        found: dict[str, Group] = {}
        for table in ("groups", "group_l10ns"):
            for row in self._rows(table, "gid"):
                group = found.setdefault(
                    row["gid"],
                    Group(row["gid"], _whole(row.get("group_order")), row.get("grelevance", "")),
                )
                if "group_name" in row:
                    self._put(group.title, row.get("language", ""), row["group_name"], "")
                    self._put(group.description, row.get("language", ""), row.get("description", ""), "")
        self.survey.groups = sorted(found.values(), key=lambda group: group.order)

    def _questions(self) -> None:
        found: dict[str, Asked] = {}
        for table in ("questions", "subquestions"):
            for row in self._rows(table, "qid"):
                asked = found.setdefault(row["qid"], self._asked(row))
                if "question" in row:
                    self._put(asked.text, row.get("language", ""), row["question"], asked.title)
                    self._put(asked.help, row.get("language", ""), row.get("help", ""), asked.title)
        for row in self._rows("question_l10ns"):
            if worded := found.get(row.get("qid", "")):
                self._put(worded.text, row.get("language", ""), row.get("question", ""), worded.title)
                self._put(worded.help, row.get("language", ""), row.get("help", ""), worded.title)
        for row in self._rows("question_attributes"):
            if having := found.get(row.get("qid", "")):
                tag = row.get("language", "")
                values = having.attributes.setdefault(row.get("attribute", ""), {})
                if not tag or tag in self.codes:
                    values[self.codes.get(tag, "")] = row.get("value", "")
        place = {group.gid: number for number, group in enumerate(self.survey.groups)}
        for asked in found.values():
            asked.order = (place.get(asked.gid, len(place)), asked.order[1])
            if asked.parent == "0":
                self.survey.questions.append(asked)
            else:
                self.survey.subquestions.setdefault(asked.parent, []).append(asked)
        self.survey.questions.sort(key=lambda asked: asked.order)
        for subquestions in self.survey.subquestions.values():
            subquestions.sort(key=lambda asked: asked.order[1])

    @staticmethod
    def _asked(row: Record) -> Asked:
        return Asked(
            qid=row["qid"],
            gid=row.get("gid", ""),
            kind=row.get("type", ""),
            title=row.get("title", ""),
            parent=row.get("parent_qid", "0") or "0",
            order=(0, _whole(row.get("question_order"))),
            scale=row.get("scale_id", "0"),
            mandatory=row.get("mandatory", "") in {"Y", "S"},
            other=row.get("other", "") == "Y",
            relevance=row.get("relevance", ""),
        )

    def _answers(self) -> None:
        by_key: dict[str, Answer] = {}
        for row in self._rows("answers", "qid"):
            # Before version 4 an answer had no key of its own and one row per language.
            key = row.get("aid") or f"{row['qid']}-{row.get('code', '')}-{row.get('scale_id', '0')}"
            answer = by_key.get(key)
            if answer is None:
                answer = Answer(row.get("code", ""), _whole(row.get("sortorder")), row.get("scale_id", "0"))
                by_key[key] = answer
                self.survey.answers.setdefault(row["qid"], []).append(answer)
            if "answer" in row:
                self._put(answer.text, row.get("language", ""), row["answer"], answer.code)
        for row in self._rows("answer_l10ns"):
            if answer := by_key.get(row.get("aid", "")):
                self._put(answer.text, row.get("language", ""), row.get("answer", ""), answer.code)
        for answers in self.survey.answers.values():
            answers.sort(key=lambda answer: answer.order)


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else 0
