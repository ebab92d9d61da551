"""The report as one HTML file: complete in itself, without scripts, to read on a screen and to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources

from iahcalc.cli._team_account import DAYS, UNSPOKEN, Account, common, free_of
from iahcalc.cli._team_wording import clock, title_of
from iahcalc.teams import Result, Team, WishOutcome


def page(account: Account) -> Iterator[str]:
    """Yield the page piece by piece: there may be thousands of teams."""
    style = resources.files("iahcalc.cli").joinpath("team_report.css").read_text(encoding="utf-8")
    result = account.result
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Teams: {len(result.places)} people</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{len(result.teams):,} teams of {len(result.places):,} people</h1>\n"
    )
    yield f'<p class="lead">{escape(_finding(result))}</p>\n'
    if account.heading:
        yield f"<section>\n<h2>What changed</h2>\n{_listed(account.heading)}</section>\n"
    yield from _wishes(account)
    yield from _broken(account)
    yield "<section>\n<h2>Teams</h2>\n"
    yield from _legend(account)
    yield '<div class="cards">\n'
    for team in result.teams:
        yield from _card(account, team)
    yield "</div>\n</section>\n"
    yield from _method(account)
    yield "</main>\n</body>\n</html>\n"


def _finding(result: Result) -> str:
    scores = [team.score for team in result.teams]
    rules = (
        "All rules hold" if not result.violations else "Some rules could not be kept; they are listed below"
    )
    return (
        f"{rules}. The teams reach {sum(scores) / len(scores):.0%} of what could be wished for on average, "
        f"the weakest {min(scores):.0%}."
    )


def _wishes(account: Account) -> Iterator[str]:
    if not account.result.wishes:
        return
    yield (
        "<section>\n<h2>Wishes against their bounds</h2>\n"
        '<div class="wide"><table>\n<caption>Mean of all teams, weakest team, and the proved bound that no mean can pass'
        '</caption>\n<thead><tr><th scope="col">Wish</th><th scope="col">Weight</th><th scope="col">Mean</th>'
        '<th scope="col">Weakest</th><th scope="col">Bound</th><td></td></tr></thead>\n<tbody>\n'
    )
    for outcome in account.result.wishes:
        yield (
            f'<tr><th scope="row">{escape(title_of(outcome.wish))}</th><td>{outcome.wish.weight:g}</td>'
            f"<td>{outcome.mean:.1%}</td><td>{outcome.worst:.1%}</td><td>{outcome.bound:.1%}</td>"
            f"<td>{_bar(outcome)}</td></tr>\n"
        )
    yield "</tbody>\n</table></div>\n</section>\n"


def _bar(outcome: WishOutcome) -> str:
    """Draw the mean as a bar, the weakest team as a notch in it and the bound as a line."""
    mean, worst, bound = (100 * share for share in (outcome.mean, outcome.worst, outcome.bound))
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" width="100" height="10"/><rect class="mean" y="2" width="{mean:.1f}" height="6"/>'
        f'<rect class="worst" x="{max(worst - 0.6, 0):.1f}" y="2" width="1.2" height="6"/>'
        f'<rect class="bound" x="{min(bound, 99):.1f}" width="1" height="10"/></svg>'
    )


def _broken(account: Account) -> Iterator[str]:
    yield "<section>\n<h2>Rules</h2>\n"
    if account.result.violations:
        yield f"<p>These could not be kept:</p>\n{_listed(broken_lines(account))}"
        if account.told_conflicts:
            yield f"<h3>What stands in the way</h3>\n{_listed(conflict_lines(account))}"
    else:
        yield "<p>All rules hold.</p>\n"
    yield "</section>\n"


def broken_lines(account: Account) -> Iterator[str]:
    """Yield a sentence for each rule that does not hold, as far as a report tells it."""
    for number, reason in account.told_everywhere():
        yield f"{f'Team {number}: ' if number else ''}{reason.english}."
    if account.untold_in_words:
        yield account.untold_in_words


def conflict_lines(account: Account) -> Iterator[str]:
    """Yield a sentence for each set of rules that stand in each other's way, as far as a report tells it."""
    for conflict in account.told_conflicts:
        yield f"{conflict.english}{f' ({conflict.scope})' if conflict.scope else ''}"


def _legend(account: Account) -> Iterator[str]:
    if any(person.free is not None for person in account.result.problem.people):
        first, last = account.window
        yield (
            f'<p class="legend">Each strip is a week on the clock of {escape(account.zone)} (week of {account.week_of}), '
            f"each day from {clock(first)} to {clock(last)}. "
            '<svg viewBox="0 0 12 12" aria-hidden="true"><rect class="all" width="12" height="12"/></svg> everybody is free, '
            '<svg viewBox="0 0 12 12" aria-hidden="true"><rect class="most" width="12" height="12"/></svg> all but one.</p>\n'
        )


def _card(account: Account, team: Team) -> Iterator[str]:
    broken, number = account.broken(team.number), account.number(team.number)
    yield (
        f'<article class="card" aria-labelledby="team-{number}">\n'
        f'<h3 id="team-{number}">Team {number} <span class="score">{team.score:.0%}</span></h3>\n<ul>\n'
    )
    for person in team.people:
        about = account.in_words(person, without=UNSPOKEN)
        yield f"<li><b>{escape(person.name)}</b>{f' <span>{escape(about)}</span>' if about else ''}</li>\n"
    yield "</ul>\n"
    yield from _week(account, team)
    if name := account.facilitator(team):
        yield f"<p>Accompanied by <b>{escape(name)}</b></p>\n"
    if team.wishes:
        scores = " · ".join(f"{title_of(score.wish)} {score.score:.0%}" for score in team.wishes)
        yield f'<p class="scores">{escape(scores)}</p>\n'
    if why := account.why(team):
        yield f"<p>{escape(_capital(why))}</p>\n"
    if broken:
        yield f'<p class="broken">{escape(" · ".join(_capital(reason.english) for reason in broken))}</p>\n'
    yield "</article>\n"


def _week(account: Account, team: Team) -> Iterator[str]:
    slots = common(team)
    if slots is None:
        return
    known, count = free_of(team.people)
    nearly = [slot for slot, free in count.items() if free == known - 1] if known > 2 else []
    first, last = account.window
    width = last - first
    yield (
        f'<div class="week"><svg viewBox="0 0 {7 * width} 24" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" width="{7 * width}" height="24"/>'
    )
    for drawn, kind in ((nearly, "most"), (slots, "all")):
        for number, day in enumerate(account.days(sorted(drawn))):
            for start, end in day:
                yield (
                    f'<rect class="{kind}" x="{number * width + start - first}" '
                    f'width="{end - start}" height="24"/>'
                )
    for number in range(1, 7):
        yield f'<rect class="midnight" x="{number * width - width // 60}" width="{width // 30}" height="24"/>'
    yield '</svg><div class="days" aria-hidden="true">'
    yield "".join(f"<span>{day}</span>" for day in DAYS)
    yield f'</div></div>\n<p class="hours">{escape(account.hours(team) or "No common hours")}</p>\n'


def _method(account: Account) -> Iterator[str]:
    yield f"<section>\n<h2>How the teams were formed</h2>\n<p>{escape(account.method)}</p>\n"
    yield "<h3>To form them again</h3>\n<dl>\n"
    for name, value in account.facts():
        yield f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>\n"
    yield "</dl>\n</section>\n"


def _listed(lines: Iterable[str]) -> str:
    return "<ul>\n" + "".join(f"<li>{escape(line)}</li>\n" for line in lines) + "</ul>\n"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
