"""How things were found out, in the words of a paper. Each method that was used says what it is and whose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from biosint.gateways import papers
from biosint.shared.dates import written_day
from biosint.situation import wording
from biosint.situation.report.gathering import Told

if TYPE_CHECKING:
    from django.utils.functional import Promise

# Code of a method or effect -> (what it does, short source).
USED: Mapping[str, tuple[str | Promise, str]] = {
    "pearson": (
        gettext_lazy(
            "Two questions with answers to choose from were compared with Pearson’s chi-square test."
        ),
        "Pearson 1900",
    ),
    "pearson_yates": (
        gettext_lazy("In tables of two by two, Yates’ correction for continuity was used."),
        "Yates 1934",
    ),
    "fisher": (
        gettext_lazy("Where expected counts were small, Fisher’s exact test stood in for chi-square."),
        "Fisher 1935",
    ),
    "freeman_halton": (
        gettext_lazy(
            "Where expected counts were small in larger tables, the exact test of Freeman and Halton stood in for chi-square."
        ),
        "Freeman & Halton 1951",
    ),
    "pearson_monte_carlo": (
        gettext_lazy(
            "Where expected counts were small and an exact test would take too long, the p value was simulated (Monte Carlo, fixed seed)."
        ),
        "Hope 1968",
    ),
    "rao_scott": (
        gettext_lazy("For weighted answers the test was corrected after Rao and Scott."),
        "Rao & Scott 1984",
    ),
    "cramers_v": (
        gettext_lazy(
            "The strength of a link is Cramér’s V with an interval from the noncentral chi-square distribution."
        ),
        "Cramér 1946; Smithson 2003",
    ),
    "welch_t": (
        gettext_lazy("Means of two groups were compared with Welch’s t-test, which allows unequal spread."),
        "Welch 1947",
    ),
    "welch_anova": (
        gettext_lazy("Means of more groups were compared with Welch’s analysis of variance."),
        "Welch 1951",
    ),
    "hedges_g": (gettext_lazy("The size of a difference between two groups is Hedges’ g."), "Hedges 1981"),
    "mann_whitney": (
        gettext_lazy("Ranks of two groups were compared with the Mann-Whitney test."),
        "Mann & Whitney 1947",
    ),
    "kruskal_wallis": (
        gettext_lazy("Ranks of more groups were compared with the Kruskal-Wallis test."),
        "Kruskal & Wallis 1952",
    ),
    "mann_whitney_exact": (
        gettext_lazy("In small groups the p value of the ranks was counted exactly."),
        "Mann & Whitney 1947",
    ),
    "games_howell": (
        gettext_lazy("Pairs of groups were compared with the Games-Howell procedure."),
        "Games & Howell 1976",
    ),
    "dunn": (gettext_lazy("Pairs of groups were compared by ranks with Dunn’s test."), "Dunn 1964"),
    "paired_t": (
        gettext_lazy("The same people before and after were compared with the paired t-test."),
        "Student 1908",
    ),
    "wilcoxon": (
        gettext_lazy("The same people before and after were also compared by ranks (Wilcoxon)."),
        "Wilcoxon 1945",
    ),
    "wilcoxon_exact": (
        gettext_lazy("With few pairs the p value of the ranks was counted exactly."),
        "Wilcoxon 1945",
    ),
    "mcnemar": (
        gettext_lazy("Changes of a yes-or-no answer were tested with McNemar’s test."),
        "McNemar 1947",
    ),
    "mcnemar_exact": (
        gettext_lazy("Where few people changed their answer, McNemar’s test was counted exactly."),
        "McNemar 1947",
    ),
    "bowker": (
        gettext_lazy("Changes among several answers were tested with Bowker’s test of symmetry."),
        "Bowker 1948",
    ),
    "difference_in_changes": (
        gettext_lazy(
            "The changes of the same people in a group were set against those of a comparison group (difference in differences)."
        ),
        "Ashenfelter & Card 1985",
    ),
    "difference_in_differences": (
        gettext_lazy(
            "The change of a group was set against the change of a comparison group in the same time (difference in differences)."
        ),
        "Ashenfelter & Card 1985",
    ),
    "alpha": (
        gettext_lazy("The reliability of a scale is Cronbach’s alpha with Feldt’s interval."),
        "Cronbach 1951; Feldt 1965",
    ),
    "omega": (
        gettext_lazy("McDonald’s omega stands beside it, because alpha takes all items to be equally good."),
        "McDonald 1999",
    ),
    "wilson": (gettext_lazy("Intervals of shares are Wilson’s."), "Wilson 1927"),
    "holm": (
        gettext_lazy(
            "Many tests find something by chance: p values of one analysis were adjusted after Holm, and after Benjamini and Hochberg."
        ),
        "Holm 1979; Benjamini & Hochberg 1995",
    ),
    "raking": (
        gettext_lazy("Answers were weighted to known shares of the population by raking."),
        "Deming & Stephan 1940; Kish 1965",
    ),
    "bootstrap": (
        gettext_lazy(
            "Intervals of the index draw the indicators again and again within each dimension (bootstrap, fixed seed)."
        ),
        "Efron 1979",
    ),
}

REFERENCES: Mapping[str, str] = {
    "Ashenfelter & Card 1985": "Ashenfelter O, Card D. Rev Econ Stat 1985; 67(4): 648–660.",
    "Benjamini & Hochberg 1995": "Benjamini Y, Hochberg Y. J R Stat Soc B 1995; 57(1): 289–300.",
    "Bowker 1948": "Bowker AH. J Am Stat Assoc 1948; 43(244): 572–574.",
    "Cochran 1954": "Cochran WG. Biometrics 1954; 10(4): 417–451.",
    "Cramér 1946": "Cramér H. Mathematical Methods of Statistics. Princeton, 1946.",
    "Cronbach 1951": "Cronbach LJ. Psychometrika 1951; 16(3): 297–334.",
    "Deming & Stephan 1940": "Deming WE, Stephan FF. Ann Math Stat 1940; 11(4): 427–444.",
    "Dunn 1964": "Dunn OJ. Technometrics 1964; 6(3): 241–252.",
    "Efron 1979": "Efron B. Ann Stat 1979; 7(1): 1–26.",
    "Eysenbach 2004": "Eysenbach G. J Med Internet Res 2004; 6(3): e34.",
    "Feldt 1965": "Feldt LS. Psychometrika 1965; 30(3): 357–370.",
    "Fisher 1935": "Fisher RA. J R Stat Soc 1935; 98(1): 39–82.",
    "Freeman & Halton 1951": "Freeman GH, Halton JH. Biometrika 1951; 38(1/2): 141–149.",
    "Games & Howell 1976": "Games PA, Howell JF. J Educ Stat 1976; 1(2): 113–125.",
    "Hedges 1981": "Hedges LV. J Educ Stat 1981; 6(2): 107–128.",
    "Holm 1979": "Holm S. Scand J Stat 1979; 6(2): 65–70.",
    "Hope 1968": "Hope ACA. J R Stat Soc B 1968; 30(3): 582–598.",
    "Kish 1965": "Kish L. Survey Sampling. Wiley, 1965.",
    "Kruskal & Wallis 1952": "Kruskal WH, Wallis WA. J Am Stat Assoc 1952; 47(260): 583–621.",
    "Mann & Whitney 1947": "Mann HB, Whitney DR. Ann Math Stat 1947; 18(1): 50–60.",
    "McDonald 1999": "McDonald RP. Test Theory. Erlbaum, 1999.",
    "McNemar 1947": "McNemar Q. Psychometrika 1947; 12(2): 153–157.",
    "Pearson 1900": "Pearson K. Philos Mag 1900; 50(302): 157–175.",
    "Rao & Scott 1984": "Rao JNK, Scott AJ. Ann Stat 1984; 12(1): 46–60.",
    "Smithson 2003": "Smithson M. Confidence Intervals. Sage, 2003.",
    "Student 1908": "Student. Biometrika 1908; 6(1): 1–25.",
    "von Elm 2007": "von Elm E, et al. Lancet 2007; 370(9596): 1453–1457.",
    "Welch 1947": "Welch BL. Biometrika 1947; 34(1/2): 28–35.",
    "Welch 1951": "Welch BL. Biometrika 1951; 38(3/4): 330–336.",
    "Wilcoxon 1945": "Wilcoxon F. Biometrics Bull 1945; 1(6): 80–83.",
    "Wilson 1927": "Wilson EB. J Am Stat Assoc 1927; 22(158): 209–212.",
    "Yates 1934": "Yates F. Suppl J R Stat Soc 1934; 1(2): 217–235.",
}


def codes_used(told: Told) -> list[str]:
    """Return the methods and effects behind the results shown, in the order of ``USED``."""
    found = {"wilson"} if told.asked else set()
    for _shown, result in told.results:
        found |= set(_codes_in(result.exact))
        if result.question.kind == "reliability":
            found |= {"alpha"} | ({"omega"} if "omega" in result.exact else set())
    if len(told.results) > 1:
        found.add("holm")
    if told.index is not None:
        found.add("bootstrap")
        if told.index.comparison is not None and told.index.comparison.gains is not None:
            found |= {"paired_t", "wilcoxon"}
    return [code for code in USED if code in found]


def sourced(code: str) -> str:
    """Return what a method does with its source, as papers cite it: before the full stop."""
    does, source = USED[code]
    return f"{str(does).rstrip('.')} ({source})."


def _codes_in(exact: object) -> Iterable[str]:
    """Every method and effect named anywhere in the exact figures of a result."""
    if isinstance(exact, Mapping):
        for name in ("method", "effect", "weighting"):
            if isinstance(exact.get(name), str):
                yield exact[name]
        for value in exact.values():
            yield from _codes_in(value)
    elif isinstance(exact, list | tuple):
        for value in exact:
            yield from _codes_in(value)


def references_for(codes: Iterable[str], *more: str) -> list[str]:
    """Return the full sources of methods, in the order of the alphabet."""
    named = {name.strip() for code in codes for name in USED[code][1].split(";")} | set(more)
    return [REFERENCES[name] for name in sorted(named) if name in REFERENCES]


def parts(told: Told) -> list[papers.Part]:
    """Return the section on methods."""
    found = [papers.heading(_("Methods"), anchor="methods")]
    if told.report.words.get("setting"):
        found += [
            papers.heading(_("Setting and ethics"), level=3),
            papers.words(told.report.words["setting"]),
        ]
    if told.asked:
        found += [papers.heading(_("Design and data"), level=3), papers.words("\n\n".join(_design(told)))]
        found += [papers.heading(_("Statistics"), level=3), papers.words("\n\n".join(_statistics(told)))]
    if told.index is not None and told.report.round is not None:
        found += [papers.heading(_("Index"), level=3), papers.words(_index_words(told))]
    return found


def _design(told: Told) -> list[str]:
    sentences = []
    for asked in told.asked:
        one = asked.answer_set
        if one.opens_at and one.closes_at:
            sentences.append(
                ngettext(
                    "“%(title)s” asked %(audience)s at %(places)s institution from %(first)s to %(last)s, through a link without an account.",
                    "“%(title)s” asked %(audience)s at %(places)s institutions from %(first)s to %(last)s, through a link without an account.",
                    max(len(asked.turnout), 1),
                )
                % {
                    "title": one.title,
                    "audience": one.get_audience_display(),
                    "places": len(asked.turnout),
                    "first": written_day(one.opens_at),
                    "last": written_day(one.closes_at),
                }
            )
        else:
            sentences.append(
                _("“%(title)s” was collected elsewhere and imported (%(audience)s).")
                % {"title": one.title, "audience": one.get_audience_display()}
            )
    sentences.append(
        _(
            "People took part of their own will, after agreeing on the first page. An answer was kept without name, address or time of day, so nobody can tell who gave it. Each opened form counted once."
        )
    )
    smallest = max((asked.answer_set.hides_small_groups for asked in told.asked), default=False)
    if smallest:
        sentences.append(
            _(
                "Counts of few people are not shown where an institution is involved (“few”), and where needed one more, so that nobody can be recognised. Tests count everybody."
            )
        )
    return sentences


def _statistics(told: Told) -> list[str]:
    codes = codes_used(told)
    first = " ".join(sourced(code) for code in codes if code != "bootstrap")
    return [
        first,
        _(
            "Missing answers were left out of each result and are counted beside it; nothing was filled in. Intervals hold with 95 per cent confidence. A result was called a finding when its p value was below %(level)s; results without a finding are shown in the same way."
        )
        % {"level": wording.figure(wording.SURE)},
        _(
            "A bundle of files belongs to this report: the code book, a description of every test, and the values to more digits than are printed here. Those who may see single answers get them with it, and can work every figure out again."
        ),
    ]


def _index_words(told: Told) -> str:
    one, index = told.report.round, told.index
    assert one is not None  # noqa: S101 -- there is no index without a round
    assert index is not None  # noqa: S101 -- the caller looked
    sentences = [
        _(
            "The index of internationalisation at home (IaH) puts %(indicators)s indicators in %(dimensions)s dimensions together, from 0 to 100 points. Bank of indicators: “%(bank)s”. Period: %(first)s to %(last)s."
        )
        % {
            "indicators": len(index.indicators),
            "dimensions": len(index.dimensions),
            "bank": one.bank,
            "first": written_day(one.period_from),
            "last": written_day(one.period_until),
        },
        _(
            "Figures that the platform can count were counted from evidence; the others were given by the institutions with proof. The formula stands in the appendix."
        ),
    ]
    if "bootstrap" in codes_used(told):
        sentences.append(sourced("bootstrap"))
    return " ".join(sentences)
