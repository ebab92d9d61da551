from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.jobs.api import Progress, task
from biosint.packages import operations


@task("packages.unpack", title=gettext_lazy("Unpacking a package"))
def unpack(job: Progress, version_id: int) -> Any:
    """Unpack a large package. Killed, it is done again from the start; files that lie there already cost nothing."""
    version = operations.unpack(
        version_id=version_id, told=lambda done, total: job.report(done, total, _("Unpacking files"))
    )
    return {"text": _("“%(title)s” is ready. Go back to its page and try it out.") % {"title": version.title}}
