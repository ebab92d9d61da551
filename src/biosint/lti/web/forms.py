"""What a keeper writes about an external tool."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.institutions.api import Institution
from biosint.lti.models import Tool
from biosint.lti.rules import KEEPERS
from biosint.people.api import Person


def _public_keys(text: str) -> list[dict[str, Any]]:
    """Return the public RSA keys of a JWK set, or of one key; nothing where it is none, or holds private ones."""
    try:
        found = json.loads(text)
        keys = found.get("keys", [found])
        is_fit = all(one["kty"] == "RSA" and "n" in one and "d" not in one for one in keys)
    except (ValueError, KeyError, TypeError, AttributeError):
        return []
    return list(keys) if is_fit else []


class SecureAddress(forms.URLField):
    """An address that begins with https:// unless another scheme is typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class ToolForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    more_addresses = forms.CharField(
        label=_("More addresses for the answer"),
        required=False,
        help_text=_("One a line, if the tool names any beside the address that opens it (redirect URIs)."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    public_keys = forms.CharField(
        label=_("Or its public keys"),
        required=False,
        max_length=20_000,
        help_text=_("The JWK set itself, for a tool that shows its keys at no address."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Tool
        fields = [
            "name",
            "description",
            "institution",
            "launch_url",
            "login_url",
            "deep_link_url",
            "keyset_url",
            "shares_name",
            "shares_email",
            "is_active",
        ]
        field_classes = dict.fromkeys(
            ("launch_url", "login_url", "deep_link_url", "keyset_url"), SecureAddress
        )
        help_texts = {
            "launch_url": _("Target link URI, launch URL."),
            "login_url": _("OpenID Connect initiate login URL."),
            "deep_link_url": _("Leave it empty if the tool has nothing to choose from."),
            "keyset_url": _("Public keyset URL, JWKS URL."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Institution.objects.all()
        if not person.is_staff:
            own = own.filter(pk__in=person.institutions_as(*KEEPERS))
        self.fields["institution"] = forms.ModelChoiceField(
            own,
            label=_("Who may use it"),
            required=not person.is_staff,
            empty_label=_("every institution of this site") if person.is_staff else None,
        )
        self.fields["description"].widget.attrs["rows"] = 2
        if self.instance.pk:
            self.fields["more_addresses"].initial = "\n".join(self.instance.redirect_urls)
            if not self.instance.keyset_url:
                self.fields["public_keys"].initial = json.dumps(self.instance.keys, indent=1)
        self.order_fields(
            [
                "name",
                "description",
                "institution",
                "login_url",
                "launch_url",
                "more_addresses",
                "keyset_url",
                "public_keys",
                "deep_link_url",
                "shares_name",
                "shares_email",
                "is_active",
            ]
        )

    def clean_more_addresses(self) -> list[str]:
        address = forms.URLField(max_length=500, assume_scheme="https")
        return [
            str(address.clean(line.strip()))
            for line in self.cleaned_data["more_addresses"].splitlines()
            if line.strip()
        ]

    def clean_public_keys(self) -> dict[str, Any]:
        text = self.cleaned_data["public_keys"].strip()
        if not text:
            return {}
        keys = _public_keys(text)
        if not keys:
            raise forms.ValidationError(
                _("This is no set of public RSA keys (JWK set). Copy it again from the page of the tool.")
            )
        return {"keys": keys}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("keyset_url") and not given.get("public_keys") and "public_keys" not in self.errors:
            self.add_error(
                "keyset_url", _("Give the address of the tool’s public keys, or the keys themselves below.")
            )
        return given

    @property
    def description(self) -> dict[str, Any]:
        """The tool's fields as the operation takes them."""
        given = {name: self.cleaned_data[name] for name in self._meta.fields or () if name != "institution"}
        given["redirect_urls"] = self.cleaned_data["more_addresses"]
        if not given["keyset_url"]:
            given["keys"] = self.cleaned_data["public_keys"]
        return given
