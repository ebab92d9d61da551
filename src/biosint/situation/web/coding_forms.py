"""Forms of the coding desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from biosint.situation.models import Coder


class BeginForm(forms.Form):
    sample_size = forms.IntegerField(
        label=gettext_lazy("Answers that both coders read"),
        required=False,
        min_value=20,
        help_text=gettext_lazy(
            "Empty: all. With a number, so many are drawn by chance; the first coder reads the rest alone afterwards."
        ),
    )


class CodeForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("Name of the code"), max_length=100)
    definition = forms.CharField(
        label=gettext_lazy("Given when"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("So that two people who have not talked give it to the same answers."),
    )
    example = forms.CharField(label=gettext_lazy("Example"), max_length=300, required=False)


class CoderForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Mail address"),
        help_text=gettext_lazy(
            "Of somebody with an account here. They will see these open answers, and no others."
        ),
    )
    place = forms.TypedChoiceField(
        label=gettext_lazy("Place"),
        coerce=int,
        choices=[(Coder.FIRST, gettext_lazy("first")), (Coder.SECOND, gettext_lazy("second"))],
    )


class QuoteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Quote"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Take out every name, place, subject and event by which somebody could be recognised."
        ),
    )
    is_safe = forms.BooleanField(label=gettext_lazy("I have read it again. Nobody can be recognised by it."))
