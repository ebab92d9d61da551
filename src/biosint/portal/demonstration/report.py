"""One final report on the second year, one draft on the third."""

from __future__ import annotations

from datetime import timedelta

from biosint.consortium import api as consortium
from biosint.portal.demonstration.world import World
from biosint.reporting import api as reporting

SUMMARY = """The consortium moved from analysis to practice. Councils adopted the first documents, teachers of
several countries revised their syllabi, and the first joint course ran from home.

- Every partner measured its baseline with the published formula.
- The course showed that teams of three professions agree faster on a plan than teams of one.
- One institution lost ground in its index; the reasons are known and discussed below.
"""
DEVIATIONS = """Two partners began the revision of syllabi a term later than planned, because accreditation
visits fell into the same weeks. The lead of the work package moved two units to the next term. No deliverable is affected.

Fewer students than hoped answered the questionnaire at the smallest faculty. Its results are shown only
where at least five people stand behind a figure.
"""
OUTLOOK = """The second course is running. Recognition of its credit is agreed in advance this time, before the
first meeting of the teams. The comparison of costs will be repeated with its figures.
"""


def tell(world: World) -> None:
    project = consortium.current_consortium()
    if project is None:
        raise LookupError("The chapter on the consortium comes before the reports.")
    leader = world.coordinator("cacak")
    middle = project.starts_month(25)
    first = reporting.begin(
        project=project,
        title="Progress report, first two years",
        since_date=project.start_date,
        until_date=middle - timedelta(days=1),
        language="en",
        by=leader,
        at=world.month(25),
    )
    reporting.write(
        report_id=first.pk,
        summary=SUMMARY,
        deviations=DEVIATIONS,
        outlook=OUTLOOK,
        revision=1,
        by=leader,
        at=world.month(25, day=18),
    )
    reporting.finalise(report_id=first.pk, by=leader, at=world.month(25, day=24))
    reporting.begin(
        project=project,
        title="Final report, third year",
        since_date=middle,
        until_date=project.end_date - timedelta(days=1),
        language="en",
        by=leader,
        at=world.month(31),
    )
