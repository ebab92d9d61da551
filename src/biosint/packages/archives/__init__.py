"""Reading what people hand in as a package: a zip that is trusted in nothing. Pure; nothing is written here.

``examine`` is the only entry: it looks at the directory of the zip and at its manifests, and unpacks no media.
"""

from biosint.packages.archives._examination import Contents, examine
from biosint.packages.archives._formats import SAVED, SHRINKING, media_type_of
from biosint.packages.archives._zip import Archive, Entry, PackageRefused, UnpackedElsewise

__all__ = [
    "SAVED",
    "SHRINKING",
    "Archive",
    "Contents",
    "Entry",
    "PackageRefused",
    "UnpackedElsewise",
    "examine",
    "media_type_of",
]
