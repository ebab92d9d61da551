"""The code people make themselves: any script, kept only as a fingerprint, matched only where unique."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.surveys import api as surveys
from biosint.surveys import pairing
from biosint.surveys.models import Submission
from biosint.surveys.states import Pairing
from biosint.surveys.web.answering import _hand_out
from factories.consortium import ConsortiumFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory

TYPED = {
    "pairing-mother": "Љ",
    "pairing-day": "7",
    "pairing-town": "Š",
    "pairing-phone": "42",
    "pairing-father": "-",
}


def test_both_scripts_and_plain_letters_make_one_code() -> None:
    latin = {**TYPED, "pairing-mother": "lj", "pairing-day": "07", "pairing-town": "S", "pairing-father": "–"}

    assert pairing.read_code(TYPED, required=True).text == "l|07|s|42|-"
    assert pairing.read_code(latin, required=True) == pairing.read_code(TYPED, required=True)


def test_an_optional_code_is_left_out_whole_or_not_at_all() -> None:
    assert pairing.read_code({}, required=False) == pairing.Code("", {})
    assert set(pairing.read_code({**TYPED, "pairing-town": ""}, required=False).faults) == {"pairing-town"}
    assert len(pairing.read_code({}, required=True).faults) == len(pairing.PARTS)


@pytest.mark.django_db
def test_only_a_fingerprint_is_kept_and_it_is_the_same_throughout_one_consortium() -> None:
    consortium, other = ConsortiumFactory.create_batch(2)
    now = timezone.now()
    sets = [
        AnswerSetFactory(
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=1),
            pairing=Pairing.REQUIRED,
            pairs_within=within,
        )
        for within in (consortium, consortium, other)
    ]
    answers: dict[str, Any] = {"consent": "yes", "mobility": "yes", **TYPED}

    without = Client().post(
        f"/surveys/a/{sets[0].token}/",
        {"consent": "yes", "mobility": "yes", "key": _hand_out(sets[0], now)},
    )
    for answer_set in sets:
        Client().post(f"/surveys/a/{answer_set.token}/", {**answers, "key": _hand_out(answer_set, now)})

    assert without.status_code == 422
    first, second, elsewhere = (Submission.objects.get(answer_set=found) for found in sets)
    assert first.pairing == second.pairing != elsewhere.pairing
    assert len(first.pairing) == 64
    assert "pairing-mother" not in first.answers


@pytest.mark.django_db
def test_pairs_are_unique_on_both_sides_and_the_rest_is_counted() -> None:
    before, after = AnswerSetFactory.create_batch(2)
    for code in ("a", "twice", "b", "", "twice", "only-before", "c"):
        SubmissionFactory(answer_set=before, pairing=code)
    for code in ("c", "a", "", "", "twice", "b", "b"):
        SubmissionFactory(answer_set=after, pairing=code)

    pairs = surveys.pairs_between(before, after)

    assert list(zip(pairs.before.tolist(), pairs.after.tolist(), strict=True)) == [(0, 1), (6, 0)]
    assert (pairs.unmatched_before, pairs.unmatched_after) == (2, 1)
    assert (pairs.doubled_before, pairs.doubled_after) == (2, 2)
    assert (pairs.without_before, pairs.without_after) == (1, 2)
