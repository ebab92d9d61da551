"""The only door of surveys for other apps."""

__all__: list[str] = []
