"""The checks that every course plan gets. Registered by ``exchange.apps``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.exchange.checks import Check, Finding, Mend, Planned, Tone, register
from biosint.exchange.materials import SAYS, PdfBarrier
from biosint.exchange.readable import Barrier, barriers_in
from biosint.exchange.states import ActivityKind, MaterialKind, Phase
from biosint.exchange.steps import last_week_of, week_of
from biosint.exchange.workload import EVEN, MOST_A_WEEK, credits_for

if TYPE_CHECKING:
    from biosint.shared.verdicts import Sentence

MOST_IN_A_TEAM = 6
# People who meet late in a course stay strangers in it: the first meeting belongs into the first two weeks.
MEETS_BY_WEEK = 2
# A course may differ from the hours it promises by this share before it is told.
NEAR_ENOUGH = 10
MOST_NAMED = 5


def outcomes(planned: Planned) -> Iterator[Finding]:
    """Every outcome is taught by some activity and assessed by one with marks."""
    mend = Mend("design_alignment")
    if not planned.outcomes:
        yield Finding(
            Tone.TROUBLE,
            _("The course has no learning outcomes. Write what learners will be able to do."),
            Mend("edit"),
        )
        return
    taught, assessed = set[int](), set[int]()
    for one in planned.activities:
        taught.update(one.outcomes)
        if one.weight:
            assessed.update(one.outcomes)
    for number, outcome in enumerate(planned.outcomes):
        words = {"outcome": outcome["text"]}
        if number not in taught:
            yield Finding(Tone.TROUBLE, _("No activity serves “%(outcome)s”.") % words, mend)
        elif number not in assessed:
            yield Finding(
                Tone.LOOK, _("“%(outcome)s” is practised, but nothing with marks shows it.") % words, mend
            )


def load(planned: Planned) -> Iterator[Finding]:
    """Weeks ask about the same, none more than people find, and all together what the course promises."""
    mend = Mend("design_workload")
    found = planned.load
    if found.undated:
        yield Finding(
            Tone.LOOK,
            _("%(hours)s hours belong to no week, because their activities have no date.")
            % {"hours": f"{found.undated.normalize():f}"},
            Mend("design"),
        )
    for week in found.full_weeks:
        yield Finding(
            Tone.TROUBLE,
            _(
                "Week %(number)s asks %(hours)s hours: more than %(most)s, which hardly anybody finds beside other studies."
            )
            % {"number": week, "hours": f"{found.of_week(week):.1f}", "most": MOST_A_WEEK},
            mend,
        )
    if uneven := [str(week) for week in found.uneven_weeks if week not in found.full_weeks]:
        yield Finding(
            Tone.LOOK,
            _(
                "These weeks ask less than %(low)s %% or more than %(high)s %% of a usual week (%(mean)s hours): %(weeks)s."
            )
            % {
                "low": f"{EVEN[0] * 100:.0f}",
                "high": f"{EVEN[1] * 100:.0f}",
                "mean": f"{found.mean:.1f}",
                "weeks": ", ".join(uneven),
            },
            mend,
        )
    promised = planned.course.workload_hours
    if abs(found.total - promised) * 100 > promised * NEAR_ENOUGH:
        low, high = credits_for(found.total)
        yield Finding(
            Tone.LOOK,
            _(
                "The plan asks %(hours)s hours (%(low)s to %(high)s ECTS), the course promises %(promised)s hours (%(ects)s ECTS)."
            )
            % {
                "hours": f"{found.total.normalize():f}",
                "low": low,
                "high": high,
                "promised": promised,
                "ects": planned.course.ects,
            },
            mend,
        )


def weights(planned: Planned) -> Iterator[Finding]:
    """The shares of the final mark make 100 %."""
    total = sum(one.weight for one in planned.activities)
    if total and total != 100:
        yield Finding(
            Tone.TROUBLE,
            _("The shares of the final mark make %(total)s %%, not 100 %%.")
            % {"total": f"{total.normalize():f}"},
            Mend("design"),
        )
    elif not total and planned.activities:
        yield Finding(
            Tone.LOOK,
            _("No activity counts towards the final mark. Give some of them a share."),
            Mend("design"),
        )


def facilitators(planned: Planned) -> Iterator[Finding]:
    """Somebody accompanies every team."""
    alone = [str(team.number) for team in planned.teams if not team.has_facilitator]
    if alone:
        yield Finding(
            Tone.TROUBLE,
            _("Nobody accompanies these teams: %(numbers)s.") % {"numbers": _shortened(alone)},
            Mend("teams"),
        )
    elif not planned.teams:
        yield Finding(
            Tone.LOOK,
            _("Teams are not formed yet. When they are, choose who accompanies each."),
            Mend("teams"),
        )


def team_size(planned: Planned) -> Iterator[Finding]:
    """Teams are small enough for everybody to speak."""
    large = [str(team.number) for team in planned.teams if team.members > MOST_IN_A_TEAM]
    words = {"most": MOST_IN_A_TEAM, "numbers": _shortened(large), "size": planned.most_in_a_team}
    if large:
        yield Finding(
            Tone.LOOK,
            _("These teams have more than %(most)s people, so some will stay silent: %(numbers)s.") % words,
            Mend("teams"),
        )
    elif not planned.teams and planned.most_in_a_team > MOST_IN_A_TEAM:
        yield Finding(
            Tone.LOOK,
            _("You ask for teams of up to %(size)s. In more than %(most)s people some will stay silent.")
            % words,
            Mend("teams"),
        )


def meeting(planned: Planned) -> Iterator[Finding]:
    """People see each other early."""
    live = [one for one in planned.activities if one.kind == ActivityKind.LIVE]
    first = min((week for one in live if (week := last_week_of(one, planned.course))), default=None)
    if not live:
        yield Finding(
            Tone.LOOK,
            _("There is no live meeting. People who have seen each other once work together more easily."),
            Mend("new_activity"),
        )
    elif first is None:
        yield Finding(Tone.LOOK, _("The live meeting has no date yet."), Mend("edit_activity", live[0].pk))
    elif first > MEETS_BY_WEEK:
        yield Finding(
            Tone.LOOK,
            _("The first live meeting is in week %(number)s. Move it into the first two weeks.")
            % {"number": first},
            Mend("design_place", live[0].pk),
        )


def surveys(planned: Planned) -> Iterator[Finding]:
    """One survey before the work and one after it, so that change can be told."""
    asked = [one for one in planned.activities if one.kind == ActivityKind.SURVEY]
    early = any(_is_early(planned, one.phase, week_of(one, planned.course)) for one in asked)
    late = any(_is_late(planned, one.phase, last_week_of(one, planned.course)) for one in asked)
    if not early:
        yield Finding(Tone.LOOK, _("There is no survey before the work begins."), Mend("new_activity"))
    if not late:
        yield Finding(Tone.LOOK, _("There is no survey at the end."), Mend("new_activity"))


def _is_early(planned: Planned, phase: str, week: int | None) -> bool:
    return phase in {Phase.PREPARE, Phase.MEET} or (week is not None and week <= max(1, planned.weeks // 4))


def _is_late(planned: Planned, phase: str, week: int | None) -> bool:
    return phase == Phase.CONCLUDE or (week is not None and week >= planned.weeks - planned.weeks // 4)


BARRIERS: dict[Barrier, Sentence] = {
    Barrier.HEADING_SKIPS: gettext_lazy("“%(title)s”: the heading “%(words)s” skips a level."),
    Barrier.IMAGE_UNSAID: gettext_lazy(
        "“%(title)s”: the image “%(words)s” has no words for those who do not see it."
    ),
    Barrier.LINK_UNNAMED: gettext_lazy("“%(title)s”: the link “%(words)s” does not say where it leads."),
}


def texts(planned: Planned) -> Iterator[Finding]:
    """Texts can be heard, and found one's way in."""
    for one in planned.activities:
        for found in barriers_in(one.text)[:MOST_NAMED]:
            yield Finding(
                Tone.LOOK,
                str(BARRIERS[found.barrier]) % {"title": one.title, "words": found.words},
                Mend("edit_activity", one.pk),
            )


def materials(planned: Planned) -> Iterator[Finding]:
    """Films can be read, and documents can be heard."""
    for one in planned.materials:
        if one.kind == MaterialKind.VIDEO and not one.is_captioned:
            yield Finding(
                Tone.TROUBLE,
                _("“%(page)s”: the film “%(title)s” has no captions.")
                % {"page": one.page, "title": one.title},
                Mend("materials", one.activity),
            )
        if one.barriers:
            told = [str(SAYS[PdfBarrier(code)]) for code in one.barriers]
            yield Finding(
                Tone.LOOK,
                _("“%(page)s”: the PDF “%(title)s” %(what)s.")
                % {"page": one.page, "title": one.title, "what": "; ".join(told)},
                Mend("materials", one.activity),
            )


def _shortened(words: list[str]) -> str:
    shown = ", ".join(words[: 2 * MOST_NAMED])
    return f"{shown} …" if len(words) > 2 * MOST_NAMED else shown


def register_all() -> None:
    for check in (
        Check("outcomes", gettext_lazy("Every outcome is taught and assessed"), outcomes),
        Check("load", gettext_lazy("The work is even, and what the course promises"), load),
        Check("weights", gettext_lazy("Shares of the final mark make 100 %"), weights),
        Check("meeting", gettext_lazy("People meet live in the first two weeks"), meeting),
        Check("surveys", gettext_lazy("A survey before and one after"), surveys),
        Check("facilitators", gettext_lazy("Somebody accompanies every team"), facilitators),
        Check("team_size", gettext_lazy("Teams of at most six"), team_size),
        Check("texts", gettext_lazy("Texts that everybody can read"), texts),
        Check("materials", gettext_lazy("Films and documents that everybody can follow"), materials),
    ):
        register(check)
