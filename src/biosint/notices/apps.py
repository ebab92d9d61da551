from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "biosint.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from biosint.notices import providers

        providers.register()
