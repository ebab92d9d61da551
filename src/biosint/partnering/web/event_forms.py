"""What a coordinator writes about a matching event, and what those who come write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.institutions.api import Institution
from biosint.notices import api as notices
from biosint.partnering.models import MatchingEvent, Registration
from biosint.partnering.rules.offers import TEACHING_OFFICES
from biosint.partnering.states import Outcome
from biosint.partnering.web.forms import Keyed, written_keywords
from biosint.people.api import Office
from biosint.shared.choosers import RecordsField
from biosint.shared.days import MomentField
from biosint.shared.languages import language_choices
from biosint.shared.subjects import subject_choices

if TYPE_CHECKING:
    from biosint.people.api import Person


class EventForm(Keyed, forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """The time is typed on the clock of the host, and shown to each reader on their own."""

    meeting_url = forms.URLField(label=_("Link to the meeting room"), max_length=500, assume_scheme="https")

    class Meta:
        model = MatchingEvent
        fields = ["title", "text", "starts_at", "rounds", "minutes", "meeting_url"]
        field_classes = {"starts_at": MomentField}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "starts_at": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        }
        help_texts = {"starts_at": _("On the clock of the inviting institution.")}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Institution.objects.filter(pk__in=person.institutions_as(Office.COORDINATOR))
        self.fields["host"] = forms.ModelChoiceField(
            mine, label=_("Inviting institution"), initial=mine.first(), empty_label=None
        )
        self.fields["subject"] = forms.ChoiceField(
            label=_("Subject"), choices=[("", "—"), *subject_choices()], required=False
        )
        self.fields["institutions"] = RecordsField(
            Institution.objects.order_by("name"),
            label=_("Who may come"),
            required=False,
            help_text=_("Choose none if teachers of every institution may come."),
        )
        self.order_fields(["title", "host", "text", "subject", "starts_at"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        starts, host = given.get("starts_at"), given.get("host")
        if starts and host:
            # Django read the hour on the reader's clock; it is meant on the host's.
            typed = timezone.localtime(starts)
            given["starts_at"] = notices.on_the_wall(
                typed.date(), typed.time(), ZoneInfo(host.time_zone or "UTC")
            )
            if given["starts_at"] <= timezone.now():
                self.add_error("starts_at", _("This moment is past."))
        return given

    @property
    def description(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self._meta.fields, "subject")}  # type: ignore[misc]  # a list, above


class RegistrationForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """What one brings and seeks; the plan of talks is made from it."""

    class Meta:
        model = Registration
        fields = ["brings", "seeks", "language"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Institution.objects.filter(pk__in=person.institutions_as(*TEACHING_OFFICES))
        self.fields["institution"] = forms.ModelChoiceField(
            mine, label=_("Institution"), initial=mine.first(), empty_label=None
        )
        self.fields["subject"] = forms.ChoiceField(
            label=_("Subject"), choices=[("", "—"), *subject_choices()], initial=self.instance.subject
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=language_choices(), initial="en"
        )
        self.fields["keywords"] = forms.CharField(
            label=_("Keywords"),
            required=False,
            max_length=400,
            initial=", ".join(self.instance.keywords or []),
            help_text=_("Separated by commas."),
        )

    def clean_keywords(self) -> list[str]:
        return written_keywords(self.cleaned_data["keywords"])

    @property
    def words(self) -> dict[str, Any]:
        names = ("brings", "seeks", "language", "subject", "keywords")
        return {name: self.cleaned_data[name] for name in names}


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Outcome.choices)
