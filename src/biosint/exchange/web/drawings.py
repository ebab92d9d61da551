"""Small drawings beside words, never instead of them: a team's week, how far a wish is fulfilled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel.dates import get_day_names
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from biosint.shared.languages import locale
from iahcalc import calendars

MINUTES_A_DAY = 24 * 60
LEFT, WIDTH, ROW, BAR = 30, 216, 11, 8


def week(slots: Iterable[int], *, week_of: date) -> SafeString:
    """Draw when a team is free on the reader's clock: a line for each day, from midnight to midnight."""
    names = get_day_names("abbreviated", locale=locale())
    stretches = calendars.local_week(slots, zone=timezone.get_current_timezone_name(), week_of=week_of)
    pieces = [
        (day, max(stretch.start, day * MINUTES_A_DAY), min(stretch.end, (day + 1) * MINUTES_A_DAY))
        for stretch in stretches
        for day in range(stretch.start // MINUTES_A_DAY, (stretch.end - 1) // MINUTES_A_DAY + 1)
    ]
    return format_html(
        '<svg class="week" viewBox="0 0 {} {}" aria-hidden="true">{}{}{}</svg>',
        LEFT + WIDTH,
        8 * ROW,
        format_html_join(
            "",
            '<text class="f k-soft" x="0" y="{}">{}</text><path class="f k-track" d="M{} {}h{}v{}h-{}z"/>',
            ((day * ROW + BAR, str(names[day])[:3], LEFT, day * ROW, WIDTH, BAR, WIDTH) for day in range(7)),
        ),
        format_html_join(
            "",
            '<path class="f k-s1" d="M{} {}h{}v{}h-{}z"/>',
            (
                (_x(start, day), day % 7 * ROW, _wide(start, end), BAR, _wide(start, end))
                for day, start, end in pieces
            ),
        ),
        format_html_join(
            "",
            '<text class="f k-soft" x="{}" y="{}" text-anchor="middle">{}</text>',
            ((LEFT + hour * WIDTH / 24, 8 * ROW - 2, hour) for hour in (6, 12, 18)),
        ),
    )


def _x(minute: int, day: int) -> str:
    return f"{LEFT + (minute - day * MINUTES_A_DAY) * WIDTH / MINUTES_A_DAY:g}"


def _wide(start: int, end: int) -> str:
    return f"{(end - start) * WIDTH / MINUTES_A_DAY:g}"


def wish_bar(*, mean: float, worst: float, bound: float) -> SafeString:
    """Draw the mean over all teams as a bar, the worst team as a notch, what is possible at best as the end of the track."""
    return format_html(
        '<svg class="wish-bar" viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="f k-track" d="M0 2h200v10H0z"/><path class="f k-q1" d="M0 2h{}v10H0z"/>'
        '<path class="f k-s1" d="M0 2h{}v10H0z"/><path class="f k-ink" d="M{} 0h3v14h-3z"/></svg>',
        f"{200 * bound:.1f}",
        f"{200 * mean:.1f}",
        f"{min(197, 200 * worst):.1f}",
    )
