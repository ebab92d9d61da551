"""QTI 3: reading one item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from biosint.quizzes.content import Accepted, NumberKey, Option, Pair, Question, Words
from biosint.quizzes.content.question import FULL
from biosint.quizzes.content.shares import usual_shares
from biosint.quizzes.formats import xml
from biosint.quizzes.formats.codes import codes
from biosint.quizzes.formats.found import Found, Notes, judged
from biosint.quizzes.formats.html import to_markdown
from biosint.quizzes.formats.texts import said
from biosint.quizzes.states import QuestionKind

BLANK = "_____"
_IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]{0,39}")
_TEMPLATE = re.compile(r"(match_correct|map_response)(\.xml)?$")
# Parts of an item that say nothing to the person who answers.
_SILENT = {"qti-catalog-info", "qti-companion-materials-info", "qti-template-block", "qti-template-inline"}


class NotCarried(Exception):
    """The item asks something that has no like here; the message says what."""


@dataclass
class _Key:
    """What an item declares as right."""

    base: str = ""
    cardinality: str = "single"
    correct: list[str] = field(default_factory=list)
    mapped: dict[str, Decimal] = field(default_factory=dict)
    is_case_sensitive: bool = False


def _decimal(text: str | None) -> Decimal | None:
    try:
        number = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _all(element: Element, name: str) -> list[Element]:
    return [found for found in element.iter() if xml.name_of(found) == name]


def _first(element: Element, name: str) -> Element | None:
    return next(iter(_all(element, name)), None)


def read_item(root: Element, *, language: str, folder: str = "") -> Found:
    """Return the question of an item, or why it cannot be carried."""
    name = " ".join((root.get("title") or root.get("identifier") or "").split())[:150]
    notes = Notes()
    try:
        content = _Item(root, _language_of(root) or language, notes).question(name)
    except NotCarried as reason:
        return Found(name, None, (str(reason),), folder)
    return judged(Found(name, content, tuple(notes.sentences), folder))


def _language_of(root: Element) -> str:
    from biosint.shared.languages import OWN_NAMES

    tag = (root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    if tag in ("sr-latn", "sr-latin"):
        return "sr-latn"
    code = tag.partition("-")[0]
    return code if code in OWN_NAMES else ""


class _Item:
    def __init__(self, root: Element, language: str, notes: Notes) -> None:
        self.root = root
        self.language = language
        self.notes = notes

    def question(self, name: str) -> Question:
        if self.root.get("adaptive") == "true":
            raise NotCarried(_("Items that change while one answers are not carried."))
        if _first(self.root, "qti-template-declaration") is not None:
            raise NotCarried(_("Items with numbers drawn by chance are not carried."))
        body = _first(self.root, "qti-item-body")
        if body is None:
            raise NotCarried(_("The item has no body."))
        interaction = self._interaction(body)
        reader = self._readers()[xml.name_of(interaction)]
        question = Question(
            kind=QuestionKind.TEXT,
            title=name,
            # A gap after the whole text is where one writes; the page has its own field for that.
            text=said(self._markdown(self._body(body)).removesuffix(f"\n\n{BLANK}"), self.language),
            points=Decimal(1),
        )
        key = self._declared(interaction.get("response-identifier", ""))
        made = reader(question, interaction, key)
        self._name_what_stays(made)
        return made

    def _readers(self) -> dict[str, Callable[[Question, Element, _Key], Question]]:
        return {
            "qti-choice-interaction": self._choices,
            "qti-text-entry-interaction": self._entry,
            "qti-extended-text-interaction": self._essay,
            "qti-order-interaction": self._order,
            "qti-match-interaction": self._match,
        }

    def _interaction(self, body: Element) -> Element:
        found = [element for element in body.iter() if xml.name_of(element).endswith("-interaction")]
        asked = [element for element in found if xml.name_of(element) != "qti-end-attempt-interaction"]
        if len(asked) < len(found):
            self.notes.add(_("Hints on demand are not carried."))
        if not asked:
            raise NotCarried(_("The item asks nothing."))
        if len(asked) > 1:
            raise NotCarried(_("Several tasks in one item are not carried. Make an item of each."))
        name = xml.name_of(asked[0])
        if name not in self._readers():
            word = name.removeprefix("qti-").removesuffix("-interaction").replace("-", " ")
            raise NotCarried(_("Items of the kind “%(kind)s” are not carried.") % {"kind": word[:60]})
        return asked[0]

    # Texts

    def _markdown(self, html: str) -> str:
        return to_markdown(html, self.notes).replace(r"\_" * len(BLANK), BLANK)

    def _body(self, element: Element) -> str:
        """Return a body as HTML, its task replaced by the task's own question."""
        parts = [_text(element.text)]
        for child in element:
            name = xml.name_of(child)
            if name == "qti-text-entry-interaction":
                parts.append(BLANK)
            elif name.endswith("-interaction"):
                prompt = _first(child, "qti-prompt")
                parts.append(f"<p>{self._body(prompt)}</p>" if prompt is not None else "")
            elif name.startswith("qti-feedback"):
                self.notes.add(_("Feedback inside the text is not carried."))
            elif name == "qti-rubric-block":
                self.notes.add(_("Notes for some readers (rubric blocks) are not carried."))
            elif name not in _SILENT:
                parts.append(self._around(name, child))
            parts.append(_text(child.tail))
        return "".join(parts)

    def _around(self, name: str, child: Element) -> str:
        if name == "br":
            return "<br>"
        attributes = "".join(
            f' {key}="{_text(child.get(key), quoted=True)}"' for key in ("href", "alt") if child.get(key)
        )
        return f"<{name}{attributes}>{self._body(child)}</{name}>"

    def _said(self, element: Element) -> Words:
        return said(self._markdown(self._body(element)), self.language)

    # Keys

    def _declared(self, identifier: str) -> _Key:
        declaration = next(
            (
                element
                for element in _all(self.root, "qti-response-declaration")
                if element.get("identifier") == identifier
            ),
            None,
        )
        if declaration is None:
            return _Key()
        correct = _first(declaration, "qti-correct-response")
        entries = _all(declaration, "qti-map-entry")
        mapped = {
            entry.get("map-key", "").strip(): value
            for entry in entries
            if (value := _decimal(entry.get("mapped-value"))) is not None
        }
        return _Key(
            base=declaration.get("base-type", ""),
            cardinality=declaration.get("cardinality", "single"),
            correct=[(one.text or "").strip() for one in _all(correct, "qti-value")]
            if correct is not None
            else [],
            mapped=mapped if self._uses_mapping() else {},
            is_case_sensitive=any(entry.get("case-sensitive") == "true" for entry in entries),
        )

    def _processing(self) -> Element | None:
        return _first(self.root, "qti-response-processing")

    def _template(self) -> str:
        processing = self._processing()
        found = _TEMPLATE.search(processing.get("template", "")) if processing is not None else None
        return found[1] if found else ""

    def _uses_mapping(self) -> bool:
        processing = self._processing()
        inside = processing is not None and _first(processing, "qti-map-response") is not None
        return self._template() == "map_response" or inside

    def _points(self, most: Decimal | None) -> Decimal:
        """Return the points: declared ones, else the most that the mapping gives."""
        for outcome in _all(self.root, "qti-outcome-declaration"):
            if (
                outcome.get("identifier") == "MAXSCORE"
                and (value := _first(outcome, "qti-value")) is not None
            ):
                declared = _decimal(value.text)
                if declared:
                    return declared.quantize(Decimal("0.01"))
        return most.quantize(Decimal("0.01")) if most and most > 0 else Decimal(1)

    def _name_what_stays(self, question: Question) -> None:
        if _all(self.root, "qti-modal-feedback"):
            self.notes.add(_("Feedback windows are not carried; write the feedback here."))
        processing = self._processing()
        if not question.by_teacher and processing is not None and self._has_own_rules(processing):
            self.notes.add(
                _("Its own rules of marking are not carried; the right answer it declares counts.")
            )

    def _has_own_rules(self, processing: Element) -> bool:
        """Whether it marks otherwise than by its right answer, its mapping or one tolerance."""
        if self._template():
            return False
        names = [xml.name_of(element) for element in processing.iter()]
        known = {"qti-map-response", "qti-match", "qti-equal"} & set(names)
        return not known or names.count("qti-response-if") > 1 or "qti-response-else-if" in names

    # Kinds

    def _choices(self, question: Question, interaction: Element, key: _Key) -> Question:
        choices = _all(interaction, "qti-simple-choice")
        if not key.correct and not key.mapped:
            raise NotCarried(_("The item does not say which answer is right."))
        one = key.cardinality == "single" or interaction.get("max-choices", "1") == "1"
        gains = key.mapped.values()
        most = None if not gains else max(gains) if one else _sum_of_gains(gains)
        shares = self._shares([choice.get("identifier", "") for choice in choices], key, most, one=one)
        options = []
        for choice, code, share in zip(choices, codes(), shares, strict=False):
            identifier = choice.get("identifier", "")
            feedback = _first(choice, "qti-feedback-inline")
            options.append(
                Option(
                    identifier if _IDENTIFIER.fullmatch(identifier) else code,
                    said(self._markdown(self._own(choice)), self.language),
                    share,
                    self._said(feedback) if feedback is not None else {},
                )
            )
        return replace(
            question,
            kind=QuestionKind.CHOICE if one else QuestionKind.MULTIPLE,
            options=tuple(options),
            points=self._points(most),
            shuffle=interaction.get("shuffle") == "true",
        )

    def _own(self, choice: Element) -> str:
        """Return a choice without its feedback, which is carried beside it."""
        copy = Element(choice.tag)
        copy.text = choice.text
        for child in choice:
            if xml.name_of(child) == "qti-feedback-inline":
                copy.text, tail = (copy.text or "", child.tail or "")
                if len(copy):
                    copy[-1].tail = (copy[-1].tail or "") + tail
                else:
                    copy.text = copy.text + tail
            else:
                copy.append(child)
        return self._body(copy)

    def _shares(self, names: list[str], key: _Key, most: Decimal | None, *, one: bool) -> list[Decimal]:
        if key.mapped and most and most > 0:
            return [_percent(key.mapped.get(name, Decimal(0)), most) for name in names]
        rights = [name in key.correct for name in names]
        if not one and sum(rights) > 1:
            self.notes.add(_("There all or nothing counts; here each right answer counts in part."))
        return usual_shares(QuestionKind.CHOICE if one else QuestionKind.MULTIPLE, rights)

    def _entry(self, question: Question, interaction: Element, key: _Key) -> Question:
        del interaction
        worth = key.mapped or dict.fromkeys(key.correct, Decimal(1))
        if not worth:
            raise NotCarried(_("The item does not say which answer is right."))
        most = max(worth.values())
        if most <= 0:
            raise NotCarried(_("The item does not say which answer is right."))
        points = self._points(most if key.mapped else None)
        if key.base in ("integer", "float"):
            numbers = []
            for text, value in worth.items():
                number = _decimal(text)
                if number is None:
                    raise NotCarried(_("“%(text)s” is no number.") % {"text": text[:60]})
                tolerance, is_relative = self._tolerance()
                numbers.append(NumberKey(number, tolerance, is_relative, _percent(value, most)))
            return replace(question, kind=QuestionKind.NUMBER, numbers=tuple(numbers), points=points)
        if key.base not in ("string", ""):
            raise NotCarried(_("Answers of the type “%(type)s” are not carried.") % {"type": key.base[:40]})
        accepted = tuple(
            Accepted(text.replace("*", r"\*"), _percent(value, most)) for text, value in worth.items() if text
        )
        # Without a mapping QTI compares exactly.
        exact = key.is_case_sensitive or not key.mapped
        return replace(
            question, accepted=accepted, points=points, ignore_case=not exact, ignore_accents=not exact
        )

    def _tolerance(self) -> tuple[Decimal, bool]:
        equal = _first(self.root, "qti-equal")
        if equal is None or equal.get("tolerance-mode", "exact") == "exact":
            return Decimal(0), False
        sizes = [size for word in equal.get("tolerance", "").split() if (size := _decimal(word)) is not None]
        if not sizes:
            return Decimal(0), False
        if len(set(sizes)) > 1:
            self.notes.add(_("The tolerance differs above and below; the larger one is carried."))
        if equal.get("tolerance-mode") == "relative":
            return max(sizes) / 100, True
        return max(sizes), False

    def _essay(self, question: Question, interaction: Element, key: _Key) -> Question:
        del interaction
        if key.correct or key.mapped:
            self.notes.add(_("The declared answer is not carried; a teacher marks this text."))
        return replace(question, points=self._points(None))

    def _order(self, question: Question, interaction: Element, key: _Key) -> Question:
        choices = {choice.get("identifier", ""): choice for choice in _all(interaction, "qti-simple-choice")}
        if sorted(key.correct) != sorted(choices):
            raise NotCarried(_("Only orders of all things are carried."))
        self.notes.add(
            _("There all or nothing counts; here the neighbours that follow each other rightly do.")
        )
        options = tuple(
            Option(
                name if _IDENTIFIER.fullmatch(name) else code,
                said(self._markdown(self._body(choices[name])), self.language),
            )
            for name, code in zip(key.correct, codes(), strict=False)
        )
        return replace(question, kind=QuestionKind.ORDER, options=options, points=self._points(None))

    def _match(self, question: Question, interaction: Element, key: _Key) -> Question:
        sets = _all(interaction, "qti-simple-match-set")
        if len(sets) != 2:
            raise NotCarried(_("The item has not two sides to match."))
        lefts, rights = (
            {one.get("identifier", ""): one for one in _all(side, "qti-simple-associable-choice")}
            for side in sets
        )
        wanted = [pair.split() for pair in (key.correct or list(key.mapped))]
        partner = {pair[0]: pair[1] for pair in wanted if len(pair) == 2}
        if (
            len(partner) < len(wanted)
            or set(partner) != set(lefts)
            or not set(partner.values()) <= set(rights)
        ):
            raise NotCarried(_("Only matches in which each left side has one partner are carried."))
        if len({key.mapped.get(" ".join(pair), Decimal(1)) for pair in wanted}) > 1:
            self.notes.add(_("There some pairs count more than others; here all count the same."))
        letter = codes()
        pairs = [
            Pair(next(letter), self._said(lefts[left]), self._said(rights[partner[left]])) for left in lefts
        ]
        loose = [name for name in rights if name not in partner.values()]
        pairs += [Pair(next(letter), {}, self._said(rights[name])) for name in loose]
        most = _sum_of_gains(key.mapped.values()) if key.mapped else None
        return replace(question, kind=QuestionKind.MATCH, pairs=tuple(pairs), points=self._points(most))


def _sum_of_gains(values: Iterable[Decimal]) -> Decimal:
    return sum((value for value in values if value > 0), Decimal(0))


def _percent(value: Decimal, of: Decimal) -> Decimal:
    share = FULL * value / of
    return max(-FULL, min(FULL, share)).quantize(Decimal("0.00001"))


def _text(text: str | None, *, quoted: bool = False) -> str:
    plain = (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace('"', "&quot;") if quoted else plain
