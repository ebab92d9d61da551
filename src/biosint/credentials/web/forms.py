from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# A certificate has some tens of kilobytes; reading a large PDF of a stranger would only cost time.
MOST_BYTES = 4 * 1024 * 1024


class CheckForm(forms.Form):
    """A credential handed in for checking: a file or its text."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("The certificate (PDF), the badge (SVG, PNG) or the credential (JSON)."),
    )
    text = forms.CharField(
        label=_("Or the text of the credential"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        file = given.get("file")
        if file and file.size > MOST_BYTES:
            self.add_error(
                "file", _("The file is larger than a certificate can be. Choose the file you were given.")
            )
        if not file and not given.get("text", "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste the text of the credential."))
        return given


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it taken back?"),
        max_length=300,
        help_text=_("The holder and everyone who checks the credential will read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
