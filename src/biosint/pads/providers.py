"""What pads hands to the registries below it."""

from biosint.pads.queries import records_of
from biosint.shared import registries


def register() -> None:
    """Called once, when Django has loaded every app."""
    # A closed account needs no eraser: the words belong to the text of all, and the name leaves with the account.
    registries.EXPORTERS.append(("texts_written_together", records_of))
