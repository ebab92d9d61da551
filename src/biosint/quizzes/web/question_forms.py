"""What teachers write about a question: one form for what all kinds have, one row per answer of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.quizzes.content import Accepted, Image, NumberKey, Option, Pair, Question, Words, number_in
from biosint.quizzes.content.question import FULL
from biosint.quizzes.content.shares import usual_shares
from biosint.quizzes.operations.bank import Draft
from biosint.quizzes.states import QuestionKind

CODES = "abcdefghijklmnopqrstuvwxyz"
BLANK_ROWS = 3
_OWN_ADDRESS = re.compile(r"/(?!/)[^\s\"'<>\\]*")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class QuestionForm(forms.Form):
    title = forms.CharField(
        label=_("Short name"),
        max_length=150,
        required=False,
        help_text=_("For you and your colleagues. Learners do not see it."),
    )
    text = forms.CharField(
        label=_("Question"),
        max_length=20_000,
        widget=_area(4),
        help_text=_("Markdown works: **bold**, lists, tables; formulas between dollar signs."),
    )
    points = forms.DecimalField(
        label=_("Points"), min_value=Decimal("0.01"), max_value=1000, decimal_places=2, initial=1
    )
    image = forms.CharField(
        label=_("Picture"),
        max_length=300,
        required=False,
        help_text=_("The address of a picture on this site, such as /files/…"),
    )
    image_alt = forms.CharField(label=_("What the picture shows"), max_length=500, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    ignore_case = forms.BooleanField(label=_("Capitals make no difference"), required=False, initial=True)
    ignore_accents = forms.BooleanField(label=_("Accents make no difference"), required=False, initial=True)
    shuffle = forms.BooleanField(label=_("Answers in an order of chance"), required=False, initial=True)
    feedback_right = forms.CharField(
        label=_("Shown when it is right"), max_length=5000, required=False, widget=_area(2)
    )
    feedback_wrong = forms.CharField(
        label=_("Shown when it is not fully right"), max_length=5000, required=False, widget=_area(2)
    )
    feedback = forms.CharField(label=_("Shown in any case"), max_length=5000, required=False, widget=_area(2))
    folder = forms.CharField(
        label=_("Folder"), max_length=200, required=False, help_text=_("Such as Cardiology/ECG")
    )
    tags = forms.CharField(
        label=_("Tags"),
        max_length=400,
        required=False,
        help_text=_("Words with commas between them. A quiz can draw questions by a tag."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)

    def __init__(self, *args: Any, kind: QuestionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, kinds in {
            "unit": {QuestionKind.NUMBER},
            "ignore_case": {QuestionKind.TEXT},
            "ignore_accents": {QuestionKind.TEXT},
            "shuffle": {QuestionKind.CHOICE, QuestionKind.MULTIPLE},
        }.items():
            if kind not in kinds:
                del self.fields[name]

    def clean_image(self) -> str:
        address = str(self.cleaned_data["image"])
        if address and not _OWN_ADDRESS.fullmatch(address):
            raise forms.ValidationError(_("Put the picture on this site first; its address begins with “/”."))
        return address


class Row(forms.Form):
    """One answer. A row in which nothing is written is no answer."""

    code = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    needed = "text"

    @property
    def is_written(self) -> bool:
        return bool(str(self.cleaned_data.get(self.needed) or "").strip())


class _Shared(Row):
    share = forms.DecimalField(
        label=_("Share of the points (%)"), required=False, min_value=-100, max_value=100
    )
    feedback = forms.CharField(
        label=_("Shown to those who answer so"), max_length=5000, required=False, widget=_area(1)
    )


class ChoiceRow(_Shared):
    text = forms.CharField(label=_("Answer"), max_length=5000, required=False, widget=_area(1))
    is_right = forms.BooleanField(label=_("right"), required=False)
    field_order = ["code", "text", "is_right", "share", "feedback"]


class OrderRow(Row):
    text = forms.CharField(label=_("Step"), max_length=5000, required=False, widget=_area(1))


class MatchRow(Row):
    left = forms.CharField(label=_("Left side"), max_length=5000, required=False)
    right = forms.CharField(label=_("Belongs to it"), max_length=5000, required=False)
    needed = "right"


class NumberRow(_Shared):
    value = forms.CharField(label=_("Number"), max_length=60, required=False)
    tolerance = forms.CharField(label=_("Tolerance"), max_length=60, required=False)
    is_relative = forms.BooleanField(label=_("The tolerance is in percent"), required=False)
    needed = "value"
    field_order = ["code", "value", "tolerance", "is_relative", "share", "feedback"]

    def _number(self, name: str) -> Decimal | None:
        typed = str(self.cleaned_data[name])
        number = number_in(typed) if typed else None
        if typed and number is None:
            raise forms.ValidationError(_("Write a number, such as 3.5 or 6e23."))
        return number

    def clean_value(self) -> Decimal | None:
        return self._number("value")

    def clean_tolerance(self) -> Decimal:
        return self._number("tolerance") or Decimal(0)

    @property
    def is_written(self) -> bool:
        return self.cleaned_data.get("value") is not None


class TextRow(_Shared):
    text = forms.CharField(
        label=_("Accepted answer"), max_length=300, required=False, help_text=_("* stands for any letters.")
    )
    field_order = ["code", "text", "share", "feedback"]


ROWS: dict[QuestionKind, type[Row]] = {
    QuestionKind.CHOICE: ChoiceRow,
    QuestionKind.MULTIPLE: ChoiceRow,
    QuestionKind.ORDER: OrderRow,
    QuestionKind.MATCH: MatchRow,
    QuestionKind.NUMBER: NumberRow,
    QuestionKind.TEXT: TextRow,
}


def rows_for(
    kind: QuestionKind, data: Any = None, initial: list[dict[str, Any]] | None = None, *, more: int = 0
) -> Any:
    """Return the formset of answers, with a few empty rows to write in."""
    blank = BLANK_ROWS + more if initial or kind is QuestionKind.TEXT else BLANK_ROWS + 1 + more
    made = forms.formset_factory(ROWS[kind], extra=blank, max_num=60, absolute_max=60)
    return made(data, prefix="row", initial=initial or [])


def initial_of(question: Question, language: str) -> dict[str, Any]:
    def said(words: Words) -> str:
        return words.get(language, "")

    return {
        "title": question.title,
        "text": said(question.text),
        "points": question.points,
        "image": question.image.url if question.image else "",
        "image_alt": said(question.image.alt) if question.image else "",
        "unit": question.unit,
        "ignore_case": question.ignore_case,
        "ignore_accents": question.ignore_accents,
        "shuffle": question.shuffle,
        "feedback": said(question.feedback),
        "feedback_right": said(question.feedback_right),
        "feedback_wrong": said(question.feedback_wrong),
    }


def initial_rows(question: Question, language: str) -> list[dict[str, Any]]:
    def said(words: Words) -> str:
        return words.get(language, "")

    usual = usual_shares(question.kind, [option.share > 0 for option in question.options])
    rows: list[dict[str, Any]] = [
        {
            "code": option.code,
            "text": said(option.text),
            "is_right": option.share > 0,
            "share": None if abs(option.share - share) < Decimal("0.01") else option.share,
            "feedback": said(option.feedback),
        }
        for option, share in zip(question.options, usual, strict=True)
    ]
    rows += [
        {"code": pair.code, "left": said(pair.left), "right": said(pair.right)} for pair in question.pairs
    ]
    rows += [
        {
            "value": str(key.value),
            "tolerance": str(key.tolerance * 100 if key.is_relative else key.tolerance),
            "is_relative": key.is_relative,
            "share": None if key.share == FULL else key.share,
            "feedback": said(key.feedback),
        }
        for key in question.numbers
    ]
    rows += [
        {
            "text": key.text,
            "share": None if key.share == FULL else key.share,
            "feedback": said(key.feedback),
        }
        for key in question.accepted
    ]
    return rows


def draft_from(form: QuestionForm, rows: Iterable[Row], *, language: str, before: Question | None) -> Draft:
    """Make a question of valid forms. Texts in other languages stay as they were.

    Args:
        before: the version that was opened, whose other languages are kept.
    """
    given = form.cleaned_data
    written = [row for row in rows if row.is_written]

    def words(kept: Words | None, text: str) -> Words:
        others = {code: said for code, said in (kept or {}).items() if code != language and said}
        return {language: text.strip(), **others} if text.strip() else others

    options, pairs, numbers, accepted = _key_of(form.kind, written, words, before)
    alt = before.image.alt if before and before.image else {}
    content = Question(
        kind=form.kind,
        title=given["title"],
        text=words(before.text if before else None, given["text"]),
        points=given["points"],
        options=options,
        pairs=pairs,
        numbers=numbers,
        accepted=accepted,
        unit=given.get("unit", ""),
        ignore_case=given.get("ignore_case", True),
        ignore_accents=given.get("ignore_accents", True),
        shuffle=given.get("shuffle", True),
        feedback=words(before.feedback if before else None, given["feedback"]),
        feedback_right=words(before.feedback_right if before else None, given["feedback_right"]),
        feedback_wrong=words(before.feedback_wrong if before else None, given["feedback_wrong"]),
        image=Image(given["image"], words(alt, given["image_alt"])) if given["image"] else None,
    )
    return Draft(content, given["folder"], tuple(given["tags"].split(",")))


def _key_of(
    kind: QuestionKind, rows: list[Row], words: Any, before: Question | None
) -> tuple[Any, Any, Any, Any]:
    taken = {row.cleaned_data["code"] for row in rows if row.cleaned_data["code"]}
    free = iter(
        [code for code in (*CODES, *(f"{one}{two}" for one in CODES for two in CODES)) if code not in taken]
    )
    codes = [row.cleaned_data["code"] or next(free) for row in rows]
    given: list[Mapping[str, Any]] = [row.cleaned_data for row in rows]
    if kind is QuestionKind.MATCH:
        old = {pair.code: pair for pair in before.pairs} if before else {}
        return (
            (),
            tuple(
                Pair(
                    code,
                    words(old[code].left if code in old else {}, one["left"]),
                    words(old[code].right if code in old else {}, one["right"]),
                )
                for code, one in zip(codes, given, strict=True)
            ),
            (),
            (),
        )
    if kind is QuestionKind.NUMBER:
        kept = {key.value: key.feedback for key in before.numbers} if before else {}
        numbers = tuple(
            NumberKey(
                one["value"],
                one["tolerance"] / 100 if one["is_relative"] else one["tolerance"],
                one["is_relative"],
                FULL if one["share"] is None else one["share"],
                words(kept.get(one["value"], {}), one["feedback"]),
            )
            for one in given
        )
        return (), (), numbers, ()
    if kind is QuestionKind.TEXT:
        said = {key.text: key.feedback for key in before.accepted} if before else {}
        accepted = tuple(
            Accepted(
                one["text"],
                FULL if one["share"] is None else one["share"],
                words(said.get(one["text"], {}), one["feedback"]),
            )
            for one in given
        )
        return (), (), (), accepted
    options = {option.code: option for option in before.options} if before else {}
    usual = usual_shares(kind, [bool(one.get("is_right")) for one in given])
    return (
        tuple(
            Option(
                code,
                words(options[code].text if code in options else {}, one["text"]),
                Decimal(0) if kind is QuestionKind.ORDER else share if one["share"] is None else one["share"],
                words(options[code].feedback if code in options else {}, one.get("feedback", "")),
            )
            for code, one, share in zip(codes, given, usual, strict=True)
        ),
        (),
        (),
        (),
    )
