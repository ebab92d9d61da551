"""Texts that a team begins with."""

from django.utils.translation import gettext_lazy as _

AGREEMENT = _(
    "## How we work\n\n"
    "Fill this in together in your first meeting. Change it whenever you like.\n\n"
    "- **We write to each other here, and answer within:** (for example two days)\n"
    "- **We meet:** (day and time, each on the own clock)\n"
    "- **We speak and write:** (language; it is fine to ask for simpler words)\n"
    "- **Who does what:** \n"
    "- **If somebody is ill or busy, they say so by:** \n"
    "- **If we disagree, we:** (listen to everybody once, then decide by …)\n"
    "- **When something hurts or seems unfair, we:** (say it early, ask our teacher or facilitator)\n"
)

NUDGE = _(
    "Hello %(name)s,\n\n"
    "we have not seen you in team %(number)s of “%(course)s” for a while. Is everything all right? "
    "If something keeps you away, tell us; we will find a way together. "
    "A short hello to your team is a good first step.\n"
)
