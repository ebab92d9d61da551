from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "biosint.exchange"
    verbose_name = _("International courses")

    def ready(self) -> None:
        from biosint.exchange import plan_checks, providers
        from biosint.exchange.web import panel

        providers.register()
        panel.register()
        plan_checks.register_all()
