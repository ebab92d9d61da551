from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.materials import TAKEN, kind_of_upload
from biosint.exchange.models import Activity, Material
from biosint.exchange.operations.materials import MATERIAL_FILE
from biosint.exchange.queries.wordings import LANGUAGES
from biosint.exchange.states import MaterialKind
from biosint.files import api as files
from biosint.shared.languages import OWN_NAMES

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.people.api import Person

DECORATES_AND_SAYS = _("It only decorates: leave the words out, or take the tick away.")


class DescribeForm(forms.Form):
    """What a material is called, and what a picture shows."""

    title = forms.CharField(label=_("Title"), max_length=150)
    alternative = forms.CharField(
        label=_("What the picture shows"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For those who do not see it, in one or two sentences. Pictures only."),
    )
    decorates = forms.BooleanField(label=_("The picture only decorates, it says nothing"), required=False)

    def __init__(self, *args: Any, kind: MaterialKind | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.kind == MaterialKind.PICTURE:
            if given.get("decorates") and given.get("alternative"):
                self.add_error("decorates", DECORATES_AND_SAYS)
            elif not given.get("decorates") and not given.get("alternative"):
                self.add_error(
                    "alternative",
                    _("Say what the picture shows, or tick that it only decorates."),
                )
        return given


class MaterialForm(DescribeForm):
    """One more picture, film, captions or file."""

    upload = forms.FileField(
        label=_("File"),
        max_length=255,
        required=False,
        help_text=_(
            "Pictures (PNG, JPEG, WebP, GIF), films (MP4, WebM), captions (VTT, SRT), documents, slides, tables."
        ),
    )
    about = forms.TypedChoiceField(
        label=_("The captions belong to"), coerce=int, required=False, empty_value=None
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, activity: Activity, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = {"kind": MATERIAL_FILE, "subject": str(activity.pk)}
        self.fields["upload"].widget = files.ResumableInput(**place, into="arrived", several=False)
        arrived = files.ArrivedFiles(owner=person, **place)
        # One at a time: each has words of its own.
        arrived.initial = arrived.initial[:1]
        self.fields["arrived"] = arrived
        if arrived.holds_nothing and not self.is_bound:
            del self.fields["arrived"]
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Left empty: the name of the file.")
        self.fields["upload"].widget.attrs["accept"] = ",".join(f".{one}" for one in sorted(TAKEN))
        films = activity.materials.filter(kind=MaterialKind.VIDEO, removed_at=None)
        choices = [(film.number, film.title) for film in films]
        if choices:
            self.fields["about"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["about"]
        names = [("", "–"), *((code, OWN_NAMES.get(code, code)) for code in LANGUAGES)]
        self.fields["language"].choices = names  # type: ignore[attr-defined]  # a choice field
        self.fields["language"].help_text = _("Of captions, and of what is said in a film.")
        self.order_fields(["upload", "arrived", "title", "alternative", "decorates", "about", "language"])

    def clean(self) -> dict[str, Any]:
        upload = self._chosen()
        self.kind = kind_of_upload(upload.name or "") if upload else None
        given = super().clean()
        if self.kind == MaterialKind.CAPTIONS:
            if not given.get("about"):
                self.add_error(
                    "about" if "about" in self.fields else "upload",
                    _("Add the film first, then choose it here for its captions."),
                )
            if not given.get("language"):
                self.add_error("language", _("Choose the language of the captions."))
        if upload and not given.get("title"):
            name = upload.name or ""
            given["title"] = name.rpartition(".")[0][:150] or name[:150]
        return given

    def _chosen(self) -> File[bytes] | None:
        """Return the one file, however it came."""
        plain = self.cleaned_data.get("upload")
        chosen: list[File[bytes]] = [*([plain] if plain else []), *self.cleaned_data.pop("arrived", [])]
        if len(chosen) > 1:
            self.add_error("arrived", _("Add one file at a time: each has words of its own."))
        elif not chosen and not self.errors:
            self.add_error("upload", _("Choose a file."))
        upload = chosen[0] if chosen else None
        self.cleaned_data["upload"] = upload
        return upload


def told_of(material: Material) -> dict[str, object]:
    """Return what the form shows at first."""
    return {
        "title": material.title,
        "alternative": material.alternative,
        "decorates": material.kind == MaterialKind.PICTURE and not material.alternative,
    }
