from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PackageForm(forms.Form):
    """A package as its program exported it."""

    file = forms.FileField(
        label=_("Package"),
        help_text=_("One file: .h5p, or the .zip of SCORM 1.2 or SCORM 2004, as your program exported it."),
        max_length=255,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".h5p,.zip"
        self.fields["key"].initial = uuid.uuid4
