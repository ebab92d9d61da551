"""Forms of situation reports."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.consortium import api as consortia
from biosint.people.api import Person
from biosint.shared.choosers import RecordsField
from biosint.situation.models import Analysis, Round, SituationReport, Workshop
from biosint.situation.operations.reports import LONGEST_WORDS
from biosint.situation.queries import campaigns, reports, rounds, workshops
from biosint.situation.states import ReportWords, RoundState

HELP = {
    ReportWords.ABSTRACT: gettext_lazy(
        "Left empty, the report begins with the findings in the order of the analyses."
    ),
    ReportWords.INTRODUCTION: gettext_lazy("What is known, what is not, and what you wanted to find out."),
    ReportWords.SETTING: gettext_lazy(
        "How people were reached, whether they got anything for it, and which ethics board agreed."
    ),
    ReportWords.DISCUSSION: gettext_lazy("What the findings mean, and how they fit what others found."),
    ReportWords.LIMITATIONS: gettext_lazy("The limits that the figures show stand in the report already. Add yours."),
    ReportWords.CONCLUSIONS: gettext_lazy("What follows for the strategies."),
    ReportWords.DECLARATIONS: gettext_lazy("Who paid, who has an interest, whom you thank."),
}  # fmt: skip


class BeginReportForm(forms.Form):
    """What the report is about and made of."""

    subject = forms.ChoiceField(label=gettext_lazy("Report on"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    analyses = RecordsField(
        label=gettext_lazy("Analyses"),
        queryset=Analysis.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Their results are worked out anew, in the language of the report."),
    )
    of_round = forms.ModelChoiceField(
        label=gettext_lazy("Round of the index"),
        queryset=Round.objects.none(),
        required=False,
        empty_label=gettext_lazy("No index in this report"),
    )
    earlier_round = forms.ModelChoiceField(
        label=gettext_lazy("Compared with"),
        queryset=Round.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nothing"),
    )

    workshop = forms.ModelChoiceField(
        label=gettext_lazy("SWOT workshop"),
        queryset=Workshop.objects.none(),
        required=False,
        empty_label=gettext_lazy("No SWOT in this report"),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole, self.places = reports.subjects_for(person)
        cast("forms.ChoiceField", self.fields["subject"]).choices = [
            *((f"all-{one.pk}", _("%(consortium)s, all institutions") % {"consortium": one}) for one in self.whole),
            *((f"one-{one.pk}", one.name) for one in self.places),
        ]  # fmt: skip
        cast(
            "forms.ModelMultipleChoiceField[Analysis]", self.fields["analyses"]
        ).queryset = campaigns.analyses_for(person)
        closed = rounds.rounds_visible_to(person).filter(state=RoundState.CLOSED)
        for name in ("of_round", "earlier_round"):
            cast("forms.ModelChoiceField[Round]", self.fields[name]).queryset = closed

        cast("forms.ModelChoiceField[Workshop]", self.fields["workshop"]).queryset = workshops.workshops_for(
            person
        )

    def clean_subject(self) -> Any:
        kind, _dash, key = self.cleaned_data["subject"].partition("-")
        among: list[Any] = self.whole if kind == "all" else self.places
        return next(one for one in among if str(one.pk) == key)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        subject = found.pop("subject", None)
        if subject is None:
            return found
        if subject in self.whole:
            found["consortium"], found["institution"] = subject, None
            return found
        of_round = found.get("of_round")
        # An institution may belong to several: the round says which one is meant.
        consortium = (
            of_round.consortium
            if of_round
            else next((one for one in consortia.consortia() if consortia.is_member(subject, one)), None)
        )
        if consortium is None:
            raise ValidationError(
                _("%(institution)s is a member of no consortium.") % {"institution": subject}
            )
        found["consortium"], found["institution"] = consortium, subject
        return found


class WriteReportForm(forms.Form):
    """The words of a report, section by section."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    authors = forms.CharField(
        label=gettext_lazy("Authors"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, with the institution if you like."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, sent: Any = None, *, report: SituationReport) -> None:
        initial = {
            "title": report.title,
            "authors": report.authors,
            "revision": report.revision,
            **{section: report.words.get(section, "") for section in ReportWords.values},
        }
        super().__init__(sent, initial=initial)
        for section in ReportWords:
            self.fields[section.value] = forms.CharField(
                label=section.label,
                max_length=LONGEST_WORDS,
                required=False,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=HELP[section],
            )

    @property
    def words(self) -> dict[str, str]:
        return {section: self.cleaned_data[section] for section in ReportWords.values}
