"""The text of an activity with its pictures and films where the text places them, and the rest below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from biosint.exchange.materials import transcript_of
from biosint.exchange.queries.materials import materials_of
from biosint.exchange.states import MaterialKind
from biosint.files import api as files
from biosint.shared.prose import cleaned

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Material

ALONE = re.compile(r"^ {0,3}!\[[^\]]*\]\((\d{1,5})\)[ \t]*$", re.MULTILINE | re.ASCII)


def with_materials(activity: Activity, text: str) -> dict[str, object]:
    """Return what the page of an activity needs for its text and its materials.

    ``material_text``: the text as HTML, below the page's own heading; ``materials_below``: pictures and films that
    the text does not place; ``material_files``: files to open.
    """
    materials = materials_of(activity)
    figures = {str(one.number): one for one in materials if one.kind != MaterialKind.FILE}
    named = set(ALONE.findall(text)) & set(figures)
    shown = cleaned(text, top=2, placed={number: figure(activity, one) for number, one in figures.items()})
    return {
        "material_text": format_html('<div class="prose">{}</div>', shown) if text else SafeString(""),
        "materials_below": [figure(activity, one) for number, one in figures.items() if number not in named],
        "material_files": [one for one in materials if one.kind == MaterialKind.FILE],
        "has_materials": bool(materials),
    }


def figure(activity: Activity, material: Material) -> SafeString:
    """Return a picture, or a film with its captions and what is said in it."""
    captions = list(material.captions.all()) if material.kind == MaterialKind.VIDEO else []
    return render_to_string(
        "exchange/_material.html",
        {
            "activity": activity,
            "slug": activity.course.slug,
            "material": material,
            "captions": captions,
            "transcripts": [(one, _transcript(one)) for one in captions],
        },
    )


def _transcript(captions: Material) -> list[str]:
    with files.open_content(captions.file) as content:
        return transcript_of(content.read().decode())
