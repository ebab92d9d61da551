"""Collections of questions: all of one person's, and one with its questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from biosint.institutions.api import Institution
from biosint.people.api import Person
from biosint.quizzes import rules
from biosint.quizzes.models import Bank
from biosint.quizzes.operations import bank as operations
from biosint.quizzes.operations import quizzes
from biosint.quizzes.queries import bank as queries
from biosint.quizzes.states import QuestionKind
from biosint.quizzes.web.questions import kept_bank
from biosint.shared.requests import SignedIn, login_required

QUESTIONS_PER_PAGE = 30


class BankForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    class Meta:
        model = Bank
        fields = ["title", "institution", "is_shared"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Institution.objects.filter(pk__in=person.institutions_as(*rules.TEACHERS))
        self.fields["institution"] = forms.ModelChoiceField(
            own, label=gettext_lazy("Institution"), initial=own.first()
        )


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Words"), max_length=100, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    tag = forms.ChoiceField(label=gettext_lazy("Tag"), required=False)
    folder = forms.ChoiceField(label=gettext_lazy("Folder"), required=False)

    def __init__(self, *args: Any, bank: Bank, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("all"))]
        choices: dict[str, list[tuple[str, str]]] = {
            "kind": [(kind.value, str(kind.label)) for kind in QuestionKind],
            "tag": [(word, word) for word in queries.tags_of(bank)],
            "folder": [(word, word) for word in queries.folders_of(bank)],
        }
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*everything, *found]


@login_required
def banks(request: SignedIn) -> HttpResponse:
    """Show the collections one may use, and begin one."""
    form = BankForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        bank = operations.open_bank(**form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("quizzes:bank", bank.pk)
    return render(
        request,
        "quizzes/banks.html",
        {
            "page": Paginator(queries.banks_for(request.user), 30).get_page(request.GET.get("page")),
            "form": form,
            "may_open": rules.may_open_bank(request.user),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
def bank(request: SignedIn, bank_id: int) -> HttpResponse:
    shown = kept_bank(request, bank_id)
    form = SearchForm(request.GET, bank=shown)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.questions_in(
        shown,
        words=asked.get("q", ""),
        tag=asked.get("tag", ""),
        folder=asked.get("folder", ""),
        kind=asked.get("kind", ""),
    )
    return render(
        request,
        "quizzes/bank.html",
        {
            "bank": shown,
            "form": form,
            "page": Paginator(found, QUESTIONS_PER_PAGE).get_page(request.GET.get("page")),
            "is_searching": any(asked.values()),
            "kinds": QuestionKind.choices,
            "quizzes": shown.quizzes.all()[:50],
            "may_keep": rules.may_keep(request.user, shown),
            "trail": [(_("Questions"), reverse("quizzes:banks"))],
        },
    )


@login_required
@require_POST
def new_quiz(request: SignedIn, bank_id: int) -> HttpResponse:
    shown = kept_bank(request, bank_id)
    title = " ".join(request.POST.get("title", "").split())[:150]
    if not title:
        messages.error(request, _("Give the quiz a title."))
        return redirect("quizzes:bank", shown.pk)
    made = quizzes.create_quiz(
        bank_id=shown.pk, settings=quizzes.Settings(title=title), by=request.user, at=timezone.now()
    )
    return redirect("quizzes:quiz", made.pk)
