from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    name = "biosint.institutions"
    verbose_name = _("Institutions")

    def ready(self) -> None:
        from biosint.institutions import providers

        providers.register()
