from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategiesConfig(AppConfig):
    name = "biosint.strategies"
    verbose_name = _("Strategies")

    def ready(self) -> None:
        from biosint.strategies import providers

        providers.register()
