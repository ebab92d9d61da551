"""What teams and their teachers write while a course runs."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Application
from biosint.files import api as files


class PostForm(forms.Form):
    text = forms.CharField(label=_("Write to your team"), max_length=5000, widget=forms.Textarea)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, team_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.fields["text"].widget.attrs |= {"rows": 3, "data-draft": f"post-{team_id}"}


class ProductForm(forms.Form):
    text = forms.CharField(
        label=_("Your work"),
        max_length=40_000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Write here, or put a link below. Markdown works."),
    )
    link = forms.URLField(label=_("Link to your work"), max_length=500, required=False, assume_scheme="https")
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("A document, slides, a table or a picture.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, team_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{form}" for form in sorted(files.EVERYDAY))
        self.fields["key"].initial = uuid.uuid4
        self.fields["text"].widget.attrs |= {"rows": 10, "data-draft": f"product-{team_id}"}


class MarkForm(forms.Form):
    """One row of the table of marks."""

    points = forms.IntegerField(
        label=_("Points"),
        min_value=0,
        max_value=100,
        required=False,
        error_messages={"invalid": _("Write a whole number from 0 to 100.")},
        # Narrow, and without the wheel that changes a number by accident.
        widget=forms.TextInput,
    )
    comment = forms.CharField(label=_("Comment"), max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        mark = getattr(application, "mark", None)
        initial = {"version": 0}
        if mark is not None:
            initial = {"points": mark.points, "comment": mark.comment, "version": mark.version}
        super().__init__(*args, **{**kwargs, "prefix": f"mark-{application.pk}", "initial": initial})
        self.application = application
        name = application.learner.name
        self.fields["points"].widget.attrs |= {
            "inputmode": "numeric",
            "size": 4,
            "aria-label": _("Points of %(learner)s") % {"learner": name},
        }
        self.fields["comment"].widget.attrs["aria-label"] = _("Comment for %(learner)s") % {"learner": name}

    @property
    def is_given(self) -> bool:
        """Whether the teacher wrote or changed points here."""
        return self.cleaned_data.get("points") is not None and bool(
            {"points", "comment"} & set(self.changed_data)
        )
