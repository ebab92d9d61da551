"""Reading MDGPLIB files, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from iahcalc import mdgp


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "instance.txt"
    path.write_text(text, encoding="ascii")
    return path


def test_read_takes_limits_and_distances(tmp_path: Path) -> None:
    path = written(tmp_path, "4 2 ds 1 3 1 2 \n0 1 5\n0 2 1.5\n0 3 2\n1 2 0\n1 3 7\n2 3 4\n")
    instance = mdgp.read(path)
    assert instance.low.tolist() == [1, 1]
    assert instance.high.tolist() == [3, 2]
    assert instance.distances.tolist() == [[0, 5, 1.5, 2], [5, 0, 0, 7], [1.5, 0, 0, 4], [2, 7, 4, 0]]


def test_read_takes_a_head_without_the_kind_and_pairs_that_are_not_there(tmp_path: Path) -> None:
    instance = mdgp.read(written(tmp_path, "3 2 1 2 1 2\n2 1 5\n"))
    assert instance.distances[1, 2] == 5
    assert instance.distances.sum() == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The first line of"),
        ("4 2 ds 1 3\n", "The first line of"),
        ("four 2 ds 1 3 1 3\n", "The first line of"),
        ("0 2 ds 0 3 0 3\n", "The first line of"),
        ("99999999 1 ss 1 99999999\n", "a table of distances can hold"),
        ("4 2 ss 2 2 2 2\n0 1 5\n0 4 1\n", "Line 3 of"),
        ("4 2 ss 2 2 2 2\n0 1 5\n1 1 1\n", "Line 3 of"),
        ("4 2 ss 2 2 2 2\n0 1 5\n0.5 1 1\n", "Line 3 of"),
        ("4 2 ss 2 2 2 2\n0 1 5\n-1 1 1\n", "Line 3 of"),
        ("4 2 ss 2 2 2 2\n0 1 nan\n", "Line 2 of"),
        ("4 2 ss 2 2 2 2\n0 1 5\n0 2 x\n", "Line 3 of"),
        ("4 2 ss 2 2 2 2\n0 1 5\n0 2\n", "Line 3 of"),
        ("4 2 ss 2 2 2 2\n0 1 5 0\n2 3 1\n", "Line 2 of"),
    ],
)
def test_read_says_which_line_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(mdgp.UnreadableInstance, match=said):
        mdgp.read(written(tmp_path, text))


def test_read_refuses_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "instance.xlsx"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(mdgp.UnreadableInstance, match="not a text file of MDGPLIB"):
        mdgp.read(path)


@pytest.mark.parametrize("limits", ["3 3 3 3", "1 1 2 2", "2 1 2 2", "-1 2 2 2"])
def test_read_refuses_limits_that_no_grouping_fits(tmp_path: Path, limits: str) -> None:
    with pytest.raises(mdgp.ImpossibleLimits):
        mdgp.read(written(tmp_path, f"4 2 ds {limits}\n0 1 5\n"))


@pytest.mark.parametrize(
    ("distances", "said"),
    [
        (np.zeros((2, 3)), "square"),
        (np.array([[0.0, 1.0], [2.0, 0.0]]), "same both ways"),
        (np.array([[1.0, 1.0], [1.0, 0.0]]), "same both ways"),
        (np.array([[0.0, np.inf], [np.inf, 0.0]]), "finite"),
    ],
)
def test_instance_refuses_distances_that_are_none(distances: np.ndarray, said: str) -> None:
    with pytest.raises(mdgp.MdgpFault, match=said):
        mdgp.Instance(distances=distances, low=np.array([1]), high=np.array([2]))


def test_read_takes_every_instance_of_the_library(shared_data: Path) -> None:
    paths = sorted((shared_data / "mdgp").glob("*.txt"))
    assert len(paths) == 30
    for path in paths:
        instance = mdgp.read(path)
        assert len(instance.distances) == int(path.stem.split("_")[1][1:])
