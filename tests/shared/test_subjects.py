from __future__ import annotations

import re
from pathlib import Path

from biosint.shared import subjects


def test_every_code_is_one_of_the_standard(shared_data: Path) -> None:
    published = (shared_data / "standards/elm/isced-f.xsd").read_text("utf-8")
    codes = set(re.findall(r"isced-f/(\d+)\"", published))

    assert set(subjects.SUBJECTS) | set(subjects.BROAD_FIELDS) <= codes
    assert {len(code) for code in subjects.SUBJECTS} == {4}


def test_every_field_is_offered_once_and_health_comes_first() -> None:
    offered = [code for _broad, fields in subjects.subject_choices() for code, _name in fields]

    assert sorted(offered) == sorted(subjects.SUBJECTS)
    assert offered[0] == "0911"


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert subjects.subject_name("0913") == "Nursing and midwifery"
    assert subjects.subject_name("4711") == "4711"
