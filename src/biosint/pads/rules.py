"""Who may read and write a text: whatever the app that refers to it has registered; else nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.pads.models import Pad
from biosint.shared.verdicts import Sentence, Verdict, refused

if TYPE_CHECKING:
    from biosint.people.api import Person


@dataclass(frozen=True, slots=True)
class Access:
    """What one person may do with one text, and where it stands.

    Args:
        may_read: strangers get 404 where it refuses.
        may_write: its reason is shown beside the text.
        page: the address of the page that shows the text; a form without script comes back to it.
        title: what the text is called there.
        trail: the trail of that page, for the pages of versions.
    """

    may_read: bool
    may_write: Verdict
    page: str = "/"
    title: Sentence = ""
    trail: tuple[tuple[Sentence, str], ...] = ()


Rule = Callable[["Person", Pad], Access]
_RULES: dict[str, Rule] = {}


def register_rule(kind: str, rule: Rule) -> None:
    """Say who reads and writes texts of one kind; called once per kind from an app's ``providers.register``."""
    if _RULES.get(kind, rule) is not rule:
        raise ValueError(f"Two apps say who writes texts of the kind {kind}.")
    _RULES[kind] = rule


def access_to(pad: Pad, person: Person) -> Access:
    """Return what the app that owns this kind of text says; a kind that nobody owns is read by nobody."""
    rule = _RULES.get(pad.kind)
    if rule is None:
        return Access(may_read=False, may_write=refused(_("This text is not open to you.")))
    return rule(person, pad)


def may_write(person: Person, pad: Pad) -> Verdict:
    access = access_to(pad, person)
    return access.may_write if access.may_read else refused(_("This text is not open to you."))
