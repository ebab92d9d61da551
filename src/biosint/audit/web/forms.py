from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from biosint.shared.days import DayField


class Filters(forms.Form):
    """Words that narrow the trail; all of them may be left empty."""

    who = forms.CharField(label=_("Who acted"), max_length=100, required=False)
    what = forms.CharField(label=_("Record"), max_length=100, required=False)
    area = forms.ChoiceField(label=_("Part of the platform"), required=False)
    since = DayField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = DayField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = [
            (config.label, config.verbose_name)
            for config in apps.get_app_configs()
            if config.name in settings.PLATFORM_APPS
        ]
        self.fields["area"].choices = [("", _("All")), *ours]  # type: ignore[attr-defined]  # a ChoiceField
