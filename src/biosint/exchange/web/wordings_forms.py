"""What teachers write when they translate a course."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Activity, Course, CourseWords


class ActivityWordsForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=150)
    text = forms.CharField(
        label=_("Text"), max_length=40_000, required=False, widget=forms.Textarea(attrs={"rows": 18})
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not activity.text:
            del self.fields["text"]


class CourseWordsForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=150)
    summary = forms.CharField(
        label=_("What it is about"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, course: Course, known: CourseWords | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(course.outcomes)
        outcomes = known.outcomes if known else []
        if known:
            self.initial.update(title=known.title, summary=known.summary)
        for number, outcome in enumerate(course.outcomes):
            self.fields[f"outcome_{number}"] = forms.CharField(
                label=_("Outcome %(number)s") % {"number": number + 1},
                help_text=outcome["text"],
                max_length=500,
                required=False,
                initial=outcomes[number] if number < len(outcomes) else "",
            )

    @property
    def outcomes(self) -> list[str]:
        return [self.cleaned_data[f"outcome_{number}"] for number in range(self.count)]
