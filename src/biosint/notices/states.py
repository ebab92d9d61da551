from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """How a person wants to hear of one kind of news. All but the last stand on the page of notices."""

    AT_ONCE = "at_once", _("by mail at once")
    DAILY = "daily", _("in one mail a day")
    WEEKLY = "weekly", _("in one mail a week")
    APP = "app", _("here only, no mail")
    NONE = "none", _("not at all")


DIGESTS = (Delivery.DAILY, Delivery.WEEKLY)
