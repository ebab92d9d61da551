"""Handing in a work."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.operations.products import WORK_FILE
from biosint.exchange.rules.products import Takes
from biosint.files import api as files

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.exchange.models import Product
    from biosint.exchange.queries.products import Workers
    from biosint.people.api import Person


class SeveralFiles(forms.FileField):
    """Several files of one input; cleaned to a list."""

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:
        return [super(SeveralFiles, self).clean(one, initial) for one in data or []]


class WorkForm(forms.Form):
    """One version of a work. A team's text is written in its pad, so the form has none."""

    text = forms.CharField(
        label=_("Your text"),
        max_length=40_000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Markdown works: **bold**, lists, links. It is kept on this device while you write."),
    )
    link = forms.URLField(label=_("Link to your work"), max_length=500, required=False, assume_scheme="https")
    kept = forms.TypedMultipleChoiceField(
        label=_("Files of the version before that belong to this one, too"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    uploads = SeveralFiles(
        label=_("Files"),
        required=False,
        help_text=_("Documents, slides, tables or pictures; several at once."),
    )
    contributors = forms.TypedMultipleChoiceField(
        label=_("Who contributed"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        takes: Takes,
        workers: Workers,
        newest: Product | None,
        activity_id: int,
        person: Person,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        place = {"kind": WORK_FILE, "subject": str(activity_id)}
        # The field keeps what it learned of its first widget.
        self.fields["uploads"].widget = files.ResumableInput(**place, into="arrived", several=True)
        arrived = files.ArrivedFiles(owner=person, **place)
        self.fields["arrived"] = arrived
        before = list(newest.files.all()) if newest is not None else []
        self.fields["key"].initial = uuid.uuid4
        # A draft belongs to the version it becomes: it never covers one that was handed in elsewhere meanwhile.
        number = newest.number + 1 if newest is not None else 1
        self.fields["text"].widget.attrs |= {
            "rows": 16,
            "data-draft": f"work-{activity_id}-{number}",
            "data-draft-over": "",
        }
        self.fields["uploads"].widget.attrs["accept"] = ",".join(f".{one}" for one in sorted(files.EVERYDAY))
        self._choose("kept", [(one.pk, one.name) for one in before])
        self._choose("contributors", [(one.pk, one.learner.name) for one in workers.members])
        if newest is not None:
            self.fields["text"].initial, self.fields["link"].initial = newest.text, newest.link
        for name, asked in (
            ("text", takes.text and workers.team is None),
            ("link", takes.link),
            ("uploads", takes.files),
            ("arrived", takes.files),
            ("kept", before),
            ("contributors", workers.team is not None),
        ):
            if not asked:
                del self.fields[name]
        self.order_fields(["text", "link", "kept", "uploads", "arrived", "contributors"])

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields as they stand on the page; without files that have arrived, nothing is said of them."""
        return [
            bound
            for bound in self.visible_fields()
            if not (
                isinstance(bound.field, files.ArrivedFiles) and bound.field.holds_nothing and not bound.errors
            )
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        arrived = given.pop("arrived", [])
        if arrived:
            given["uploads"] = [*given.get("uploads", []), *arrived]
        return given

    def _choose(self, name: str, choices: Sequence[tuple[int, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields[name].initial = [key for key, _label in choices]
