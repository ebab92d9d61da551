"""Compile the translations, and write Serbian in Latin letters from its Cyrillic catalogue.

    python tools/catalogues.py compile

Needs Babel only. Placeholders, HTML tags, entities and addresses stay as they are, and so does every
word that is written in Latin letters already.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "biosint" / "locale"
sys.path.insert(0, str(ROOT / "src"))

from biosint.shared.script import in_latin  # noqa: E402 -- found only after the line above

# What a reader does not read: %(name)s, %s, {name}, <a href="…">, &nbsp;, https://…, somebody@somewhere
KEPT = re.compile(
    r"%\([^)]*\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%[sd%]|\{[^{}]*\}|<[^<>]+>|&#?\w+;|https?://[^\s<>\"]+|[\w.+-]+@[\w.-]+"
)


def in_latin_letters(text: str) -> str:
    """Return a message in Latin letters, without touching what a program reads in it."""
    pieces = []
    position = 0
    for kept in KEPT.finditer(text):
        pieces += [in_latin(text[position : kept.start()]), kept.group()]
        position = kept.end()
    return "".join([*pieces, in_latin(text[position:])])


def derived(cyrillic: Catalog) -> Catalog:
    """Return the Latin twin of a Serbian catalogue."""
    latin = Catalog(locale="sr_Latn", project=cyrillic.project, version=cyrillic.version, charset="utf-8")
    for message in cyrillic:
        if not message.id:
            continue
        words = message.string
        turned = (
            in_latin_letters(words)
            if isinstance(words, str)
            else tuple(in_latin_letters(form) for form in words)
        )
        latin[message.id] = Message(
            message.id, turned, flags=message.flags, context=message.context, locations=message.locations
        )
    return latin


def read(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return read_po(source, locale=language)


def write(language: str, catalogue: Catalog) -> None:
    path = LOCALE / language / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_mo(target, catalogue)


def compile_all() -> None:
    """Compile every catalogue, and the Latin one that is derived from Serbian."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        language = source.parent.parent.name
        if language == "sr_Latn":
            continue
        catalogue = read(language)
        write(language, catalogue)
        print(f"{language}: {_translated(catalogue)} of {len(catalogue)} messages")
        if language == "sr":
            latin = derived(catalogue)
            write("sr_Latn", latin)
            with (LOCALE / "sr_Latn" / "LC_MESSAGES" / "django.po").open("wb") as target:
                write_po(target, latin, width=100)
            print(f"sr_Latn: {_translated(latin)} of {len(latin)} messages")


def _translated(catalogue: Catalog) -> int:
    return sum(1 for message in catalogue if message.id and message.string and all(_forms(message.string)))


def _forms(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


if __name__ == "__main__":
    if sys.argv[1:] != ["compile"]:
        sys.exit("Use: python tools/catalogues.py compile")
    compile_all()
