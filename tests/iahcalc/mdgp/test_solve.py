"""The search: exact where all groupings can be listed, within limits always, its books in order."""

from __future__ import annotations

import csv
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iahcalc import mdgp
from iahcalc.mdgp import _search
from iahcalc.mdgp._sizes import start_sizes


def instance_of(distances: np.ndarray, limits: list[tuple[int, int]]) -> mdgp.Instance:
    low, high = (np.array(side, dtype=np.int64) for side in zip(*limits, strict=True))
    return mdgp.Instance(distances=distances, low=low, high=high)


def random_distances(elements: int, seed: int, *, kind: str) -> np.ndarray:
    rng = np.random.default_rng(seed)
    if kind == "space":
        points = rng.random((elements, 3)) * 10
        return np.sqrt(((points[:, None] - points) ** 2).sum(axis=2))
    table = rng.integers(-20 if kind == "signed" else 0, 100, (elements, elements)).astype(np.float64)
    upper = np.triu(table, 1)
    return upper + upper.T


def fits(instance: mdgp.Instance, groups: np.ndarray) -> bool:
    sizes = np.bincount(groups, minlength=len(instance.low))
    return len(sizes) == len(instance.low) and bool(
        ((sizes >= instance.low) & (sizes <= instance.high)).all()
    )


def best_of_all(instance: mdgp.Instance) -> float:
    elements, groups = len(instance.distances), len(instance.low)
    return max(
        instance.objective(np.array(assigned))
        for assigned in product(range(groups), repeat=elements)
        if fits(instance, np.array(assigned))
    )


@pytest.mark.parametrize("kind", ["space", "random", "signed"])
@pytest.mark.parametrize(
    ("elements", "limits"),
    [(8, [(2, 2)] * 4), (9, [(3, 3)] * 3), (8, [(1, 4), (2, 3), (1, 6)]), (7, [(0, 7), (0, 7)])],
)
def test_solve_finds_the_best_of_all_groupings(
    kind: str, elements: int, limits: list[tuple[int, int]]
) -> None:
    instance = instance_of(random_distances(elements, seed=elements, kind=kind), limits)
    found = mdgp.solve(instance, seconds=0.05)
    assert fits(instance, found.groups)
    assert found.objective == pytest.approx(best_of_all(instance), rel=1e-9)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_solve_puts_every_element_into_groups_within_the_limits(data: st.DataObject) -> None:
    limits = data.draw(
        st.lists(
            st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted).map(tuple), min_size=1, max_size=6
        )
    )
    least, most = max(1, sum(low for low, _ in limits)), sum(high for _, high in limits)
    if most < least:
        return
    elements = data.draw(st.integers(least, most))
    kind = data.draw(st.sampled_from(["space", "random", "signed"]))
    distances = random_distances(elements, seed=data.draw(st.integers(0, 99)), kind=kind)
    instance = instance_of(distances * data.draw(st.sampled_from([0.0, 1e-9, 1.0, 1e12])), limits)
    found = mdgp.solve(instance, seconds=0.005, seed=data.draw(st.integers(0, 9)))
    assert found.groups.shape == (elements,)
    assert fits(instance, found.groups)
    assert found.objective == pytest.approx(instance.objective(found.groups))


@pytest.mark.parametrize("kernel", ["scattered", "sorted"])
@pytest.mark.parametrize("limits", [[(8, 8)] * 6, [(5, 12), (6, 9), (2, 14), (8, 8), (7, 11), (4, 9)]])
@pytest.mark.parametrize("hot", [0, 3, 300])
def test_kernels_keep_their_books(kernel: str, limits: list[tuple[int, int]], hot: int) -> None:
    instance = instance_of(random_distances(48, seed=5, kind="random"), limits)
    scaled, _unit = _search._whole_distances(instance)
    rng = np.random.Generator(np.random.PCG64(1))
    sizes = start_sizes(48, instance.low, instance.high)
    state = _search._Scattered(scaled, instance, sizes, rng)
    if kernel == "sorted":
        state = _search._Sorted(scaled, instance, state.groups(), rng)
    draws = np.floor(hot * np.log1p(-rng.random(_search._draws(state)))).astype(np.int32)
    best = 0.0
    for _round in range(30):
        state.visit(draws, 7)
        groups = state.groups()
        assert fits(instance, groups)
        assert state.count[_search.VALUE] == instance.objective(groups)
        best = max(best, instance.objective(groups))
        assert state.count[_search.BEST] == instance.objective(state.best_groups()) >= best
    near = np.stack([scaled[:, groups == group].sum(axis=1) for group in range(6)])
    if kernel == "scattered":
        assert (state.near[:, :48] == near).all()
        assert (state.own[:48] == near[groups, np.arange(48)]).all()
        assert [set(state.members[group, : state.sizes[group]]) for group in range(6)] == [
            set(np.flatnonzero(groups == group)) for group in range(6)
        ]
    else:
        taken = np.flatnonzero(state.who >= 0)
        assert (state.near[:, taken] == near[:, state.who[taken]]).all()
        assert (state.own[taken] == near[groups, np.arange(48)][state.who[taken]]).all()
        assert (
            state.distance[taken[:, None], taken] == scaled[state.who[taken][:, None], state.who[taken]]
        ).all()


@pytest.mark.parametrize("kernel", ["scattered", "sorted"])
def test_a_descent_ends_where_no_exchange_gains(kernel: str) -> None:
    instance = instance_of(random_distances(30, seed=9, kind="space"), [(6, 6)] * 5)
    scaled, _unit = _search._whole_distances(instance)
    rng = np.random.Generator(np.random.PCG64(3))
    state = _search._Scattered(scaled, instance, instance.low, rng)
    if kernel == "sorted":
        state = _search._Sorted(scaled, instance, state.groups(), rng)
    groups = _search._descended(state).groups()
    whole = mdgp.Instance(distances=scaled.astype(np.float64), low=instance.low, high=instance.high)
    here = whole.objective(groups)
    for one in range(30):
        for other in range(one):
            changed = groups.copy()
            changed[[one, other]] = changed[[other, one]]
            assert whole.objective(changed) <= here


def test_solve_with_one_group_or_nothing_to_gain() -> None:
    alone = instance_of(random_distances(5, seed=1, kind="random"), [(5, 5)])
    assert mdgp.solve(alone, seconds=0.01).objective == alone.distances.sum() / 2
    alike = instance_of(np.ones((12, 12)) - np.eye(12), [(3, 3)] * 4)
    assert mdgp.solve(alike, seconds=0.01).objective == 12


def test_solve_refuses_no_time() -> None:
    with pytest.raises(ValueError, match="above 0 seconds"):
        mdgp.solve(instance_of(np.zeros((2, 2)), [(1, 1)] * 2), seconds=0)


@given(
    limits=st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 5)).map(sorted).map(tuple), min_size=1, max_size=5
    ),
    share=st.floats(0, 1),
)
def test_start_sizes_hold_the_most_pairs(limits: list[tuple[int, int]], share: float) -> None:
    low, high = (np.array(side, dtype=np.int64) for side in zip(*limits, strict=True))
    elements = round(low.sum() + share * (high - low).sum())
    sizes = start_sizes(elements, low, high)
    assert sizes.sum() == elements
    assert ((sizes >= low) & (sizes <= high)).all()
    most = max(
        sum(size**2 for size in chosen)
        for chosen in product(*(range(a, b + 1) for a, b in limits))
        if sum(chosen) == elements
    )
    assert (sizes**2).sum() == most


def test_solve_comes_near_the_published_values(shared_data: Path) -> None:
    with (shared_data / "mdgp" / "best_published.csv").open(encoding="utf-8") as file:
        published = {row["instance"]: float(row["best"]) for row in csv.DictReader(file)}
    assert len(published) == 12
    for name, value in published.items():
        found = mdgp.solve(mdgp.read(shared_data / "mdgp" / name), seconds=0.3)
        assert found.objective > 0.995 * value, name


def test_solve_proves_what_an_exact_solver_proved(shared_data: Path) -> None:
    # Proved by a constraint solver: 956.43.
    found = mdgp.solve(mdgp.read(shared_data / "mdgp" / "RanReal_n012_ss_01.txt"), seconds=0.05)
    assert math.isclose(found.objective, 956.43, abs_tol=0.005)
