from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.notices.kinds import kinds
from biosint.notices.models import Preferences
from biosint.notices.states import Delivery
from biosint.shared.languages import locale


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PreferencesForm(forms.Form):
    """How a person hears of each kind of news, and when mail may come."""

    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=_clock(),
        help_text=_("Mails wait until the quiet hours end, by the clock of your own time zone."),
    )
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=_clock())
    digest_time = forms.TimeField(label=_("Collected mails come at"), widget=_clock())
    digest_weekday = forms.TypedChoiceField(label=_("The weekly one comes on"), coerce=int)

    def __init__(self, *args: Any, preferences: Preferences, **kwargs: Any) -> None:
        hours = ("quiet_from", "quiet_until", "digest_time", "digest_weekday")
        kwargs.setdefault("initial", {name: getattr(preferences, name) for name in hours})
        super().__init__(*args, **kwargs)
        names = locale().days["stand-alone"]["wide"]
        self.fields["digest_weekday"].choices = [(day, names[day]) for day in range(7)]  # type: ignore[attr-defined]  # a ChoiceField
        self._codes = {}
        for kind in kinds():
            # A dot has no place in the name of a field.
            name = f"kind_{kind.code.replace('.', '__')}"
            self._codes[name] = kind.code
            self.fields[name] = forms.ChoiceField(
                label=str(kind.label),
                help_text=str(kind.explains),
                choices=Delivery.choices,
                initial=preferences.delivery_of(kind.code, kind.default).value,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        missing = [name for name in ("quiet_from", "quiet_until") if given.get(name) is None]
        if len(missing) == 1 and missing[0] not in self.errors:
            self.add_error(missing[0], _("Give both ends of the quiet hours, or leave both empty."))
        return given

    @property
    def kind_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self._codes]

    @property
    def chosen(self) -> dict[str, Any]:
        """The wishes as the operation takes them."""
        hours = ("quiet_from", "quiet_until", "digest_time", "digest_weekday")
        return {
            "deliveries": {code: Delivery(self.cleaned_data[name]) for name, code in self._codes.items()},
            **{name: self.cleaned_data[name] for name in hours},
        }
