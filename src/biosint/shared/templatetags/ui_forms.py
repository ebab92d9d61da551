"""Forms: label, hint, input, and the error beside it."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from biosint.shared.verdicts import Sentence

register = template.Library()

SAVE = _("Save")


# The first that fits decides how a field is laid out.
_KINDS: tuple[tuple[str, tuple[type[forms.Widget], ...]], ...] = (
    ("check", (forms.CheckboxInput,)),
    ("choices", (forms.RadioSelect, forms.CheckboxSelectMultiple)),
    ("file", (forms.FileInput,)),
    ("text", (forms.Textarea,)),
    ("select", (forms.Select,)),
)


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    for kind, widgets in _KINDS:
        # Radio buttons are a kind of select to Django; the order of the list settles it.
        if isinstance(widget, widgets):
            return kind
    return "group" if widget.use_fieldset else "input"


def _described(bound: BoundField, kind: str) -> dict[str, Any]:
    return {"field": bound, "kind": kind, "optional": not bound.field.required and kind != "check"}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One field: its label, hint, input and error."""
    return _described(bound, _kind(bound))


@register.inclusion_tag("ui/field.html")
def file_drop(bound: BoundField) -> dict[str, Any]:
    """A file field with an area to drop the file on; the native input fills it, so no script is needed."""
    return _described(bound, "drop")


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """Every error of a form, each leading to its field. Empty when there is none."""
    return {
        "form": form,
        "rows": [
            (bound.id_for_label or bound.auto_id, bound.label, error)
            for bound in form.visible_fields()
            for error in bound.errors
        ],
        "hidden": [error for bound in form.hidden_fields() for error in bound.errors],
    }


@register.inclusion_tag("ui/form.html")
def form(
    form: forms.BaseForm,
    *,
    submit: Sentence = SAVE,
    url: str = "",
    cancel: str = "",
    tone: str = "primary",
) -> dict[str, Any]:
    """A whole form that posts to ``url`` (this page when empty)."""
    return {"form": form, "submit": submit, "url": url, "cancel": cancel, "tone": tone}
