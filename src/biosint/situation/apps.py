from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SituationConfig(AppConfig):
    name = "biosint.situation"
    verbose_name = _("Situation analysis")

    def ready(self) -> None:
        from biosint.situation import providers

        providers.register()
