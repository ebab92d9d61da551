"""The eight-week course “Sepsis without borders” of three faculties, in its fifth week."""

from __future__ import annotations

from biosint.portal.demonstration.sepsis import learning, preparing
from biosint.portal.demonstration.sepsis.stage import begin
from biosint.portal.demonstration.world import World


def tell(world: World) -> None:
    stage = begin(world)
    preparing.prepare(stage)
    preparing.admit_learners(stage)
    learning.learn(stage)
    world.kept["sepsis_course"] = stage.course
