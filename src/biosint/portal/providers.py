"""What the front door hands to the registries below it."""

from django.utils.translation import gettext_lazy as _

from biosint.shared import registries


def register() -> None:
    """Called once, when Django has loaded every app."""
    registries.DESTINATIONS.append(
        registries.Destination(
            registries.Area.HOME,
            _("Home"),
            "portal:home",
            _("What waits for you, and what changed."),
            icon="house",
            order=0,
        )
    )
