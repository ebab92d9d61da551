"""Questionnaires of LimeSurvey come in, ours go out, and nothing is lost in silence."""

from __future__ import annotations

import contextlib
import random
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biosint.shared.verdicts import Fault
from biosint.surveys import queries
from biosint.surveys.definitions import Definition, parse
from biosint.surveys.formats.limesurvey import read_survey, write_survey
from biosint.surveys.formats.limesurvey.documents import plain_words
from biosint.surveys.formats.limesurvey.equations import Named, NotCarried, condition_of
from biosint.surveys.formats.xml import Broken
from factories.surveys import SMALL

SUPPLIED = sorted(queries.supplied_templates())


def question(definition: Definition, code: str) -> Any:
    return next(found for found in definition.questions if found.code == code)


def table(root: Element, name: str) -> Element:
    found = root.find(name)
    assert found is not None
    return found


# --- in -------------------------------------------------------------------------------------------------


def test_colors_comes_in_with_its_conditions(shared_data: Path) -> None:
    carried = read_survey((shared_data / "standards/limesurvey/colors.lss").read_bytes())

    definition = parse(carried.content)
    colours = question(definition, "q00")
    assert definition.title == {"en": "Colors"}
    assert [found.kind.value for found in definition.questions] == [
        "consent",
        "multiple",
        "text",
        "text",
        "single",
    ]
    assert colours.required
    assert [option.label["en"] for option in colours.options][:3] == ["red", "green", "yellow"]
    assert question(definition, "g01q02").shown_if.as_json() == {
        "all": [{"question": "q00", "chosen": ["SQ009"]}, {"question": "q00", "chosen": ["SQ011"]}]
    }
    assert [option.label["en"] for option in question(definition, "g02q04").options] == ["AO01", "AO02"]
    said = {(note.where, note.text.split(" ")[0]) for note in carried.notes}
    assert ("Q00", "The") in said  # at least two answers
    assert any("quota" in note.text for note in carried.notes)
    assert any("agreement was put first" in note.text for note in carried.notes)


def test_a_questionnaire_in_an_unknown_language_keeps_the_known_one_and_says_so(shared_data: Path) -> None:
    content = (shared_data / "standards/limesurvey/survey-one-question-two-languages.lss").read_bytes()

    carried = read_survey(content)

    assert set(carried.content["title"]) == {"en"}
    assert any("“et”" in note.text for note in carried.notes)


@pytest.mark.parametrize("name", ["blank-survey.lss", "date_and_time.lss"])
def test_the_other_samples_come_in(shared_data: Path, name: str) -> None:
    parse(read_survey((shared_data / "standards/limesurvey" / name).read_bytes()).content)


def survey(kind: str, *, subs: str = "", answers: str = "", attributes: str = "", more: str = "") -> bytes:
    """A survey of the older form (texts inside the tables) with one question of a kind."""

    def rows(name: str, records: str) -> str:
        return f"<{name}><rows>{records}</rows></{name}>" if records else ""

    def record(**fields: str) -> str:
        return "<row>" + "".join(f"<{name}>{words}</{name}>" for name, words in fields.items()) + "</row>"

    asked = record(
        qid="1", parent_qid="0", sid="7", gid="1", type=kind, title="Q1", question="How?", other="N",
        mandatory="Y", question_order="1", language="en", relevance="1",
    ).replace("<other>N", "<other>Y" if "other" in more else "<other>N")  # fmt: skip
    parts = "".join(
        record(qid=str(10 + n), parent_qid="1", gid="1", type="T", title=code, question=f"Part {code}",
               question_order=str(n), language="en")
        for n, code in enumerate(subs.split())
    )  # fmt: skip
    choices = "".join(
        record(qid="1", code=code, answer=f"Answer {code}", sortorder=str(n), language="en", scale_id="0")
        for n, code in enumerate(answers.split())
    )
    settings_of = "".join(
        record(qid="1", attribute=pair.split("=")[0], value=pair.split("=")[1]) for pair in attributes.split()
    )
    return (
        "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>en</language></languages>"
        + rows("groups", record(gid="1", group_name="Group", group_order="1", language="en"))
        + rows("questions", asked)
        + rows("subquestions", parts)
        + rows("answers", choices)
        + rows("question_attributes", settings_of)
        + rows("surveys", record(sid="7", language="en"))
        + rows("surveys_languagesettings", record(surveyls_language="en", surveyls_title="Title"))
        + "</document>"
    ).encode()


@pytest.mark.parametrize(
    ("kind", "more", "kinds"),
    [
        ("L", {"answers": "A1 A2"}, ["single"]),
        ("!", {"answers": "A1 A2", "more": "other"}, ["single", "text"]),
        ("O", {"answers": "A1 A2"}, ["single", "text"]),
        ("5", {}, ["scale"]),
        ("G", {}, ["single"]),
        ("Y", {}, ["single"]),
        ("M", {"subs": "S1 S2"}, ["multiple"]),
        ("M", {"subs": "S1 S2", "more": "other"}, ["multiple", "text"]),
        ("P", {"subs": "S1 S2"}, ["multiple", "text", "text"]),
        ("F", {"subs": "S1 S2", "answers": "A1 A2 A3"}, ["matrix"]),
        ("F", {"subs": "S1 S2", "answers": "1 2 3 4"}, ["scale"]),
        ("H", {"subs": "S1", "answers": "A1 A2 A3"}, ["matrix"]),
        ("A", {"subs": "S1 S2"}, ["scale"]),
        ("B", {"subs": "S1"}, ["scale"]),
        ("C", {"subs": "S1"}, ["matrix"]),
        ("E", {"subs": "S1"}, ["matrix"]),
        ("N", {"attributes": "min_num_value_n=17 max_num_value_n=99"}, ["number"]),
        ("K", {"subs": "S1 S2"}, ["number", "number"]),
        ("Q", {"subs": "S1 S2"}, ["text", "text"]),
        ("S", {}, ["text"]),
        ("T", {}, ["text"]),
        ("U", {}, ["text"]),
        ("D", {"attributes": "date_min=2020-01-01"}, ["date"]),
        ("R", {"answers": "A1 A2 A3"}, ["rank"]),
        ("R", {"subs": "A1 A2 A3"}, ["rank"]),
    ],
)
def test_each_type_of_question_becomes_one_of_ours(kind: str, more: dict[str, str], kinds: list[str]) -> None:
    carried = read_survey(survey(kind, **more))

    definition = parse(carried.content)
    assert [found.kind.value for found in definition.questions[1:]] == kinds
    assert definition.questions[1].required


@pytest.mark.parametrize(
    ("kind", "words"),
    [("X", "end of its group"), ("I", "languages by itself"), ("|", "type “|”"), (":", "type “:”")],
)
def test_what_cannot_be_carried_is_told_by_question(kind: str, words: str) -> None:
    both = survey("T").replace(
        b"</rows></questions>",
        survey(kind).split(b"<questions><rows>")[1].split(b"</rows>")[0]
        .replace(b"<qid>1<", b"<qid>2<").replace(b"Q1", b"Q2").replace(b"<question_order>1", b"<question_order>2")
        + b"</rows></questions>",
    )  # fmt: skip

    notes = read_survey(both).notes

    assert [note.where for note in notes if words in note.text] == ["Q2"]


def test_limits_and_codes_are_kept() -> None:
    number = parse(read_survey(survey("N", attributes="min_num_value_n=0,5 max_num_value_n=99")).content)
    ranked = parse(read_survey(survey("R", answers="A1 A2 A3", attributes="max_answers=2")).content)

    assert (number.questions[1].least, number.questions[1].most) == (0.5, 99)
    assert ranked.questions[1].most == 2


@pytest.mark.parametrize(
    "content", [b"<document/>", b"<x", b'<!DOCTYPE a [<!ENTITY b "c">]><document>&b;</document>']
)
def test_what_is_no_safe_survey_is_refused(content: bytes) -> None:
    with pytest.raises(Broken):
        read_survey(content)


def test_html_becomes_words() -> None:
    html = "<p>One &amp; <b>two</b></p><script>alert(1)</script><ul><li>a</li><li>b</li></ul>3 &lt; 4<br/>{TOKEN:NAME}"

    assert plain_words(html) == "One & two\na\nb\n3 < 4\n{TOKEN:NAME}"


NAMES = {
    "Q1": Named("q1", values={"A": "a", "B": "b"}),
    "Q2_S": Named("q2", "S"),
    "Q2_T": Named("q2", "T"),
    "Q3": Named("q3"),
    "Q4_I": Named("q4_i", is_whole=True),
    "Q5": Named("q5", is_day=True),
    "7X1X1": Named("q1", values={"A": "a", "B": "b"}),
}


@pytest.mark.parametrize(
    ("equation", "condition", "exact"),
    [
        ("1", None, True),
        ('Q1.NAOK == "A"', {"all": [{"question": "q1", "is": ["a"]}]}, True),
        ('((Q1.NAOK == "A"))', {"all": [{"question": "q1", "is": ["a"]}]}, True),
        ("{Q1 eq 'A' or Q1 eq 'B'}", {"all": [{"question": "q1", "is": ["a", "b"]}]}, True),
        ('7X1X1.NAOK == "B"', {"all": [{"question": "q1", "is": ["b"]}]}, True),
        ('Q1.NAOK != "A"', {"all": [{"question": "q1", "is_not": ["a"]}]}, False),
        ('!is_empty(Q1.NAOK) && Q1.NAOK != "A"', {"all": [{"question": "q1", "is_not": ["a"]}]}, True),
        ("!is_empty(Q1.NAOK)", {"all": [{"question": "q1", "is": ["a", "b"]}]}, True),
        ('Q2_S.NAOK == "Y" and Q3 > 2 and Q3 <= 5', None, False),
        ('Q2_S.NAOK == "Y" and Q3 >= 2.5', {"all": [{"question": "q2", "chosen": ["S"]}, {"question": "q3", "at_least": [2.5]}]}, True),
        ("Q4_I.NAOK > 3", {"all": [{"question": "q4_i", "at_least": [4]}]}, True),
        ("3 <= Q4_I.NAOK", {"all": [{"question": "q4_i", "at_least": [3]}]}, True),
        ('Q5.NAOK >= "2027-01-31"', {"all": [{"question": "q5", "at_least": ["2027-01-31"]}]}, True),
        ('Q1 == "A" or Q2_T == "Y"', {"any": [{"question": "q1", "is": ["a"]}, {"question": "q2", "chosen": ["T"]}]}, True),
    ],
)  # fmt: skip
def test_simple_equations_become_conditions(equation: str, condition: Any, exact: bool) -> None:
    if condition is None and not exact:
        with pytest.raises(NotCarried):
            condition_of(equation, NAMES)
    else:
        assert condition_of(equation, NAMES) == (condition, exact)


@pytest.mark.parametrize(
    "equation",
    [
        "rand(1,2) == 1",
        "Q9 == 1",
        "Q3 + 1 > 2",
        'Q1 == "C"',
        "0",
        'Q1 == "A" and (Q2_S == "Y" or Q3 >= 2)',
        "(Q3 >= 2",
        "Q3 >=",
        "§",
    ],
)
def test_other_equations_are_not_guessed(equation: str) -> None:
    with pytest.raises(NotCarried):
        condition_of(equation, NAMES)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_survey_ends_in_a_sentence(seed: int) -> None:
    """Rows and cells go missing or hold anything, also in what our own export remembers."""
    chance = random.Random(seed)
    text = write_survey(SMALL, sid=123456)[0].decode()
    for _time in range(3):
        cells = list(re.finditer(r"<(\w+)>[^<]*</\1>|<row>.*?</row>", text, re.DOTALL))
        chosen = chance.choice(cells)
        name = chosen.group(1)
        filling = chance.choice(
            ["", "0", "Y", "R", "F", '{"items": 5, "kind": "scale"}', '["x"]', "999999999999"]
        )
        put = f"<{name}>{filling}</{name}>" if name and chance.random() < 0.6 else ""
        text = text[: chosen.start()] + put + text[chosen.end() :]

    with contextlib.suppress(Fault):
        parse(read_survey(text.encode()).content)


# --- out and back -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", SUPPLIED)
def test_every_supplied_questionnaire_comes_back_as_it_went_out(template: str) -> None:
    content = queries.supplied_templates()[template]

    body, _notes = write_survey(content, sid=123456)
    carried = read_survey(body)

    assert parse(carried.content) == parse(content)
    assert carried.content.get("instruments") == content.get("instruments")
    assert carried.notes == []


words = st.text(alphabet="aбč <&>\"'x{}%", min_size=1, max_size=12).map(
    lambda text: " ".join(text.split()) or "w"
)
texts = st.fixed_dictionaries({"en": words}, optional={"sr": words, "cnr": words, "nl": words})
codes = st.from_regex(r"\A[a-z][a-z0-9_]{0,24}\Z")


@st.composite
def questionnaires(draw: Any) -> dict[str, Any]:
    kinds = draw(
        st.lists(
            st.sampled_from(
                ["single", "multiple", "scale", "matrix", "rank", "number", "date", "country", "text"]
            ),
            min_size=1,
            max_size=5,
        )
    )
    names = iter(draw(st.lists(codes, min_size=30, max_size=30, unique=True)))
    free = (
        name
        for name in names
        if name not in {"institution", "language", "key", "lang", "started", "group", "ticket", "filling"}
    )
    asked: list[dict[str, Any]] = [{"code": next(free), "kind": "consent", "text": draw(texts)}]
    conditions: list[dict[str, Any]] = []
    for kind in kinds:
        entry: dict[str, Any] = {
            "code": next(free),
            "kind": kind,
            "text": draw(texts),
            "required": draw(st.booleans()),
        }
        if kind in {"single", "multiple", "rank", "matrix"}:
            chosen = draw(
                st.lists(st.from_regex(r"\A[A-Za-z0-9_]{1,9}\Z"), min_size=2, max_size=4, unique=True)
            )
            entry["options"] = [{"code": code, "label": draw(texts)} for code in chosen]
            entry["random_order"] = draw(st.booleans())
        if kind in {"scale", "matrix"}:
            entry["items"] = [{"code": next(free), "text": draw(texts)} for _number in range(2)]
        if kind == "scale":
            least = draw(st.integers(-3, 2))
            entry |= {"least": least, "most": least + draw(st.integers(1, 6))}
            entry["items"][0]["reversed"] = draw(st.booleans())
            entry |= draw(st.fixed_dictionaries({}, optional={"low_label": texts, "high_label": texts}))
            entry["point_labels"] = draw(
                st.dictionaries(st.sampled_from([str(least), str(least + 1)]), texts)
            )
        if kind == "number":
            entry |= {"least": draw(st.sampled_from([None, 0, 0.5])), "most": 99.5, "unit": draw(texts)}
        if kind == "date":
            entry |= {"earliest": "2020-02-29", "latest": draw(st.sampled_from([None, "2027-01-31"]))}
        if kind == "text":
            entry["short"] = draw(st.booleans())
        if conditions and draw(st.booleans()):
            entry["shown_if"] = {"all": [draw(st.sampled_from(conditions))]}
        asked.append(entry)
        conditions += askable(entry)
    half = draw(st.integers(1, len(asked)))
    sections = [{"title": draw(texts), "questions": asked[:half]}]
    if asked[half:]:
        sections.append({"title": draw(texts), "questions": asked[half:], "introduction": draw(texts)})
    return {"title": draw(texts), "introduction": draw(texts), "audience": "students", "sections": sections}


def askable(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """What later questions may ask of this one."""
    code = entry["code"]
    options = [option["code"] for option in entry.get("options", [])]
    tests: dict[str, list[dict[str, Any]]] = {
        "single": [{"question": code, "is": options[:1]}, {"question": code, "is_not": options[:1]}],
        "multiple": [
            {"question": code, "chosen": options[:2]},
            {"question": code, "not_chosen": options[:1]},
        ],
        "number": [{"question": code, "at_most": [7.25]}],
        "date": [{"question": code, "at_least": ["2021-03-04"]}],
        "country": [{"question": code, "is": ["RS", "ME"]}],
    }
    if entry["kind"] == "scale":
        return [{"question": entry["items"][0]["code"], "at_least": [entry["most"]]}]
    if entry["kind"] == "matrix":
        return [{"question": entry["items"][1]["code"], "is": options[1:2]}]
    return tests.get(entry["kind"], [])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=questionnaires())
def test_whatever_goes_out_comes_back_the_same(content: dict[str, Any]) -> None:
    definition = parse(content)

    body, _notes = write_survey(content, sid=123456)

    assert parse(read_survey(body).content) == definition


def test_the_file_has_the_tables_and_fields_that_limesurvey_writes(shared_data: Path) -> None:
    sample = fromstring((shared_data / "standards/limesurvey/colors.lss").read_bytes())
    written = fromstring(write_survey(queries.supplied_templates()["students_2026"], sid=123456)[0])

    own = [part.tag for part in written]
    assert own == [part.tag for part in sample if part.tag in own]
    for part in written:
        if part.tag == "languages":
            continue
        theirs = table(sample, str(part.tag))
        assert [child.tag for child in part] == [child.tag for child in theirs]
        assert [field.text for field in part.iterfind("fields/fieldname")] == [
            field.text for field in theirs.iterfind("fields/fieldname")
        ]
        order = [field.text for field in part.iterfind("fields/fieldname")]
        for row in part.iterfind("rows/row"):
            places = [order.index(cell.tag) for cell in row]
            assert places == sorted(places)


def test_codes_fit_limesurvey_and_conditions_name_what_is_there() -> None:
    root = fromstring(write_survey(queries.supplied_templates()["students_2027"], sid=123456)[0])

    titles = [row.findtext("title") or "" for row in root.iterfind("questions/rows/row")]
    assert all(title.isalnum() and title[0].isalpha() and len(title) <= 20 for title in titles)
    assert len({title.lower() for title in titles}) == len(titles)
    answers = [row.findtext("code") or "" for row in root.iterfind("answers/rows/row")]
    assert all(code.isalnum() and len(code) <= 5 for code in answers)


def test_the_small_questionnaire_says_what_limesurvey_cannot_do() -> None:
    _body, notes = write_survey(SMALL, sid=123456)

    assert [note.text.split(" ")[:4] for note in notes] == [["LimeSurvey", "does", "not", "turn"]]
