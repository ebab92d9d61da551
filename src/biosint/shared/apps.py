from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "biosint.shared"
