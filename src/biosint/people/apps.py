from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "biosint.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from biosint.people import providers
        from biosint.people.web import receivers  # noqa: F401 -- connects them

        providers.register()
