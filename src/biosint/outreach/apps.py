from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    name = "biosint.outreach"
    verbose_name = _("Outreach")

    def ready(self) -> None:
        from biosint.outreach import providers

        providers.register()
