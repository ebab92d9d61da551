"""What teachers write: offers, messages, reports; and what people look for."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.institutions.api import Institution
from biosint.partnering.models import Offer
from biosint.partnering.queries.offers import Search
from biosint.partnering.rules.offers import TEACHING_OFFICES
from biosint.partnering.states import CourseFormat, OfferKind, StudyLevel
from biosint.people.api import LanguageLevel
from biosint.shared.days import DayField
from biosint.shared.folding import folded
from biosint.shared.languages import country_name, language_choices, language_name
from biosint.shared.subjects import BROAD_FIELDS, SUBJECTS, subject_choices, subject_name

if TYPE_CHECKING:
    from biosint.people.api import Person

ALL = ("", _("all"))
# The address says q; everything else has the name that ``Search`` gives it.
WORDS = "q"
MOST_KEYWORDS = 12
SHOWN_FOR = timedelta(days=90)
LONGEST = timedelta(days=366)


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def written_keywords(text: str) -> list[str]:
    """Return free words between commas, each once whatever its case, accents or script."""
    words = (" ".join(word.split())[:60] for word in text.split(","))
    return list({folded(word): word for word in words if word}.values())[:MOST_KEYWORDS]


class SearchForm(forms.Form):
    """What a person looks for; nonsense in an address filters nothing."""

    use_required_attribute = False

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        help_text=_("Words of the offer, its subject or institution. The beginning of a word is enough."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("What"), required=False, choices=[ALL, *OfferKind.choices])
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    language_level = forms.ChoiceField(
        label=_("My students’ level of that language"), required=False, choices=[ALL, *LanguageLevel.choices]
    )
    level = forms.ChoiceField(label=_("Level of study"), required=False, choices=[ALL, *StudyLevel.choices])
    format = forms.ChoiceField(label=_("Form"), required=False, choices=[ALL, *CourseFormat.choices])
    country = forms.ChoiceField(label=_("Country"), required=False)
    from_date = DayField(label=_("In weeks after"), required=False, widget=_day())
    until_date = DayField(label=_("In weeks before"), required=False, widget=_day())
    order = forms.ChoiceField(
        label=_("In order of"),
        required=False,
        choices=[("", _("newest first")), ("start", _("first day")), ("until", _("ends soon"))],
    )

    def __init__(self, *args: Any, counts: dict[str, Counter[str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = counts or {}
        subjects = found.get("subject", Counter())
        broad = Counter[str]()
        for code, count in subjects.items():
            broad[code[:2]] += count
        self._offer("subject", subjects + broad, _field_name, [*BROAD_FIELDS, *SUBJECTS])
        self._offer("language", found.get("language", Counter()), language_name)
        self._offer("country", found.get("country", Counter()), country_name)

    def _offer(
        self, name: str, counted: Counter[str], named: Callable[[str], str], order: list[str] | None = None
    ) -> None:
        """Offer what would show something, and what is chosen already."""
        chosen = str(self.data.get(name, "") if self.is_bound else self.initial.get(name, "") or "")
        codes = [code for code in (order or sorted(counted, key=named)) if counted[code]]
        if chosen and chosen not in codes and chosen.isalnum() and len(chosen) <= 10:
            codes.append(chosen)
        self.fields[name].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ALL,
            *((code, f"{named(code)} ({counted[code]})") for code in codes),
        ]


def _field_name(code: str) -> str:
    return str(BROAD_FIELDS[code]) if code in BROAD_FIELDS else subject_name(code)


def search_of(query: QueryDict) -> Search:
    """Return what an address asks for."""
    form = SearchForm(query)
    form.is_valid()
    given = {field.name: form.cleaned_data.get(field.name) for field in fields(Search)}
    given["words"] = form.cleaned_data.get(WORDS)
    return Search(**{name: value for name, value in given.items() if value is not None})


class Keyed(forms.Form):
    """Carries a key made with the empty form, so that pressing twice is once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class OfferForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """An offer, with one's institution when it is new."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Offer
        fields = [
            "kind", "title", "text", "subject", "level", "language", "language_level",
            "format", "start_date", "end_date", "places", "until_date",
        ]  # fmt: skip
        field_classes = dict.fromkeys(("start_date", "end_date", "until_date"), DayField)
        widgets = {
            "text": forms.Textarea(attrs={"rows": 7}),
            "start_date": _day(),
            "end_date": _day(),
            "until_date": _day(),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"] = forms.ChoiceField(
            label=_("Subject"),
            choices=[("", "—"), *subject_choices()],
            help_text=_("Fields of education of the standard ISCED-F 2013."),
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the course"), choices=language_choices(), initial="en"
        )
        self.fields["keywords"] = forms.CharField(
            label=_("Keywords"),
            required=False,
            max_length=400,
            initial=", ".join(self.instance.keywords or []),
            help_text=_(
                "Separated by commas, such as: sepsis, antibiotics, patient safety. Words of MeSH are found best."
            ),
        )
        self.fields["until_date"].help_text = _("You are reminded a week before. At most a year from today.")
        if self.instance.pk is None:
            mine = Institution.objects.filter(pk__in=person.institutions_as(*TEACHING_OFFICES))
            self.fields["institution"] = forms.ModelChoiceField(
                mine, label=_("Institution"), initial=mine.first(), empty_label=None
            )
            self.initial.setdefault("until_date", timezone.localdate() + SHOWN_FOR)
        else:
            self.initial["seen_version"] = self.instance.version
            del self.fields["key"]
        self.order_fields(["kind", "title", "institution", "text", "subject", "keywords", "level", "format"])

    def clean_keywords(self) -> list[str]:
        return written_keywords(self.cleaned_data["keywords"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        start, end, until = given.get("start_date"), given.get("end_date"), given.get("until_date")
        if start and end and end < start:
            self.add_error("end_date", _("The last day is before the first day."))
        if until:
            self._check_until(until)
        return given

    def _check_until(self, until: date) -> None:
        today = timezone.localdate()
        if until < today:
            self.add_error("until_date", _("This day is past."))
        elif until > today + LONGEST:
            self.add_error("until_date", _("An offer is shown for a year at most."))

    @property
    def description(self) -> dict[str, Any]:
        """The offer's fields as the operations take them."""
        return {name: self.cleaned_data[name] for name in (*self._meta.fields, "keywords")}  # type: ignore[misc]  # a list, above


class MessageForm(Keyed):
    text = forms.CharField(label=_("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class FirstMessageForm(MessageForm):
    """The same, with the institution for which one writes."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Institution.objects.filter(pk__in=person.institutions_as(*TEACHING_OFFICES))
        self.fields["institution"] = forms.ModelChoiceField(
            mine, label=_("You write for"), initial=mine.first(), empty_label=None
        )


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
