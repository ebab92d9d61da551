from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.impact.calculation import Inputs


def _amount(label: Any, help_text: Any = "", *, maximum: float = 1_000_000, **more: Any) -> forms.FloatField:
    return forms.FloatField(label=label, help_text=help_text, min_value=0, max_value=maximum, **more)


class InputsForm(forms.Form):
    """What a comparison needs that the platform cannot count: hours, prices, and the stay it is set against."""

    development_hours = _amount(
        _("Hours to develop the course, once"), _("Of all teachers together, before the first run.")
    )
    runs = forms.IntegerField(
        label=_("Runs that share the development"),
        min_value=1,
        max_value=100,
        initial=1,
        help_text=_("How often the course was held, or surely will be."),
    )
    teacher_hours = _amount(_("Hours of teachers in one run"), _("Live hours, preparation, marking."))
    facilitator_hours = _amount(_("Hours of facilitators in one run"), initial=0)
    hours_per_learner = _amount(
        _("Further hours for each learner"), _("What grows with every learner: feedback, recognition.")
    )
    hours_uncertainty = _amount(
        _("The hours may be off by (per cent)"),
        _("10 if they were written down, 20 to 40 if they are remembered."),
        maximum=90,
        initial=20,
    )
    hourly_cost_low = _amount(_("One working hour, lowest (EUR)"), _("All charges included."), maximum=1000)
    hourly_cost = _amount(_("One working hour, usual (EUR)"), maximum=1000)
    hourly_cost_high = _amount(_("One working hour, highest (EUR)"), maximum=1000)
    platform_cost = _amount(_("Platform, for one run (EUR)"), _("Server, licences, support."), initial=0)
    online_hours = _amount(_("Hours of video for each learner"), maximum=1000)
    mobility_days = forms.IntegerField(
        label=_("Days of the stay abroad"),
        min_value=1,
        max_value=400,
        help_text=_("The stay that these learners would otherwise have made."),
    )
    hotel_nights = forms.IntegerField(
        label=_("Nights of it in a hotel"),
        min_value=0,
        max_value=400,
        initial=0,
        help_text=_("0 for learners who live in lodgings."),
    )
    mobility_ects = _amount(_("ECTS credits of the stay"), maximum=60)
    administration_hours = _amount(_("Hours to arrange one stay"), _("Both offices together."), maximum=1000)
    grant = _amount(
        _("Grant for one stay (EUR)"),
        _("Empty: the average of the factors, which is that of a long stay."),
        required=False,
    )
    own_low = _amount(_("What a learner pays beyond the grant, lowest (EUR)"), initial=0)
    own_high = _amount(_("What a learner pays beyond the grant, highest (EUR)"))
    coach_up_to_km = _amount(
        _("By coach up to (km)"), _("Who lives farther away goes by plane."), maximum=3000, initial=700
    )
    note = forms.CharField(
        label=_("Who gave these figures, and what they rest on"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Readers see it. For example: time sheets of both teachers; wage from the finance office."
        ),
    )

    COURSE = (
        "development_hours",
        "runs",
        "teacher_hours",
        "facilitator_hours",
        "hours_per_learner",
        "hours_uncertainty",
        "online_hours",
    )
    MONEY = ("hourly_cost_low", "hourly_cost", "hourly_cost_high", "platform_cost")
    STAY = (
        "mobility_days",
        "hotel_nights",
        "mobility_ects",
        "administration_hours",
        "grant",
        "own_low",
        "own_high",
        "coach_up_to_km",
    )

    def _part(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[name] for name in names]

    @property
    def course_part(self) -> list[forms.BoundField]:
        return self._part(self.COURSE)

    @property
    def money_part(self) -> list[forms.BoundField]:
        return self._part(self.MONEY)

    @property
    def stay_part(self) -> list[forms.BoundField]:
        return self._part(self.STAY)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        low, usual, high = (told.get(name) for name in ("hourly_cost_low", "hourly_cost", "hourly_cost_high"))
        if low is not None and usual is not None and low > usual:
            self.add_error("hourly_cost_low", _("The lowest is at most the usual one."))
        if high is not None and usual is not None and high < usual:
            self.add_error("hourly_cost_high", _("The highest is at least the usual one."))
        own_low, own_high = told.get("own_low"), told.get("own_high")
        if own_low is not None and own_high is not None and own_low > own_high:
            self.add_error("own_high", _("The highest is at least the lowest one."))
        days, nights = told.get("mobility_days"), told.get("hotel_nights")
        if days is not None and nights is not None and nights > days:
            self.add_error("hotel_nights", _("There are no more nights than days."))
        return told

    @property
    def inputs(self) -> Inputs:
        return Inputs.read(self.cleaned_data)
