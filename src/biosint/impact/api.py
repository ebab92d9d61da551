"""The only door of impact for other apps."""

__all__: list[str] = []
