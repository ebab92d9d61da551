"""The only door of reporting for other apps."""

__all__: list[str] = []
