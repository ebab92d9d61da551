"""The only door of jobs for other apps."""

__all__: list[str] = []
