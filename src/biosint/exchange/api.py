"""The only door of exchange for other apps."""

__all__: list[str] = []
