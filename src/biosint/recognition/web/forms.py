"""What parties of an agreement and deciders on credits write."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.curriculum import api as curriculum
from biosint.institutions.api import Institution
from biosint.recognition.content import CountsFor
from biosint.recognition.elmo_reading import MOST_BYTES
from biosint.recognition.models import Recognition
from biosint.recognition.operations.decisions import Ruling
from biosint.recognition.states import AgreementState, Decision, RequestState

if TYPE_CHECKING:
    from biosint.exchange.api import Completion
    from biosint.people.api import Person
    from biosint.recognition.queries.decisions import Proposal


class UnitForm(forms.Form):
    """For which unit of the home programme a course counts: one of the curriculum, or written by hand."""

    unit = forms.ChoiceField(label=_("Unit of your curriculum"), required=False)
    title = forms.CharField(label=_("Or its name"), max_length=200, required=False)
    code = forms.CharField(label=_("Code"), max_length=40, required=False)
    ects = forms.DecimalField(
        label=_("ECTS credits it counts at home"),
        max_digits=4,
        decimal_places=1,
        min_value=Decimal("0.5"),
        max_value=Decimal(30),
    )

    def __init__(self, *args: Any, institution: Institution, known: CountsFor, **kwargs: Any) -> None:
        known_so_far = {"title": known.title, "code": known.code, "ects": known.ects}
        kwargs["initial"] = {**known_so_far, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.units = {
            str(unit.pk): unit for unit in curriculum.units_of(institution).order_by("code", "pk")[:500]
        }
        if self.units:
            self.fields["unit"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
                ("", _("another one, named below")),
                *((key, str(unit)) for key, unit in self.units.items()),
            ]
        else:
            del self.fields["unit"]
            self.fields["title"].required = True
            self.fields["title"].label = _("Course or part of a course in your programme")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        unit = self.units.get(given.get("unit", ""))
        if unit is not None:
            given["title"], given["code"] = unit.title, unit.code
        elif not given.get("title") and not self.errors:
            self.add_error("title", _("Write for which course of your programme it counts."))
        return given

    @property
    def counts_for(self) -> CountsFor:
        given = self.cleaned_data
        return CountsFor(title=given["title"], code=given["code"], ects=given["ects"])


class ChangeForm(UnitForm):
    reason = forms.CharField(
        label=_("Why it is changed"),
        max_length=300,
        help_text=_("The other parties read it before they sign again."),
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class SignForm(forms.Form):
    """One click: the party it is for, and the fingerprint of what was read."""

    party = forms.CharField(max_length=10, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class RefuseForm(SignForm):
    reason = forms.CharField(
        label=_("Why you do not sign"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AgreementFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *AgreementState.choices]
    )
    words = forms.CharField(label=_("Learner or course"), max_length=100, required=False)


class RecognitionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    class Meta:
        model = Recognition
        fields = ["decision", "local_name", "local_code", "ects", "local_grade", "reason"]
        widgets = {"decision": forms.RadioSelect}

    def __init__(
        self, *args: Any, completion: Completion, proposal: Proposal, local_grade: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.completion = completion
        self.fields["decision"].choices = Decision.choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["ects"].required = False
        if self.instance.pk is None:
            self.fields["ects"].initial = proposal.ects
            self.fields["local_name"].initial = proposal.local_name
            self.fields["local_code"].initial = proposal.local_code
            self.fields["local_grade"].initial = local_grade

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("decision") == Decision.RECOGNISED:
            if not given.get("local_name"):
                self.add_error("local_name", _("Write for which course of your programme the credits count."))
            if "ects" in given and not given["ects"]:
                self.add_error("ects", _("Write how many credits you recognise."))
            elif given.get("ects") and given["ects"] > self.completion.ects:
                self.add_error("ects", _("The course gave fewer credits than this."))
            elif given.get("ects") and given["ects"] < self.completion.ects and not given.get("reason"):
                self.add_error("reason", _("Write why only a part of the credits counts."))
        elif given.get("decision") == Decision.DECLINED:
            if not given.get("reason"):
                self.add_error("reason", _("Write the reason, so that the learner understands it."))
            given["ects"] = Decimal(0)
            self.instance.ects = Decimal(0)
        return given

    @property
    def ruling(self) -> Ruling:
        given = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return Ruling(**{**given, "decision": Decision(given["decision"])})


class DecideAnewForm(RecognitionForm):
    why = forms.CharField(
        label=_("Why the decision is reopened"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class ElmoForm(forms.Form):
    """A file of student records from another institution."""

    file = forms.FileField(
        label=_("File with your records"),
        help_text=_("An ELMO file (XML), as EMREX or the study office of the other institution gives it."),
        widget=forms.FileInput(attrs={"accept": ".xml,.elmo,application/xml,text/xml"}),
    )
    institution = forms.ModelChoiceField(
        label=_("Institution that shall recognise it"), queryset=Institution.objects.none()
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Institution.objects.filter(pk__in=person.institution_ids)
        self.fields["institution"].queryset = mine  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(mine) == 1:
            self.fields["institution"].initial = mine[0]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than such a file can be."))
        return file


class BroughtForm(forms.Form):
    """The decision on a course that a learner brought from elsewhere."""

    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (RequestState.RECOGNISED.value, RequestState.RECOGNISED.label),
            (RequestState.DECLINED.value, RequestState.DECLINED.label),
        ],
        widget=forms.RadioSelect,
    )
    local_name = forms.CharField(label=_("Course in your study programme"), max_length=200, required=False)
    ects = forms.DecimalField(
        label=_("ECTS credits recognised"),
        max_digits=4,
        decimal_places=1,
        min_value=Decimal("0.5"),
        max_value=Decimal(90),
        required=False,
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("state") == RequestState.RECOGNISED:
            if not given.get("local_name"):
                self.add_error("local_name", _("Write for which course of your programme the credits count."))
            if not given.get("ects") and "ects" not in self.errors:
                self.add_error("ects", _("Write how many credits you recognise."))
        elif given.get("state") == RequestState.DECLINED and not given.get("reason"):
            self.add_error("reason", _("Write the reason, so that the learner understands it."))
        return given
