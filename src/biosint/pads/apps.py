from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PadsConfig(AppConfig):
    name = "biosint.pads"
    verbose_name = _("Texts written together")

    def ready(self) -> None:
        from biosint.pads import providers

        providers.register()
