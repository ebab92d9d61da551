"""Parts that make a page: header, section, card, notice, table, tabs, steps, dialog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django import template
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from biosint.shared.registries import AREA_NAMES, Area
from biosint.shared.verdicts import ALLOWED, Sentence, Verdict

register = template.Library()

Tone = Literal["info", "success", "warning", "danger", "neutral", "primary", "quiet", ""]
TONE_ICONS = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "octagon-alert",
}


def known_tone(tone: str, allowed: Iterable[str]) -> str:
    """Return ``tone``, or fail with the tones that exist: a misspelt one would silently look plain."""
    if tone not in allowed:
        raise template.TemplateSyntaxError(
            f"“{tone}” is not a tone here. Use one of: {', '.join(word or '(none)' for word in allowed)}."
        )
    return tone


def drawn(template_name: str, **context: Any) -> SafeString:
    return SafeString(get_template(template_name).render(context))


def _labelled(item: Any) -> dict[str, Any]:
    """Read one entry of tabs or steps, given as pair, triple, mapping or object."""
    if isinstance(item, Mapping):
        return {"label": item["label"], "url": item.get("url", ""), "current": item.get("current", False)}
    if isinstance(item, tuple | list):
        label, url, *rest = [*item, ""] if len(item) == 1 else item
        return {"label": label, "url": url, "current": bool(rest and rest[0])}
    if isinstance(item, str) or not hasattr(item, "label"):
        return {"label": item, "url": "", "current": False}
    return {"label": item.label, "url": getattr(item, "url", ""), "current": getattr(item, "current", False)}


@register.simple_tag
def place(name: str, *words: object) -> str:
    """Return the address of a page, or nothing while no such page exists; menus then leave it out."""
    try:
        return reverse(name, args=words)
    except NoReverseMatch:
        return ""


@register.simple_block_tag
def page_header(
    content: str, *, title: Sentence, lede: Sentence = "", kicker: Sentence = "", trail: Any = ()
) -> str:
    """The top of a page: where it stands, its ``h1``, one sentence, and (inside) its actions."""
    return drawn(
        "ui/page_header.html",
        title=title,
        lede=lede,
        kicker=kicker,
        trail=trail or (),
        actions=content.strip() and content,
    )


@register.simple_block_tag
def section(content: str, *, title: Sentence, lede: Sentence = "", id: str = "", level: int = 2) -> str:  # noqa: A002 -- the attribute's own name
    """A part of the page under its own heading."""
    return drawn("ui/section.html", title=title, lede=lede, id=id, tag=f"h{level}", content=content)


@register.simple_block_tag
def card(
    content: str,
    *,
    title: Sentence = "",
    url: str = "",
    tone: str = "",
    kicker: Sentence = "",
    level: int = 3,
) -> str:
    """A bounded piece among others. With ``url`` the whole card can be pressed."""
    known_tone(tone, ("", "info", "success", "warning", "danger", "quiet"))
    return drawn(
        "ui/card.html", title=title, url=url, tone=tone, kicker=kicker, tag=f"h{level}", content=content
    )


@register.simple_block_tag
def notice(content: str, *, tone: str = "info", title: Sentence = "") -> str:
    """A boxed message inside a page: ``{% notice tone="warning" %}…{% endnotice %}``."""
    known_tone(tone, TONE_ICONS)
    return drawn("ui/notice.html", tone=tone, title=title, icon=TONE_ICONS[tone], content=content)


@register.inclusion_tag("ui/empty.html")
def empty(
    *,
    title: Sentence,
    text: Sentence = "",
    label: Sentence = "",
    url: str = "",
    verdict: Verdict = ALLOWED,
) -> dict[str, object]:
    """Nothing is here yet: what this place is for, and the one thing to do.

    Directly in the body of ``{% for %}`` Django reads the word as its own; stand it after the loop's
    ``{% empty %}``, or in ``{% if %}…{% else %}``.
    """
    return {"title": title, "text": text, "label": label, "url": url, "verdict": verdict}


@register.simple_block_tag
def table(content: str, *, caption: Sentence) -> str:
    """A table that scrolls inside itself on a phone. Give every ``th`` a scope, figures ``class="number"``."""
    return drawn("ui/table.html", caption=caption, content=content)


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], *, name: str = "page") -> dict[str, object]:
    """Links to the other pages of a list; every other word of the address is kept."""
    words = context["request"].GET.copy()

    def address(number: int) -> str:
        words[name] = str(number)
        return f"?{words.urlencode()}"

    numbers = [
        {"number": number, "url": address(number) if isinstance(number, int) else ""}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    return {
        "page": page,
        "numbers": numbers,
        "before": address(page.previous_page_number()) if page.has_previous() else "",
        "after": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("ui/tabs.html")
def tabs(*, items: Iterable[Any], label: Sentence = "") -> dict[str, object]:
    """Pages that belong together; each entry is (label, url, current)."""
    return {"items": [_labelled(item) for item in items], "label": label}


@register.inclusion_tag("ui/steps.html")
def steps(*, items: Iterable[Any], current: int = 0) -> dict[str, object]:
    """Where one stands in a sequence; ``current`` counts from 0, entries are words or (label, url)."""
    rows = []
    for index, item in enumerate(items):
        state = "done" if index < current else "current" if index == current else "ahead"
        rows.append({**_labelled(item), "state": state})
    return {"items": rows}


@register.inclusion_tag("ui/timeline.html")
def timeline(items: Iterable[Any]) -> dict[str, object]:
    """What happened, in order; each entry has at, title and perhaps url, text."""
    return {"items": items}


@register.simple_block_tag
def dialog(content: str, *, id: str, label: Sentence, title: Sentence, tone: str = "quiet") -> str:  # noqa: A002 -- the attribute's own name
    """A button that opens a window inside the page; without script its content unfolds in place."""
    known_tone(tone, ("quiet", "primary", "danger"))
    return drawn("ui/dialog.html", id=id, label=label, title=title, tone=tone, content=content)


@register.inclusion_tag("ui/menu_item.html", takes_context=True)
def menu_item(context: Context, name: str, label: Sentence) -> dict[str, object]:
    """One line of a menu, left out while its page does not exist."""
    url = place(name)
    request = context.get("request")
    path = request.path if request else ""
    return {"url": url, "label": label, "current": bool(url) and path.startswith(url)}


@register.simple_tag
def area_name(area: str) -> Sentence:
    """The name of one area of the menu."""
    return AREA_NAMES[Area(area)]


@register.filter
def message_tone(level: str) -> str:
    """The tone of a notice for a level of Django's messages."""
    return {"success": "success", "warning": "warning", "error": "danger"}.get(level, "info")


@register.simple_tag
def built(name: str) -> str:
    """Return the address of a file that the front-end build makes."""
    try:
        return static(f"built/{name}")
    except ValueError as missing:
        raise ImproperlyConfigured(
            f"{name} has not been built yet: run “make build” once, then try again."
        ) from missing


@register.simple_tag(takes_context=True)
def optional(context: Context, template_name: str) -> SafeString:
    """Include a template that another app may bring; nothing when it does not."""
    try:
        found = get_template(template_name)
    except template.TemplateDoesNotExist:
        return SafeString("")
    flat = {str(name): value for name, value in context.flatten().items()}
    return SafeString(found.render(flat, context.get("request")))


@register.inclusion_tag("ui/menu_areas.html", takes_context=True)
def menu_areas(context: Context) -> dict[str, object]:
    """The areas of a person's menu. The one that holds the page (the nearest address above it) is marked."""
    path = context["request"].path
    # A page below another stands where its trail begins: the desk of a course is teaching, not learning.
    trail = context.get("trail")
    begins = str(trail[0][1]) if trail else ""
    rows = []
    for area, destinations in context["menu"].items():
        url = place("portal:home") if area is Area.HOME else place("portal:area", area)
        # The front door lies above every page; only the page itself counts for it.
        addresses = [url, *(place(destination.url_name) for destination in destinations)]
        fit = max(
            (
                len(address) if address != begins else len(path) + 1
                for address in addresses
                if address and (address in (path, begins) or (address != "/" and path.startswith(address)))
            ),
            default=0,
        )
        if url:
            rows.append({"label": AREA_NAMES[area], "url": url, "here": path == url, "fit": fit})
    best = max((row["fit"] for row in rows), default=0)
    marked = next((row for row in rows if best and row["fit"] == best), None)
    return {"areas": [{**row, "current": row is marked} for row in rows]}
