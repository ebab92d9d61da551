from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SituationConfig(AppConfig):
    name = "biosint.situation"
    verbose_name = _("Situation analysis")

    def ready(self) -> None:
        from biosint.situation import providers
        from biosint.situation.sealing import seal

        providers.register()
        post_migrate.connect(seal, sender=self)
