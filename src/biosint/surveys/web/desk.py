"""The translation desk: two languages side by side, what is missing, what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from biosint.shared.languages import language_name, page_tag
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.script import in_latin, is_cyrillic
from biosint.shared.verdicts import Fault
from biosint.surveys import operations, queries, rules
from biosint.surveys.definitions import Words
from biosint.surveys.models import AnswerSet, Version
from biosint.surveys.states import LANGUAGES
from biosint.surveys.translations import (
    Pair,
    Standing,
    fingerprint,
    main_language,
    pairs_of,
    placeholders,
    progress_of,
)
from biosint.surveys.web.questionnaires import version_for

# What the last steps of an address are called on the desk.
PART_NAMES = {
    "title": gettext_lazy("Title"),
    "introduction": gettext_lazy("Introduction"),
    "text": gettext_lazy("Question"),
    "help": gettext_lazy("Explanation"),
    "label": gettext_lazy("Answer"),
    "low_label": gettext_lazy("Lower end of the scale"),
    "high_label": gettext_lazy("Upper end of the scale"),
    "unit": gettext_lazy("Unit"),
    "points": gettext_lazy("Point of the scale"),
    "items": gettext_lazy("Statement"),
    "rows": gettext_lazy("Row"),
}
SHOWN = {
    "all": gettext_lazy("All texts"),
    "open": gettext_lazy("Missing or changed since"),
    "missing": gettext_lazy("Missing"),
    "changed": gettext_lazy("Changed since"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which languages stand side by side, and which texts are shown."""

    source: str
    target: str
    shown: str

    @property
    def query(self) -> str:
        return f"?from={self.source}&to={self.target}&show={self.shown}"

    def shows(self, pair: Pair) -> bool:
        match self.shown:
            case "open":
                return pair.standing != Standing.DONE
            case "missing" | "changed":
                return pair.standing == self.shown
        return True


@dataclass(frozen=True, slots=True)
class Line:
    """One text on the desk, with what a person typed and what stands in the way."""

    pair: Pair
    part: Any
    typed: str
    seen_target: str
    seen_source: str
    lost: str = ""  # placeholders that the translation lacks
    latin: str = ""  # Serbian as it is shown in the other script
    written_in_latin: bool = False
    other: str | None = None  # what somebody else wrote meanwhile


def part_name(address: str) -> Any:
    steps = address.split("/")
    for step in (steps[-1], *(steps[-3:-2] if len(steps) > 2 else ())):
        if step in {"text", "label"} and len(steps) > 3 and steps[-3] in PART_NAMES:
            return PART_NAMES[steps[-3]]
        if step in PART_NAMES:
            return PART_NAMES[step]
    return _("Text")


def line_of(pair: Pair, target: str, *, typed: str | None = None, other: str | None = None) -> Line:
    words = pair.target if typed is None else typed
    return Line(
        pair=pair,
        part=part_name(pair.address),
        typed=words,
        seen_target=fingerprint(pair.target),
        seen_source=fingerprint(pair.source),
        lost=", ".join(sorted(placeholders(pair.source) - placeholders(words))) if words else "",
        latin=in_latin(words) if target == "sr" and is_cyrillic(words) else "",
        written_in_latin=target == "sr"
        and any(letter.isalpha() for letter in words)
        and not is_cyrillic(words),
        other=other,
    )


def _chosen(request: SignedIn, version: Version) -> Choice:
    main = main_language(version.content)
    source = request.GET.get("from", "")
    target = request.GET.get("to", "")
    shown = request.GET.get("show", "")
    source = source if source in LANGUAGES else main
    target = target if target in LANGUAGES else next(code for code in LANGUAGES if code != source)
    return Choice(source, target, shown if shown in SHOWN else "all")


def language_rows() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in LANGUAGES]


@login_required
def desk(request: SignedIn, version_id: int) -> HttpResponse:
    """Show two languages side by side, and save one section of them."""
    version = version_for(request, version_id)
    choice = _chosen(request, version)
    if request.method != "POST":
        return _page(request, version, choice)
    typed = {
        name.partition(":")[2]: str(words) for name, words in request.POST.items() if name.startswith("text:")
    }
    wishes = {
        address: operations.Wish(
            words.replace("\r\n", "\n"),
            request.POST.get(f"target:{address}", ""),
            request.POST.get(f"source:{address}", ""),
            is_checked=f"right:{address}" in request.POST,
        )
        for address, words in typed.items()
    }
    try:
        saved = operations.translate(
            version_id=version.pk,
            source=choice.source,
            target=choice.target,
            wishes=wishes,
            by=request.user,
            at=timezone.now(),
        )
    except Fault as fault:
        messages.error(request, str(fault))
        return _page(request, version, choice, typed=typed, status=422)
    if saved.source_changed:
        messages.warning(
            request,
            _("The source changed while you translated. Those texts stay marked: look at them again."),
        )
    if saved.conflicts:
        version.refresh_from_db()
        return _page(request, version, choice, typed=typed, others=saved.conflicts, status=409)
    messages.success(request, _("Saved."))
    section = request.POST.get("section", "")
    place = f"#section-{section}" if section.isdecimal() else ""
    return redirect(reverse("surveys:desk", args=[version.pk]) + choice.query + place)


def _page(
    request: SignedIn,
    version: Version,
    choice: Choice,
    *,
    typed: dict[str, str] | None = None,
    others: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    pairs = pairs_of(version.content, version.sources, source=choice.source, target=choice.target)
    sections: dict[int, list[Line]] = {}
    for pair in pairs:
        if choice.shows(pair) or pair.address in (typed or {}):
            line = line_of(
                pair,
                choice.target,
                typed=(typed or {}).get(pair.address),
                other=(others or {}).get(pair.address),
            )
            sections.setdefault(pair.section, []).append(line)
    titles: dict[int, Words] = {0: {}} | {
        number: part.title for number, part in enumerate(version.definition.sections, 1)
    }
    may = rules.may_change(request.user, version)
    progress = progress_of(version.content, version.sources)
    return render(
        request,
        "surveys/desk.html",
        {
            "version": version,
            "choice": choice,
            "source_tag": page_tag(choice.source),
            "target_tag": page_tag(choice.target),
            "source_name": language_name(choice.source),
            "target_name": language_name(choice.target),
            "sections": [(number, titles.get(number, {}), lines) for number, lines in sections.items()],
            "progress": [(entry, language_name(entry.language)) for entry in progress],
            "languages": language_rows(),
            "shown": SHOWN.items(),
            "may": may,
            "keeps": rules.may_keep(request.user, version.questionnaire.institution_id),
            "conflicts": others or {},
            "to_correct": queries.collections_to_correct(version, at=timezone.now())
            if version.is_published
            else [],
        },
        status=status,
    )


@login_required
@require_POST
def correct(request: SignedIn, version_id: int) -> HttpResponse:
    """Start a version in which only words are corrected."""
    version = version_for(request, version_id)
    try:
        draft = operations.correct_words(version_id=version.pk, by=request.user, at=timezone.now())
    except operations.DraftExists as fault:
        messages.error(request, str(fault))
        return redirect("surveys:desk", version.pk)
    messages.success(
        request,
        _("This draft corrects words only. Publish it, then let running collections take up its words."),
    )
    return redirect("surveys:desk", draft.pk)


@login_required
@require_POST
def take_up(request: SignedIn, version_id: int) -> HttpResponse:
    """Let a running collection speak with the words of this version."""
    version = version_for(request, version_id)
    answer_set = get_object_or_404(
        AnswerSet.objects.filter(version__questionnaire=version.questionnaire_id),
        pk=key_in(request.POST.get("collection", "")),
    )
    operations.take_up_words(
        answer_set_id=answer_set.pk, version_id=version.pk, by=request.user, at=timezone.now()
    )
    messages.success(request, _("From now on people read the corrected words."))
    return redirect("surveys:desk", version.pk)
