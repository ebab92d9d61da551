"""Things a person can press. Refused, they stay visible and say why."""

from __future__ import annotations

from django import template

from biosint.shared.templatetags.ui_layout import known_tone
from biosint.shared.translating import translation_link
from biosint.shared.verdicts import ALLOWED, Sentence, Verdict

register = template.Library()

TONES = ("quiet", "primary", "danger")


def known_verdict(verdict: object) -> Verdict:
    """Return ``verdict``, or fail: an undefined template variable must not pass for a refusal."""
    if not isinstance(verdict, Verdict):
        raise template.TemplateSyntaxError(f"“verdict” must be a Verdict, not {verdict!r}.")
    return verdict


@register.inclusion_tag("ui/action.html")
def action(
    *,
    label: Sentence,
    url: str,
    verdict: Verdict = ALLOWED,
    tone: str = "quiet",
    confirm: Sentence = "",
    name: str = "",
    value: object = "",
    icon: str = "",
) -> dict[str, object]:
    """A button that posts to ``url``; when refused, its label and the reason.

    ``confirm`` is the question asked first; it unfolds beside the button, so it needs no script.
    """
    return {
        "label": label,
        "url": url,
        "verdict": known_verdict(verdict),
        "tone": known_tone(tone, TONES),
        "confirm": confirm,
        "name": name,
        "value": value,
        "icon": icon,
    }


@register.inclusion_tag("ui/link_button.html")
def link_button(
    *, label: Sentence, url: str, tone: str = "quiet", verdict: Verdict = ALLOWED, icon: str = ""
) -> dict[str, object]:
    """A link that looks like a button: it leads somewhere and changes nothing."""
    return {
        "label": label,
        "url": url,
        "verdict": known_verdict(verdict),
        "tone": known_tone(tone, TONES),
        "icon": icon,
    }


@register.inclusion_tag("ui/submit.html")
def submit(
    *, label: Sentence, tone: str = "primary", name: str = "", value: object = ""
) -> dict[str, object]:
    """The button of a form laid out by hand."""
    return {"label": label, "tone": known_tone(tone, TONES), "name": name, "value": value}


@register.inclusion_tag("ui/translation_aid.html")
def translation_aid(text: str, language: str) -> dict[str, object]:
    """A link to the site's translation aid for a passage in another language; nothing where there is none."""
    return {"url": translation_link(text, language)}
