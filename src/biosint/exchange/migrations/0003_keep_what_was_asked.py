"""What teachers asked of teams so far, as a plan: what forming teams meant until then."""

from typing import Any

from django.db import migrations

BATCH = 500


def plan_of(size: int, hours: int) -> dict[str, Any]:
    return {
        "preset": "coil",
        "size_low": size,
        "size_high": size,
        "wishes": {
            "country": {"kind": "mix", "weight": 4},
            "profession": {"kind": "mix", "weight": 4},
            "institution": {"kind": "mix", "weight": 2},
            "english": {"kind": "balance", "weight": 4},
        },
        "common_hours": hours,
        "nobody_alone": ["institution", "gender"],
        "two_countries": True,
    }


def keep(apps: Any, _editor: Any) -> None:
    """Courses that have teams keep what these were formed by; the others get a new proposal."""
    course, plan = apps.get_model("exchange", "Course"), apps.get_model("exchange", "TeamPlan")
    formed = course.objects.filter(teams__isnull=False).distinct()
    rows = formed.values_list("pk", "team_size", "minimum_common_hours").iterator(BATCH)
    plan.objects.bulk_create(
        (plan(course_id=key, asked=plan_of(size, hours)) for key, size, hours in rows), batch_size=BATCH
    )


def give_back(apps: Any, _editor: Any) -> None:
    course = apps.get_model("exchange", "Course")
    for kept in apps.get_model("exchange", "TeamPlan").objects.iterator(BATCH):
        course.objects.filter(pk=kept.course_id).update(
            team_size=kept.asked.get("size_high", 5),
            minimum_common_hours=int(kept.asked.get("common_hours", 2)),
        )


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_team_desk")]
    operations = [migrations.RunPython(keep, give_back)]
