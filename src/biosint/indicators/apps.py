from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "biosint.indicators"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        from biosint.indicators import providers

        providers.register()
