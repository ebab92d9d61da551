"""The only door of indicators for other apps."""

__all__: list[str] = []
