"""What reviewers and teachers write in a peer review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.web.rubric_forms import RubricMarking


class ReviewForm(RubricMarking):
    """A review: a level for each criterion, and words to the authors. A draft may leave levels out."""

    words = forms.CharField(
        label=_("What you say to the authors"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What works well? What would you change first?"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, draft: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["data-draft"] = draft


class SampleForm(RubricMarking):
    """A sample with the teacher's own rating."""

    title = forms.CharField(label=_("Title"), max_length=150)
    text = forms.CharField(
        label=_("The sample"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A work as learners could hand it in, without names. Markdown works."),
    )
    comment = forms.CharField(
        label=_("Why you rate it so"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Reviewers read it after they have rated the sample themselves."),
    )


class OverruleForm(forms.Form):
    points = forms.DecimalField(label=_("Points"), min_value=0, max_value=100, decimal_places=2)
    because = forms.CharField(
        label=_("Why do you decide otherwise?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Those whose work it is read it with the result."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AnswerForm(forms.Form):
    helpful = forms.ChoiceField(choices=[("yes", _("Helpful")), ("no", _("Not helpful"))])
    answer = forms.CharField(max_length=300, required=False)
