"""Compile the translations, and write Serbian in Latin letters from its Cyrillic catalogue.

    python tools/catalogues.py compile              write what the platform reads
    python tools/catalogues.py gather               bring in new messages of the code
    python tools/catalogues.py missing sr > FILE    what a translator has to do, as JSON
    python tools/catalogues.py fill sr FILE         take it back
    python tools/catalogues.py check                fail when something is missing

Serbian and Albanian speak on every page. Bosnian, Montenegrin, Croatian, Romanian and Dutch speak on the pages of
people who answer a questionnaire: their catalogues hold exactly those messages. What Bosnian, Montenegrin and
Croatian say as Serbian does may stay empty; it is filled from Serbian in Latin letters.

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
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatch
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


WRITTEN = ("sr", "sq")  # what translators write; English is the text in the code, Latin Serbian is derived
FOR_RESPONDENTS = ("bs", "cnr", "hr", "nl", "ro")
LIKE_SERBIAN = ("bs", "cnr", "hr")
# CLDR, and so Babel, does not know Montenegrin.
BABEL_NAMES = {"cnr": "sr_Latn_ME"}
# What the pages of people who answer are made of; a message of any of these belongs to their catalogues.
RESPONDENTS_READ = (
    "surveys/answering.py",
    "surveys/pairing.py",
    "surveys/wording.py",
    "surveys/web/answering.py",
    "surveys/web/drawing.py",
    "surveys/web/entering.py",
    "surveys/templates/surveys/_entrance.html",
    "surveys/templates/surveys/_pairing.html",
    "surveys/templates/surveys/_questions.html",
    "surveys/templates/surveys/_unsent.html",
    "surveys/templates/surveys/answer.html",
    "surveys/templates/surveys/not_open.html",
    "surveys/templates/surveys/questions/*.html",
    "surveys/templates/surveys/respondent.html",
    "surveys/templates/surveys/thanks.html",
    "surveys/templates/surveys/ticket.html",
    "shared/languages.py",
    "shared/templates/base.html",
)


def for_respondents(gathered: Catalog) -> Catalog:
    """Return the messages that people who answer a questionnaire can meet."""
    chosen = Catalog(locale=gathered.locale, charset="utf-8")
    for message in gathered:
        if message.id and any(
            fnmatch(place, pattern) for place, _line in message.locations for pattern in RESPONDENTS_READ
        ):
            chosen[message.id] = message
    return chosen


def wanted_of(language: str, gathered: Catalog) -> Catalog:
    return for_respondents(gathered) if language in FOR_RESPONDENTS else gathered


def read(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return read_po(source, locale=BABEL_NAMES.get(language, language))


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
        if language in LIKE_SERBIAN:
            _fill_from(derived(read("sr")), catalogue)
        write(language, catalogue)
        print(f"{language}: {_translated(catalogue)} of {len(catalogue)} messages")
        if language == "sr":
            latin = derived(catalogue)
            write("sr_Latn", latin)
            with (LOCALE / "sr_Latn" / "LC_MESSAGES" / "django.po").open("wb") as target:
                write_po(target, latin, width=100)
            print(f"sr_Latn: {_translated(latin)} of {len(latin)} messages")


def _fill_from(latin: Catalog, catalogue: Catalog) -> None:
    for message in catalogue:
        twin = latin.get(message.id, message.context) if message.id else None
        if twin is not None and not all(_forms(message.string)):
            message.string = twin.string


def _translated(catalogue: Catalog) -> int:
    return sum(1 for message in catalogue if message.id and message.string and all(_forms(message.string)))


def _forms(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


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
    for language in (*WRITTEN, *FOR_RESPONDENTS):
        catalogue = read(language)
        catalogue.update(wanted_of(language, gathered), no_fuzzy_matching=True, update_header_comment=False)
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
    faults = [fault for language in (*WRITTEN, *FOR_RESPONDENTS) for fault in _faults(language, gathered)]
    print("\n".join(faults[:40]) or "Every message is translated.")
    if len(faults) > 40:
        print(f"… and {len(faults) - 40} more. Run make messages, then translate.")
    return 1 if faults else 0


def _faults(language: str, gathered: Catalog) -> Iterator[str]:
    catalogue, expected = read(language), wanted_of(language, gathered)
    serbian = read("sr") if language in LIKE_SERBIAN else None
    for wanted in expected:
        if not wanted.id:
            continue
        shown = _forms(wanted.id)[0]
        found = catalogue.get(wanted.id, wanted.context)
        if found is not None and serbian is not None and not all(_forms(found.string)):
            found = serbian.get(wanted.id, wanted.context)
        if found is None or not (found.string and all(_forms(found.string))):
            yield f"{language}: not translated: {shown!r}"
            continue
        for form in _forms(found.string):
            lost = set(PLACEHOLDER.findall(shown)) ^ set(PLACEHOLDER.findall(form))
            if lost and not isinstance(wanted.id, tuple):
                yield f"{language}: {', '.join(sorted(lost))} differs in {shown!r}"
    if language in FOR_RESPONDENTS:
        for message in catalogue:
            if message.id and expected.get(message.id, message.context) is None:
                yield f"{language}: no respondent reads {_forms(message.id)[0]!r}"


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
