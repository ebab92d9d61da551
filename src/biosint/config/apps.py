from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class ConfigConfig(AppConfig):
    name = "biosint.config"
    verbose_name = _("Settings")

    def ready(self) -> None:
        from biosint.config.checks import safe_sqlite

        # Not tagged as a database check: those run only where a command asks for them.
        register(safe_sqlite, Tags.compatibility)
