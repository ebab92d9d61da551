from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "biosint.exchange"
    verbose_name = _("International courses")

    def ready(self) -> None:
        from biosint.exchange import providers

        providers.register()
