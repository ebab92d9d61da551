from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "biosint.jobs"
    verbose_name = _("Background jobs")

    def ready(self) -> None:
        from biosint.jobs import providers

        providers.register()
        # Every app may register tasks in its own tasks.py.
        autodiscover_modules("tasks")
