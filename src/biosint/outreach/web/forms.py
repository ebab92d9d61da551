from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biosint.files import api as files
from biosint.institutions.api import Institution
from biosint.outreach.models import News
from biosint.outreach.states import WRITTEN_LANGUAGES, ActivityKind, TargetGroup
from biosint.shared.days import DayField
from biosint.shared.languages import language_choices, language_name


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class FilterForm(forms.Form):
    """Which part of the log is shown. Every field may be empty; what cannot be read filters nothing."""

    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Institution"),
        to_field_name="slug",
        required=False,
        empty_label=_("all institutions"),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("all kinds")), *ActivityKind.choices], required=False
    )
    group = forms.ChoiceField(
        label=_("For whom"), choices=[("", _("everybody")), *TargetGroup.choices], required=False
    )
    since = DayField(label=_("From"), required=False, widget=_day_input())
    until = DayField(label=_("Until"), required=False, widget=_day_input())

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]  # a ModelChoiceField


class ActivityForm(forms.Form):
    """One line of the log."""

    institution = forms.ModelChoiceField(Institution.objects.none(), label=_("Institution"), empty_label=None)
    title = forms.CharField(label=_("What was done"), max_length=200)
    held_date = DayField(label=_("Day"), widget=_day_input())
    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind)
    place = forms.CharField(
        label=_("Place or channel"),
        max_length=200,
        help_text=_("The town and the conference, the journal, the station, the address of the page."),
    )
    language = forms.ChoiceField(label=_("Language"))
    target_groups = forms.MultipleChoiceField(
        label=_("For whom"), choices=TargetGroup, widget=forms.CheckboxSelectMultiple
    )
    reached = forms.IntegerField(
        label=_("People reached"),
        min_value=0,
        max_value=2_000_000_000,
        required=False,
        help_text=_("Leave it empty if nobody counted. A guess is worth less than an honest gap."),
    )
    reached_how = forms.CharField(
        label=_("How they were counted"),
        max_length=200,
        required=False,
        help_text=_("For example: list of attendance, page views in a month, print run."),
    )
    link = forms.URLField(label=_("Page about it"), max_length=500, required=False, assume_scheme="https")
    proof_link = forms.URLField(
        label=_("Address of the proof"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("A page that others can open. Or add a file below."),
    )
    proof_upload = forms.FileField(
        label=_("File as proof"),
        required=False,
        help_text=_(
            "A programme, a list of attendance, a photograph. Only staff of the partners can open it."
        ),
    )
    shows_funding = forms.BooleanField(
        label=_("The EU emblem and the funding statement were shown"), required=False
    )
    follow_up = forms.CharField(label=_("What follows from it"), max_length=500, required=False)

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["proof_upload"].widget.attrs["accept"] = ",".join(
            f".{extension}" for extension in sorted(files.EVERYDAY)
        )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why is the entry wrong?"), max_length=300)


class NewsForm(forms.Form):
    """A message in up to three languages; a language needs both its title and its text."""

    def __init__(self, *args: Any, news: News | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in WRITTEN_LANGUAGES:
            name = {"language": language_name(code)}
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title (%(language)s)") % name, max_length=150, required=False
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text (%(language)s)") % name,
                max_length=10_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=_("Markdown works: **bold**, lists, links."),
            )
            if news is not None:
                self.initial[f"title_{code}"] = news.title.get(code, "")
                self.initial[f"text_{code}"] = news.text.get(code, "")

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """The cleaned words: ``title`` and ``text``, each by language."""
        return {
            part: {code: self.cleaned_data[f"{part}_{code}"] for code in WRITTEN_LANGUAGES}
            for part in ("title", "text")
        }


class EnquiryForm(forms.Form):
    """What somebody from outside says about themselves, as little as an answer needs."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    purpose = forms.CharField(
        label=_("What would you like to use, and what for?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    consent = forms.BooleanField(
        label=_("You may keep these words and my address to answer me."),
        error_messages={"required": _("Without your yes we may not keep your address, and cannot answer.")},
    )
    # People do not see it; machines that fill in every field give themselves away.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.HiddenInput(),
    )

    @property
    def by_machine(self) -> bool:
        return bool(self.cleaned_data["website"])


class AnswerForm(forms.Form):
    outcome = forms.CharField(
        label=_("What came of it"),
        max_length=500,
        required=False,
        help_text=_("For example: syllabus sent, visit agreed in May."),
    )


class PracticeForm(forms.Form):
    """A practice in four short parts."""

    institution = forms.ModelChoiceField(Institution.objects.none(), label=_("Institution"), empty_label=None)
    title = forms.CharField(
        label=_("Title"), max_length=150, help_text=_("What others would do, in one line.")
    )
    language = forms.ChoiceField(label=_("Language"))
    need = forms.CharField(
        label=_("What was missing"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For whom, and how you knew."),
    )
    deed = forms.CharField(
        label=_("What was done"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Step by step, so that somebody who was not there can do it. Markdown works."),
    )
    outcome = forms.CharField(
        label=_("What came of it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With figures where you have them; also what did not work."),
    )
    effort = forms.CharField(
        label=_("What it takes"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("People, hours, money, rooms, consent of a body."),
    )

    def __init__(self, *args: Any, institutions: QuerySet[Institution] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]  # a ChoiceField
        if institutions is None:
            # Written anew: the institution stays.
            del self.fields["institution"]
        else:
            self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]  # a ModelChoiceField


class ReviewForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("publish", _("publish it")), ("send_back", _("send it back with what is missing"))],
        widget=forms.RadioSelect,
    )
    review = forms.CharField(
        label=_("Review"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Could you do it at your place after reading this? What would you still ask?"),
    )


class UseForm(forms.Form):
    institution = forms.ModelChoiceField(Institution.objects.none(), label=_("Institution"), empty_label=None)
    note = forms.CharField(label=_("Where, and what you changed"), max_length=300)

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]  # a ModelChoiceField
