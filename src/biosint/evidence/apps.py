from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "biosint.evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        from biosint.evidence import providers

        providers.register()
