"""Forms in which a campaign is set up and changed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.institutions.api import Institution
from biosint.people.api import Office
from biosint.shared.choosers import RecordsField
from biosint.shared.days import MomentField
from biosint.shared.languages import OWN_NAMES
from biosint.situation.models.campaigns import MOST_REMINDERS
from biosint.situation.operations.campaigns import Mailing, Terms
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.people.api import Person
    from biosint.situation.models import Campaign

SHAPE = "%Y-%m-%dT%H:%M"
SHAPES = [SHAPE, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
LONGEST_PAUSE = 60


def homes_of(person: Person) -> frozenset[int]:
    """Return the institutions for which a person may run campaigns."""
    return person.institutions_as(*surveys.KEEPERS)


def _moment(label: Any, help_text: Any = "") -> MomentField:
    return MomentField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=SHAPE),
        input_formats=SHAPES,
        help_text=help_text,
    )


def _smallest_group() -> forms.IntegerField:
    low, high = surveys.SMALLEST_GROUP_BOUNDS
    return forms.IntegerField(
        label=gettext_lazy("Smallest group shown"),
        min_value=low,
        max_value=high,
        initial=surveys.SMALLEST_GROUP,
        help_text=gettext_lazy(
            "Figures that stand for fewer people are hidden, so that nobody is recognised."
        ),
    )


class CampaignForm(forms.Form):
    # Made when the form is handed out: pressed twice, it starts one campaign.
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.ModelChoiceField(
        label=gettext_lazy("Questionnaire"),
        queryset=surveys.Version.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("Only published versions can be sent to people."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("People see it on top of the questionnaire."),
    )
    purpose = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Run by"), queryset=Institution.objects.none(), empty_label=None
    )
    institutions = RecordsField(
        label=gettext_lazy("Whose people are asked"),
        queryset=Institution.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = _moment(gettext_lazy("Opens"), gettext_lazy("In your own time zone."))
    closes_at = _moment(
        gettext_lazy("Closes"), gettext_lazy("Answers begun before the end are taken for one hour more.")
    )
    entry = forms.ChoiceField(
        label=gettext_lazy("Who may answer"),
        choices=surveys.Entry.choices,
        initial=surveys.Entry.LINK,
        required=False,
        help_text=gettext_lazy(
            "A ticket is a link or a code on paper that works once. Nobody can tell which answers were given with it."
        ),
    )
    pairing = forms.ChoiceField(
        label=gettext_lazy("Code that ties answers before and after"),
        choices=surveys.Pairing.choices,
        initial=surveys.Pairing.OFF,
        required=False,
        help_text=gettext_lazy(
            "People make it of letters and digits only they know. Needed if the same people will be asked again."
        ),
    )
    smallest_group = _smallest_group()

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4()
        self.fields["smallest_group"].required = False
        keeps = homes_of(person)
        own = Institution.objects.filter(pk__in=keeps) if not person.is_staff else Institution.objects.all()
        cast("forms.ModelChoiceField[Institution]", self.fields["owner"]).queryset = own
        cast(
            "forms.ModelChoiceField[surveys.Version]", self.fields["version"]
        ).queryset = surveys.published_versions_for(person)
        beyond = person.is_staff or person.holds(Office.COORDINATOR)
        cast("RecordsField", self.fields["institutions"]).queryset = (
            Institution.objects.all() if beyond else own
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        opens, closes = found.get("opens_at"), found.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The end must come after the beginning."))
        elif closes and closes <= timezone.now():
            self.add_error("closes_at", _("The end lies in the past. Choose a day to come."))
        return found

    def wanted(self) -> dict[str, Any]:
        """Return what ``start_campaign`` is told."""
        found = dict(self.cleaned_data)
        terms = Terms(
            entry=surveys.Entry(found.pop("entry") or surveys.Entry.LINK),
            pairing=surveys.Pairing(found.pop("pairing") or surveys.Pairing.OFF),
            smallest_group=found.pop("smallest_group") or surveys.SMALLEST_GROUP,
        )
        return {**found, "terms": terms}


class CourseForm(forms.Form):
    """What can still be changed while a campaign runs."""

    purpose = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    closes_at = _moment(gettext_lazy("Closes"), gettext_lazy("In your own time zone."))
    further = RecordsField(
        label=gettext_lazy("Ask further institutions"),
        queryset=Institution.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    smallest_group = _smallest_group()
    reminds_itself = forms.BooleanField(label=gettext_lazy("Remind people by itself"), required=False)
    most_reminders = forms.IntegerField(
        label=gettext_lazy("Reminders per person at most"), min_value=0, max_value=MOST_REMINDERS
    )
    days_between_mails = forms.IntegerField(
        label=gettext_lazy("Days between two mails at least"), min_value=1, max_value=LONGEST_PAUSE
    )

    def __init__(self, *args: Any, campaign: Campaign, person: Person, **kwargs: Any) -> None:
        answer_set = campaign.answer_set
        names = ("purpose", "reminds_itself", "most_reminders", "days_between_mails")
        kwargs["initial"] = {
            **{name: getattr(campaign, name) for name in names},
            "closes_at": answer_set.closes_at,
            "smallest_group": answer_set.smallest_group,
        }
        super().__init__(*args, **kwargs)
        open_to = Institution.objects.exclude(pk__in=answer_set.institutions.values("pk"))
        if not (person.is_staff or person.holds(Office.COORDINATOR, at=answer_set.owner)):
            open_to = open_to.filter(pk__in=homes_of(person))
        cast("RecordsField", self.fields["further"]).queryset = open_to
        if not open_to.exists():
            del self.fields["further"]
        self._letters: list[str] = []
        if answer_set.entry == surveys.Entry.TICKETS:
            self._letters = languages_of(campaign)
            for code in self._letters:
                self.fields[f"letter_{code}"] = forms.CharField(
                    label=_("First words of every mail (%(language)s)") % {"language": OWN_NAMES[code]},
                    max_length=1500,
                    required=False,
                    initial=campaign.letter.get(code, ""),
                    widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
                )
        else:
            for name in ("reminds_itself", "most_reminders", "days_between_mails"):
                del self.fields[name]

    def wanted(self, campaign: Campaign) -> dict[str, Any]:
        """Return what ``change_campaign`` is told."""
        found = self.cleaned_data
        return {
            "purpose": found["purpose"],
            "closes_at": found["closes_at"],
            "further": found.get("further", ()),
            "smallest_group": found["smallest_group"],
            "mailing": Mailing(
                letter={code: found[f"letter_{code}"] for code in self._letters if found[f"letter_{code}"]},
                most_reminders=found.get("most_reminders", campaign.most_reminders),
                days_between_mails=found.get("days_between_mails", campaign.days_between_mails),
                reminds_itself=found.get("reminds_itself", campaign.reminds_itself),
            ),
        }


def languages_of(campaign: Campaign) -> list[str]:
    """Return the languages in which the questionnaire of a campaign is complete."""
    version = campaign.answer_set.version
    complete = surveys.page_languages(version.content) if version else []
    return [code for code in OWN_NAMES if code in complete] or ["en"]
