from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Award

LEVELS = [("", _("not stated")), *((str(number), str(number)) for number in range(1, 9))]


class AwardForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """What the EU asks of a micro-credential and the course does not say yet."""

    eqf_level = forms.TypedChoiceField(
        label=_("Level of learning (EQF)"),
        choices=LEVELS,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("In the European Qualifications Framework: 6 for a bachelor, 7 for a master."),
    )

    class Meta:
        model = Award
        fields = [
            "eqf_level",
            "assessment",
            "attendance",
            "quality_assurance",
            "prerequisites",
            "stackability",
            "valid_months",
            "asks_agreement",
        ]
        widgets = {
            "assessment": forms.Textarea(attrs={"rows": 2}),
            "quality_assurance": forms.Textarea(attrs={"rows": 2}),
            "prerequisites": forms.Textarea(attrs={"rows": 2}),
            "stackability": forms.Textarea(attrs={"rows": 2}),
        }
