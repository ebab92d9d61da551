from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartneringConfig(AppConfig):
    name = "biosint.partnering"
    verbose_name = _("Finding partners")

    def ready(self) -> None:
        from biosint.partnering import providers

        providers.register()
