from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "biosint.files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from biosint.files import providers

        providers.register()
