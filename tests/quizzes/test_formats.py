from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biosint.quizzes.content import Accepted, NumberKey, Option, Pair, Question
from biosint.quizzes.formats import gift, gift_out, moodle, moodle_out, packages, qti_out
from biosint.quizzes.formats.found import LARGEST, Found, Notes, Unreadable, Written
from biosint.quizzes.formats.html import to_html, to_markdown
from biosint.quizzes.operations.importing import understood
from biosint.quizzes.states import QuestionKind
from factories.quizzes import ESSAY, SAMPLES

KINDS_OF_GIFT = {
    "MC": {QuestionKind.CHOICE, QuestionKind.MULTIPLE},
    "TF": {QuestionKind.CHOICE},
    "Short": {QuestionKind.TEXT},
    "Numerical": {QuestionKind.NUMBER},
    "Matching": {QuestionKind.MATCH},
    "Essay": {QuestionKind.TEXT},
}


def only(found: list[Found]) -> Question:
    (one,) = found
    assert one.content is not None, one.notes
    return one.content


# Published examples


def test_every_published_gift_example_is_read_as_its_parser_reads_it(shared_data: Path) -> None:
    compared = 0
    for path in sorted((shared_data / "standards/gift").glob("*.gift")):
        wanted = [
            one for one in json.loads(path.with_suffix(".json").read_text()) if one["type"] != "Category"
        ]
        if not wanted:
            continue
        found = gift.read(path.read_bytes(), language="en")
        assert len(found) == len(wanted), path.name
        for one, reference in zip(found, wanted, strict=True):
            if reference["type"] == "Description":
                assert one.content is None, path.name
                continue
            assert one.content is not None, (path.name, one.notes)
            assert one.content.kind in KINDS_OF_GIFT[reference["type"]], path.name
            assert one.content.title == (reference["title"] or ""), path.name
            compared += 1
            if reference["type"] in ("MC", "Short"):
                kept = one.content.options or one.content.accepted
                weights = [
                    Decimal(str(choice["weight"]))
                    if choice["weight"] is not None
                    else Decimal(100 if choice["isCorrect"] else 0)
                    for choice in reference["choices"]
                ]
                assert [part.share for part in kept] == weights, path.name
            if reference["type"] == "TF":
                right = next(option for option in one.content.options if option.share)
                assert (right.code == "true") is reference["isTrue"]
            if reference["type"] == "Matching":
                assert len(one.content.pairs) == len(reference["matchPairs"]), path.name

    assert compared > 60


def test_every_published_item_of_qti_is_read_or_says_why_not(shared_data: Path) -> None:
    kinds: dict[str, str] = {}
    for path in sorted((shared_data / "standards/qti3").rglob("items/*.xml")):
        (found,) = packages.read(path.read_bytes(), language="en")
        kinds[path.name] = found.content.kind.value if found.content else "–"
        assert found.content is not None or found.notes, path.name

    assert kinds["BG007.xml"] == kinds["firstexample.xml"] == "choice"
    assert kinds["QTI3multiplechoice2.xml"] == "multiple"
    assert kinds["QTI3-order.xml"] == "order"
    assert kinds["QTI3-match.xml"] == "match"
    assert kinds["BG010.xml"] == kinds["BG009.xml"] == kinds["essay.xml"] == "text"
    for name in ("QTI3-hotspot.xml", "slider-1.xml", "adaptive_mh1.xml", "template_digging.xml", "stat2.xml"):
        assert kinds[name] == "–", name


def test_a_published_item_keeps_what_is_right(shared_data: Path) -> None:
    items = shared_data / "standards/qti3/QTI3_BPIG_Examples/items"

    match = only(packages.read((items / "QTI3-match.xml").read_bytes(), language="en"))
    order = only(packages.read((items / "QTI3-order.xml").read_bytes(), language="en"))
    words = only(packages.read((items / "BG010.xml").read_bytes(), language="en"))

    assert [(pair.left["en"], pair.right["en"]) for pair in match.pairs] == [
        ("Capulet", "Romeo and Juliet"),
        ("Demetrius", "A Midsummer-Night's Dream"),
        ("Lysander", "A Midsummer-Night's Dream"),
        ("Prospero", "The Tempest"),
    ]
    assert match.points == 3
    assert order.options[0].text["en"] == "Michael Schumacher"
    assert [(one.text, one.share) for one in words.accepted] == [("York", 100), ("york", 50)]
    assert "_____" in words.text["en"]


# Moodle


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
 <question type="category"><category><text>$course$/top/Heart/ECG</text></category></question>
 <question type="multichoice"><name><text>Pulse</text></name>
  <questiontext format="html"><text><![CDATA[<p>Which is <b>fast</b>? \\(x^2\\)</p><script>alert(1)</script><img src="@@PLUGINFILE@@/a.png" alt="curve">]]></text><file name="a.png" encoding="base64">AA==</file></questiontext>
  <defaultgrade>2.0</defaultgrade><single>true</single><shuffleanswers>0</shuffleanswers>
  <answer fraction="100" format="html"><text>120 &lt;/min&gt;</text><feedback format="html"><text>Yes</text></feedback></answer>
  <answer fraction="0"><text>60</text><feedback><text></text></feedback></answer>
  <hint format="html"><text>Think.</text></hint><tags><tag><text>pulse</text></tag></tags></question>
 <question type="truefalse"><name><text>TF</text></name><questiontext><text>True?</text></questiontext>
  <answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer></question>
 <question type="shortanswer"><name><text>Word</text></name><questiontext><text>Word?</text></questiontext><usecase>1</usecase>
  <answer fraction="100"><text>*cardia</text></answer><answer fraction="50"><text>pulse</text></answer></question>
 <question type="numerical"><name><text>Number</text></name><questiontext><text>Dose?</text></questiontext>
  <answer fraction="100"><text>12.5</text><tolerance>0.5</tolerance></answer><answer fraction="0"><text>*</text></answer>
  <units><unit><multiplier>1</multiplier><unit_name>mg</unit_name></unit></units></question>
 <question type="matching"><name><text>Match</text></name><questiontext><text>Match.</text></questiontext>
  <subquestion format="html"><text>heart</text><answer><text>cardiology</text></answer></subquestion>
  <subquestion><text>kidney</text><answer><text>nephrology</text></answer></subquestion>
  <subquestion><text></text><answer><text>dermatology</text></answer></subquestion></question>
 <question type="ordering"><name><text>Order</text></name><questiontext><text>Order.</text></questiontext><gradingtype>0</gradingtype>
  <answer fraction="1"><text>wet</text></answer><answer fraction="2"><text>soap</text></answer></question>
 <question type="essay"><name><text>Essay</text></name><questiontext><text>Why?</text></questiontext><graderinfo><text>Look for x.</text></graderinfo></question>
 <question type="cloze"><name><text>Cloze</text></name><questiontext><text>{1:SA:=x}</text></questiontext></question>
 <question type="calculated"><name><text>Sum</text></name><questiontext><text>{a}+{b}</text></questiontext></question>
</quiz>"""


def test_moodle_is_read_and_what_stays_behind_is_named() -> None:
    found = moodle.read(MOODLE.encode(), language="en")

    pulse, truth, word, number, match, order, essay, cloze, other = found
    assert [one.content.kind.value if one.content else "" for one in found] == [
        *("choice", "choice", "text", "number", "match", "order", "text", "", "")
    ]
    assert pulse.content is not None
    assert pulse.content.text == {"en": "Which is **fast**? $x^2$\n\n\\[curve\\]"}
    assert (
        pulse.content.options[0].text == {"en": r"120 \</min\>"}
        or "120" in pulse.content.options[0].text["en"]
    )
    assert (pulse.content.points, pulse.content.shuffle) == (2, False)
    assert (pulse.folder, pulse.tags) == ("Heart/ECG", ("pulse",))
    assert len(pulse.notes) == 3  # file, picture, hint
    assert truth.content is not None
    assert [option.share for option in truth.content.options] == [0, 100]
    assert word.content is not None
    assert (word.content.ignore_case, word.content.accepted[1].share) == (False, 50)
    assert number.content is not None
    assert (number.content.numbers[0].tolerance, number.content.unit) == (Decimal("0.5"), "mg")
    assert match.content is not None
    assert [len(match.content.lefts), len(match.content.pairs)] == [2, 3]
    assert order.notes == ("Marked here by the neighbours that follow each other rightly.",)
    assert "not carried" in essay.notes[0]
    assert "Cloze" in cloze.notes[0]
    assert "calculated" in other.notes[0]


# Round trips

plain = (
    st.text(
        st.characters(whitelist_categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x17F),
        min_size=1,
        max_size=25,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
word = (
    st.text("abcdefghijklmnopqrstuvwxyzćčđšž ", min_size=1, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
shares = st.integers(-100, 99).map(Decimal)


def in_english(text: str) -> dict[str, str]:
    return {"en": text}


def questions(text: st.SearchStrategy[str], *, partly: bool = True) -> st.SearchStrategy[Question]:
    """Questions of what every format carries: one language, a point."""
    words = text.map(in_english)
    others = st.lists(st.tuples(words, shares if partly else st.just(Decimal(0))), min_size=1, max_size=5)

    def options(drawn: Any, first: Decimal) -> tuple[Option, ...]:
        right, rest = drawn
        return tuple(
            Option("abcdefgh"[place], said, share)
            for place, (said, share) in enumerate([(right, first), *rest])
        )

    whole = Decimal(100)
    return st.one_of(
        st.builds(
            lambda title, asked, drawn: Question(
                QuestionKind.CHOICE, title, asked, options=options(drawn, whole)
            ),
            word,
            words,
            st.tuples(words, others),
        ),
        st.builds(
            lambda title, asked, drawn: Question(
                QuestionKind.MULTIPLE,
                title,
                asked,
                options=tuple(
                    replace(option, share=Decimal(50) if place < 2 else min(option.share, Decimal(0)))
                    for place, option in enumerate(options(drawn, whole))
                ),
            ),
            word,
            words,
            st.tuples(words, others),
        ),
        st.builds(
            lambda title, asked, sides: Question(
                QuestionKind.MATCH,
                title,
                asked,
                pairs=tuple(Pair("abcdefgh"[place], *pair) for place, pair in enumerate(sides)),
            ),
            word,
            words,
            st.lists(st.tuples(words, words), min_size=2, max_size=5),
        ),
        st.builds(
            lambda title, asked, value, tolerance: Question(
                QuestionKind.NUMBER, title, asked, numbers=(NumberKey(value, tolerance),)
            ),
            word,
            words,
            st.decimals(-10_000, 10_000, places=3),
            st.decimals(0, 100, places=2),
        ),
        st.builds(lambda title, asked: Question(QuestionKind.TEXT, title, asked), word, words),
    )


def there_and_back(
    write: Callable[..., Written], read: Callable[..., list[Found]], content: Question
) -> Question:
    written = write([Found(content.title, content)], language="en")
    return only(read(written.content, language="en"))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(questions(plain))
def test_gift_carries_a_question_there_and_back(content: Question) -> None:
    assert there_and_back(gift_out.write, gift.read, content) == content


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(questions(plain))
def test_moodle_carries_a_question_there_and_back(content: Question) -> None:
    # The right side of a pair is plain text in Moodle: it comes back as it went.
    assert there_and_back(moodle_out.write, moodle.read, content) == content


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(questions(word))
def test_qti_carries_a_question_there_and_back(content: Question) -> None:
    assert there_and_back(qti_out.write, packages.read, content) == content


@pytest.mark.parametrize(
    ("write", "read", "lost"),
    [
        (gift_out.write, gift.read, {QuestionKind.ORDER}),
        (moodle_out.write, moodle.read, set()),
        (qti_out.write, packages.read, set()),
    ],
)
def test_whatever_a_file_does_not_carry_is_named(
    write: Callable[..., Written], read: Callable[..., list[Found]], lost: set[QuestionKind]
) -> None:
    for content in (*SAMPLES.values(), ESSAY):
        written = write([Found(content.title, content)], language="en")
        if content.kind in lost:
            assert written.left_behind[content.title]
            continue
        back = only(read(written.content, language="en"))
        if back != content:
            assert written.left_behind.get(content.title), content.title


def test_a_package_is_the_same_file_each_time() -> None:
    found = [Found(content.title, content) for content in SAMPLES.values()]

    assert qti_out.write(found, language="en").content == qti_out.write(found, language="en").content


def test_what_is_meant_exactly_is_written_exactly() -> None:
    content = Question(
        QuestionKind.TEXT,
        "Sign",
        {"en": "Which sign?"},
        accepted=(Accepted("~=#{}:\\x", Decimal(100)), Accepted("a*", Decimal(50))),
    )

    back = there_and_back(gift_out.write, gift.read, content)

    assert [one.text for one in back.accepted] == [one.text for one in content.accepted]


# HTML


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One <b>two</b></p><p>three</p>", "One **two**\n\nthree"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("2 * 3 * 4 < 30", r"2 \* 3 \* 4 \< 30"),
        ("<a href='javascript:x'>y</a>", "[y]"),
        ("<a href='https://example.org/a'>y</a>", "[y](https://example.org/a)"),
        ("a<br>b", "a\\\nb"),
        ("1. x", "1\\. x"),
        ("&lt;script&gt;", r"\<script\>"),
        ("<style>p{}</style>x", "x"),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html, Notes()) == markdown


@given(st.text(max_size=60))
def test_no_html_can_run_after_it_was_read(html: str) -> None:
    shown = to_html(to_markdown(f"<div onclick=x>{html}<script>alert(1)</script>", Notes())).lower()

    assert "<script" not in shown
    assert "onclick=" not in shown.replace("&lt;", "") or "<div onclick" not in shown


# Hostile files

BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><quiz>&b;</quiz>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>'


def packed(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in members.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return content.getvalue()


MANIFEST = b'<manifest><resources><resource type="imsqti_item_xmlv3p0" href="%s"/></resources></manifest>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", BOMB),
        ("a.xml", OUTSIDE),
        ("a.xml", b"<quiz>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</quiz>"),
        ("a.xml", b"<quiz/>"),
        ("a.xml", b"<html/>"),
        ("a.xml", b"not xml"),
        ("a.xml", b""),
        ("a.xml", "<quiz>é</quiz>".encode("latin-1")),
        ("a.txt", "Größe?{=é}".encode("latin-1")),
        ("a.txt", b""),
        ("a.txt", b"x" * (LARGEST + 1)),
        ("a.zip", b"PK\x03\x04broken"),
        ("a.zip", packed(readme=b"x")),
        ("a.zip", packed(imsmanifest_xml=BOMB)),
        ("a.zip", packed(imsmanifest_xml=b" " * 3_000_000)),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_a_sentence(name: str, content: bytes) -> None:
    with pytest.raises(Unreadable) as fault:
        understood(content, name=name, language="en")

    assert str(fault.value)


@pytest.mark.parametrize(
    "member",
    [
        packed(imsmanifest_xml=MANIFEST % b"../../etc/passwd"),
        packed(imsmanifest_xml=MANIFEST % b"i.xml", i_xml=BOMB),
        packed(imsmanifest_xml=MANIFEST % b"i.xml", i_xml=b" " * 30_000_000),
        packed(imsmanifest_xml=MANIFEST % b"i.xml", i_xml=b"<assessmentItem/>"),
    ],
)
def test_a_hostile_item_is_named_and_the_others_are_read(member: bytes) -> None:
    (found,) = understood(member, name="a.zip", language="en")

    assert found.content is None
    assert found.notes


@settings(deadline=None)
@given(st.text("{}~=#%:->\\\n abT1.[]$/", max_size=120))
def test_no_text_breaks_the_reader_of_gift(text: str) -> None:
    try:
        found = gift.read(text.encode(), language="en")
    except Unreadable:
        return

    assert all(one.content is not None or one.notes for one in found)


def test_a_large_file_is_read_in_a_straight_line() -> None:
    text = "::Q::What?{=a ~b}\n\n" * 1900 + "{" * 50_000

    assert len(gift.read(text.encode(), language="en")) == 1901
