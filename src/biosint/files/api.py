"""The only door of files for other apps."""

__all__: list[str] = []
