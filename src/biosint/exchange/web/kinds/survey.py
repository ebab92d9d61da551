"""A survey: an instrument of the library before and after the course. Answers know no learner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import CourseSurvey
from biosint.exchange.operations.surveys import note_answered
from biosint.exchange.rules.surveys import asked_of, may_answer
from biosint.exchange.states import SurveyMoment
from biosint.exchange.web.kinds.base import Kind, KindSettings, Panel
from biosint.shared.words import in_language
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn


class SurveySettings(KindSettings):
    """Which questionnaire is asked, and when. Both stay once somebody has been asked."""

    instrument = forms.ChoiceField(
        label=_("Questionnaire"),
        help_text=_("Ask the same before and after: only then can anybody tell what has changed."),
    )
    moment = forms.ChoiceField(label=_("It asks"), choices=SurveyMoment, initial=SurveyMoment.BEFORE)
    paired = forms.BooleanField(
        label=_("People make a code that ties their two answers together"),
        required=False,
        initial=True,
        help_text=_(
            "From five small things that only they know. The change is then that of the same people. "
            "Nobody can work back from the code to a person."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (code, in_language(entry.instrument.title).text)
            for code, entry in surveys.supplied_instruments().items()
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        is_begun = self.activity.pk and CourseSurvey.objects.filter(activity=self.activity).exists()
        if is_begun and not self.errors and self.as_settings() != self.activity.settings:
            self.add_error(
                None, _("Somebody has been asked already: questionnaire and moment stay as they are.")
            )
        return given


def panel(request: SignedIn, place: Place) -> Panel:
    activity, asked = place.activity, asked_of(place.activity)
    survey = (
        CourseSurvey.objects.select_related("answers", "comparison").filter(activity=activity).first()
        if asked
        else None
    )
    if asked is None:
        return Panel("exchange/kinds/survey.html", {"asked": None})
    entry = surveys.supplied_instruments()[asked.instrument]
    context: dict[str, Any] = {
        "asked": asked,
        "title": in_language(entry.instrument.title),
        "about": in_language(entry.about),
        "items": len(entry.instrument.items),
        "survey": survey,
        "may_answer": may_answer(place.person, activity, survey, at=place.now),
    }
    if place.application is not None:
        context["has_answered"] = survey is not None and note_answered(
            activity=activity, application=place.application, at=place.now
        )
    elif survey is not None:
        context["answered"] = survey.answers.submissions.count()
        if survey.comparison is not None:
            context["compared"] = survey.comparison.submissions.count()
            context["link"] = request.build_absolute_uri(
                reverse("surveys:answer", args=[survey.comparison.token])
            )
    return Panel("exchange/kinds/survey.html", context)


KIND = Kind(
    icon="clipboard-list",
    explains=_(
        "A short questionnaire before and after the course. You see what has changed, never who said what."
    ),
    panel=panel,
    settings_form=SurveySettings,
    is_marked=False,
)
