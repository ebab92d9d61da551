"""Target groups of an institution: which, how many people, how many answers are wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from biosint.shared.languages import OWN_NAMES
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.script import in_latin
from biosint.shared.verdicts import Fault, require
from biosint.shared.words import in_language
from biosint.situation.rules.invitations import may_change_course
from biosint.situation.web.campaign_forms import languages_of
from biosint.situation.web.campaigns import campaign_for, trail_to
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from django.http import QueryDict

    from biosint.situation.models import Campaign
    from biosint.surveys.models import AskedInstitution

MOST_GROUPS = 40
BLANK_ROWS = 3
LARGEST = 1_000_000
FIGURES = ("invited", "least", "most")


class NumberUnread(Fault):
    """Something else than a whole number stands where one belongs."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One row of the table as it was typed."""

    code: str
    labels: list[tuple[str, str]]  # language code, text
    figures: dict[str, str]

    @property
    def is_blank(self) -> bool:
        return not any(text for _language, text in self.labels)


@login_required
def groups(request: SignedIn, campaign_id: int, slug: str) -> HttpResponse:
    """See and set the groups of one institution."""
    campaign = campaign_for(request, campaign_id)
    require(may_change_course(request.user, campaign, at=timezone.now()))
    asked = campaign.answer_set.asked.select_related("institution").filter(institution__slug=slug).first()
    if asked is None:
        raise Http404
    languages = languages_of(campaign)
    fault = ""
    if request.method == "POST":
        rows = _typed(request.POST, languages)
        try:
            _set(request, campaign, asked, rows)
        except Fault as found:
            fault = str(found)
        else:
            messages.success(request, _("The groups are saved."))
            return redirect("situation:campaign", campaign.pk)
    else:
        rows = _known(asked, languages)
    blank = Typed("", [(code, "") for code in languages], dict.fromkeys(FIGURES, ""))
    return render(
        request,
        "situation/groups.html",
        {
            "campaign": campaign,
            "asked": asked,
            "invited": request.POST.get("all_invited", "" if asked.invited is None else asked.invited),
            "rows": [*rows, *[blank] * BLANK_ROWS],
            "languages": [(code, OWN_NAMES[code]) for code in languages],
            "fault": fault,
            "several": campaign.answer_set.asked.count() > 1,
            "trail": trail_to(campaign),
        },
        status=422 if fault else 200,
    )


def _known(asked: AskedInstitution, languages: list[str]) -> list[Typed]:
    return [
        Typed(
            group.code,
            [(code, group.label.get(code, "")) for code in languages],
            {name: "" if getattr(group, name) is None else str(getattr(group, name)) for name in FIGURES},
        )
        for group in asked.groups.all()
    ]


def _typed(sent: QueryDict, languages: list[str]) -> list[Typed]:
    codes = sent.getlist("code")[:MOST_GROUPS]

    def cell(name: str, place: int) -> str:
        column = sent.getlist(name)
        return column[place].strip()[:200] if place < len(column) else ""

    rows = [
        Typed(
            code,
            [(language, cell(f"label_{language}", place)) for language in languages],
            {name: cell(name, place) for name in FIGURES},
        )
        for place, code in enumerate(codes)
    ]
    return [row for row in rows if not row.is_blank]


def _number(typed: str) -> int | None:
    plain = re.sub(r"[\s.,’']", "", typed)
    if not plain:
        return None
    if not plain.isdecimal() or int(plain) > LARGEST:
        raise NumberUnread(
            _("“%(typed)s” is no number of people. Type a whole number, or nothing.") % {"typed": typed}
        )
    return int(plain)


def _set(request: SignedIn, campaign: Campaign, asked: AskedInstitution, rows: list[Typed]) -> None:
    wanted: list[surveys.GroupWanted] = []
    taken: set[str] = set()
    for row in rows:
        label = {language: text for language, text in row.labels if text}
        code = row.code or _code(label, taken)
        taken.add(code)
        wanted.append(
            surveys.GroupWanted(code, label, **{name: _number(row.figures[name]) for name in FIGURES})
        )
    operations = [(asked.pk, _number(request.POST.get("all_invited", "")), wanted)]
    if request.POST.get("for_all"):
        operations += [
            (other.pk, other.invited, _as_here(other, wanted))
            for other in campaign.answer_set.asked.exclude(pk=asked.pk).prefetch_related("groups")
        ]
    surveys.set_groups(
        wanted={key: surveys.PartWanted(invited, groups) for key, invited, groups in operations},
        by=request.user,
        at=timezone.now(),
    )


def _as_here(other: AskedInstitution, wanted: list[surveys.GroupWanted]) -> list[surveys.GroupWanted]:
    """The same groups at another institution; how many people it asks stays its own."""
    known = {group.code: group.invited for group in other.groups.all()}
    return [
        surveys.GroupWanted(group.code, group.label, known.get(group.code), group.least, group.most)
        for group in wanted
    ]


def _code(label: dict[str, str], taken: set[str]) -> str:
    base = slugify(in_latin(in_language(label, "en").text))[:30] or "group"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code
