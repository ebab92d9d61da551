from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "biosint.portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from biosint.portal import providers

        providers.register()
