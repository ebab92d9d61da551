from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "biosint.reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        from biosint.reporting import providers

        providers.register()
