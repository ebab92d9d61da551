from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LtiConfig(AppConfig):
    name = "biosint.lti"
    verbose_name = _("External tools")

    def ready(self) -> None:
        from biosint.lti import providers

        providers.register()
