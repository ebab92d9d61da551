from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurriculumConfig(AppConfig):
    name = "biosint.curriculum"
    verbose_name = _("Curriculum")

    def ready(self) -> None:
        from biosint.curriculum import providers

        providers.register()
