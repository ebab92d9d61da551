from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "biosint.surveys"
    verbose_name = _("Questionnaires")

    def ready(self) -> None:
        from biosint.surveys import providers

        providers.register()
