"""Peer review of values, the board's closing in sight of it, and a closed round that nothing changes."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from at_once import at_once
from biosint.audit.api import Line
from biosint.files import api as files
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from biosint.situation.models import FormerValue, Participation, Remark, Review, Round, Value
from biosint.situation.operations import closing, filling, formulas, reviews
from biosint.situation.operations import rounds as operations
from biosint.situation.operations.filling import Entry
from biosint.situation.operations.reviews import Recorded, Said
from biosint.situation.providers.rounds import reviews_waiting
from biosint.situation.queries import index
from biosint.situation.queries import reviews as queries
from biosint.situation.queries import rounds as round_queries
from biosint.situation.review_plan import review_plan
from biosint.situation.rules import rounds as rules
from biosint.situation.states import Opinion, ReviewStanding, RoundState
from clock import NOON
from factories import (
    AdministratorFactory,
    BankVersionFactory,
    DimensionFactory,
    IndicatorFactory,
    InstitutionFactory,
    QualityBoardFactory,
    StudentFactory,
    consortium_of,
)

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def scene() -> dict[str, Any]:
    """Three faculties in an open round with peer review over two levels; the first has given both and handed in."""
    places = [InstitutionFactory(country=country) for country in ("RS", "AL", "BE")]
    bank = BankVersionFactory()
    side = DimensionFactory(bank=bank, code="strategy")
    asked = [IndicatorFactory(dimension=side, code=code) for code in ("S1", "S2")]
    board = QualityBoardFactory(at=places[0])
    drafted = operations.draft_round(
        consortium=consortium_of(places),
        title="Spring 2026",
        period_from=date(2025, 9, 1),
        period_until=date(2026, 2, 28),
        is_baseline=False,
        bank=bank,
        peer_review=True,
        by=board,
        at=NOON,
    )
    running = operations.open_round(round_id=drafted.pk, by=board, at=NOON)
    part = running.participations.get(institution=places[0])
    office = AdministratorFactory(at=places[0])
    made = {
        "round": running,
        "part": part,
        "review": part.review,
        "board": board,
        "office": office,
        "reviewer": AdministratorFactory(at=part.review.reviewer),
        "other": AdministratorFactory(at=next(one for one in places[1:] if one != part.review.reviewer)),
        "asked": asked,
    }
    give(made, 0, 3)
    give(made, 1, 2)
    filling.hand_in(participation_id=part.pk, by=office, at=NOON)
    part.refresh_from_db()
    return made


def give(scene: dict[str, Any], place: int, level: int, *, edition: int = 0, **more: Any) -> Any:
    entry = Entry(indicator_id=scene["asked"][place].pk, edition=edition, answer=Decimal(level), **more)
    return filling.fill(participation_id=scene["part"].pk, entries=[entry], by=scene["office"], at=NOON)


def say(
    scene: dict[str, Any],
    place: int,
    opinion: Opinion,
    words: str = "",
    *,
    edition: int = 1,
    by: Person | None = None,
) -> Recorded:
    return reviews.say(
        review_id=scene["review"].pk,
        said=[Said(scene["asked"][place].pk, opinion, edition, words)],
        by=by or scene["reviewer"],
        at=NOON,
    )


def answer(scene: dict[str, Any], place: int, words: str, *, by: Person | None = None) -> Remark:
    return reviews.answer(
        participation_id=scene["part"].pk,
        indicator_id=scene["asked"][place].pk,
        words=words,
        by=by or scene["office"],
        at=NOON,
    )


def stands(scene: dict[str, Any], place: int) -> ReviewStanding:
    one = scene["asked"][place]
    edition = scene["part"].values.get(indicator=one).edition
    return queries.standing(queries.threads_of(scene["part"]).get(one.pk, []), edition)


def close(scene: dict[str, Any], words: str = "") -> Round:
    return closing.close_round(round_id=scene["round"].pk, by=scene["board"], at=NOON, words=words)


@settings(max_examples=60, deadline=None)
@given(count=st.integers(2, 12), seed=st.integers(0, 10_000))
def test_everybody_reviews_one_and_is_reviewed_by_one_never_themselves(count: int, seed: int) -> None:
    plan = review_plan(dict.fromkeys(range(count), "RS"), seed=seed)

    assert sorted(plan) == sorted(plan.values()) == list(range(count))
    assert all(own != reviewer for own, reviewer in plan.items())
    if count > 2:
        assert all(plan[plan[own]] != own for own in plan)
    assert plan == review_plan(dict.fromkeys(range(count), "RS"), seed=seed)


def test_reviewers_come_from_other_countries_where_that_can_be() -> None:
    countries = {1: "RS", 2: "RS", 3: "AL", 4: "AL", 5: "BE", 6: "BA"}

    plan = review_plan(countries, seed=3)

    assert all(countries[own] != countries[reviewer] for own, reviewer in plan.items())
    assert review_plan({1: "RS"}, seed=1) == {}


def test_opening_a_round_with_peer_review_plans_it(scene: dict[str, Any]) -> None:
    planned = {
        review.participation.institution: review.reviewer for review in queries.reviews_of(scene["round"])
    }

    assert len(planned) == 3
    assert set(planned) == set(planned.values())


def test_reviewers_are_assigned_anew_until_one_has_spoken(scene: dict[str, Any]) -> None:
    told = {"round_id": scene["round"].pk, "by": scene["board"], "at": NOON + timedelta(hours=1)}
    assert len(reviews.reassign_reviewers(**told)) == 3
    scene["part"].refresh_from_db()
    scene["review"] = Review.objects.get(participation=scene["part"])
    scene["reviewer"] = AdministratorFactory(at=scene["review"].reviewer)
    say(scene, 0, Opinion.AGREES)

    with pytest.raises(Refused, match="has begun"):
        reviews.reassign_reviewers(**told)


def test_a_value_goes_from_question_to_answer_to_agreement_and_everything_is_kept(
    scene: dict[str, Any],
) -> None:
    assert stands(scene, 0) == ReviewStanding.UNSEEN

    say(scene, 0, Opinion.ASKS, "Where is the text?")
    assert stands(scene, 0) == ReviewStanding.ASKED
    answer(scene, 0, "On our site.")
    assert stands(scene, 0) == ReviewStanding.ANSWERED
    say(scene, 0, Opinion.DISAGREES, "It is a draft.")
    assert stands(scene, 0) == ReviewStanding.DISPUTED
    give(scene, 0, 2, edition=1)
    assert stands(scene, 0) == ReviewStanding.MENDED
    say(scene, 0, Opinion.AGREES, edition=2)
    assert stands(scene, 0) == ReviewStanding.AGREED

    thread = queries.threads_of(scene["part"])[scene["asked"][0].pk]
    assert [one.opinion for one in thread] == ["asks", "answers", "disagrees", "agrees"]
    (was,) = queries.former_of(scene["part"])[scene["asked"][0].pk]
    assert (was.edition, was.answer, was.filled_by) == (1, 3, scene["office"])
    assert Line.objects.filter(action="situation.review.said").count() == 3


def test_a_value_that_changed_while_the_reviewer_read_is_not_judged_unseen(scene: dict[str, Any]) -> None:
    give(scene, 0, 4, edition=1)

    recorded = say(scene, 0, Opinion.AGREES, edition=1)

    assert (recorded.kept, recorded.changed) == ((), (scene["asked"][0].pk,))


def test_questions_disagreements_and_answers_need_a_sentence(scene: dict[str, Any]) -> None:
    for opinion in (Opinion.ASKS, Opinion.DISAGREES):
        with pytest.raises(reviews.SentenceMissing):
            say(scene, 0, opinion, "  ")
    with pytest.raises(reviews.NothingWasAsked):
        answer(scene, 0, "Nobody asked.")
    say(scene, 0, Opinion.ASKS, "Why?")
    with pytest.raises(reviews.SentenceMissing):
        answer(scene, 0, " ")
    with pytest.raises(ValueError, match="A reviewer agrees"):
        say(scene, 0, Opinion.ANSWERS, "x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(
            review=scene["review"],
            indicator=scene["asked"][0],
            opinion=Opinion.ASKS,
            words="",
            edition=1,
            said_by=scene["reviewer"],
            said_at=NOON,
        )


@pytest.mark.parametrize("who", ["office", "other", "board", "student"])
def test_only_the_reviewing_institution_reviews(scene: dict[str, Any], who: str) -> None:
    person = scene.get(who) or StudentFactory(at=scene["review"].reviewer)

    with pytest.raises(Refused):
        say(scene, 0, Opinion.AGREES, by=person)
    with pytest.raises(Refused):
        reviews.finish_review(review_id=scene["review"].pk, by=person, at=NOON)


def test_nothing_is_reviewed_before_it_is_handed_in_and_that_happens_once(scene: dict[str, Any]) -> None:
    part = Participation.objects.exclude(pk=scene["part"].pk).select_related("review__reviewer").first()
    assert part is not None
    reviewer = AdministratorFactory(at=part.review.reviewer)

    with pytest.raises(Refused, match="not handed its values in"):
        reviews.say(review_id=part.review.pk, said=[], by=reviewer, at=NOON)
    assert not rules.may_read_values(reviewer, part)
    with pytest.raises(Refused, match="are handed in"):
        filling.hand_in(participation_id=scene["part"].pk, by=scene["office"], at=NOON)


def test_the_reviewer_reads_the_values_of_an_open_round_and_nobody_else_does(scene: dict[str, Any]) -> None:
    part = round_queries.participations_of(scene["round"]).get(pk=scene["part"].pk)

    assert rules.may_read_values(scene["reviewer"], part)
    assert not rules.may_read_values(scene["other"], part)


def test_a_proof_as_a_file_is_kept_and_opens_to_who_reads_the_values(scene: dict[str, Any]) -> None:
    give(scene, 0, 3, edition=1, upload=SimpleUploadedFile("strategy.pdf", PDF))
    value = scene["part"].values.get(indicator=scene["asked"][0])
    stored = value.evidence_file
    assert stored is not None

    assert files.may_read(scene["reviewer"], stored)
    assert files.may_read(scene["office"], stored)
    assert not files.may_read(scene["other"], stored)
    assert not files.may_read(None, stored)
    give(scene, 0, 3, edition=2, drops_file=True)
    value.refresh_from_db()
    assert value.evidence_file is None
    assert files.may_read(scene["reviewer"], stored)
    with pytest.raises(files.FormatRefused):
        give(scene, 0, 3, edition=3, upload=SimpleUploadedFile("strategy.pdf", b"MZ not a PDF"))


def test_what_waits_for_whom(scene: dict[str, Any]) -> None:
    def titles(person: Person) -> list[str]:
        return [str(one.title) for one in reviews_waiting(person)]

    assert [title.startswith("Review the values") for title in titles(scene["reviewer"])] == [True]
    assert titles(scene["office"]) == []
    say(scene, 0, Opinion.ASKS, "Why?")
    assert [title.startswith("Answer the reviewer") for title in titles(scene["office"])] == [True]
    answer(scene, 0, "Because.")
    assert titles(scene["office"]) == []
    reviews.finish_review(review_id=scene["review"].pk, by=scene["reviewer"], at=NOON)
    assert titles(scene["reviewer"]) == []


def test_the_board_closes_over_a_dispute_only_with_words_that_stay(scene: dict[str, Any]) -> None:
    say(scene, 0, Opinion.DISAGREES, "It is a draft.")
    answer(scene, 0, "We see it otherwise.")
    with pytest.raises(closing.WordsNeeded):
        close(scene)
    assert Round.objects.get().state == RoundState.OPEN

    close(scene, "The text was not shown in time.")

    one, part = Round.objects.get(), Participation.objects.get(pk=scene["part"].pk)
    assert (one.state, one.closing_words) == (RoundState.CLOSED, "The text was not shown in time.")
    assert (part.disputed, part.unreviewed) == (["S1"], ["S2"])
    # The supplied formula counts it all the same: (3/4 + 2/4) / 2.
    assert part.index == pytest.approx(62.5)


def test_a_formula_can_leave_disputed_values_out(scene: dict[str, Any]) -> None:
    own = formulas.add_formula(
        consortium=scene["round"].consortium,
        source="code: strict\ntitle: Strict\ndisputed: missing\n",
        by=scene["board"],
        at=NOON,
    )
    Round.objects.filter(pk=scene["round"].pk).update(formula=own)
    say(scene, 0, Opinion.DISAGREES, "It is a draft.")

    close(scene, "Not shown.")

    part = round_queries.participations_of(scene["round"]).get(pk=scene["part"].pk)
    assert part.index == pytest.approx(50)
    assert part.dimensions[0]["missing"] == ["S1"]
    assert index.without_disputed(part) == ["S1"]


def test_a_round_that_is_settled_closes_without_a_word(scene: dict[str, Any]) -> None:
    for part in round_queries.participations_of(scene["round"]):
        if part.pk != scene["part"].pk:
            filling.hand_in(participation_id=part.pk, by=AdministratorFactory(at=part.institution), at=NOON)
        edition = 1 if part.pk == scene["part"].pk else 0
        reviews.say(
            review_id=part.review.pk,
            said=[Said(one.pk, Opinion.AGREES, edition) for one in scene["asked"]],
            by=AdministratorFactory(at=part.review.reviewer),
            at=NOON,
        )

    assert close(scene).state == RoundState.CLOSED


def test_what_is_outstanding_is_told_before_closing(scene: dict[str, Any]) -> None:
    say(scene, 0, Opinion.DISAGREES, "No.")

    found = {one.part.pk: one for one in index.outstanding(scene["round"], scene["asked"])}

    own = found.pop(scene["part"].pk)
    assert (own.missing, own.result.value) == ((), pytest.approx(62.5))
    assert own.progress is not None
    assert (own.progress.disputed, own.progress.unseen) == (("S1",), ("S2",))
    assert [one.missing for one in found.values()] == [("S1", "S2")] * 2


def test_every_write_to_a_closed_round_is_refused(scene: dict[str, Any]) -> None:
    say(scene, 0, Opinion.ASKS, "Why?")
    close(scene, "Enough.")
    deeds = [
        lambda: give(scene, 0, 1, edition=1),
        lambda: say(scene, 1, Opinion.AGREES),
        lambda: answer(scene, 0, "Late."),
        lambda: reviews.finish_review(review_id=scene["review"].pk, by=scene["reviewer"], at=NOON),
        lambda: reviews.reassign_reviewers(round_id=scene["round"].pk, by=scene["board"], at=NOON),
        lambda: filling.hand_in(
            participation_id=Participation.objects.filter(handed_in_at=None)[0].pk,
            by=scene["other"],
            at=NOON,
        ),
        lambda: close(scene, "Again."),
        lambda: operations.open_round(round_id=scene["round"].pk, by=scene["board"], at=NOON),
        lambda: operations.discard_round(round_id=scene["round"].pk, by=scene["board"], at=NOON),
    ]

    for deed in deeds:
        with pytest.raises(Refused):
            deed()


def test_the_database_itself_refuses_to_change_a_closed_round(scene: dict[str, Any]) -> None:
    say(scene, 0, Opinion.ASKS, "Why?")
    give(scene, 1, 1, edition=1)
    Value.objects.update(note="While it is open, all is free.")
    close(scene, "Enough.")

    for written in (
        Round.objects.filter(title="Spring 2026"),
        Participation.objects.all(),
        Value.objects.all(),
        Review.objects.all(),
        Remark.objects.all(),
        FormerValue.objects.all(),
    ):
        name = next(field.name for field in written.model._meta.fields if field.name.endswith("_at"))
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            written.update(**{name: timezone.now()})


@pytest.mark.django_db(transaction=True)
def test_a_remark_comes_before_closing_or_is_refused(scene: dict[str, Any]) -> None:
    outcome = at_once(
        lambda: close(scene, "Enough."),
        lambda: say(scene, 0, Opinion.DISAGREES, "No."),
    )

    part = Participation.objects.get(pk=scene["part"].pk)
    assert Round.objects.get().state == RoundState.CLOSED
    if isinstance(outcome[1], Refused):
        assert (part.disputed, Remark.objects.count()) == ([], 0)
    else:
        assert (part.disputed, Remark.objects.count()) == (["S1"], 1)


def test_the_pages_of_a_review_keep_what_was_written_and_say_what_is_missing(
    scene: dict[str, Any], client_of: Any
) -> None:
    reviewer, office, other = (client_of(scene[who]) for who in ("reviewer", "office", "other"))
    start = f"/situation/index/rounds/{scene['round'].pk}/"
    slug = scene["part"].institution.slug
    page = f"{start}review/{slug}/of/strategy/"
    told = {
        "S1-edition": "1",
        "S1-opinion": "asks",
        "S1-words": "",
        "S2-edition": "1",
        "S2-opinion": "agrees",
    }

    wrong = reviewer.post(page, told)
    assert wrong.status_code == 422
    assert "why you disagree" in wrong.content.decode()
    assert not Remark.objects.exists()
    assert reviewer.post(page, {**told, "S1-words": "Where is it?"}).status_code == 302
    assert sorted(Remark.objects.values_list("opinion", flat=True)) == ["agrees", "asks"]
    assert other.get(page).status_code == 403
    assert other.get(f"{start}at/{slug}/").status_code == 403
    assert reviewer.get(f"{start}review/{slug}/of/nothing/").status_code == 404

    give(scene, 1, 4, edition=1)
    late = reviewer.post(page, {"S1-edition": "1", "S2-edition": "1", "S2-opinion": "agrees"})
    assert late.status_code == 409
    assert "Changed while you were reading" in late.content.decode()

    answers = f"{start}answers/{slug}/"
    assert "Where is it?" in office.get(answers).content.decode()
    assert office.post(answers, {"indicator": "S1", "words": " "}).status_code == 422
    assert office.post(answers, {"indicator": "Z9", "words": "x"}).status_code == 404
    assert office.post(answers, {"indicator": "S1", "words": "Here."}).status_code == 302
    assert office.post(answers, {"indicator": "S1", "words": "Again."}).status_code == 302
    part_page = reviewer.get(f"{start}at/{slug}/").content.decode()
    assert "Where is it?" in part_page
    assert "Here." in part_page
    assert reviewer.post(f"{start}review/{slug}/done/").status_code == 302
    scene["review"].refresh_from_db()
    assert scene["review"].finished_at is not None


def test_the_board_sees_what_is_outstanding_and_closes_with_words(
    scene: dict[str, Any], client_of: Any
) -> None:
    say(scene, 0, Opinion.DISAGREES, "It is a draft.")
    board, page = client_of(scene["board"]), f"/situation/index/rounds/{scene['round'].pk}/close/"

    shown = board.get(page).content.decode()
    assert "What is still missing or disputed" in shown
    assert client_of(scene["office"]).get(page).status_code == 403
    refused = board.post(page, {"words": ""})
    assert refused.status_code == 422
    assert "why the round is closed" in refused.content.decode()
    assert board.post(page, {"words": "Not shown in time."}).status_code == 302
    after = board.get(f"/situation/index/rounds/{scene['round'].pk}/").content.decode()
    assert "Not shown in time." in after


def test_a_proof_is_sent_with_a_value_and_a_false_one_is_refused_beside_its_field(
    scene: dict[str, Any], client_of: Any
) -> None:
    office = client_of(scene["office"])
    page = f"/situation/index/rounds/{scene['round'].pk}/at/{scene['part'].institution.slug}/strategy/"
    told = {"S1-edition": "1", "S1-answer": "3", "S2-edition": "1", "S2-answer": "2"}

    false = office.post(page, {**told, "S1-upload": SimpleUploadedFile("text.pdf", b"MZ no PDF")})
    assert false.status_code == 422
    assert "not really a pdf file" in false.content.decode()
    assert office.post(page, {**told, "S1-upload": SimpleUploadedFile("text.pdf", PDF)}).status_code == 302
    value = scene["part"].values.get(indicator__code="S1")
    assert str(value.evidence_file) == "text.pdf"
    assert "Take the file" in office.get(page).content.decode()


# A process of its own that is killed as soon as the first index is computed.
KILLED = """
import os, sys
from datetime import datetime

import django

django.setup()
from django.db import connection

from biosint.people.api import Person
from biosint.situation.operations import closing
from biosint.situation.queries import index

round_id, person_id, at, name = sys.argv[1:]
connection.settings_dict["NAME"] = name
index.index_of = lambda *_told, **_more: os.kill(os.getpid(), 9)
by = Person.objects.get(pk=person_id)
closing.close_round(round_id=int(round_id), by=by, at=datetime.fromisoformat(at), words="Enough.")
"""


@pytest.mark.django_db(transaction=True)
def test_a_closing_that_is_killed_halfway_leaves_the_round_open_and_whole(scene: dict[str, Any]) -> None:
    before = list(Value.objects.order_by("pk").values())

    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            KILLED,
            str(scene["round"].pk),
            str(scene["board"].pk),
            NOON.isoformat(),
            str(connection.settings_dict["NAME"]),
        ],
        check=False,
        timeout=60,
    )

    assert ended.returncode == -signal.SIGKILL
    assert Round.objects.get().state == RoundState.OPEN
    assert list(Value.objects.order_by("pk").values()) == before
    assert close(scene, "Enough.").state == RoundState.CLOSED
