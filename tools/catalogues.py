"""Compile the translations, and write Serbian in Latin letters from its Cyrillic catalogue.

    python tools/catalogues.py compile              write what the platform reads
    python tools/catalogues.py gather               bring in new messages of the code
    python tools/catalogues.py missing sr > FILE    what a translator has to do, as JSON
    python tools/catalogues.py fill sr FILE         take it back
    python tools/catalogues.py check                fail when something is missing

Compiling needs Babel only; gathering needs GNU gettext. Placeholders, HTML tags, entities and addresses stay as they are, and so does every
word that is written in Latin letters already.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
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


WRITTEN = ("sr", "sq")  # what translators write; English is the text in the code, Latin Serbian is derived


def template() -> Catalog:
    """Return every message of the code and the templates, gathered by Django with xgettext."""
    if shutil.which("xgettext") is None:
        sys.exit(
            "Gathering messages needs GNU gettext. Install it: apt-get install gettext, or brew install gettext."
        )
    with tempfile.TemporaryDirectory() as folder:
        # A copy, so that Django's own merging never touches what translators wrote.
        copy = Path(folder) / "biosint"
        shutil.copytree(
            ROOT / "src" / "biosint",
            copy,
            ignore=shutil.ignore_patterns("static_built", "locale", "__pycache__", "*.pyc"),
        )
        (copy / "locale").mkdir()
        script = (
            "import django; from django.conf import settings; settings.configure(USE_I18N=True); django.setup(); "
            "from django.core.management import call_command; "
            "call_command('makemessages', locale=['sr'], extensions=['html', 'txt', 'py'], verbosity=0)"
        )
        subprocess.run([sys.executable, "-c", script], cwd=copy, check=True)
        with (copy / "locale" / "sr" / "LC_MESSAGES" / "django.po").open("rb") as source:
            return read_po(source, locale="sr")


def gather() -> None:
    """Bring new messages into the catalogues; what is gone goes, what stands stays as it was translated."""
    gathered = template()
    for language in WRITTEN:
        catalogue = read(language)
        catalogue.update(gathered, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        keep(language, catalogue)
        print(f"{language}: {_translated(catalogue)} of {len(catalogue)} messages are translated")


def keep(language: str, catalogue: Catalog) -> None:
    """Write a catalogue so that two people's changes meet in few lines: sorted, no places, no dates."""
    catalogue.creation_date = catalogue.revision_date = FOREVER
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("wb") as target:
        write_po(target, catalogue, width=0, sort_output=True, no_location=True, ignore_obsolete=True)


FOREVER = datetime(2026, 1, 1, tzinfo=UTC)


def missing(language: str) -> None:
    """Print what a language lacks as JSON: a list of {id, plural?, context?, string}."""
    lacking = []
    for message in read(language):
        if message.id and not (message.string and all(_forms(message.string))):
            singular, *plural = _forms(message.id)
            row: dict[str, object] = {
                "id": singular,
                "string": [""] * len(_forms(message.string)) if plural else "",
            }
            if plural:
                row["plural"] = plural[0]
            if message.context:
                row["context"] = message.context
            lacking.append(row)
    print(json.dumps(lacking, ensure_ascii=False, indent=1))


def fill(language: str, file: str) -> None:
    """Take translations from a JSON file of the form that ``missing`` prints."""
    catalogue = read(language)
    taken, unknown = 0, 0
    for row in json.loads(Path(file).read_text(encoding="utf-8")):
        key = (row["id"], row["plural"]) if "plural" in row else row["id"]
        message = catalogue.get(key, row.get("context"))
        if message is None:
            unknown += 1
        elif row["string"] and all(_forms(row["string"])):
            message.string = tuple(row["string"]) if "plural" in row else row["string"]
            message.flags.discard("fuzzy")
            taken += 1
    keep(language, catalogue)
    print(
        f"{language}: {taken} taken, {unknown} not in the catalogue, {_translated(catalogue)} of {len(catalogue)} translated"
    )


def check() -> int:
    """Return 1, and say why, when a catalogue lacks a message or loses a placeholder."""
    gathered = template()
    faults = []
    for language in WRITTEN:
        catalogue = read(language)
        for wanted in gathered:
            if not wanted.id:
                continue
            found = catalogue.get(wanted.id, wanted.context)
            shown = _forms(wanted.id)[0]
            if found is None or not (found.string and all(_forms(found.string))):
                faults.append(f"{language}: not translated: {shown!r}")
                continue
            for form in _forms(found.string):
                lost = set(PLACEHOLDER.findall(shown)) ^ set(PLACEHOLDER.findall(form))
                if lost and not isinstance(wanted.id, tuple):
                    faults.append(f"{language}: {', '.join(sorted(lost))} differs in {shown!r}")
    print("\n".join(faults[:40]) or "Every message is translated.")
    if len(faults) > 40:
        print(f"… and {len(faults) - 40} more. Run make messages, then translate.")
    return 1 if faults else 0


PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")

USE = "Use: python tools/catalogues.py compile | gather | check | missing LANGUAGE | fill LANGUAGE FILE"

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["compile"]:
            compile_all()
        case ["gather"]:
            gather()
        case ["check"]:
            sys.exit(check())
        case ["missing", language]:
            missing(language)
        case ["fill", language, file]:
            fill(language, file)
        case _:
            sys.exit(USE)
