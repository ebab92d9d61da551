"""A picture of our own: the pressure in an artery over three beats, with its mean."""

from __future__ import annotations

import io
import math

from django.core.files.base import ContentFile

SIZE = (1200, 520)
LEFT, RIGHT, TOP, BOTTOM = 110, 1080, 40, 440
SYSTOLIC, DIASTOLIC, MEAN = 92, 50, 64
LOWEST, HIGHEST = 40, 100
BEATS = 3


def pressure_curve() -> ContentFile[bytes]:
    """Return a PNG of 1200 × 520 pixels: pressure in mmHg over three beats."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", SIZE, "white")
    pen, letters = ImageDraw.Draw(picture), ImageFont.load_default(26)

    def height(pressure: float) -> float:
        return BOTTOM - (pressure - LOWEST) / (HIGHEST - LOWEST) * (BOTTOM - TOP)

    pen.line([(LEFT, TOP), (LEFT, BOTTOM), (RIGHT, BOTTOM)], fill="#444444", width=3)
    for pressure, colour in ((SYSTOLIC, "#8a5a44"), (DIASTOLIC, "#8a5a44"), (MEAN, "#0b6e6e")):
        pen.text((LEFT - 20, height(pressure)), str(pressure), fill=colour, font=letters, anchor="rm")
        for start in range(LEFT, RIGHT, 24):
            pen.line([(start, height(pressure)), (start + 12, height(pressure))], fill=colour, width=2)
    width = (RIGHT - LEFT) / BEATS
    points = [(LEFT + step, height(_pressure((step % width) / width))) for step in range(RIGHT - LEFT)]
    pen.line(points, fill="#b3402e", width=5, joint="curve")
    pen.text((LEFT - 20, TOP - 24), "mmHg", fill="#444444", font=letters, anchor="rm")
    pen.text((RIGHT + 14, height(MEAN)), "mean", fill="#0b6e6e", font=letters, anchor="lm")
    content = io.BytesIO()
    picture.save(content, "PNG")
    return ContentFile(content.getvalue(), name="pressure.png")


def _pressure(share: float) -> float:
    """The pressure at a share of a beat: a steep rise, a notch where the valve closes, a slow fall."""
    rise = 0.16
    if share < rise:
        return DIASTOLIC + (SYSTOLIC - DIASTOLIC) * math.sin(share / rise * math.pi / 2) ** 2
    fall = math.exp(-3.2 * (share - rise) / (1 - rise))
    last = math.exp(-3.2)
    notch = 5 * math.exp(-(((share - 0.42) / 0.035) ** 2))
    return DIASTOLIC + (SYSTOLIC - DIASTOLIC) * (fall - last) / (1 - last) + notch
