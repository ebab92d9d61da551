from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    name = "biosint.impact"
    verbose_name = _("Impact")

    def ready(self) -> None:
        from biosint.impact import providers

        providers.register()
