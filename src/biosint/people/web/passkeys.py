"""How a person adds a passkey: to sign in with it alone, unless they say otherwise."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """The form of the sign-in library in our words, with the box ticked that most people mean."""

    name = forms.CharField(label=_("Name"), required=False)
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone"),
        help_text=_("You then need no password. Your phone or computer asks for your finger, face or code."),
        required=False,
        initial=True,
    )
