"""What a kind of activity brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Application, Course
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn
    from biosint.shared.verdicts import Sentence


@dataclass(frozen=True)
class Panel:
    """What stands below the text of an activity.

    Attributes:
        template: is included in ``exchange/activity.html`` with the names of ``context``.
        scripts, styles: static files the panel needs.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


class KindSettings(forms.Form):
    """What a teacher decides about one kind; stands below the common fields of the activity.

    Its values are plain: they are kept in ``Activity.settings``. A kind with records of its own overrides ``keep``.
    """

    prefix = "kind"

    def __init__(self, *args: Any, course: Course, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course = course
        self.activity = activity
        for name, value in self.known().items():
            if name in self.fields:
                self.fields[name].initial = value

    def known(self) -> Mapping[str, Any]:
        """Return what the activity has now, by field."""
        return dict(self.activity.settings)

    def as_settings(self) -> dict[str, Any]:
        """Return what is kept in ``Activity.settings``: plain values."""
        return dict(self.cleaned_data)


@dataclass(frozen=True)
class Kind:
    """A kind of activity.

    Attributes:
        icon: of ``shared/icons.txt``.
        explains: one sentence for the teacher who chooses.
        panel: what stands below the text; asked at every view, so it counts its queries.
        settings_form: what the teacher decides; None where there is nothing to decide.
        kept: called in the transaction that wrote the activity, with the valid settings form, for a kind that
            keeps records of its own.
        left_by: what a learner left behind in an activity, for whoever marks it.
        is_marked: whether points are given for it.
        is_ticked: whether learners themselves say that they have done it.
    """

    icon: str
    explains: Sentence
    panel: Callable[[SignedIn, Place], Panel]
    settings_form: type[KindSettings] | None = None
    kept: Callable[..., None] | None = None
    left_by: Callable[[Activity, Application], Panel] | None = None
    is_marked: bool = True
    is_ticked: bool = False
