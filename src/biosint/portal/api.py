"""The only door of portal for other apps."""

__all__: list[str] = []
