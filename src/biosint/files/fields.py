"""Form fields for files that arrive in parts. Without scripts the plain input does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.files import queries
from biosint.files.parts import ArrivedFile

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.people.api import Person


class ResumableInput(forms.FileInput):
    """An input whose files are sent in parts as soon as they are chosen.

    Args:
        kind: the purpose, as registered.
        subject: what the files are for within it.
        into: name of the form's ``ArrivedFiles`` field.
    """

    template_name = "files/resumable_input.html"

    def __init__(self, *, kind: str, subject: str, into: str, several: bool) -> None:
        # Set before: the base class reads it when it sees the attribute ``multiple``.
        self.allow_multiple_selected = several
        super().__init__({"multiple": True} if several else None)
        self.kind, self.subject, self.into = kind, subject, into

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-resumable": reverse("files:arrivals"),
            "data-kind-of-file": self.kind,
            "data-subject": self.subject,
            "data-into": self.into,
        }
        return context


class ArrivedFiles(forms.MultipleChoiceField):
    """Files that are here already; cleaned to a list of files, just as a plain input gives them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, owner: Person, kind: str, subject: str) -> None:
        super().__init__(
            required=False,
            label=_("Files that have arrived"),
            help_text=_("Untick what does not belong to it."),
        )
        self._whole = {
            str(one.public_id): one for one in queries.whole_arrivals(owner, kind=kind, subject=subject)
        }
        waiting = [one for one in self._whole.values() if one.taken_at is None]
        self.choices = [(str(one.public_id), f"{one.name} ({filesizeformat(one.size)})") for one in waiting]
        self.initial = [str(one.public_id) for one in waiting]

    @property
    def holds_nothing(self) -> bool:
        return not self.choices

    def valid_value(self, value: object) -> bool:
        # Also what was taken a moment ago: a form sent twice names the same files.
        return str(value) in self._whole

    def validate(self, value: Any) -> None:
        if not all(self.valid_value(one) for one in value):
            raise ValidationError(
                _("A file is not here any more, or has not arrived whole. Choose it again.")
            )

    def clean(self, value: Any) -> list[File[bytes]]:
        return [ArrivedFile(self._whole[one]) for one in dict.fromkeys(super().clean(value))]
