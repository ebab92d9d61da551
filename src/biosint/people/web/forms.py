from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from biosint.people.models import Person


class SignUpExtras(forms.Form):
    """What sign-up asks beyond address and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As it should stand on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Nothing more to keep: the adapter has stored the name."""
