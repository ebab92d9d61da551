from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    name = "biosint.recognition"
    verbose_name = _("Recognition")

    def ready(self) -> None:
        from biosint.recognition import providers

        providers.register()
