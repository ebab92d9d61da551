"""A consortium's own bank: started, changed, translated, compared, published, and fixed from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import yaml
from django.db import IntegrityError, transaction

from at_once import at_once
from biosint.audit.api import Line
from biosint.indicators import queries, rules
from biosint.indicators.bankfile import read_bank, write_bank
from biosint.indicators.contents import BankContent, BankFaulty, languages_complete
from biosint.indicators.differences import differences
from biosint.indicators.models import BankVersion, Indicator
from biosint.indicators.operations import drafting, loading, translating
from biosint.indicators.operations.translating import Translated
from biosint.indicators.states import BankState, IndicatorKind
from biosint.indicators.translations import completeness, places_of
from biosint.shared.verdicts import Refused
from clock import NOON
from factories import (
    AdministratorFactory,
    BankVersionFactory,
    CoordinatorFactory,
    DimensionFactory,
    IndicatorFactory,
    InstitutionFactory,
    PersonFactory,
    QualityBoardFactory,
    StudentFactory,
    consortium_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> dict[str, Any]:
    """A supplied bank of two indicators, and a consortium with a draft that was started from it."""
    one, other = InstitutionFactory(), InstitutionFactory()
    supplied = BankVersionFactory(code="supplied", published_on=NOON.date() - timedelta(days=30))
    side = DimensionFactory(bank=supplied, code="learning")
    IndicatorFactory(dimension=side, code="L1")
    IndicatorFactory(
        dimension=side,
        code="L2",
        kind=IndicatorKind.RATIO,
        numerator={"en": "Reached"},
        denominator={"en": "All"},
        references=["WFME 2", "IMPI graduates"],
    )
    consortium = consortium_of([one, other])
    board = QualityBoardFactory(at=other)
    draft = drafting.start_draft(
        came_from=supplied, consortium=consortium, code="ours", title="Our own", by=board, at=NOON
    )
    return {
        "supplied": supplied,
        "consortium": consortium,
        "board": board,
        "draft": draft,
        "office": AdministratorFactory(at=one),
        "stranger": CoordinatorFactory(at=InstitutionFactory()),
    }


def change(
    scene: dict[str, Any], which: str = "L1", *, by: Any = None, edition: int = 1, **parts: Any
) -> Indicator:
    one = scene["draft"].indicators.get(code=which)
    return drafting.save_indicator(
        bank_id=scene["draft"].pk,
        indicator_id=one.pk,
        edition=edition,
        dimension_id=one.dimension_id,
        order=one.order,
        content=replace(queries.content_of_indicator(one), **parts),
        by=by or scene["board"],
        at=NOON,
    )


@pytest.mark.parametrize("code", loading.SUPPLIED_BANKS)
def test_a_bank_written_and_read_again_says_the_same(code: str) -> None:
    content = read_bank(loading.supplied_bank(code))

    assert read_bank(write_bank(content).encode()) == content
    assert languages_complete(content) == ("en", "sr", "sq")


def test_the_download_of_a_loaded_bank_holds_what_was_loaded() -> None:
    bank = loading.load_bank(source=loading.supplied_bank("2026"), by=None, at=NOON)

    assert read_bank(write_bank(queries.content_of(bank)).encode()) == read_bank(
        loading.supplied_bank("2026")
    )


def test_the_newest_supplied_version_is_current_and_a_consortiums_own_is_not(scene: dict[str, Any]) -> None:
    newest = BankVersionFactory(code="newer")
    drafting.publish_bank(bank_id=scene["draft"].pk, by=scene["board"], at=NOON + timedelta(days=9))

    assert queries.current_bank() == newest
    assert [bank.code for bank in queries.banks_for(scene["consortium"])] == ["ours", "newer", "supplied"]
    assert [bank.code for bank in queries.banks()] == ["newer", "supplied"]


def test_a_draft_is_a_copy_that_changes_nothing_in_what_it_came_from(scene: dict[str, Any]) -> None:
    before = queries.content_of(scene["supplied"])

    changed = change(scene, title={"en": "Another title"}, weight=Decimal(3))

    assert (changed.title["en"], changed.weight, changed.edition) == ("Another title", 3, 2)
    assert queries.content_of(scene["supplied"]) == before
    found = differences(before, queries.content_of(scene["draft"]))
    assert [(one.code, one.parts) for one in found.altered] == [("L1", ("title", "weight"))]
    assert Line.objects.filter(action="indicators.indicator.saved").count() == 1


def test_the_words_of_one_language_leave_the_others_alone(scene: dict[str, Any]) -> None:
    translated = change(scene, title={"sr": "Наслов"})

    assert translated.title == {"en": "A strategy that is used", "sr": "Наслов"}


def test_the_second_of_two_keepers_is_told_and_overwrites_nothing(scene: dict[str, Any]) -> None:
    change(scene, weight=Decimal(2))

    with pytest.raises(drafting.SomebodyElseSaved, match="Somebody else saved"):
        change(scene, weight=Decimal(5), edition=1)

    assert scene["draft"].indicators.get(code="L1").weight == 2
    assert change(scene, weight=Decimal(5), edition=2).weight == 5


def test_indicators_and_dimensions_are_added_and_removed(scene: dict[str, Any]) -> None:
    told = {"bank_id": scene["draft"].pk, "by": scene["board"], "at": NOON}
    words = {"language": "en", "meaning": "Why?", "edition": 0, "dimension_id": None}
    side = drafting.save_dimension(code="clinic", weight=Decimal(2), title="Clinic", order=2, **words, **told)
    like = queries.content_of_indicator(scene["draft"].indicators.get(code="L1"))
    added = drafting.save_indicator(
        indicator_id=None,
        edition=0,
        dimension_id=side.pk,
        order=1,
        content=replace(like, code="C1"),
        **told,
    )

    with pytest.raises(drafting.StillNeeded, match="Clinic"):
        drafting.remove_dimension(dimension_id=side.pk, **told)
    drafting.remove_indicator(indicator_id=added.pk, **told)
    drafting.remove_dimension(dimension_id=side.pk, **told)

    assert [one.code for one in queries.dimensions_of(scene["draft"])] == ["learning"]
    with pytest.raises(drafting.CodeTaken):
        drafting.save_dimension(code="learning", weight=Decimal(1), title="X", order=3, **words, **told)
    with pytest.raises(drafting.CodeTaken):
        change(scene, "L2", code="L1")


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"levels": ()}, "incomplete"),
        ({"kind": IndicatorKind.COUNT_PER_100, "levels": ()}, "incomplete"),
        ({"counted_kind": "exchange.course_run"}, "incomplete"),
        (
            {"counted_kind": "exchange.course_run", "counted_steps": (4, 2, 1, 6)},
            "higher than the one before",
        ),
        ({"cap": Decimal(5)}, "earns all points"),
        ({"weight": Decimal(0)}, "weight"),
        ({"code": "Ж1"}, "no code"),
    ],
)
def test_what_cannot_stand_in_a_bank_is_refused_with_a_sentence(
    scene: dict[str, Any], parts: dict[str, Any], says: str
) -> None:
    with pytest.raises(BankFaulty, match=says):
        change(scene, **parts)


def test_published_a_version_never_changes(scene: dict[str, Any]) -> None:
    told = {"bank_id": scene["draft"].pk, "by": scene["board"], "at": NOON}
    one, side = scene["draft"].indicators.get(code="L1"), scene["draft"].dimensions.get()
    published = drafting.publish_bank(**told)

    assert (published.state, published.published_by) == (BankState.PUBLISHED, scene["board"])
    assert len(published.checksum) == 64
    deeds = [
        lambda: change(scene, weight=Decimal(9)),
        lambda: drafting.remove_indicator(indicator_id=one.pk, **told),
        lambda: drafting.remove_dimension(dimension_id=side.pk, **told),
        lambda: drafting.save_dimension(
            dimension_id=side.pk,
            edition=1,
            code="x",
            weight=Decimal(1),
            title="X",
            meaning="",
            order=1,
            language="en",
            **told,
        ),
        lambda: translating.translate(language="sr", texts=[], **told),
        lambda: drafting.publish_bank(**told),
        lambda: drafting.discard_draft(**told),
    ]
    for deed in deeds:
        with pytest.raises(Refused, match="published and stays"):
            deed()


def test_a_draft_that_lacks_texts_or_indicators_cannot_be_published(scene: dict[str, Any]) -> None:
    told = {"bank_id": scene["draft"].pk, "by": scene["board"], "at": NOON}
    change(scene, title={"en": ""})
    with pytest.raises(drafting.NotComplete, match="In no language"):
        drafting.publish_bank(**told)

    for one in scene["draft"].indicators.all():
        drafting.remove_indicator(indicator_id=one.pk, **told)
    with pytest.raises(drafting.NotComplete, match="has no indicator"):
        drafting.publish_bank(**told)

    drafting.remove_dimension(dimension_id=scene["draft"].dimensions.get().pk, **told)
    with pytest.raises(drafting.NotComplete, match="no dimension"):
        drafting.publish_bank(**told)
    assert BankVersion.objects.get(pk=scene["draft"].pk).is_draft


def test_a_draft_is_thrown_away_unless_another_came_from_it(scene: dict[str, Any]) -> None:
    told = {"by": scene["board"], "at": NOON}
    second = drafting.start_draft(
        came_from=scene["draft"], consortium=scene["consortium"], code="second", title="Second", **told
    )
    with pytest.raises(drafting.StillNeeded):
        drafting.discard_draft(bank_id=scene["draft"].pk, **told)

    drafting.discard_draft(bank_id=second.pk, **told)
    drafting.discard_draft(bank_id=scene["draft"].pk, **told)

    assert [bank.code for bank in BankVersion.objects.all()] == ["supplied"]


def test_codes_of_versions_are_taken_once(scene: dict[str, Any]) -> None:
    told = {"came_from": scene["supplied"], "consortium": scene["consortium"], "title": "X", "at": NOON}
    with pytest.raises(drafting.CodeTaken):
        drafting.start_draft(code="supplied", by=scene["board"], **told)
    with pytest.raises(BankFaulty, match="no code"):
        drafting.start_draft(code="with space", by=scene["board"], **told)


def test_a_file_becomes_a_draft_and_a_faulty_one_nothing(scene: dict[str, Any]) -> None:
    told: dict[str, Any] = yaml.safe_load(write_bank(queries.content_of(scene["supplied"])))
    told["code"] = "uploaded"
    deed = {"consortium": scene["consortium"], "by": scene["board"], "at": NOON}

    draft = drafting.upload_draft(source=yaml.safe_dump(told).encode(), **deed)

    assert draft.is_draft
    assert [one.code for one in queries.indicators_of(draft)] == ["L1", "L2"]
    told["dimensions"][0]["indicators"].append(told["dimensions"][0]["indicators"][0])
    for source in (yaml.safe_dump(told).encode(), b"code: &a x\ntitle: *a", b"code: x\n" + b"#" * 3_000_000):
        with pytest.raises(BankFaulty):
            drafting.upload_draft(source=source, **deed)
    assert BankVersion.objects.count() == 3


def test_translations_are_counted_and_a_shared_unit_is_written_once(scene: dict[str, Any]) -> None:
    draft = scene["draft"]
    places = places_of(draft)

    # Title, one shared unit, dimension (2), L1 (3 and 5 levels), L2 (3 and 2).
    assert {row.language: (row.written, row.texts) for row in completeness(places)}["en"] == (17, 17)
    unit = next(place for place in places if place.part == "unit")
    title = next(place for place in places if place.code == "L1" and place.part == "title")
    level = next(place for place in places if place.level == 3)
    done = translating.translate(
        bank_id=draft.pk,
        language="ro",
        texts=[Translated(place.key, "", "text") for place in (unit, title, level)],
        by=scene["board"],
        at=NOON,
    )

    assert (done.saved, done.conflicts) == (3, ())
    assert {one.unit["ro"] for one in queries.indicators_of(draft)} == {"text"}
    first = draft.indicators.get(code="L1")
    assert (first.title["ro"], first.levels[3]["ro"], first.edition) == ("text", "text", 2)
    assert Line.objects.get(action="indicators.bank.translated").details["texts"] == 3


def test_a_text_that_somebody_else_translated_meanwhile_is_left_and_reported(scene: dict[str, Any]) -> None:
    draft = scene["draft"]
    key = f"indicator:{draft.indicators.get(code='L1').pk}:title"

    def write(seen: str, text: str) -> Any:
        return translating.translate(
            bank_id=draft.pk, language="sq", texts=[Translated(key, seen, text)], by=scene["board"], at=NOON
        )

    write("", "first")

    assert [place.key for place in write("", "second").conflicts] == [key]
    assert write("", "first").conflicts == ()
    assert draft.indicators.get(code="L1").title["sq"] == "first"
    assert write("first", "").saved == 1
    assert "sq" not in draft.indicators.get(code="L1").title


def test_what_a_person_may_view_is_what_the_list_shows(scene: dict[str, Any]) -> None:
    one = scene["consortium"].coordinator
    drafting.start_draft(
        came_from=scene["supplied"],
        consortium=scene["consortium"],
        code="another",
        title="Another",
        by=scene["board"],
        at=NOON,
    )
    drafting.publish_bank(bank_id=scene["draft"].pk, by=scene["board"], at=NOON)
    people = [
        None,
        scene["board"],
        scene["office"],
        scene["stranger"],
        CoordinatorFactory(at=one),
        StudentFactory(at=one),
        PersonFactory(is_staff=True),
    ]

    for person in people:
        listed = set(queries.banks_visible_to(person))
        assert listed == {bank for bank in BankVersion.objects.all() if rules.may_view(person, bank)}, person
    assert [len(queries.banks_visible_to(person)) for person in people] == [1, 3, 2, 1, 3, 2, 3]


@pytest.mark.parametrize("who", ["office", "stranger"])
def test_only_keepers_write(scene: dict[str, Any], who: str) -> None:
    with pytest.raises(Refused):
        change(scene, by=scene[who])
    with pytest.raises(Refused):
        drafting.start_draft(
            came_from=scene["supplied"],
            consortium=scene["consortium"],
            code="x",
            title="X",
            by=scene[who],
            at=NOON,
        )
    with pytest.raises(Refused):
        drafting.upload_draft(source=b"", consortium=scene["consortium"], by=scene[who], at=NOON)


def test_the_database_knows_drafts_from_published_versions(scene: dict[str, Any]) -> None:
    for wrong in ({"state": BankState.PUBLISHED}, {"published_on": NOON.date()}, {"consortium": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BankVersion.objects.filter(pk=scene["draft"].pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankVersion.objects.filter(pk=scene["draft"].pk).update(published_by=scene["board"])


def test_an_indicator_that_moved_and_a_changed_dimension_are_told(scene: dict[str, Any]) -> None:
    before = queries.content_of(scene["supplied"])
    (side,) = before.dimensions
    after = BankContent(
        before.code,
        before.title,
        None,
        (
            replace(side, weight=Decimal(2), indicators=side.indicators[:1]),
            replace(side, code="new", indicators=side.indicators[1:]),
        ),
    )

    found = differences(before, after)

    assert [(one.code, one.parts) for one in found.altered] == [("L2", ("dimension",))]
    assert [(one.code, one.parts) for one in found.dimensions_altered] == [("learning", ("weight",))]
    assert [one.code for one in found.dimensions_added] == ["new"]
    assert not differences(before, before)
    back = differences(after, before)
    assert [one.code for one in back.dimensions_removed] == ["new"]


@pytest.mark.django_db(transaction=True)
def test_of_two_keepers_at_once_one_saves_and_one_is_told(scene: dict[str, Any]) -> None:
    outcome = at_once(
        lambda: change(scene, weight=Decimal(2)),
        lambda: change(scene, weight=Decimal(3), by=scene["board"]),
    )

    assert sorted(type(one).__name__ for one in outcome) == ["Indicator", "SomebodyElseSaved"]
    assert scene["draft"].indicators.get(code="L1").edition == 2


@pytest.mark.django_db(transaction=True)
def test_a_change_comes_before_publishing_or_not_at_all(scene: dict[str, Any]) -> None:
    outcome = at_once(
        lambda: drafting.publish_bank(bank_id=scene["draft"].pk, by=scene["board"], at=NOON),
        lambda: change(scene, weight=Decimal(3)),
    )

    stands = BankVersion.objects.get(pk=scene["draft"].pk)
    assert not stands.is_draft
    saved = isinstance(outcome[1], Indicator)
    assert scene["draft"].indicators.get(code="L1").weight == (3 if saved else 1)
    assert saved or isinstance(outcome[1], Refused)
