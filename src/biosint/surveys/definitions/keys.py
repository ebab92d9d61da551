"""Reads the scoring keys of instruments and sees that the questionnaire holds what they score."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from biosint.surveys.definitions.plain import CODE, DefinitionFault, filled_list, mapping, number, words
from biosint.surveys.instruments import TOTAL, Cutoff, Instrument, Points, Subscale
from biosint.surveys.states import QuestionKind

if TYPE_CHECKING:
    from biosint.surveys.definitions.content import Question


def read_key(raw: Any) -> Instrument:
    """Read one scoring key.

    Raises:
        DefinitionFault: a sentence that names the instrument and what is missing or wrong.
    """
    entry = mapping(raw, _("An instrument"))
    code = str(entry.get("code", ""))
    where = _("Instrument “%(code)s”") % {"code": code}
    if not CODE.fullmatch(code):
        raise DefinitionFault(
            _("“%(code)s” cannot be the code of an instrument: use small letters, digits and _, at most 40.")
            % {"code": code}
        )
    items = _codes(entry.get("items"), where)
    scoring = str(entry.get("scoring", "mean"))
    if scoring not in {"mean", "sum"}:
        raise DefinitionFault(_("%(where)s is scored by “mean” or by “sum”.") % {"where": where})
    subscales = tuple(_subscale(part, items, where) for part in entry.get("subscales") or [])
    has_total = bool(entry.get("total", True))
    names = {part.code for part in subscales} | ({TOTAL} if has_total else set())
    if not names or len({part.code for part in subscales}) < len(subscales):
        raise DefinitionFault(
            _("%(where)s needs a total or subscales, each with its own code.") % {"where": where}
        )
    return Instrument(
        code=code,
        version=str(entry.get("version", "1")),
        title=words(entry.get("title"), where),
        items=items,
        reverse=frozenset(_among(entry.get("reverse") or [], items, where)),
        points=_points(mapping(entry.get("points"), where), where),
        least_answered=_least_answered(entry, items, where),
        subscales=subscales,
        cutoffs=tuple(_cutoff(mapping(part, where), names, where) for part in entry.get("cutoffs") or []),
        scoring="sum" if scoring == "sum" else "mean",
        has_total=has_total,
        licence=str(entry.get("licence", "")),
        source=str(entry.get("source", "")),
    )


def _codes(raw: Any, where: str) -> tuple[str, ...]:
    items = tuple(str(code) for code in filled_list(raw, where))
    if len(set(items)) < len(items):
        raise DefinitionFault(_("%(where)s names an item twice.") % {"where": where})
    return items


def _among(raw: Any, items: Collection[str], where: str) -> tuple[str, ...]:
    chosen = tuple(str(code) for code in raw)
    foreign = set(chosen) - set(items)
    if foreign:
        raise DefinitionFault(
            _("%(where)s: “%(code)s” is none of its items.") % {"where": where, "code": min(foreign)}
        )
    return chosen


def _least_answered(entry: Mapping[str, Any], items: Collection[str], where: str) -> int:
    least = entry.get("least_answered", len(items))
    if isinstance(least, bool) or not isinstance(least, int) or not 1 <= least <= len(items):
        raise DefinitionFault(
            _("%(where)s: how many items must be answered is a whole number from 1 to %(most)s.")
            % {"where": where, "most": len(items)}
        )
    return least


def _subscale(raw: Any, items: tuple[str, ...], where: str) -> Subscale:
    entry = mapping(raw, where)
    code = str(entry.get("code", ""))
    if not CODE.fullmatch(code) or code == TOTAL:
        raise DefinitionFault(
            _("%(where)s: “%(code)s” cannot be the code of a subscale.") % {"where": where, "code": code}
        )
    chosen = _among(_codes(entry.get("items"), where), items, where)
    return Subscale(code, words(entry.get("title"), where), chosen, _least_answered(entry, chosen, where))


def _points(entry: Mapping[str, Any], where: str) -> Points:
    least, most = number(entry.get("least"), where), number(entry.get("most"), where)
    if least is None or most is None or least != int(least) or most != int(most) or least >= most:
        raise DefinitionFault(
            _("%(where)s needs the lowest and the highest point of its scale.") % {"where": where}
        )
    return Points(int(least), int(most))


def _cutoff(entry: Mapping[str, Any], names: Collection[str], where: str) -> Cutoff:
    score = str(entry.get("score", TOTAL))
    at_least = number(entry.get("at_least"), where)
    if score not in names or at_least is None:
        raise DefinitionFault(
            _("%(where)s: a cut-off names one of its scores (%(scores)s) and a value.")
            % {"where": where, "scores": ", ".join(sorted(names))}
        )
    return Cutoff(score, at_least, words(entry.get("label"), where))


def check_keys(instruments: Collection[Instrument], questions: Collection[Question]) -> None:
    """See that every item of every key is asked, on the scale that the key takes for granted.

    Raises:
        DefinitionFault: a score could not be worked out as its key says.
    """
    codes = [instrument.code for instrument in instruments]
    if len(set(codes)) < len(codes):
        raise DefinitionFault(_("An instrument stands twice in the questionnaire."))
    scale_of = {
        item.code: (question, item)
        for question in questions
        if question.kind == QuestionKind.SCALE
        for item in question.items
    }
    owned: set[str] = set()
    for instrument in instruments:
        where = _("Instrument “%(code)s”") % {"code": instrument.code}
        for code in instrument.items:
            if code not in scale_of:
                raise DefinitionFault(
                    _(
                        "%(where)s needs the statement “%(code)s”, which is not asked. Take the whole instrument out."
                    )
                    % {"where": where, "code": code}
                )
            question, item = scale_of[code]
            if (question.least, question.most) != (instrument.points.least, instrument.points.most):
                raise DefinitionFault(
                    _("%(where)s is answered from %(least)s to %(most)s; “%(code)s” is not.")
                    % {
                        "where": where,
                        "least": instrument.points.least,
                        "most": instrument.points.most,
                        "code": question.code,
                    }
                )
            if item.reversed != (code in instrument.reverse):
                raise DefinitionFault(
                    _("%(where)s and the statement “%(code)s” disagree about which way it is worded.")
                    % {"where": where, "code": code}
                )
            if code in owned:
                raise DefinitionFault(
                    _("%(where)s: “%(code)s” belongs to another instrument already.")
                    % {"where": where, "code": code}
                )
            owned.add(code)
