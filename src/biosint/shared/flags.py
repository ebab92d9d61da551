"""Small flags, drawn from stripes and a few plain charges: a hint beside the country's name, never instead of it."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString

_RED, _WHITE, _BLUE, _GREEN, _YELLOW, _BLACK = "#c8313e", "#fff", "#1f4ea1", "#1f8a4c", "#f7ce46", "#1d1d1b"
_NAVY, _SKY, _ORANGE = "#0c2c6a", "#5aa9dd", "#ef8a2c"

# Stripes from top to bottom.
_LYING = {
    "rs": (_RED, _BLUE, _WHITE),
    "hr": (_RED, _WHITE, _BLUE),
    "si": (_WHITE, _BLUE, _RED),
    "sk": (_WHITE, _BLUE, _RED),
    "nl": (_RED, _WHITE, _BLUE),
    "lu": (_RED, _WHITE, _SKY),
    "de": (_BLACK, _RED, _YELLOW),
    "at": (_RED, _WHITE, _RED),
    "hu": (_RED, _WHITE, _GREEN),
    "bg": (_WHITE, _GREEN, _RED),
    "pl": (_WHITE, _RED),
    "ua": (_BLUE, _YELLOW),
    "lt": (_YELLOW, _GREEN, _RED),
    "ee": (_BLUE, _BLACK, _WHITE),
    "lv": (_RED, _WHITE, _RED),
    "es": (_RED, _YELLOW, _YELLOW, _RED),
}
# Stripes from left to right.
_STANDING = {
    "be": (_BLACK, _YELLOW, _RED),
    "ro": (_BLUE, _YELLOW, _RED),
    "md": (_BLUE, _YELLOW, _RED),
    "fr": (_BLUE, _WHITE, _RED),
    "it": (_GREEN, _WHITE, _RED),
    "ie": (_GREEN, _WHITE, _ORANGE),
    "pt": (_GREEN, _RED, _RED),
}
# Ground, cross, and inner cross or none.
_CROSSED = {
    "se": (_BLUE, _YELLOW, ""),
    "fi": (_WHITE, _BLUE, ""),
    "dk": (_RED, _WHITE, ""),
    "no": (_RED, _WHITE, _NAVY),
    "is": (_BLUE, _WHITE, _RED),
}
_EAGLE = (
    '<path d="M9 3.1l-.9-.7-.8.6.7.5-.2.7-2.6-1 .5 1.2-1.2-.2.8 1-1 .1 1 .9-.8.4 1.4.4-.5.7 1.5-.2-1 1.7 1.6-.6'
    ".3 1.2L9 10.4l.9-.6.3-1.2 1.6.6-1-1.7 1.5.2-.5-.7 1.4-.4-.8-.4 1-.9-1-.1.8-1-1.2.2.5-1.2-2.6 1-.2-.7"
    '.7-.5-.8-.6z" fill="{}"/>'
)
_DRAWN = {
    "al": f'<path d="M0 0h18v12H0z" fill="{_RED}"/>' + _EAGLE.format(_BLACK),
    "me": f'<path d="M0 0h18v12H0z" fill="{_YELLOW}"/><path d="M1 1h16v10H1z" fill="{_RED}"/>'
    + _EAGLE.format(_YELLOW),
    "ba": f'<path d="M0 0h18v12H0z" fill="{_NAVY}"/><path d="M5.5 0H17v11.5z" fill="{_YELLOW}"/>'
    f'<path d="M3.6 0l11 11" stroke="{_WHITE}" stroke-width="1" stroke-dasharray="1 1.2"/>',
    "xk": f'<path d="M0 0h18v12H0z" fill="{_BLUE}"/><path d="M9 3.4l2 1.6-.4 2.6L9 9.4 7 7.8l.3-3z" fill="{_YELLOW}"/>'
    f'<path d="M5 3h8" stroke="{_WHITE}" stroke-dasharray="1 .8"/>',
    "mk": f'<path d="M0 0h18v12H0z" fill="{_RED}"/>'
    f'<path d="M0 0l18 12M18 0L0 12M9 0v12M0 6h18" stroke="{_YELLOW}" stroke-width="1.3"/>'
    f'<circle cx="9" cy="6" r="2.2" fill="{_YELLOW}" stroke="{_RED}" stroke-width=".7"/>',
    "gr": f'<path d="M0 0h18v12H0z" fill="{_BLUE}"/><path d="M0 2h18M0 4.7h18M0 7.4h18M0 10h18" stroke="{_WHITE}" stroke-width="1.3"/>'
    f'<path d="M0 0h7v6.7H0z" fill="{_BLUE}"/><path d="M3.5 0v6.7M0 3.4h7" stroke="{_WHITE}" stroke-width="1.3"/>',
    "ch": f'<path d="M0 0h18v12H0z" fill="{_RED}"/><path d="M9 2.5v7M5.5 6h7" stroke="{_WHITE}" stroke-width="2.2"/>',
    "cz": f'<path d="M0 0h18v6H0z" fill="{_WHITE}"/><path d="M0 6h18v6H0z" fill="{_RED}"/><path d="M0 0l8 6-8 6z" fill="{_BLUE}"/>',
    "tr": f'<path d="M0 0h18v12H0z" fill="{_RED}"/><circle cx="7" cy="6" r="3.2" fill="{_WHITE}"/>'
    f'<circle cx="7.9" cy="6" r="2.5" fill="{_RED}"/><circle cx="11.4" cy="6" r="1" fill="{_WHITE}"/>',
    "gb": f'<path d="M0 0h18v12H0z" fill="{_NAVY}"/><path d="M0 0l18 12M18 0L0 12" stroke="{_WHITE}" stroke-width="2.4"/>'
    f'<path d="M9 0v12M0 6h18" stroke="{_WHITE}" stroke-width="4"/><path d="M9 0v12M0 6h18" stroke="{_RED}" stroke-width="2.2"/>',
    "cy": f'<path d="M0 0h18v12H0z" fill="{_WHITE}"/><path d="M5 4.5q4 1 8-1-1 4-4 4-3 0-4-3z" fill="{_ORANGE}"/>',
    "mt": f'<path d="M0 0h9v12H0z" fill="{_WHITE}"/><path d="M9 0h9v12H9z" fill="{_RED}"/>',
}


def _shapes(code: str) -> str:
    if stripes := _LYING.get(code):
        height = 12 / len(stripes)
        return "".join(
            f'<path d="M0 {round(i * height, 2)}h18v{round(height, 2)}H0z" fill="{colour}"/>'
            for i, colour in enumerate(stripes)
        )
    if stripes := _STANDING.get(code):
        width = 18 / len(stripes)
        return "".join(
            f'<path d="M{round(i * width, 2)} 0h{round(width, 2)}v12H{round(i * width, 2)}z" fill="{colour}"/>'
            for i, colour in enumerate(stripes)
        )
    if crossed := _CROSSED.get(code):
        ground, cross, inner = crossed
        return (
            f'<path d="M0 0h18v12H0z" fill="{ground}"/>'
            f'<path d="M6.5 0v12M0 6h18" stroke="{cross}" stroke-width="2.6"/>'
            + (f'<path d="M6.5 0v12M0 6h18" stroke="{inner}" stroke-width="1.2"/>' if inner else "")
        )
    return _DRAWN.get(code, "")


@lru_cache(maxsize=256)
def drawing(code: str) -> SafeString:
    """Return the flag of a country (two small letters), or nothing where none is drawn."""
    shapes = _shapes(code)
    if not shapes:
        return SafeString("")
    return SafeString(
        f'<svg class="flag" viewBox="0 0 18 12" width="18" height="12" aria-hidden="true">{shapes}</svg>'
    )
