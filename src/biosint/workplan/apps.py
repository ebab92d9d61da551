from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkplanConfig(AppConfig):
    name = "biosint.workplan"
    verbose_name = _("Work plan")

    def ready(self) -> None:
        from biosint.workplan import providers

        providers.register()
