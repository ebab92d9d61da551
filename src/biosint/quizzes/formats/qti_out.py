"""QTI 3: writing a package of items."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

from biosint.quizzes.content import Question
from biosint.quizzes.content.plain import plainly
from biosint.quizzes.content.question import FULL
from biosint.quizzes.formats import xml
from biosint.quizzes.formats.found import Found, Notes, Written
from biosint.quizzes.formats.html import to_html
from biosint.quizzes.formats.packages import ITEM, MANIFEST
from biosint.quizzes.states import QuestionKind
from biosint.shared.languages import TAGS
from biosint.shared.words import in_language

NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"
# The same content gives the same file, byte for byte.
EPOCH = (2020, 1, 1, 0, 0, 0)


def write(questions: Iterable[Found], *, language: str) -> Written:
    """Return a package of the questions in one language, with what the format cannot hold."""
    left: dict[str, list[str]] = {}
    manifest = Element("manifest", {"xmlns": PACKAGE, "identifier": "questions"})
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "QTI Package"
    SubElement(metadata, "schemaversion").text = "3.0.0"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    members: list[tuple[str, bytes]] = []
    for number, found in enumerate((one for one in questions if one.content is not None), start=1):
        if found.content is None:
            continue
        notes = Notes()
        name, identifier = f"items/question{number}.xml", f"question{number}"
        members.append((name, xml.write(_Item(found.content, identifier, language, notes).element())))
        resource = SubElement(resources, "resource", identifier=identifier, type=ITEM, href=name)
        SubElement(resource, "file", href=name)
        if found.folder or found.tags:
            notes.add(_("Folder and tags are not carried."))
        if notes.sentences:
            left[found.name] = notes.sentences
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in [(MANIFEST, xml.write(manifest)), *members]:
            package.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return Written(packed.getvalue(), "questions-qti3.zip", "application/zip", left)


class _Item:
    def __init__(self, question: Question, identifier: str, language: str, notes: Notes) -> None:
        self.question = question
        self.identifier = identifier
        self.language = language
        self.notes = notes

    def element(self) -> Element:
        question = self.question
        spoken = in_language(question.text, self.language)
        self.root = Element(
            "qti-assessment-item",
            {
                "xmlns": NAMESPACE,
                "identifier": self.identifier,
                "title": xml.clean(question.title or spoken.text[:60]),
                "adaptive": "false",
                "time-dependent": "false",
                "xml:lang": spoken.lang or TAGS.get(self.language, ("en", ""))[0],
            },
        )
        self._name_what_stays()
        match question.kind:
            case QuestionKind.CHOICE | QuestionKind.MULTIPLE:
                self._choices()
            case QuestionKind.ORDER:
                self._order()
            case QuestionKind.MATCH:
                self._match()
            case QuestionKind.NUMBER:
                self._number()
            case QuestionKind.TEXT:
                self._text()
        return self.root

    # Parts

    def _declare(self, cardinality: str, base: str, correct: Iterable[str]) -> Element:
        declaration = SubElement(
            self.root,
            "qti-response-declaration",
            {"identifier": "RESPONSE", "cardinality": cardinality, "base-type": base},
        )
        values = list(correct)
        if values:
            right = SubElement(declaration, "qti-correct-response")
            for value in values:
                SubElement(right, "qti-value").text = xml.clean(value)
        return declaration

    def _map(self, declaration: Element, worth: Iterable[tuple[str, Decimal]], **attributes: str) -> None:
        points = self.question.points
        mapping = SubElement(
            declaration,
            "qti-mapping",
            {"default-value": "0", "lower-bound": "0", "upper-bound": plainly(points)},
        )
        for key, share in worth:
            entry = {
                "map-key": xml.clean(key),
                "mapped-value": plainly((points * share / FULL).quantize(Decimal("0.0000001"))),
            }
            SubElement(
                mapping,
                "qti-map-entry",
                {**entry, **{name.replace("_", "-"): value for name, value in attributes.items()}},
            )

    def _outcomes(self) -> None:
        SubElement(
            self.root,
            "qti-outcome-declaration",
            {"identifier": "SCORE", "cardinality": "single", "base-type": "float"},
        )
        most = SubElement(
            self.root,
            "qti-outcome-declaration",
            {"identifier": "MAXSCORE", "cardinality": "single", "base-type": "float"},
        )
        SubElement(SubElement(most, "qti-default-value"), "qti-value").text = plainly(self.question.points)

    def _body(self) -> Element:
        self._outcomes()
        body = SubElement(self.root, "qti-item-body")
        self._fill(SubElement(body, "div"), self.question.text)
        return body

    def _process(self, template: str) -> None:
        SubElement(self.root, "qti-response-processing", template=TEMPLATES + template)

    def _fill(self, element: Element, words: Mapping[str, str], *, inline: bool = False) -> None:
        """Set a text, written in Markdown, into an element as XHTML."""
        html = to_html(xml.clean(in_language(words, self.language).text))
        html = html.replace("<br>", "<br/>").replace("<hr>", "<hr/>").replace("&nbsp;", "\u00a0")
        try:
            inside = fromstring(f"<div>{html}</div>")
        except ParseError:
            element.text = in_language(words, self.language).text
            return
        if inline and len(inside) == 1 and inside[0].tag == "p":
            inside = inside[0]
        element.text = inside.text
        element.extend(list(inside))

    # Kinds

    def _choices(self) -> None:
        question = self.question
        one = question.kind is QuestionKind.CHOICE
        declaration = self._declare(
            "single" if one else "multiple",
            "identifier",
            [
                option.code
                for option in question.options
                if (option.share == FULL if one else option.share > 0)
            ],
        )
        self._map(declaration, [(option.code, option.share) for option in question.options])
        interaction = SubElement(
            self._body(),
            "qti-choice-interaction",
            {
                "response-identifier": "RESPONSE",
                "shuffle": str(question.shuffle).lower(),
                "max-choices": "1" if one else "0",
            },
        )
        for option in question.options:
            self._fill(
                SubElement(interaction, "qti-simple-choice", identifier=option.code), option.text, inline=True
            )
            if any(option.feedback.values()):
                self.notes.add(_("Feedback to single answers is not carried."))
        self._process("map_response.xml")

    def _order(self) -> None:
        options = self.question.options
        self._declare("ordered", "identifier", [option.code for option in options])
        interaction = SubElement(
            self._body(), "qti-order-interaction", {"response-identifier": "RESPONSE", "shuffle": "true"}
        )
        for option in options:
            self._fill(
                SubElement(interaction, "qti-simple-choice", identifier=option.code), option.text, inline=True
            )
        self._process("match_correct.xml")

    def _match(self) -> None:
        question = self.question
        declaration = self._declare(
            "multiple", "directedPair", [f"L_{pair.code} R_{pair.code}" for pair in question.lefts]
        )
        each = FULL / len(question.lefts)
        self._map(declaration, [(f"L_{pair.code} R_{pair.code}", each) for pair in question.lefts])
        interaction = SubElement(
            self._body(),
            "qti-match-interaction",
            {
                "response-identifier": "RESPONSE",
                "shuffle": "true",
                "max-associations": str(len(question.lefts)),
            },
        )
        lefts, rights = (SubElement(interaction, "qti-simple-match-set") for _side in range(2))
        for pair in question.lefts:
            choice = {"identifier": f"L_{pair.code}", "match-max": "1"}
            self._fill(SubElement(lefts, "qti-simple-associable-choice", choice), pair.left, inline=True)
        for pair in question.pairs:
            choice = {"identifier": f"R_{pair.code}", "match-max": str(len(question.lefts))}
            self._fill(SubElement(rights, "qti-simple-associable-choice", choice), pair.right, inline=True)
        self._process("map_response.xml")

    def _number(self) -> None:
        keys = self.question.numbers
        best = max(keys, key=lambda key: key.share)
        if len(keys) > 1:
            self.notes.add(_("Only the number that brings all points is carried."))
        self._declare("single", "float", [plainly(best.value)])
        self._gap()
        processing = SubElement(self.root, "qti-response-processing")
        condition = SubElement(SubElement(processing, "qti-response-condition"), "qti-response-if")
        tolerance = plainly(best.tolerance * 100 if best.is_relative else best.tolerance)
        mode = {
            "tolerance-mode": "relative" if best.is_relative else "absolute",
            "tolerance": f"{tolerance} {tolerance}",
        }
        equal = SubElement(condition, "qti-equal", mode)
        SubElement(equal, "qti-variable", identifier="RESPONSE")
        SubElement(equal, "qti-correct", identifier="RESPONSE")
        gained = SubElement(condition, "qti-set-outcome-value", identifier="SCORE")
        SubElement(gained, "qti-base-value", {"base-type": "float"}).text = plainly(self.question.points)

    def _gap(self) -> None:
        line = SubElement(self._body(), "p")
        SubElement(line, "qti-text-entry-interaction", {"response-identifier": "RESPONSE"})

    def _text(self) -> None:
        question = self.question
        if question.by_teacher:
            self._declare("single", "string", [])
            SubElement(self._body(), "qti-extended-text-interaction", {"response-identifier": "RESPONSE"})
            return
        exact = [key for key in question.accepted if "*" not in key.text.replace(r"\*", "")]
        if len(exact) < len(question.accepted):
            self.notes.add(_("Accepted answers with * for any letters are not carried."))
        texts = [(key.text.replace(r"\*", "*"), key.share) for key in exact]
        declaration = self._declare("single", "string", [text for text, share in texts if share == FULL][:1])
        sensitive = str(not question.ignore_case).lower()
        self._map(declaration, texts, case_sensitive=sensitive)
        self._gap()
        self._process("map_response.xml")

    def _name_what_stays(self) -> None:
        question, notes = self.question, self.notes
        if len(question.languages) > 1:
            notes.add(_("Only one language is carried."))
        if question.image:
            notes.add(_("The picture is not carried."))
        if question.unit:
            notes.add(_("The unit is not carried."))
        if any(
            any(words.values())
            for words in (question.feedback, question.feedback_right, question.feedback_wrong)
        ):
            notes.add(_("Feedback of the question is not carried."))
        said = [*(key.feedback for key in question.numbers), *(key.feedback for key in question.accepted)]
        if any(any(words.values()) for words in said):
            notes.add(_("Feedback to single answers is not carried."))
        if question.accepted and question.ignore_accents:
            notes.add(_("In QTI accents and the two Serbian scripts make a difference."))
        if question.kind is QuestionKind.ORDER:
            notes.add(_("There all or nothing counts for an order."))
