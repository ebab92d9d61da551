"""What is hung up and handed out: posters with the link, sheets of tickets, the square for phones."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from biosint.gateways import typesetting
from biosint.shared.dates import written_day
from biosint.shared.languages import page_tag
from biosint.shared.words import in_language
from biosint.situation.letters import answer_url, short_url
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.situation.models import Campaign

POSTER = Path(__file__).parent / "poster.typ"
SLIPS = Path(__file__).parent / "slips.typ"
INK = "#16262b"


def without_scheme(url: str) -> str:
    """Return an address as people type it.

    >>> without_scheme("https://biosint.example/a/abcdefgh")
    'biosint.example/a/abcdefgh'
    """
    return url.partition("://")[2] or url


def square(text: str, *, kind: str = "svg", border: int = 4) -> bytes:
    """Return a QR code as SVG or PNG; a third of it may be covered or dirty before it cannot be read."""
    import segno

    out = io.BytesIO()
    more: dict[str, Any] = {"xmldecl": False} if kind == "svg" else {}
    code = segno.make(text, error="m", micro=False)
    code.save(
        out, kind=kind, scale=12 if kind == "png" else 6, border=border, dark=INK, light="white", **more
    )
    return out.getvalue()


def poster(
    campaign: Campaign, *, languages: Sequence[str], at: str = "", group: str = "", whom: str = ""
) -> bytes:
    """Return an A4 poster as PDF.

    Args:
        languages: codes; with one, the questionnaire opens in it, with several in the reader's own.
        at, group: address words; the questionnaire then knows them already.
        whom: their names, as they stand on the poster.
    """
    answer_set = campaign.answer_set
    version = answer_set.version
    content = version.content if version else {}
    parts = []
    for code in languages:
        with translation.override(code):
            parts.append(
                {
                    "lang": page_tag().partition("-")[0],
                    "title": in_language(content.get("title", {}), code).text or answer_set.title,
                    "scan": _("Point the camera of your phone at the square."),
                    "type": _("Or type in any browser:"),
                    "terms": _("No account, no name. Open until %(day)s")
                    % {"day": written_day(answer_set.closes_at) if answer_set.closes_at else ""},
                }
            )
    url = answer_url(campaign, language=languages[0] if len(languages) == 1 else "", at=at, group=group)
    with translation.override(languages[0]):
        return typesetting.pdf(
            POSTER,
            title=answer_set.title,
            language=page_tag(),
            files={"qr.svg": square(url, border=0)},
            values={
                "parts": parts,
                "whom": whom,
                "owner": answer_set.owner.name,
                "address": without_scheme(short_url(campaign)),
                "url": url,
                "qr": _("Square for phones: opens the questionnaire"),
            },
        )


def slips(campaign: Campaign, codes: Sequence[str], *, whom: str, language: str) -> bytes:
    """Return a sheet of tickets to cut apart, twelve a page, in the language that is spoken now."""
    answer_set = campaign.answer_set
    version = answer_set.version
    squares = {
        f"{place}.svg": square(answer_url(campaign, code=code, language=language), border=0)
        for place, code in enumerate(codes)
    }
    return typesetting.pdf(
        SLIPS,
        title=answer_set.title,
        language=page_tag(),
        files=squares,
        values={
            "title": in_language(version.content.get("title", {}), language).text
            if version
            else answer_set.title,
            "whom": whom,
            "codes": [surveys.in_groups(code) for code in codes],
            "address": without_scheme(short_url(campaign)),
            "words": {
                "qr": _("Square for phones: opens the questionnaire with this ticket"),
                "type": _("Or open this page and type the code:"),
                "once": _("Nobody can tell which answers are yours. Works once, until %(day)s")
                % {"day": written_day(answer_set.closes_at) if answer_set.closes_at else ""},
            },
        },
    )
