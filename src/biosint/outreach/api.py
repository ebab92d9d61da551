"""The only door of outreach for other apps."""

__all__: list[str] = []
