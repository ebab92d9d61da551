"""Links to a translation aid outside. Nothing leaves the site before a person follows one."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings

from biosint.shared.blocks import plain_text
from biosint.shared.languages import page_tag

# Browsers and servers cut longer addresses; what is longer is translated in parts by hand.
MOST_SIGNS = 1800


def translation_link(markdown: str, language: str) -> str:
    """Return the address at which a passage is translated into the reader's language.

    Empty where the site has chosen no aid, or where the passage is in the reader's language already.

    Args:
        language: BCP 47 tag of the passage.
    """
    aid, to = settings.TRANSLATION_URL, page_tag()
    if not aid or language.split("-", maxsplit=1)[0] == to.split("-")[0]:
        return ""
    words = {"from": language, "to": to, "text": plain_text(markdown)[:MOST_SIGNS]}
    for name, word in words.items():
        aid = aid.replace(f"{{{name}}}", quote(word, safe=""))
    return aid
