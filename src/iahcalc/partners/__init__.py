"""Who could teach together: likeness of two offers part by part, weeks in common, and rounds of short meetings.

It owns arithmetic on what is said about offers. It reads no text, and keeps no list of fields or languages.
"""

from iahcalc.partners._likeness import WEIGHTS, Likeness, Part, Profile, likeness
from iahcalc.partners._rounds import meetings
from iahcalc.partners._weeks import CommonWeeks, Stretch, common_weeks

__all__ = [
    "WEIGHTS",
    "CommonWeeks",
    "Likeness",
    "Part",
    "Profile",
    "Stretch",
    "common_weeks",
    "likeness",
    "meetings",
]
