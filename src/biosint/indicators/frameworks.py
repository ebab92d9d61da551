"""The frameworks that indicators are mapped to: their themes, in our own words, and how a reference is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from biosint.shared.verdicts import Sentence


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of a framework. ``code`` is what stands behind the framework's name in a reference."""

    code: str
    name: Sentence


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework by others. Only codes are theirs; every text here is ours."""

    code: str
    name: Sentence
    themes: tuple[Theme, ...]


FRAMEWORKS = (
    Framework(
        "WFME",
        _("WFME standards of basic medical education (2020)"),
        (
            Theme("1", _("Mission and values")),
            Theme("2", _("Curriculum")),
            Theme("3", _("Assessment")),
            Theme("4", _("Students")),
            Theme("5", _("Academic staff")),
            Theme("6", _("Educational resources")),
            Theme("7", _("Quality assurance")),
            Theme("8", _("Governance and administration")),
        ),
    ),
    Framework(
        "CeQuInt",
        _("CeQuInt certificate for quality in internationalisation"),
        (
            Theme("1", _("What is intended")),
            Theme("2", _("What students learn")),
            Theme("3", _("Teaching and learning")),
            Theme("4", _("Staff")),
            Theme("5", _("Students")),
        ),
    ),
    Framework(
        "IPO",
        _("102 indicators for medical universities (input, process, output)"),
        (
            Theme("education/input", _("Education: what goes in")),
            Theme("education/process", _("Education: what is done")),
            Theme("education/output", _("Education: what comes out")),
            Theme("research/input", _("Research: what goes in")),
            Theme("research/process", _("Research: what is done")),
            Theme("research/output", _("Research: what comes out")),
            Theme("management/input", _("Management: what goes in")),
            Theme("management/process", _("Management: what is done")),
            Theme("management/output", _("Management: what comes out")),
        ),
    ),
    Framework(
        "IMPI",
        _("IMPI toolbox, by goal"),
        (
            Theme("education", _("Better education")),
            Theme("research", _("Better research")),
            Theme("graduates", _("Graduates ready for an international world")),
            Theme("society", _("Service to society")),
            Theme("reputation", _("Reputation")),
        ),
    ),
)


def theme_of(reference: str) -> tuple[str, str] | None:
    """Return framework and theme of a reference such as ``WFME 2`` or ``WFME 2.3``; None for another framework.

    >>> theme_of("IPO education/process"), theme_of("WFME 2.3"), theme_of("House rules 1")
    (('IPO', 'education/process'), ('WFME', '2'), None)
    """
    name, _space, code = reference.strip().partition(" ")
    for framework in FRAMEWORKS:
        if framework.code.casefold() == name.casefold():
            for theme in framework.themes:
                if code == theme.code or code.startswith((f"{theme.code}.", f"{theme.code}-")):
                    return framework.code, theme.code
    return None


def speaks_of(references: Iterable[str], code: str) -> bool:
    """Whether one of the references names this framework, theme or code.

    >>> speaks_of(["WFME 2.3"], "wfme"), speaks_of(["WFME 2.3"], "WFME 2"), speaks_of(["WFME 2"], "WFME 2.3")
    (True, True, False)
    """
    wanted = " ".join(code.casefold().split())
    return any(
        own == wanted or own.startswith((f"{wanted} ", f"{wanted}.", f"{wanted}/", f"{wanted}-"))
        for own in (" ".join(reference.casefold().split()) for reference in references)
    )
