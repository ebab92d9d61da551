"""The only door of credentials for other apps."""

__all__: list[str] = []
