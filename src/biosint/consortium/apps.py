from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsortiumConfig(AppConfig):
    name = "biosint.consortium"
    verbose_name = _("Consortium")

    def ready(self) -> None:
        from biosint.consortium import providers

        providers.register()
