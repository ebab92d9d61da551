"""The work plan: taken from the supplied one, handed in and reviewed as far as the evidence carries."""

from __future__ import annotations

from datetime import timedelta

from biosint.consortium import api as consortium
from biosint.portal.demonstration.world import MONTH_NOW, World
from biosint.workplan import api as workplan

LEADS = {1: "cacak", 2: "mechelen", 3: "zvornik", 4: "deva", 5: "pogradec"}
# Who reviews what the key leads; never its own board.
REVIEWERS = {
    "cacak": "mechelen",
    "mechelen": "cacak",
    "zvornik": "deva",
    "deva": "zvornik",
    "pogradec": "niksic",
}
WORDS = (
    "Evidence opened and sampled: every entry has its proof. The text is clear and the funder’s emblem is in place.",
    "Complete. We suggest to add the method in two sentences for readers outside the consortium.",
    "All needs are met by counted evidence. Figures agree with the lists behind them.",
)


def tell(world: World) -> None:
    project = consortium.current_consortium()
    if project is None:
        raise LookupError("The chapter on the consortium comes before the plan.")
    leader = world.coordinator("cacak")
    workplan.take_supplied_plan(
        project=project,
        leads={number: world.institution(key) for number, key in LEADS.items()},
        by=leader,
        at=world.month(1),
    )
    key_of = {world.institution(key).pk: key for key in LEADS.values()}
    # The deliverable that counts approvals comes last.
    for each in sorted(workplan.plan_of(project), key=lambda package: package.package.number == 1):
        lead = key_of[each.package.lead_id]
        for milestone in each.milestones:
            if milestone.due_month < MONTH_NOW:
                workplan.reach(
                    milestone_id=milestone.pk,
                    by=world.coordinator(lead),
                    at=world.month(milestone.due_month, day=24),
                )
        for number, task in enumerate(workplan.plan_of(project)[each.package.number - 1].tasks):
            if task.deliverable.due_month >= MONTH_NOW or not all(need.met for need in task.needs):
                continue
            at = world.month(task.deliverable.due_month, day=20)
            workplan.submit(deliverable_id=task.deliverable.pk, by=world.coordinator(lead), at=at)
            workplan.review(
                deliverable_id=task.deliverable.pk,
                approved=True,
                words=WORDS[(each.package.number + number) % len(WORDS)],
                by=world.quality(REVIEWERS[lead]),
                at=at + timedelta(days=9),
            )
