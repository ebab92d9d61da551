"""What a questionnaire must keep to, each fault a sentence that says where."""

from __future__ import annotations

from django.utils.translation import gettext as _

from biosint.surveys.definitions.conditions import check_conditions
from biosint.surveys.definitions.content import Definition, Question
from biosint.surveys.definitions.keys import check_keys
from biosint.surveys.definitions.plain import CODE, DefinitionFault
from biosint.surveys.states import RESERVED, QuestionKind

MOST_OPTIONS = 60
MOST_QUESTIONS = 300
MOST_NAMED_LANGUAGES = 10

_WITH_OPTIONS = frozenset(
    {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANK, QuestionKind.MATRIX}
)


def check_definition(definition: Definition) -> None:
    """See that the questions fit together."""
    questions = definition.questions
    if not questions or questions[0].kind != QuestionKind.CONSENT:
        raise DefinitionFault(_("The first question must ask for consent."))
    if sum(question.kind == QuestionKind.CONSENT for question in questions) > 1:
        raise DefinitionFault(_("Consent is asked once, at the beginning."))
    if questions[0].shown_if is not None or definition.sections[0].random_order:
        raise DefinitionFault(_("Consent is always asked, and always first."))
    if len(questions) > MOST_QUESTIONS:
        raise DefinitionFault(
            _("A questionnaire holds no more than %(most)s questions.") % {"most": MOST_QUESTIONS}
        )
    codes = [question.code for question in questions]
    codes += [item.code for question in questions for item in question.items]
    for code in codes:
        if not CODE.fullmatch(code) or code in RESERVED:
            raise DefinitionFault(
                _("“%(code)s” cannot be the code of a question: use small letters, digits and _, at most 40.")
                % {"code": code}
            )
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise DefinitionFault(_("The code “%(code)s” is used twice.") % {"code": min(twice)})
    check_conditions(definition)
    check_keys(definition.instruments, questions)


def check_question(question: Question, where: str) -> None:
    """See that a question holds what its kind needs."""
    if question.kind in _WITH_OPTIONS:
        codes = [option.code for option in question.options]
        if not 2 <= len(codes) <= MOST_OPTIONS or len(set(codes)) < len(codes):
            raise DefinitionFault(
                _("%(where)s needs from 2 to %(most)s different answers to choose from.")
                % {"where": where, "most": MOST_OPTIONS}
            )
        lost = set(question.stay_last) - set(codes)
        if lost:
            raise DefinitionFault(
                _("%(where)s: “%(code)s” is to stay last, but is none of its answers.")
                % {"where": where, "code": min(lost)}
            )
    if question.kind == QuestionKind.MATRIX and not question.items:
        raise DefinitionFault(_("%(where)s needs a row or more.") % {"where": where})
    if question.kind == QuestionKind.SCALE:
        _check_scale(question, where)
    if question.least is not None and question.most is not None and question.least >= question.most:
        raise DefinitionFault(
            _("%(where)s: the smallest value must be below the largest.") % {"where": where}
        )
    if question.earliest and question.latest and question.earliest > question.latest:
        raise DefinitionFault(_("%(where)s: the first day must not be after the last.") % {"where": where})
    _check_most(question, where)


def _check_scale(question: Question, where: str) -> None:
    if (
        not question.items
        or question.least is None
        or question.most is None
        or question.least != int(question.least)
        or question.most != int(question.most)
        or not 1 <= question.most - question.least <= 10
    ):
        raise DefinitionFault(
            _("%(where)s needs statements and a scale of 2 to 11 points.") % {"where": where}
        )
    beyond = set(question.point_labels) - set(question.points)
    if beyond:
        raise DefinitionFault(
            _("%(where)s: “%(point)s” is not a point of the scale.") % {"where": where, "point": min(beyond)}
        )


def _check_most(question: Question, where: str) -> None:
    """How many may be chosen, placed or named is a whole number that makes sense."""
    highest = {
        QuestionKind.MULTIPLE: len(question.options),
        QuestionKind.RANK: len(question.options),
        QuestionKind.LANGUAGES: MOST_NAMED_LANGUAGES,
    }.get(question.kind)
    if highest is None or question.most is None:
        return
    if question.most != int(question.most) or not 1 <= question.most <= highest:
        raise DefinitionFault(
            _("%(where)s: how many at most must be a whole number from 1 to %(most)s.")
            % {"where": where, "most": highest}
        )
