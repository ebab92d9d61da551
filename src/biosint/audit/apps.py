from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "biosint.audit"
    verbose_name = _("Audit trail")

    def ready(self) -> None:
        from biosint.audit import providers

        providers.register()
