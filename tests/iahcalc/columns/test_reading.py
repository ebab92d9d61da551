"""Rows of JSON become the same columns in machine code as in Python."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iahcalc.columns import Field, FieldKind, Reader, _reading

FIELDS = (
    Field("age", FieldKind.NUMBER),
    Field("abroad", FieldKind.CHOICE, ("yes", "no", "don’t know")),
    Field("obstacles", FieldKind.SEVERAL, ("money", "time")),
    Field("order", FieldKind.RANK, ("a", "b", "c")),
    Field("wish", FieldKind.TEXT),
    Field("born", FieldKind.DAY),
    Field("жеља", FieldKind.NUMBER),
)
VALUES: dict[str, Any] = {
    "age": st.one_of(
        st.integers(-(10**20), 10**20),
        st.floats(allow_nan=False, allow_infinity=False),
        st.none(),
        st.booleans(),
    ),
    "abroad": st.sampled_from(["yes", "no", "don’t know", "maybe", 'ye"s', ""]),
    "obstacles": st.lists(st.sampled_from(["money", "time", "war", "a\\b"]), unique=True),
    "order": st.lists(st.sampled_from(["a", "b", "c"]), unique=True),
    "wish": st.text(),
    "born": st.one_of(st.dates().map(date.isoformat), st.sampled_from(["2026-02-30", "yesterday", ""])),
    "жеља": st.integers(0, 9),
    "more": st.recursive(
        st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=4
    ),
}


def python_alone(reader: Reader, rows: list[str]) -> Any:
    return Reader(reader.fields).read(rows)


def by_machine_code(reader: Reader, rows: list[str]) -> Any:
    made = Reader(reader.fields)
    made._rows_seen = _reading.FEW_ROWS
    return made.read(rows)


@settings(deadline=None)
@given(rows=st.lists(st.fixed_dictionaries({}, optional=VALUES), max_size=8), escaped=st.booleans())
def test_machine_code_and_python_read_the_same(rows: list[dict[str, Any]], escaped: bool) -> None:
    reader = Reader(FIELDS)
    written = [json.dumps(row, ensure_ascii=escaped) for row in rows]

    np.testing.assert_array_equal(by_machine_code(reader, written), python_alone(reader, written))


@pytest.mark.parametrize("read", [python_alone, by_machine_code])
def test_each_kind_has_its_numbers(read: Any) -> None:
    row = (
        '{"abroad": "no", "order": ["c", "a"], "age": 19.25, "obstacles": ["time"], '
        '"wish": "\\"all\\"", "born": "2000-03-01", "жеља": -4}'
    )

    columns = read(Reader(FIELDS), [row, "{}"])

    assert Reader(FIELDS).columns == (
        "age", "abroad", "obstacles:money", "obstacles:time", "order:a", "order:b", "order:c", "wish", "born", "жеља",
    )  # fmt: skip
    np.testing.assert_array_equal(columns[:, 0], [19.25, 1, 0, 1, 2, np.nan, 1, 1, 11017, -4])
    assert np.isnan(columns[:, 1]).all()


def test_a_row_that_is_not_json_is_refused() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        Reader(FIELDS).read(['{"age": }'])


def test_plain_rows_need_no_second_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(FIELDS)
    reader._rows_seen = _reading.FEW_ROWS
    monkeypatch.setattr(Reader, "_fill", lambda *_parts: pytest.fail("This row was read by Python."))

    found = reader.read([json.dumps({"age": 20, "abroad": "yes", "obstacles": [], "wish": "a \\ b"})] * 3)

    assert found[0].tolist() == [20, 20, 20]
