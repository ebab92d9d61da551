"""Forms of the desk research."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.shared.days import DayField
from biosint.shared.languages import country_choices, country_name, language_name
from biosint.situation.operations.research import FindingFacts, SourceFacts
from biosint.situation.references import FIRST_YEAR, BadDoi, Reference, doi_in
from biosint.situation.states import GRADE_MEANINGS, Bearing, Grade, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from biosint.situation.models import Finding, Source
    from biosint.situation.queries.research import Theme

OWN = "own"
LARGEST_FILE = 1_000_000
READ_LANGUAGES = [
    "bg",
    "bs",
    "cnr",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fi",
    "fr",
    "hr",
    "hu",
    "it",
    "lt",
    "lv",
    "mk",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "tr",
    "uk",
]


class SourceForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=500)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=SourceKind)
    authors = forms.CharField(
        label=gettext_lazy("Authors"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy(
            "Surname, first name; the next one after a semicolon. An office stands as it is."
        ),
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=FIRST_YEAR, max_value=2200
    )
    published_in = forms.CharField(
        label=gettext_lazy("Published in"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Journal, publisher, ministry or site."),
    )
    doi = forms.CharField(
        label=gettext_lazy("DOI"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("Begins with 10., also as an address at doi.org."),
    )
    url = forms.URLField(label=gettext_lazy("Address"), max_length=500, required=False, assume_scheme="https")
    country = forms.ChoiceField(label=gettext_lazy("Country of origin"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    read_date = DayField(
        label=gettext_lazy("Read on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Web pages change: the day says which state was read."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries, languages = self.fields["country"], self.fields["language"]
        if isinstance(countries, forms.ChoiceField):
            countries.choices = [("", _("not one country")), *country_choices()]
        if isinstance(languages, forms.ChoiceField):
            given = str(self.initial.get("language") or "")
            codes = [*READ_LANGUAGES, *([given] if given not in {"", *READ_LANGUAGES} else [])]
            named = sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1])
            languages.choices = [("", _("not given")), *named]

    def clean_doi(self) -> str:
        try:
            return doi_in(self.cleaned_data["doi"])
        except BadDoi as bad:
            raise ValidationError(
                _("This is not a DOI. It has the form 10.1234/word, with a slash in it.")
            ) from bad

    def clean_read_date(self) -> Any:
        day = self.cleaned_data["read_date"]
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("kind") == SourceKind.WEB and "url" in told and not told["url"]:
            self.add_error("url", _("A web page needs its address."))
        return told

    def facts(self) -> SourceFacts:
        told = self.cleaned_data
        return SourceFacts(
            Reference(
                title=told["title"],
                kind=told["kind"],
                authors=told["authors"],
                year=told["year"],
                published_in=told["published_in"],
                doi=told["doi"],
                url=told["url"],
                language=told["language"],
            ),
            country=told["country"],
            read_date=told["read_date"],
        )


def source_facts(source: Source) -> dict[str, Any]:
    """What stands in the form when a source is mended."""
    return {name: getattr(source, name) for name in SourceForm.base_fields}


class FindingForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What was found"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One thing, in your own words, so that it can be understood without the source."
        ),
    )
    page = forms.CharField(
        label=gettext_lazy("Where in the source"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Page, table or section."),
    )
    countries = forms.CharField(
        label=gettext_lazy("Countries it speaks of"),
        max_length=600,
        required=False,
        help_text=gettext_lazy(
            "Names in your language or two-letter codes, with commas between. Empty: everywhere."
        ),
    )
    theme = forms.ChoiceField(label=gettext_lazy("Theme"))
    own_theme = forms.CharField(label=gettext_lazy("Own theme"), max_length=60, required=False)
    bearing = forms.ChoiceField(
        label=gettext_lazy("What it means for us"),
        choices=Bearing,
        initial=Bearing.CONTEXT,
        help_text=gettext_lazy("Opportunities and threats are proposed in workshops."),
    )

    def __init__(self, *args: Any, themes: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme = self.fields["theme"]
        if isinstance(theme, forms.ChoiceField):
            theme.choices = [*((one.code, one.name) for one in themes), (OWN, _("another, named below"))]

    def clean_countries(self) -> tuple[str, ...]:
        known = {name.casefold(): code for code, name in country_choices()}
        codes = set(known.values())
        found: list[str] = []
        unknown: list[str] = []
        for word in re.split(r"[,;\n]", self.cleaned_data["countries"]):
            if name := word.strip():
                code = known.get(name.casefold()) or (name.upper() if name.upper() in codes else "")
                (found if code else unknown).append(code or name)
        if unknown:
            raise ValidationError(
                _("We do not know these countries: %(names)s. Write the name, or the code of two letters.")
                % {"names": ", ".join(unknown)}
            )
        return tuple(found)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("theme") == OWN:
            told["theme"] = told.get("own_theme", "").strip()
            if not told["theme"]:
                self.add_error("own_theme", _("Name the theme in one to three words."))
        return told

    def facts(self) -> FindingFacts:
        told = self.cleaned_data
        return FindingFacts(
            text=told["text"],
            theme=told["theme"],
            countries=told["countries"],
            page=told["page"],
            bearing=Bearing(told["bearing"]),
        )


def finding_facts(finding: Finding) -> dict[str, Any]:
    """What stands in the form when a finding is mended."""
    return {
        "text": finding.text,
        "page": finding.page,
        "countries": ", ".join(country_name(code) for code in finding.countries),
        "theme": finding.theme,
        "bearing": finding.bearing,
    }


class GradeForm(forms.Form):
    grade = forms.ChoiceField(
        label=gettext_lazy("How much can it carry?"),
        widget=forms.RadioSelect,
        choices=Grade,
    )
    because = forms.CharField(label=gettext_lazy("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grade = self.fields["grade"]
        if isinstance(grade, forms.ChoiceField):
            grade.choices = [(one.value, f"{one.label}. {GRADE_MEANINGS[one]}") for one in Grade]


class ReceiveForm(forms.Form):
    """A file of references, or the same as pasted text."""

    file = forms.FileField(
        label=gettext_lazy("File with references"),
        required=False,
        help_text=gettext_lazy(
            "RIS or BibTeX, as Zotero, Mendeley, EndNote and library catalogues give it out."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste its text"),
        required=False,
        max_length=LARGEST_FILE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".ris,.bib,.txt,.bibtex"

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        if given is None:
            return ""
        if given.size > LARGEST_FILE:
            raise ValidationError(_("This file is larger than one megabyte. Import it in parts."))
        raw = given.read()
        for encoding in ("utf-8-sig", "cp1250"):
            try:
                return str(raw.decode(encoding))
            except UnicodeDecodeError:
                continue
        raise ValidationError(_("This is not a text file. Choose a file that ends in .ris or .bib."))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        told["text"] = told.get("file") or told.get("text") or ""
        if not self.errors and not told["text"].strip():
            self.add_error("file", _("Choose a file, or paste its text."))
        return told
