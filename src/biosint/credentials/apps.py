from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "biosint.credentials"
    verbose_name = _("Credentials")

    def ready(self) -> None:
        from biosint.credentials import providers

        providers.register()
