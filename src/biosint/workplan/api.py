"""The only door of workplan for other apps."""

__all__: list[str] = []
