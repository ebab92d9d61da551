"""How a change of a text came about."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    WRITTEN = "written", _("written together")
    SAVED = "saved", _("saved from a form")
    TEMPLATE = "template", _("begun from a template")
    RESTORED = "restored", _("an earlier version, taken back")
