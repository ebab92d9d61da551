"""Form fields that choose records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from biosint.shared.requests import key_in


class RecordsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """Several records by their keys. A number that no database holds is no choice, instead of a breakage."""

    def clean(self, value: Any) -> Any:
        for word in value or ():
            if not isinstance(word, Model) and not key_in(str(word)):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": word}
                )
        return super().clean(value)
