"""What every app keeps to. A failing test says where, and what to do."""

import ast
import importlib.util
import pkgutil
import re
from pathlib import Path

import factory
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

import factories

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
BANNED = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "handler",
    "handlers",
    "common",
    "misc",
    "data",
    "process",
}
LINES = 400
# Models that no factory makes, each with its reason.
WITHOUT_FACTORY: dict[str, str] = {}


def modules() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(SOURCE.glob("biosint/*/templates/**/*.*"))


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("biosint.")]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_model_has_a_factory() -> None:
    places = [
        importlib.import_module(f"factories.{found.name}")
        for found in pkgutil.iter_modules(factories.__path__)
    ]
    made = {
        thing._meta.model._meta.label
        for place in places
        for thing in vars(place).values()
        if isinstance(thing, type)
        and issubclass(thing, factory.django.DjangoModelFactory)
        and thing._meta.model
    }

    lacking = [
        model._meta.label for model in our_models() if model._meta.label not in made | set(WITHOUT_FACTORY)
    ]

    assert not lacking, (
        f"No factory makes {', '.join(lacking)}. Add one to tests/factories/<app>.py "
        "(tests/factories/people.py shows how)."
    )


def test_who_and_when_are_set_together() -> None:
    loose = []
    for model in our_models():
        fields = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}
        for name, who in fields.items():
            when = fields.get(name.removesuffix("_by") + "_at") if name.endswith("_by") else None
            if when is None or not (who.null and when.null):
                continue
            held = [
                str(constraint.condition)
                for constraint in model._meta.constraints
                if isinstance(constraint, models.CheckConstraint)
            ]
            if not any(name in text and when.name in text for text in held):
                loose.append(f"{model._meta.label}.{name}/{when.name}")

    assert not loose, f"A CheckConstraint must hold these together: {', '.join(loose)} (style.md, “Model”)."


def test_no_file_is_longer_than_one_can_read() -> None:
    long = {short(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    long = {path: count for path, count in long.items() if count > LINES}

    assert not long, f"Make packages of these files (limit {LINES} lines): {long}"


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        short(path) for path in modules() if path.stem.strip("_") in BANNED or path.parent.name in BANNED
    ]

    assert not vague, f"Name these by what they do: {vague}"


def test_every_app_says_what_it_owns() -> None:
    silent = [
        app.name
        for app in apps.get_app_configs()
        if app.name.startswith("biosint.")
        and "owns"
        not in (ast.get_docstring(ast.parse(Path(app.path, "__init__.py").read_text("utf-8"))) or "").lower()
    ]

    assert not silent, f"Two sentences in __init__.py: what the app owns and what it does not: {silent}"


def test_no_template_holds_script_or_style_of_its_own() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/(?:ld\+)?json)|<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:",
        re.IGNORECASE,
    )
    found = [
        f"{short(path)}:{number}"
        for path in templates()
        if path.suffix == ".html"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if inline.search(line)
    ]

    assert not found, f"The content security policy blocks these; use a file: {found}"


def test_nothing_is_left_unfinished() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    found = [
        f"{short(path)}:{number}"
        for path in [*modules(), *templates()]
        if path.suffix in {".py", ".html"}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if marks.search(line)
    ]

    assert not found, f"Finish these or leave them out: {found}"


def test_no_lock_file_names_where_packages_were_fetched() -> None:
    for name in (
        "requirements/core.txt",
        "requirements/dev.txt",
        "requirements/node.txt",
        "package-lock.json",
    ):
        text = (ROOT / name).read_text("utf-8")
        assert "resolved" not in text, name
        assert "--index-url" not in text, name


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_page_of_settings_tells_what_the_code_reads() -> None:
    spec = importlib.util.spec_from_file_location("settings_table", ROOT / "tools/settings_table.py")
    assert spec is not None
    assert spec.loader is not None
    table = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(table)

    assert table.PAGE.read_text("utf-8") == table.page(), "Run: python tools/settings_table.py write"
