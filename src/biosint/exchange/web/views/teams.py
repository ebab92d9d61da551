"""The teachers' desk of teams: who is in, what is asked, what it would lead to, the teams as cards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange import operations, queries, rules, seating, summaries
from biosint.exchange.models import Course, Team, TeamMember, TeamPlan
from biosint.exchange.plans import PRESETS, Plan, plan_from
from biosint.exchange.web import drawings, trails, wording
from biosint.exchange.web.effect import Effect, effect_of, percent
from biosint.exchange.web.forms import PlanForm
from biosint.exchange.web.forms.teams import NAMES
from biosint.exchange.web.views.teach import course_of, tabs
from biosint.jobs import api as jobs
from biosint.shared.requests import SignedIn, key_in, login_required

TEAMS_PER_PAGE = 12
NAMED = 12  # late joiners and leavers told by name
# Learners up to whom teams are formed while the teacher waits, the effect of a weight is shown by itself,
# and the effect is shown at all: bench/team_desk.py says how long each takes.
AT_ONCE = 60
LIVE = 250
SHOWN = 2500


@login_required
def desk(request: SignedIn, slug: str) -> HttpResponse:
    return _desk(request, course_of(request, slug))


def _plan_form(request: SignedIn, course: Course, kept: TeamPlan, data: Any = None) -> PlanForm:
    preset = PRESETS.get(request.GET.get("preset", ""))
    return PlanForm(
        data,
        plan=preset.plan if preset else kept.plan,
        teachings=course.teachings.all(),
        earlier=queries.earlier_courses(course, person=request.user),
        initial={"version": kept.version, "seed": kept.version},
    )


def _desk(
    request: SignedIn,
    course: Course,
    *,
    kept: TeamPlan | None = None,
    form: PlanForm | None = None,
    effect: Effect | None = None,
) -> HttpResponse:
    person, kept = request.user, kept or queries.team_plan_of(course)
    who = summaries.who_is_in(course)
    may_form = rules.may_form_teams(person, course, admitted=who.people)
    worst_first, broken_only = request.GET.get("order") == "worst", request.GET.get("show") == "broken"
    pages = Paginator(
        queries.team_cards(course, worst_first=worst_first, broken_only=broken_only), TEAMS_PER_PAGE
    )
    page = pages.get_page(request.GET.get("page"))
    number = pages.count if not broken_only else course.teams.count()
    joined = list(queries.without_team(course)) if number else []
    left = queries.who_left(kept)
    form = form or (_plan_form(request, course, kept) if may_form else None)
    return render(
        request,
        "exchange/teams.html",
        {
            "course": course,
            "trail": trails.in_teaching(),
            "tabs": tabs(course, "teams"),
            "kept": kept,
            "who": who,
            "professions": [
                (wording.value_words("profession", name), people) for name, people in who.professions.items()
            ],
            "missing": _missing(who),
            "kept_count": _locked(course) if number and may_form else 0,
            "may_form": may_form,
            "form": form,
            "presets": [
                (key, preset, form is not None and form["preset"].value() == key)
                for key, preset in PRESETS.items()
            ],
            "is_open": not number
            or "preset" in request.GET
            or effect is not None
            or (form is not None and form.is_bound),
            "effect": effect,
            "is_live": who.people <= LIVE,
            "is_shown": who.people <= SHOWN,
            "page": page,
            "cards": [_card(team, course) for team in page],
            "team_count": number,
            "worst_first": worst_first,
            "broken_only": broken_only,
            "joined": joined[:NAMED],
            "joined_more": max(0, len(joined) - NAMED),
            "left": left[:NAMED],
            "left_more": max(0, len(left) - NAMED),
            "zone": timezone.get_current_timezone_name(),
            "may_move": rules.may_move(person, course),
            "may_lock": rules.may_lock(person, course),
            "may_undo": rules.may_undo_move(person, course, kept),
            "may_publish": rules.may_publish_teams(person, course, teamless=len(joined), teams=number),
        },
        status=422 if form is not None and form.is_bound and not form.is_valid() else 200,
    )


def _locked(course: Course) -> int:
    """Return how many learners keep their place when teams are formed again."""
    return TeamMember.objects.filter(Q(is_locked=True) | Q(team__is_locked=True), team__course=course).count()


def _missing(who: summaries.WhoIsIn) -> list[str]:
    """Say what is not known of learners, and what that means for their teams."""
    rows = [
        (
            who.without_hours,
            _(
                "Free hours not known of %(people)s: no rule about hours limits them; ask them to write their hours."
            ),
        ),
        (
            who.countries.get("", 0),
            _("Country not known of %(people)s: it is like nobody’s and unlike nobody’s, and earns nothing."),
        ),
        (
            who.institutions.get("", 0),
            _("From no institution here: %(people)s. They count as coming from nowhere."),
        ),
        (
            who.professions.get("", 0),
            _(
                "Field of study not known of %(people)s: it is like nobody’s and unlike nobody’s, and earns nothing."
            ),
        ),
        (
            who.levels.get("", 0),
            _("Level of English not known of %(people)s: it counts as the mean of the others."),
        ),
        (
            who.languages.get("", 0),
            _("First language not known of %(people)s: no rule about languages limits them."),
        ),
    ]
    return [text % {"people": people} for people, text in rows if people]


def _card(team: Team, course: Course) -> dict[str, object]:
    return {
        "team": team,
        "members": list(team.members.all()),
        "warnings": [said.text for said in wording.sentences(team) if said.is_warning],
        "reasons": [said.text for said in wording.sentences(team, but={"people"}) if not said.is_warning],
        "hours": wording.common_hours(team.common_slots, week_of=course.start_date),
        "week": drawings.week(team.common_slots, week_of=course.start_date),
        "score": None if team.score is None else percent(team.score),
        "verdict": "" if team.score is None else score_words(team.score),
        "wishes": [(NAMES[one["attribute"]], percent(one["score"])) for one in team.wishes],
    }


def score_words(score: float) -> str:
    """Say how near a team is to the best that is possible for a team of its size."""
    if percent(score) == 100:
        return _("as good as a team can be")
    if score >= 0.85:
        return _("close to the best possible")
    if score >= 0.65:
        return _("good, with room above")
    return _("far from the best possible")


@login_required
@require_POST
def effect(request: SignedIn, slug: str) -> HttpResponse:
    """What the plan in the form would lead to. Nothing is kept."""
    course = course_of(request, slug)
    kept = queries.team_plan_of(course)
    form = _plan_form(request, course, kept, request.POST)
    shown, fault = None, ""
    if queries.admitted_count(course) > SHOWN:
        fault = _("With so many learners the effect is seen by forming: only teachers see the teams.")
    elif form.is_valid():
        try:
            shown = _effect(request, course, form.plan, seed=form.cleaned_data["seed"] or 0)
        except operations.CannotForm as cannot:
            fault = str(cannot)
    if request.htmx:
        return render(request, "exchange/_effect.html", {"effect": shown, "form": form, "fault": fault})
    if fault:
        messages.error(request, fault)
    return _desk(request, course, kept=kept, form=form, effect=shown)


def _effect(request: SignedIn, course: Course, plan: Plan, *, seed: int) -> Effect | None:
    draft = operations.drafted(course_id=course.pk, by=request.user, plan=plan, seed=seed)
    roster = draft.roster
    found = seating.judged(roster, draft.places)
    now = seating.judged(roster, roster.places) if roster.places else None
    return effect_of(found, plan, now=now, people=len(roster.people)) if found else None


@login_required
@require_POST
def form(request: SignedIn, slug: str) -> HttpResponse:
    """Form teams: at once where that is a matter of a moment, else as a job with progress and a way to stop it."""
    course = course_of(request, slug)
    kept = queries.team_plan_of(course)
    asked = _plan_form(request, course, kept, request.POST)
    if not asked.is_valid():
        return _desk(request, course, kept=kept, form=asked)
    seed, version = asked.cleaned_data["seed"] or 0, asked.cleaned_data["version"]
    now = timezone.now()
    if queries.admitted_count(course) > AT_ONCE:
        job = jobs.enqueue(
            "exchange.form_teams",
            by=request.user,
            at=now,
            key=str(course.pk),
            course_id=course.pk,
            plan=asked.plan.as_json(),
            seed=seed,
            seen_version=version,
        )
        if job.owner_id != request.user.pk:
            messages.info(request, _("%(person)s is forming these teams just now.") % {"person": job.owner})
            return redirect("exchange:teams", slug)
        if (plan_from(job.arguments["plan"]), job.arguments["seed"]) != (asked.plan, seed):
            messages.info(
                request,
                _("Teams are being formed already, as you asked before. Stop that first to ask anew."),
            )
        return redirect("jobs:detail", public_id=job.public_id)
    try:
        operations.form_teams(
            course_id=course.pk, plan=asked.plan, seed=seed, seen_version=version, by=request.user, at=now
        )
    except (operations.AdmittedMeanwhile, operations.TeamsChanged, operations.CannotForm) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Teams are formed. Only teachers see them until you publish them."))
    return redirect(f"{reverse('exchange:teams', args=[slug])}#teams")


@login_required
@require_POST
def lock(request: SignedIn, slug: str) -> HttpResponse:
    """Keep a learner or a whole team in place when teams are formed again, or let them go."""
    course = course_of(request, slug)
    verb = "unlock" if "unlock" in request.POST else "lock"
    # “person-12-3”: this learner, who sits in team 3; “team-3-3”: the whole team.
    what, key, team = (*request.POST.get(verb, "").split("-"), "", "", "")[:3]
    try:
        operations.lock(
            course_id=course.pk,
            number=key_in(key) if what == "team" else None,
            application_id=key_in(key) if what == "person" else None,
            is_locked=verb == "lock",
            seen_version=key_in(request.POST.get("version", "")),
            by=request.user,
            at=timezone.now(),
        )
    except (operations.TeamsChanged, operations.NotInATeam) as fault:
        messages.error(request, str(fault))
    return redirect(back_to(request, slug, team))


def back_to(request: SignedIn, slug: str, team: str) -> str:
    """Return the address of the desk as the teacher has it before them, at one team."""
    words = request.POST.get("words", "")
    address = reverse("exchange:teams", args=[slug])
    # Only what the desk itself reads may come back into its address.
    known = "&".join(
        word
        for word in words.split("&")
        if word.partition("=")[0] in {"page", "order", "show"} and word.isascii()
    )
    return f"{address}{'?' if known else ''}{known}{f'#team-{team}' if team.isdecimal() else '#teams'}"


@login_required
@require_POST
def publish(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    try:
        operations.publish_teams(
            course_id=course.pk,
            seen_version=key_in(request.POST.get("version", "")),
            by=request.user,
            at=timezone.now(),
        )
    except operations.TeamsChanged as changed:
        messages.error(request, str(changed))
    else:
        messages.success(request, _("Every learner sees their team now. The team rooms are open."))
    return redirect("exchange:teams", slug)
