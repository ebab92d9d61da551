"""Works as one archive."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.files import api as files
from biosint.shared.verdicts import Fault

if TYPE_CHECKING:
    from biosint.exchange.models import Product

MOST_BYTES = 500 * 1024 * 1024


class TooMuchAtOnce(Fault):
    """The works of the page are larger than an archive may be."""


def zipped(works: Iterable[tuple[str, Product]]) -> IO[bytes]:
    """Return an archive with a folder for each work, named and numbered; close it after use.

    Files are put in as they are: documents and pictures are packed already.

    Raises:
        TooMuchAtOnce: together more than 500 MB.
    """
    works = list(works)
    if sum(one.size for _name, work in works for one in work.files.all()) > MOST_BYTES:
        raise TooMuchAtOnce(
            _("These works are larger than 500 MB together. Open them one by one and download their files.")
        )
    # The answer closes it once it is sent.
    content = tempfile.TemporaryFile()  # noqa: SIM115 -- outlives this function
    with zipfile.ZipFile(content, "w") as archive:
        for number, (name, work) in enumerate(works, start=1):
            # Two learners may have the same name, so the place in the list goes first.
            folder = f"{number:02d} {files.clean_name(name)}"
            if work.text or work.link:
                archive.writestr(f"{folder}/work.md", f"{work.text}\n\n{work.link}".strip() + "\n")
            for place, one in enumerate(work.files.all(), start=1):
                with (
                    files.open_content(one) as source,
                    archive.open(f"{folder}/{place:02d} {one.name}", "w") as target,
                ):
                    shutil.copyfileobj(source, target)
    content.seek(0)
    return content
