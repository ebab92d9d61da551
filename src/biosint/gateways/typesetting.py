"""Turns a Typst source and values into a PDF document.

Documents are tagged for screen readers (PDF/UA-1) unless the caller asks otherwise; the typesetter
refuses a picture without a description, and so do we.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

KIT = Path(__file__).parent / "kit.typ"
PICTURE = Path(__file__).parent / "picture.typ"
FONTS = Path(__file__).parent.parent / "static_built" / "fonts"


class NotTypeset(Exception):
    """The document could not be made: a fault in its source, never in what a person typed."""


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst

    # System fonts differ from machine to machine; the same report must look the same everywhere.
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS] if FONTS.is_dir() else []
    )


def _typeset(
    source: Path | str,
    *,
    values: Mapping[str, Any],
    title: str,
    language: str,
    files: Mapping[str, bytes] | None,
    **how: Any,
) -> Any:
    import typst

    with tempfile.TemporaryDirectory(prefix="biosint-typeset-") as name:
        folder = Path(name)
        (folder / "kit.typ").write_bytes(KIT.read_bytes())
        (folder / "main.typ").write_bytes(Path(source).read_bytes())
        for file, content in (files or {}).items():
            (folder / Path(file).name).write_bytes(content)
        inputs = {
            "values": json.dumps(values, default=str, ensure_ascii=False),
            "title": title,
            "language": language.split("-", maxsplit=1)[0],
            "site": settings.SITE_URL,
        }
        compiler = typst.Compiler(folder / "main.typ", root=folder, font_paths=_fonts(), sys_inputs=inputs)
        try:
            return compiler.compile(**how)
        except typst.TypstError as fault:
            raise NotTypeset(f"{Path(source).name}: {fault.diagnostic or fault.message}") from fault


def pdf(
    source: Path | str,
    *,
    values: Mapping[str, Any],
    title: str,
    language: str,
    files: Mapping[str, bytes] | None = None,
    standards: Iterable[str] = ("ua-1",),
) -> bytes:
    """Return the typeset document.

    Args:
        source: path of the ``.typ`` file; it may ``#import "kit.typ": *``.
        values: plain values (text, numbers, lists, mappings), read there as
            ``#let values = json(bytes(sys.inputs.values))``. Text stays text: it is never run as markup.
        language: BCP 47 tag of the interface (``sr-Latn``); the part before the hyphen goes to the document.
        files: pictures and attachments by file name, beside the source.

    Raises:
        NotTypeset: with the typesetter's own explanation.
    """
    return bytes(
        _typeset(
            source,
            values=values,
            title=title,
            language=language,
            files=files,
            format="pdf",
            pdf_standards=list(standards),
        )
    )


def picture(drawing: str, *, dots_per_inch: float = 200) -> bytes:
    """Return a PNG of an SVG drawing, for documents that cannot hold vector drawings (DOCX)."""
    made = _typeset(
        PICTURE,
        values={},
        title="",
        language="en",
        files={"drawing.svg": drawing.encode()},
        format="png",
        ppi=dots_per_inch,
    )
    return bytes(made[0] if isinstance(made, list) else made)
