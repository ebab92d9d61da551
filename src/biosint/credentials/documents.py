"""A credential on paper and as a picture: certificate and badge."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from biosint.credentials import signing
from biosint.gateways import typesetting
from biosint.shared.dates import written_day
from biosint.shared.languages import language_name, page_tag

if TYPE_CHECKING:
    from biosint.credentials.models import Credential

MOST_LETTERS = 320
MOST_OUTCOMES = 6
CERTIFICATE = Path(__file__).parent / "certificate.typ"


def site(path: str) -> str:
    """Return the absolute address of a path on this site."""
    return f"{settings.SITE_URL}{path}"


def public_url(credential: Credential) -> str:
    return site(credential.get_absolute_url())


def ects_words(amount: Decimal) -> str:
    """Return credits without idle zeros: 3, 1.5."""
    return formats.number_format(amount.normalize() if amount % 1 else amount.to_integral_value())


def particulars(credential: Credential) -> list[tuple[str, str]]:
    """Return what the EU recommendation on micro-credentials asks for, as far as it is known: (label, value)."""
    told = credential.details
    rows = [
        (_("Awarded by"), credential.issuer.name),
        (_("Together with"), ", ".join(told.get("partners", []))),
        (_("Country"), credential.issuer.country_label),
        (_("Achieved on"), written_day(credential.achieved_at)),
        (_("ECTS credits"), ects_words(credential.ects) if credential.ects is not None else ""),
        (
            _("Workload"),
            _("%(hours)s hours") % {"hours": credential.workload_hours} if credential.workload_hours else "",
        ),
        (_("Level"), credential.level),
        (_("Language"), language_name(told["language"]) if told.get("language") else ""),
        (_("Grade"), told.get("grade", "")),
        (_("Assessment"), told.get("assessment", "")),
        (_("Form of participation"), told.get("participation", "")),
        (_("Quality assurance"), told.get("quality_assurance", "")),
        (_("Needed before"), told.get("prerequisites", "")),
        (_("Adds up with"), told.get("stackability", "")),
        (_("Valid until"), written_day(credential.expires_at) if credential.expires_at else ""),
    ]
    return [(str(label), str(value)) for label, value in rows if value]


def short(text: str) -> str:
    """Return the first sentences of a text, as many as a certificate has room for."""
    if len(text) <= MOST_LETTERS:
        return text
    end = max(text.rfind(mark, 0, MOST_LETTERS) for mark in (". ", "? ", "! "))
    return text[: end + 1] if end > 0 else f"{text[:MOST_LETTERS].rsplit(' ', 1)[0]} …"


def qr(text: str) -> str:
    """Return a QR code as SVG."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=0, dark="#16262b", xmldecl=False)
    return out.getvalue().decode()


def qr_in_line(text: str) -> str:
    """Return a QR code as SVG that stands small at the left of a line as wide as the page."""
    import segno

    out = io.BytesIO()
    code = segno.make(text, error="m")
    code.save(out, kind="svg", border=0, dark="#16262b", xmldecl=False, omitsize=True)
    inside = out.getvalue().decode().replace("<svg ", '<svg x="0" y="0" width="30" height="30" ', 1)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 170 30" width="170mm" height="30mm">{inside}</svg>'


def certificate(credential: Credential) -> bytes:
    """Return the certificate as PDF/A-3 and PDF/UA-1, with the signed document attached."""
    url = public_url(credential)
    return typesetting.pdf(
        CERTIFICATE,
        title=f"{credential.title} – {credential.holder_name}",
        language=page_tag(),
        standards=("a-3a", "ua-1"),
        files={"qr.svg": qr(url).encode()},
        values={
            "title": credential.title,
            "holder": credential.holder_name,
            "issuer": credential.issuer.name,
            "description": short(credential.description),
            # One page: the public page shows the rest.
            "outcomes": credential.details.get("outcomes", [])[:MOST_OUTCOMES],
            "particulars": particulars(credential),
            "url": url,
            "issued": _("Issued on %(date)s") % {"date": written_day(credential.issued_at)},
            "demonstration": _("Demonstration: not a real certificate") if settings.DEMONSTRATION else "",
            "document": credential.document,
            "words": {
                "certificate": _("Certificate"),
                "holder": _("awarded to"),
                "qr": _("QR code that opens the page on which this certificate can be checked"),
                "outcomes": _("The holder can"),
                "particulars": _("Particulars"),
                "check": _("Check this certificate at"),
                "attachment": _("The signed credential (Open Badges 3.0)"),
            },
        },
    )


def badge(credential: Credential) -> bytes:
    """Return the badge as SVG with the signed document baked in."""
    return signing.into_picture(_drawing(credential), credential.document)


def badge_pixels(credential: Credential) -> bytes:
    """Return the badge as PNG, for places that show no vector drawings."""
    return typesetting.picture(_drawing(credential), dots_per_inch=120)


def _drawing(credential: Credential) -> str:
    lines = _broken(credential.title, width=18)[:4]
    text = "".join(
        f'<text x="160" y="{150 + 26 * number}" font-size="22" font-weight="600" fill="#ffffff" text-anchor="middle">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320" width="320" height="320" role="img" '
        f'font-family="Source Sans 3, sans-serif"><title>{escape(credential.title)}</title>'
        '<path d="M160 8 292 84v152L160 312 28 236V84Z" fill="#0b5c63"/>'
        '<path d="M160 24 278 92v136L160 296 42 228V92Z" fill="none" stroke="#ffffff" stroke-opacity=".5" stroke-width="2"/>'
        '<rect x="130" y="96" width="60" height="5" fill="#f0785a"/>'
        f"{text}"
        f'<text x="160" y="262" font-size="13" fill="#ffffff" text-anchor="middle">{escape(credential.issuer.short_name)}</text></svg>'
    )


def _broken(text: str, *, width: int) -> list[str]:
    lines: list[str] = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def document_in(content: bytes) -> str:
    """Find the signed document in what somebody hands in: JSON, a baked badge, or our certificate.

    Raises:
        signing.NotGenuine: there is none.
    """
    head = content.lstrip()[:5]
    if head.startswith(b"%PDF"):
        return _attached(content)
    if head.startswith((b"<", b"\x89PNG")):
        return signing.out_of_picture(content)
    try:
        text = content.decode("utf-8-sig")
        json.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError) as fault:
        raise signing.NotGenuine("neither JSON nor a badge nor a certificate") from fault
    return text


def _attached(content: bytes) -> str:
    from pypdf import PdfReader

    try:
        attached = PdfReader(io.BytesIO(content)).attachments.get("credential.json") or []
        return attached[0].decode()
    except Exception as fault:
        raise signing.NotGenuine("the PDF carries no credential") from fault
