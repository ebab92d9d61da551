"""Puts indicator banks in use: every supplied one, or a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from biosint.indicators.contents import BankFaulty
from biosint.indicators.operations.loading import SUPPLIED_BANKS, BankChanged, load_bank, supplied_bank


class Command(BaseCommand):
    help = "Puts every supplied indicator bank in use, or the one in FILE. Running it twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="A bank in YAML; without it every supplied one."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place: Path | None = options["file"]
        try:
            sources = [place.read_bytes()] if place else [supplied_bank(code) for code in SUPPLIED_BANKS]
            banks = [load_bank(source=source, by=None, at=timezone.now()) for source in sources]
        except (BankFaulty, BankChanged, OSError) as fault:
            raise CommandError(str(fault)) from fault
        if options["verbosity"]:
            for bank in banks:
                self.stdout.write(f"Indicator bank {bank.code} is in use.")
