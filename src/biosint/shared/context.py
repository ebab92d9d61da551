"""What every page knows: the menu of the person and where the product runs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from biosint.shared import registries


def page(request: HttpRequest) -> dict[str, Any]:
    def menu() -> dict[registries.Area, list[registries.Destination]]:
        user = getattr(request, "user", None)
        return registries.destinations_for(user) if user is not None and user.is_authenticated else {}

    return {
        "menu": SimpleLazyObject(menu),
        "demonstration": settings.DEMONSTRATION,
        "site_url": settings.SITE_URL,
        "area_names": registries.AREA_NAMES,
    }
