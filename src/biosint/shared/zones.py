"""Time zones that people choose from: real places, grouped by continent."""

from functools import lru_cache
from zoneinfo import available_timezones

CONTINENTS = (
    "Europe",
    "Africa",
    "America",
    "Asia",
    "Atlantic",
    "Australia",
    "Indian",
    "Pacific",
)


@lru_cache(maxsize=1)
def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (continent, [(IANA name, town)]); Europe comes first, where most of our people live."""
    zones = sorted(available_timezones())
    return [
        (
            continent,
            [
                (zone, zone.removeprefix(f"{continent}/").replace("_", " "))
                for zone in zones
                if zone.startswith(f"{continent}/")
            ],
        )
        for continent in CONTINENTS
    ]
