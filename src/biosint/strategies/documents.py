"""A version on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.gateways import typesetting
from biosint.shared.blocks import blocks
from biosint.shared.dates import written_day
from biosint.shared.languages import page_tag

if TYPE_CHECKING:
    from biosint.strategies.models import Version


def pdf(version: Version) -> bytes:
    """Return the version as PDF/UA, with who adopted it and when; a draft says that it is one."""
    document = version.document
    adoption = getattr(version, "adoption", None)
    particulars = [
        (_("Institution"), document.institution.name),
        (_("Version"), f"{version.number}, {written_day(version.written_at)}"),
    ]
    if adoption:
        particulars.append(
            (
                _("Adopted"),
                _("%(body)s, %(date)s, no. %(reference)s")
                % {
                    "body": adoption.body,
                    "date": written_day(adoption.decided_date),
                    "reference": adoption.reference,
                },
            )
        )
    else:
        particulars.append((_("State"), _("draft, not adopted")))
    return typesetting.pdf(
        Path(__file__).parent / "document.typ",
        title=document.title,
        language=page_tag(document.language),
        values={
            "title": document.title,
            "kicker": str(document.get_kind_display()),
            "particulars": particulars,
            "footer": document.institution.name,
            "blocks": blocks(version.text),
        },
    )
