from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "biosint.quizzes"
    verbose_name = _("Quizzes")

    def ready(self) -> None:
        from biosint.quizzes import providers

        providers.register()
