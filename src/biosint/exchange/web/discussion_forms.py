"""What people write in discussions."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Contribution, Course
from biosint.shared.languages import language_choices, language_name


class _WordsForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea,
        help_text=_("Markdown works: **bold**, lists, links."),
    )
    language = forms.ChoiceField(label=_("Language of what you write"), required=False)

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", language_name(course.language)),
            *(pair for pair in language_choices() if pair[0] != course.language),
        ]


class ThreadForm(_WordsForm):
    """The opening of a thread."""

    title = forms.CharField(label=_("Subject"), max_length=150)
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("title", "text", "language", "key")

    def __init__(self, *args: Any, draft: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.fields["text"].widget.attrs |= {"rows": 8, "data-draft": draft}


class AnswerForm(_WordsForm):
    """An answer in a thread."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.fields["text"].label = _("Your answer")
        self.fields["text"].help_text = ""
        self.fields["text"].widget.attrs |= {"rows": 3, "data-draft": draft}


class ChangeForm(_WordsForm):
    """One's own words, to be changed."""

    def __init__(self, *args: Any, written: Contribution, **kwargs: Any) -> None:
        super().__init__(
            *args,
            course=written.activity.course,
            initial={"text": written.text, "language": written.language},
            **kwargs,
        )
        self.fields["text"].widget.attrs["rows"] = 8


class HideForm(forms.Form):
    because = forms.CharField(
        label=_("Why do you hide this?"), max_length=300, help_text=_("Everybody in the discussion reads it.")
    )
