"""What situation hands to the registries below it, one file a subject."""

from biosint.situation.providers import campaigns, coding, reports, research, rounds, workshops


def register() -> None:
    """Called once, when Django has loaded every app."""
    campaigns.register()
    coding.register()
    reports.register()
    rounds.register()
    research.register()
    workshops.register()
