r"""Formulas in texts: what is one, what is money, what hostile TeX becomes."""

from __future__ import annotations

import pytest

from biosint.shared.prose import cleaned


def test_a_formula_in_the_line_becomes_mathml_that_can_be_spoken() -> None:
    html = cleaned(r"Mean arterial pressure is $\frac{s + 2d}{3}$ in mmHg.")

    assert '<math alttext="\\frac{s + 2d}{3}" display="inline">' in html
    assert "<mfrac>" in html
    assert html.endswith("in mmHg.</p>\n")


@pytest.mark.parametrize(
    "text", ["$$\\sum_{i=1}^n x_i$$", "$$\n\\sum_{i=1}^n x_i\n$$", "Sum:\n$$\n\\sum_{i=1}^n x_i\n$$\n"]
)
def test_a_formula_of_its_own_stands_as_a_block(text: str) -> None:
    assert 'display="block"' in cleaned(text)


@pytest.mark.parametrize(
    "text", ["between $5 and $10 a day", r"\$x\$", "one $ sign", "$ x $", "`$x$`", "    $x$"]
)
def test_money_escaped_signs_and_code_are_no_formulas(text: str) -> None:
    assert "<math" not in cleaned(text)


def test_stars_and_underlines_in_a_formula_are_not_emphasis() -> None:
    assert "<em>" not in cleaned("$a*b*c_1 + d_2$")


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{1",
        r"}{",
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(x)}{y}",
        r"\text{<img src=x onerror=alert(1)>}",
        "{" * 400 + "x" + "}" * 400,
        "x" * 5000,
        r"\begin{matrix} 1",
    ],
)
def test_what_cannot_be_read_is_shown_as_typed_and_does_nothing(tex: str) -> None:
    html = cleaned(f"Before ${tex}$ after")

    assert "<math" not in html
    assert "<img" not in html
    assert "href" not in html.replace(r"\href", "")
    assert html.startswith("<p>Before <code")
    assert html.endswith("after</p>\n")


def test_signs_of_order_inside_a_formula_stay_signs() -> None:
    assert "<mo>&lt;</mo>" in cleaned("$a < b$")


def test_mathml_that_people_write_themselves_is_only_text() -> None:
    assert "<math" not in cleaned('<math href="javascript:alert(1)"><mi>x</mi></math>')
