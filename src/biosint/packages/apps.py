from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PackagesConfig(AppConfig):
    name = "biosint.packages"
    verbose_name = _("Packages")

    def ready(self) -> None:
        from biosint.packages import providers, tasks  # noqa: F401 -- registers the tasks

        providers.register()
