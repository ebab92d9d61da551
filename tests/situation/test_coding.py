"""The coding desk: two coders who do not see each other, kappa, one result, small numbers hidden."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from biosint.audit.api import Line
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from biosint.situation.models import Codebook, Coder, Coding, Quote
from biosint.situation.operations import coding as operations
from biosint.situation.providers import coding as provided
from biosint.situation.queries import coding as queries
from biosint.situation.queries.tables import answers_of
from biosint.surveys.api import Submission
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    PersonFactory,
    TeacherFactory,
)
from factories.coding import CodebookFactory, CodeFactory, CoderFactory, CodingFactory, QuoteFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory

pytestmark = pytest.mark.django_db

LATER = NOON + 10 * DAY


@pytest.fixture
def scene() -> dict[str, Any]:
    """A closed collection of twelve wishes at two institutions, and two coders."""
    home, other = InstitutionFactory(short_name="Home"), InstitutionFactory(short_name="Other")
    answer_set = AnswerSetFactory(owner=home, asked=[home, other])
    submissions = [
        SubmissionFactory(
            answer_set=answer_set,
            institution=home if number < 6 else other,
            answers={"wish": f"Wish {number}"},
        )
        for number in range(12)
    ]
    SubmissionFactory(answer_set=answer_set, institution=home, answers={"age": 20})
    SubmissionFactory(answer_set=answer_set, institution=home, answers={"wish": "  "})
    codebook = CodebookFactory(answer_set=answer_set)
    for word in ("money", "time"):
        CodeFactory(codebook=codebook, word=word)
    return {
        "home": home,
        "set": answer_set,
        "keys": [one.pk for one in submissions],
        "codebook": codebook,
        "keeper": AdministratorFactory(at=home),
        "first": CoderFactory(codebook=codebook),
        "second": CoderFactory(codebook=codebook, place=Coder.SECOND),
    }


def code(scene: dict[str, Any], who: Person, key: int, *words: str) -> Coding:
    return operations.code_answer(
        codebook_id=scene["codebook"].pk, submission_id=key, codes=words, by=who, at=LATER
    )


def code_all(scene: dict[str, Any], *, differ: int = 2) -> None:
    """Money in the first eight; the second coder misses the last ``differ`` of them. Time in the first answer."""
    for place, key in enumerate(scene["keys"]):
        for which, until in (("first", 8), ("second", 8 - differ)):
            words = (["money"] if place < until else []) + (["time"] if place == 0 else [])
            CodingFactory(coder=scene[which], submission_id=key, codes=words)


def test_nobody_begins_while_answers_come_and_only_keepers_do(scene: dict[str, Any]) -> None:
    answer_set = AnswerSetFactory(owner=scene["home"])

    def begin(by: Person, at: Any) -> Codebook:
        return operations.begin_codebook(
            answer_set=answer_set, question="wish", sample_size=None, by=by, at=at
        )

    with pytest.raises(Refused, match="Answers still come in"):
        begin(scene["keeper"], NOON)
    for person in (DeanFactory(at=scene["home"]), CoordinatorFactory(at=InstitutionFactory())):
        with pytest.raises(Refused, match="single answers"):
            begin(person, LATER)
    assert begin(scene["keeper"], LATER).question == "wish"


def test_only_what_was_really_written_is_read(scene: dict[str, Any]) -> None:
    desk = queries.desk_of(scene["codebook"])

    assert list(desk.texts) == scene["keys"]
    assert sorted(desk.sample) == scene["keys"]
    assert desk.sample == queries.desk_of(scene["codebook"]).sample


def test_coders_code_what_they_read_and_unknown_codes_are_dropped(scene: dict[str, Any]) -> None:
    coding = code(scene, scene["first"].person, scene["keys"][0], "time", "nonsense", "money")

    assert coding.codes == ["money", "time"]
    with pytest.raises(Refused, match="Only the two coders"):
        code(scene, scene["keeper"], scene["keys"][0], "money")
    with pytest.raises(operations.NotToBeCoded):
        code(scene, scene["first"].person, SubmissionFactory(answers={"wish": "x"}).pk, "money")
    # The trail, which others read, says that something was coded and not what.
    line = Line.objects.get(action="situation.answer.coded")
    assert "money" not in str(line.details)


def test_what_both_read_stays_once_both_have_finished(scene: dict[str, Any]) -> None:
    code_all(scene)

    with pytest.raises(Refused, match="Both have finished"):
        code(scene, scene["first"].person, scene["keys"][0])
    with pytest.raises(Refused, match="A code added now"):
        operations.add_code(
            codebook_id=scene["codebook"].pk,
            word="new",
            label="New",
            definition="x",
            example="",
            by=scene["keeper"],
            at=LATER,
        )


def test_agreement_is_counted_for_each_code_and_all_together(scene: dict[str, Any]) -> None:
    assert queries.agreements(queries.desk_of(scene["codebook"])) == []
    code_all(scene)

    together, money, time = queries.agreements(queries.desk_of(scene["codebook"]))

    # Of 12: both 6, first alone 2, neither 4. Observed 10/12, by chance (8*6 + 4*6)/144 = 1/2.
    assert money.kappa is not None
    assert money.kappa.value == pytest.approx((10 / 12 - 1 / 2) / (1 / 2))
    assert (money.first, money.second, round(money.equal, 1)) == (8, 6, 83.3)
    assert time.kappa is not None
    assert time.kappa.value == 1
    # Of 24: both 7, first alone 2, neither 15. By chance (9*7 + 15*17)/576.
    by_chance = (9 * 7 + 15 * 17) / 576
    assert together.kappa is not None
    assert together.kappa.value == pytest.approx((22 / 24 - by_chance) / (1 - by_chance))


def test_a_code_that_nobody_gave_has_no_kappa(scene: dict[str, Any]) -> None:
    CodeFactory(codebook=scene["codebook"], word="never")
    code_all(scene)

    never = queries.agreements(queries.desk_of(scene["codebook"]))[-1]

    assert (never.kappa, never.equal) == (None, 100)


def test_differences_are_settled_before_the_coding_is_closed(scene: dict[str, Any]) -> None:
    code_all(scene)
    codebook, keeper = scene["codebook"], scene["keeper"]
    desk = queries.desk_of(codebook)
    assert sorted(desk.undecided) == scene["keys"][6:8]
    with pytest.raises(Refused, match="Settle them first"):
        operations.close_codebook(codebook_id=codebook.pk, by=keeper, at=LATER)
    with pytest.raises(operations.NotToBeCoded):
        operations.decide(
            codebook_id=codebook.pk, submission_id=scene["keys"][0], codes=[], by=keeper, at=LATER
        )

    for key, by in zip(desk.undecided, (keeper, scene["second"].person), strict=True):
        operations.decide(codebook_id=codebook.pk, submission_id=key, codes=["money"], by=by, at=LATER)
    operations.close_codebook(codebook_id=codebook.pk, by=keeper, at=LATER)

    final = queries.desk_of(codebook).final
    assert sum("money" in given for given in final.values()) == 8
    assert len(final) == 12


def test_nobody_decides_before_both_have_finished(scene: dict[str, Any]) -> None:
    code(scene, scene["first"].person, scene["keys"][0], "money")

    with pytest.raises(Refused, match="Both coders finish first"):
        operations.decide(
            codebook_id=scene["codebook"].pk,
            submission_id=scene["keys"][0],
            codes=[],
            by=scene["keeper"],
            at=LATER,
        )


def test_of_a_sample_both_read_a_part_and_the_first_the_rest(scene: dict[str, Any]) -> None:
    scene["codebook"].sample_size = 5
    scene["codebook"].save()
    desk = queries.desk_of(scene["codebook"])
    assert (len(desk.sample), len(desk.rest)) == (5, 7)
    # The rest waits, so that the first coder does not learn from it before the comparison.
    assert desk.task_of(scene["first"]) == desk.sample
    for key in desk.sample:
        code(scene, scene["first"].person, key, "money")
        code(scene, scene["second"].person, key, "money")

    desk = queries.desk_of(scene["codebook"])
    assert len(desk.left_for(scene["first"])) == 7
    assert desk.left_for(scene["second"]) == []
    with pytest.raises(Refused, match="has not read all"):
        operations.close_codebook(codebook_id=scene["codebook"].pk, by=scene["keeper"], at=LATER)
    for key in desk.rest:
        code(scene, scene["first"].person, key, "time")
    operations.close_codebook(codebook_id=scene["codebook"].pk, by=scene["keeper"], at=LATER)
    assert len(queries.desk_of(scene["codebook"]).final) == 12


def test_frequencies_hide_small_numbers_at_institutions(scene: dict[str, Any]) -> None:
    code_all(scene, differ=0)

    together = queries.frequencies(queries.desk_of(scene["codebook"]), everybody="All")
    apart = queries.frequencies(queries.desk_of(scene["codebook"]), everybody="All", by="institution")

    money, time = (cells[0] for _label, cells in together.rows)
    assert money.proportion is not None
    assert (money.count, money.proportion.n) == (8, 12)
    # One person in twelve speaks of time.
    assert time.count is None
    assert apart.heads == (("All", 12), ("Home", 6), ("Other", 6))
    # Money: 6 at home, 2 elsewhere. The 2 is hidden, and the 6 with it, for the total would tell.
    assert [cell.proportion is None for cell in apart.rows[0][1]] == [False, True, True]
    assert apart.has_hidden


def test_a_group_too_small_to_show_cannot_be_worked_out(scene: dict[str, Any]) -> None:
    code_all(scene, differ=0)
    # Of the twelve, two belong to a third institution: one speaks of money.
    third = InstitutionFactory(short_name="Third")
    for key in (scene["keys"][7], scene["keys"][11]):
        Submission.objects.filter(pk=key).update(institution=third)
    scene["set"].smallest_group = 3
    desk = queries.desk_of(scene["codebook"])

    found = queries.frequencies(desk, everybody="All", by="institution")

    assert [head for head, _n in found.heads] == ["All", "Home", "Other"]
    # Money: 8 in all, 6 at home, 1 elsewhere (hidden), 1 at the third. With two hidden, neither follows.
    assert [cell.count for cell in found.rows[0][1]] == [8, 6, None]
    assert ("institution", "Institution") in queries.groupings(desk)
    assert queries.frequencies(desk, everybody="All", by="nonsense").heads == (("All", 12),)


def test_final_codes_are_variables_of_the_set(scene: dict[str, Any]) -> None:
    code_all(scene, differ=0)
    assert queries.coded_variables(scene["set"]) == []
    operations.close_codebook(codebook_id=scene["codebook"].pk, by=scene["keeper"], at=LATER)

    money, time = queries.coded_variables(scene["set"])

    assert (money.code, money.name, money.scale) == ("wish:money", "Wish – Money", "wish")
    assert len(money.stored) == answers_of(scene["set"]).n == 14
    np.testing.assert_array_equal(money.stored, [1] * 8 + [0] * 4 + [-1, -1])
    assert int((time.stored == 1).sum()) == 1
    # They stand among the columns of the set, so they can be put into tables and tests.
    assert [code for code in answers_of(scene["set"]).variables if code.startswith("wish:")] == [
        "wish:money",
        "wish:time",
    ]


def test_a_code_in_use_stays_and_a_word_stands_once(scene: dict[str, Any]) -> None:
    code(scene, scene["first"].person, scene["keys"][0], "money")
    money, time = scene["codebook"].codes.all()
    told = {"codebook_id": scene["codebook"].pk, "label": "x", "definition": "x", "example": ""}

    with pytest.raises(operations.CodeInUse):
        operations.remove_code(code_id=money.pk, by=scene["keeper"], at=LATER)
    operations.remove_code(code_id=time.pk, by=scene["keeper"], at=LATER)
    with pytest.raises(operations.CodeTaken, match="money"):
        operations.add_code(**told, word="money", by=scene["keeper"], at=LATER)
    with pytest.raises(Refused):
        operations.add_code(**told, word="new", by=scene["first"].person, at=LATER)


def test_two_different_people_code(scene: dict[str, Any]) -> None:
    codebook = CodebookFactory(answer_set=AnswerSetFactory(owner=scene["home"]))
    person = TeacherFactory(at=scene["home"])

    def name(who: Person, place: int) -> Coder:
        return operations.name_coder(
            codebook_id=codebook.pk, person=who, place=place, by=scene["keeper"], at=LATER
        )

    name(person, Coder.FIRST)
    for who, place in ((person, Coder.SECOND), (PersonFactory(), Coder.FIRST)):
        with pytest.raises(operations.CoderTaken):
            name(who, place)
    assert [one.url for one in provided.waiting(person)] == [codebook.get_absolute_url()]


def test_quotes_are_released_and_taken_back_by_keepers_alone(scene: dict[str, Any]) -> None:
    money = scene["codebook"].codes.first()
    told = {"code_id": money.pk, "text": "I cannot pay.", "language": "en", "at": LATER}

    with pytest.raises(Refused, match="single answers"):
        operations.release_quote(**told, by=scene["first"].person)
    quote = operations.release_quote(**told, by=scene["keeper"])
    assert [row["quote"] for row in provided._released(scene["keeper"])] == ["I cannot pay."]
    operations.withdraw_quote(quote_id=quote.pk, by=scene["keeper"], at=LATER)

    assert not Quote.objects.exists()
    # Taken back because somebody might be recognised: the trail must not keep its words.
    assert not Line.objects.filter(subject_label__contains="pay").exists()


def test_a_coder_takes_along_how_much_they_coded(scene: dict[str, Any]) -> None:
    code(scene, scene["first"].person, scene["keys"][0], "money")

    assert [row["answers"] for row in provided._coded(scene["first"].person)] == [1]


def test_what_cannot_be_twice_is_not_stored(scene: dict[str, Any]) -> None:
    coding = CodingFactory(coder=scene["first"], submission_id=scene["keys"][0])
    for again in (
        lambda: CodebookFactory(answer_set=scene["set"]),
        lambda: CodeFactory(codebook=scene["codebook"], word="money"),
        lambda: CoderFactory(codebook=scene["codebook"], place=Coder.FIRST),
        lambda: CodingFactory(coder=scene["first"], submission=coding.submission),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            again()
    assert QuoteFactory().code.codebook.question == "wish"


def test_words_and_groups_are_suggested_where_enough_wrote(scene: dict[str, Any]) -> None:
    few = queries.suggestions(queries.desk_of(CodebookFactory()))
    said = ["I have no money for travel", "Money for the rent is missing", "No time beside the wards"]
    answer_set = AnswerSetFactory()
    for number in range(12):
        SubmissionFactory(answer_set=answer_set, answers={"wish": said[number % 3]})
    SubmissionFactory(answer_set=answer_set, language="sq", answers={"wish": "Kohë"})

    found = queries.suggestions(queries.desk_of(CodebookFactory(answer_set=answer_set)))

    assert few is None
    assert found is not None
    assert (found.language, found.of) == ("en", 12)
    assert ("money", 8) in [(one.word, one.texts) for one in found.keywords]
    assert sum(group.count for group in found.groups) == 12
