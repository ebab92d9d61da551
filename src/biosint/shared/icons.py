"""The drawings of icons, read once from what the build chose out of the one set."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.html import escape
from django.utils.safestring import SafeString

BUILT = Path(__file__).resolve().parent.parent / "static_built" / "bundled"


def built_file(name: str) -> Path:
    """Return a file that the front-end build makes, or say how to make it."""
    path = BUILT / name
    if not path.is_file():
        raise ImproperlyConfigured(f"{name} has not been built yet: run “make build” once, then try again.")
    return path


@lru_cache(maxsize=1)
def _shapes() -> dict[str, str]:
    shapes: dict[str, str] = json.loads(built_file("icons.json").read_text("utf-8"))
    return shapes


@lru_cache(maxsize=512)
def drawing(name: str, *, label: str = "") -> SafeString:
    """Return the icon as inline SVG in the colour of the text around it."""
    shape = _shapes().get(name)
    if shape is None:
        raise ImproperlyConfigured(
            f"There is no icon “{name}”: add it to biosint/shared/icons.txt and run “make build”."
        )
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return SafeString(f'<svg class="icon" viewBox="0 0 24 24" width="20" height="20" {meaning}>{shape}</svg>')
