"""Beyond the index: dimensions compared, what would raise an institution, the order, benchmark, accreditation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from biosint.situation.models import Disclosure, FormulaVersion, OutsideIndex, Participation, Round, Value
from biosint.situation.operations import benchmarks, closing, filling, formulas
from biosint.situation.operations import rounds as operations
from biosint.situation.operations.filling import Entry
from biosint.situation.queries import index, standing
from biosint.situation.queries import rounds as queries
from biosint.situation.web import sentences
from clock import NOON
from factories import (
    AdministratorFactory,
    BankVersionFactory,
    CoordinatorFactory,
    DeanFactory,
    DimensionFactory,
    IndicatorFactory,
    InstitutionFactory,
    OutsideIndexFactory,
    QualityBoardFactory,
    StudentFactory,
    consortium_of,
)
from iahcalc.maturity import parse_formula

pytestmark = pytest.mark.django_db

BEFORE = [(0, 1), (1, 1), (1, 2), (2, 1), (0, 2), (1, 3)]
AFTER = [(2, 1), (2, 1), (3, 3), (3, 2), (2, 2), (2, 3)]


def measured(consortium: Any, bank: Any, board: Person, year: int, levels: Any) -> Round:
    """A closed round in which every institution gave a level of strategy and one of learning."""
    one = operations.draft_round(
        consortium=consortium,
        title=f"Round of {year}",
        period_from=date(year, 1, 1),
        period_until=date(year, 12, 31),
        is_baseline=year == 2024,
        bank=bank,
        by=board,
        at=NOON,
    )
    operations.open_round(round_id=one.pk, by=board, at=NOON)
    asked = list(bank.indicators.order_by("code"))
    for part, given in zip(one.participations.order_by("institution__pk"), levels, strict=True):
        filling.fill(
            participation_id=part.pk,
            entries=[
                Entry(indicator_id=each.pk, edition=0, answer=Decimal(level))
                for each, level in zip(asked, given, strict=True)
            ],
            by=AdministratorFactory(at=part.institution),
            at=NOON,
        )
    return closing.close_round(round_id=one.pk, by=board, at=NOON)


@pytest.fixture
def scene(client_of: Any) -> dict[str, Any]:
    """Six faculties, two closed rounds over one level of strategy and one of learning."""
    places = [InstitutionFactory() for _n in range(6)]
    bank = BankVersionFactory()
    IndicatorFactory(dimension=DimensionFactory(bank=bank, code="strategy"), code="A1", references=["WFME 1"])
    IndicatorFactory(
        dimension=DimensionFactory(bank=bank, code="learning"), code="B1", references=["WFME 2.1"]
    )
    board = QualityBoardFactory(at=places[0])
    consortium = consortium_of(places)
    before = measured(consortium, bank, board, 2024, BEFORE)
    after = measured(consortium, bank, board, 2025, AFTER)
    return {
        "places": places,
        "bank": bank,
        "board": board,
        "consortium": consortium,
        "before": before,
        "after": after,
        "part": queries.participations_of(after).get(institution=places[0]),
        "client": client_of(board),
    }


def test_dimensions_of_two_rounds_are_tested_and_corrected(scene: dict[str, Any]) -> None:
    found = index.comparison(scene["before"], scene["after"])

    rows = {row.code: row for row in found.dimensions}
    strategy, learning = rows["strategy"].gains, rows["learning"].gains
    assert strategy is not None
    assert learning is not None
    # Levels rose by 2 1 2 1 2 1 and by 0 0 1 1 0 0, a level being 25 points.
    assert (strategy.gain, learning.gain) == (pytest.approx(37.5), pytest.approx(50 / 6))
    assert strategy.means is not None
    assert strategy.means.statistic == pytest.approx(1.5 / (0.3**0.5 / 6**0.5))
    assert learning.means is not None
    assert rows["strategy"].adjusted_p == pytest.approx(2 * strategy.means.p)
    assert rows["learning"].adjusted_p == pytest.approx(learning.means.p)
    words = sentences.of_dimensions(found, {"strategy": "Strategy", "learning": "Learning"})
    assert words.endswith("(Holm's correction over all): Strategy.")


def test_what_would_raise_an_institution_is_told_step_by_step(scene: dict[str, Any]) -> None:
    found = standing.raisers_of(scene["part"])

    assert [(row.indicator.code, row.step.before, row.step.after) for row in found.steps] == [
        ("A1", 2, 3),
        ("B1", 1, 2),
    ]
    assert [row.step.gain for row in found.steps] == [pytest.approx(12.5)] * 2
    assert found.result.value == pytest.approx(37.5)


def test_the_order_of_a_round_knows_which_places_are_certain(scene: dict[str, Any]) -> None:
    found = standing.order_of(scene["after"])

    places = {row.part.institution: row.rank for row in found}
    first = places[scene["places"][2]]
    assert (first.rank, first.low, first.high) == (1, 1, 1)
    # The first two faculties have the same figures: they share every place.
    twins = [places[scene["places"][at]] for at in (0, 1)]
    assert len({(rank.rank, rank.low, rank.high, rank.same) for rank in twins}) == 1
    assert "read the others as groups" in sentences.of_order(found)
    assert sentences.of_order([]).startswith("At least two")


def test_an_institution_stands_among_unnamed_others_only_when_there_are_five(scene: dict[str, Any]) -> None:
    found = standing.benchmark(scene["part"])

    assert found.others == 5
    assert found.standing is not None
    # Others: 37.5, 75, 62.5, 50, 62.5.
    assert (found.standing.median, found.standing.lower_quartile) == (pytest.approx(62.5), pytest.approx(50))
    assert found.standing.share_below == pytest.approx(0.1)
    assert set(found.dimensions) == {"strategy", "learning"}
    assert "in the lower quarter" in sentences.of_standing(found.standing)

    lonely = [InstitutionFactory(), InstitutionFactory()]
    bank = BankVersionFactory()
    IndicatorFactory(dimension=DimensionFactory(bank=bank), code="A1")
    board = QualityBoardFactory(at=lonely[0])
    alone = measured(consortium_of(lonely), bank, board, 2025, [(1,), (2,)])
    few = standing.benchmark(queries.participations_of(alone)[0])
    assert (few.others, few.standing, few.dimensions) == (1, None, {})


def test_others_of_another_consortium_count_and_only_the_willing_are_named(scene: dict[str, Any]) -> None:
    abroad = InstitutionFactory()
    board = QualityBoardFactory(at=abroad)
    other = measured(consortium_of([abroad]), scene["bank"], board, 2025, [(4, 4)])
    part = other.participations.get()

    assert standing.benchmark(scene["part"]).others == 6
    assert standing.benchmark(scene["part"]).named == ()
    benchmarks.disclose(participation_id=part.pk, by=DeanFactory(at=abroad), at=NOON)
    assert standing.benchmark(scene["part"]).named == (part,)
    benchmarks.withdraw_disclosure(participation_id=part.pk, by=board, at=NOON)
    assert standing.benchmark(scene["part"]).named == ()


def test_only_those_who_speak_for_an_institution_name_it_and_only_after_closing(
    scene: dict[str, Any],
) -> None:
    place = scene["part"].institution
    for person in (
        AdministratorFactory(at=place),
        StudentFactory(at=place),
        DeanFactory(at=scene["places"][1]),
    ):
        with pytest.raises(Refused):
            benchmarks.disclose(participation_id=scene["part"].pk, by=person, at=NOON)
    benchmarks.disclose(participation_id=scene["part"].pk, by=CoordinatorFactory(at=place), at=NOON)
    benchmarks.disclose(participation_id=scene["part"].pk, by=scene["board"], at=NOON)
    assert Disclosure.objects.count() == 1


def test_figures_from_outside_need_a_source_and_stand_once(scene: dict[str, Any]) -> None:
    told = {
        "consortium": scene["consortium"],
        "name": "Faculty abroad",
        "country": "BE",
        "year": 2025,
        "index": 71.5,
        "address": "",
        "at": NOON,
    }
    one = benchmarks.add_outside_index(source="Annual report", by=scene["board"], **told)
    assert standing.benchmark(scene["part"]).outside == (one,)
    with pytest.raises(benchmarks.FigureKnown):
        benchmarks.add_outside_index(source="Annual report", by=scene["board"], **told)
    with pytest.raises(benchmarks.SourceMissing):
        benchmarks.add_outside_index(source=" ", by=scene["board"], **told)
    with pytest.raises(Refused):
        benchmarks.add_outside_index(source="x", by=AdministratorFactory(at=scene["places"][1]), **told)
    benchmarks.remove_outside_index(outside_id=one.pk, by=scene["board"], at=NOON)
    assert not OutsideIndex.objects.exists()


def test_the_database_holds_figures_from_outside_within_their_range() -> None:
    with pytest.raises(IntegrityError):
        OutsideIndexFactory(index=101)


def test_a_figure_from_outside_without_a_source_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError):
        OutsideIndexFactory(source="")


def test_the_accreditation_view_holds_the_figures_under_each_theme(scene: dict[str, Any]) -> None:
    found = {framework.code: dict(themes) for framework, themes in standing.accreditation(scene["part"])}

    themes = {theme.code: [row.indicator.code for row in own] for theme, own in found["WFME"].items()}
    assert (themes["1"], themes["2"], themes["3"]) == (["A1"], ["B1"], [])


def test_another_formula_is_tried_without_keeping_anything(scene: dict[str, Any]) -> None:
    found = standing.tried(
        scene["after"], parse_formula("code: x\ntitle: X\nmean: {of_dimensions: geometric}\n")
    )

    own = next(one for one in found if one.part == scene["part"])
    assert own.result.value == pytest.approx((50 * 25) ** 0.5)
    assert own.change == pytest.approx((50 * 25) ** 0.5 - 37.5)
    assert Participation.objects.get(pk=scene["part"].pk).index == pytest.approx(37.5)


def addresses(scene: dict[str, Any]) -> dict[str, str]:
    part, one = scene["part"], scene["after"]
    return {
        name: reverse(f"situation:{name}", args=[one.pk, part.institution.slug])
        for name in ("raise", "benchmark", "accreditation", "participation")
    } | {"order": reverse("situation:order", args=[one.pk]), "compare": "/situation/index/compare/"}


def test_the_pages_show_what_was_found_and_strangers_find_none(scene: dict[str, Any], client_of: Any) -> None:
    stranger = client_of(CoordinatorFactory(at=InstitutionFactory()))
    says = {
        "raise": "One step on",
        "benchmark": "Half is below",
        "accreditation": "Mission and values",
        "participation": "Developing",
        "order": "Places under other weights",
        "compare": "Dimension by dimension",
    }

    # 37.5 points lie in the second stretch of the supplied formula.
    says["participation"] = "Emerging"
    for name, url in addresses(scene).items():
        page = scene["client"].get(url)
        assert page.status_code == 200, name
        assert says[name] in page.content.decode(), name
        assert stranger.get(url).status_code == 404, name
    assert "12.50" in scene["client"].get(addresses(scene)["raise"]).content.decode()
    same = f"/situation/index/compare/?before={scene['after'].pk}&after={scene['after'].pk}"
    assert "no two closed rounds" in scene["client"].get(same).content.decode()


def test_naming_and_outside_figures_on_the_page(scene: dict[str, Any], client_of: Any) -> None:
    client, url = scene["client"], addresses(scene)["benchmark"]
    client.post(url + "name/", {"agree": "yes"})
    assert Disclosure.objects.filter(participation=scene["part"]).exists()
    client.post(url + "name/", {"agree": "no"})
    assert not Disclosure.objects.exists()
    told = {"name": "Faculty abroad", "country": "BE", "year": "2025", "index": "71.5", "source": "Report"}
    assert client.post(url + "outside/", {**told, "source": ""}).status_code == 422
    assert client.post(url + "outside/", told).status_code == 302
    assert client.post(url + "outside/", told).status_code == 422
    assert "Faculty abroad" in client.get(url).content.decode()
    one = OutsideIndex.objects.get()
    member = client_of(AdministratorFactory(at=scene["places"][1]))
    assert member.post(f"{url}outside/{one.pk}/remove/").status_code == 403
    client.post(f"{url}outside/{one.pk}/remove/")
    assert not OutsideIndex.objects.exists()


def told_of(client: Any) -> dict[str, Any]:
    form = client.get("/situation/index/formulas/new/").context["form"]
    known = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in known.items() if value is not None}


def test_a_formula_is_tried_on_the_last_closed_round_then_put_in_use(scene: dict[str, Any]) -> None:
    client, url = scene["client"], "/situation/index/formulas/new/"
    told = {**told_of(client), "code": "ours", "title": "Ours", "of_dimensions": "geometric"}

    page = client.post(url, told)

    assert page.status_code == 200
    own = next(row for row in page.context["rows"] if row.part == scene["part"])
    assert own.result.value == pytest.approx((50 * 25) ** 0.5)
    assert not FormulaVersion.objects.filter(code="ours").exists()
    answer = client.post(url, {"source": page.context["text"], "use": "1"})
    added = FormulaVersion.objects.get(code="ours")
    assert answer.url == f"/situation/index/formulas/{added.pk}/"
    assert added.formula.of_dimensions == "geometric"
    # What was not changed keeps its languages.
    assert set(added.formula.bands[0].name) == {"en", "sr", "sq"}
    shown = client.get(answer.url).content.decode()
    assert "weighted geometric mean of the dimensions" in shown
    assert client.get(f"{answer.url}formula.yaml").content.decode() == added.source
    assert "ours" in client.get("/situation/index/formulas/").content.decode()


def test_a_formula_comes_as_a_file_and_a_faulty_one_says_what_to_mend(
    scene: dict[str, Any], client_of: Any
) -> None:
    client, url = scene["client"], "/situation/index/formulas/new/"

    def send(text: bytes) -> Any:
        return client.post(url, {"file": SimpleUploadedFile("formula.yaml", text)})

    assert send(b"code: ours\ntitle: Ours\nmissing: nought\n").context["tried"].missing == "nought"
    wrong = send(b"code: ours\ntitle: Ours\nmissing: perhaps\n")
    assert wrong.status_code == 422
    assert "must be one of these: left_out, nought" in wrong.content.decode()
    assert send(b"\xff\xfe").status_code == 422
    levels = client.post(url, {**told_of(client), "code": "ours", "title": "Ours", "levels": "0 1"})
    assert levels.status_code == 422
    assert "five numbers" in levels.content.decode()
    taken = client.post(url, {"source": "code: iah_index_2026\ntitle: X\n", "use": "1"})
    assert taken.status_code == 422
    member = client_of(AdministratorFactory(at=scene["places"][1]))
    assert member.get(url).status_code == 403
    assert member.get("/situation/index/formulas/").status_code == 200
    stranger = client_of(CoordinatorFactory(at=InstitutionFactory()))
    own = formulas.add_formula(
        consortium=scene["consortium"], source="code: ours\ntitle: Ours\n", by=scene["board"], at=NOON
    )
    assert stranger.get(f"/situation/index/formulas/{own.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_new_pages_cost_the_same_for_any_number_of_indicators(
    scene: dict[str, Any], count: int, count_queries: Any
) -> None:
    side = scene["bank"].dimensions.get(code="learning")
    for _n in range(count):
        IndicatorFactory(dimension=side)
    client, where = scene["client"], addresses(scene)
    client.get("/")

    for name, queries_made in {
        "raise": 7,
        "benchmark": 10,
        "accreditation": 7,
        "order": 6,
        "compare": 8,
    }.items():
        with count_queries(queries_made):
            assert client.get(where[name]).status_code == 200, name
    assert Value.objects.count() == 24
