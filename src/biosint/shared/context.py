"""What every page knows: the menu of the person, its language and colours, and where the product runs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from biosint.shared import registries
from biosint.shared.languages import page_tag

THEME_COOKIE = "biosint_theme"
THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    def menu() -> dict[registries.Area, list[registries.Destination]]:
        user = getattr(request, "user", None)
        return registries.destinations_for(user) if user is not None and user.is_authenticated else {}

    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "menu": SimpleLazyObject(menu),
        "demonstration": settings.DEMONSTRATION,
        "site_url": settings.SITE_URL,
        "area_names": registries.AREA_NAMES,
        "theme": theme if theme in THEMES else "",
        "interface_languages": [(code, page_tag(code), name) for code, name in settings.LANGUAGES],
    }
