"""Whole plans: placed from templates, kept as versions, copied into other courses, given to everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange import plan_templates
from biosint.exchange.copied import settings_of_copy
from biosint.exchange.models import Activity, Course, OpenTemplate, PlanSource, PlanVersion
from biosint.exchange.operations._courses import create_course
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations._plan_log import done_with, log, put_in_order
from biosint.exchange.operations.design import require_room
from biosint.exchange.operations.materials import copy_materials
from biosint.exchange.rules import TEACHING_OFFICES, is_teacher, may_edit
from biosint.exchange.rules.design import may_copy, may_give_away, may_withdraw_template
from biosint.exchange.states import PlanVerb
from biosint.exchange.steps import (
    MOMENTS,
    SAID,
    Step,
    moments_of,
    said_of,
    step_from,
    step_of,
    zone_of_course,
)
from biosint.exchange.timetable import ClockChange, week_count
from biosint.institutions.api import Institution
from biosint.shared.verdicts import Fault, require
from biosint.shared.words import in_latin

if TYPE_CHECKING:
    from biosint.people.api import Person


class NothingToShare(Fault):
    """The plan has no activity."""


@transaction.atomic
def place_supplied(
    *, course_id: int, code: str, replaces: bool = False, key: UUID | None = None, by: Person, at: datetime
) -> set[ClockChange]:
    """Place a supplied plan on the dates of a course, titled in the course's language.

    Args:
        replaces: take what stands in the plan out first (it can be brought back).
        key: made with the empty form: the same form sent twice places once.

    Returns:
        what clocks did to its times: times that were skipped, or shown twice.

    Raises:
        Refused: ``by`` does not teach the course, or it is finished.
        PlanFull: there is no room for so many activities.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    template = plan_templates.supplied()[code]
    steps = template.steps(language=course.language, weekday=course.start_date.weekday())
    title = str(template.title["en"])
    return _place(course, steps, title=title, replaces=replaces, key=key, by=by, at=at)


@transaction.atomic
def take_over(
    *,
    course_id: int,
    template_id: int,
    replaces: bool = False,
    key: UUID | None = None,
    by: Person,
    at: datetime,
) -> set[ClockChange]:
    """Place an open template on the dates of a course; its authors stay named there.

    A course without outcomes takes those of the template. In one that has its own, the links of the template
    to outcomes are left out, because they would point to others.

    Raises:
        Refused, PlanFull: as in ``place_supplied``.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    template = OpenTemplate.objects.get(pk=template_id, withdrawn_at=None)
    steps = [step_from(plain) for plain in template.steps]
    links = True
    if not course.outcomes:
        course.outcomes = template.outcomes
        course.save(update_fields=["outcomes"])
    elif course.outcomes != template.outcomes:
        links = False
    PlanSource.objects.get_or_create(course=course, template=template, defaults={"taken_at": at})
    return _place(course, steps, title=template.title, links=links, replaces=replaces, key=key, by=by, at=at)


def _place(
    course: Course,
    steps: Iterable[Step],
    *,
    title: str,
    by: Person,
    at: datetime,
    links: bool = True,
    replaces: bool = False,
    key: UUID | None = None,
) -> set[ClockChange]:
    if done_with(key) is not None:
        return set()
    steps = list(steps)
    if replaces:
        _take_out(course, course.activities.all(), by=by, at=at)
    require_room(course, more=len(steps))
    zone, begun = zone_of_course(course), course.activities.count()
    clocks: set[ClockChange] = set()
    for number, step in enumerate(steps, start=begun + 1):
        moments, changes = moments_of(step, start=course.start_date, zone=zone)
        clocks |= changes
        said = said_of(step)
        if not links:
            said["outcomes"] = []
        Activity.objects.create(
            course=course, position=number, changed_by=by, changed_at=at, **said, **moments
        )
    put_in_order(course)
    log(
        course,
        PlanVerb.PLACED,
        title=title,
        fields=[{"field": "activities", "before": begun, "after": begun + len(steps)}],
        key=key,
        by=by,
        at=at,
    )
    return clocks


def _take_out(course: Course, activities: Iterable[Activity], *, by: Person, at: datetime) -> None:
    for activity in activities:
        activity.removed_by, activity.removed_at = by, at
        activity.version += 1
        activity.changed_by, activity.changed_at = by, at
        activity.save(update_fields=["removed_by", "removed_at", "version", "changed_by", "changed_at"])
        log(course, PlanVerb.REMOVED, title=activity.title, activity=activity, by=by, at=at)


# Versions


@transaction.atomic
def keep_version(
    *, course_id: int, name: str, key: UUID | None = None, by: Person, at: datetime
) -> PlanVersion:
    """Keep the plan as it stands under a name. The same form sent twice keeps once.

    Raises:
        Refused: ``by`` does not teach the course.
    """
    course = locked(course_id)
    require(is_teacher(by, course))
    if key and (kept := PlanVersion.objects.filter(key=key).first()):
        return kept
    version = PlanVersion.objects.create(
        course=course,
        number=(course.plan_versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1,
        name=name.strip(),
        steps=steps_now(course),
        kept_by=by,
        kept_at=at,
        key=key or uuid4(),
    )
    audit.record("exchange.plan.version_kept", course, by=by, at=at, number=version.number, name=version.name)
    return version


def steps_now(course: Course) -> list[dict[str, Any]]:
    """Return the steps of the plan as it stands, each with the activity it is."""
    zone = zone_of_course(course)
    return [
        {"activity": one.pk, **step_of(one, start=course.start_date, zone=zone).as_json()}
        for one in course.activities.all()
    ]


@transaction.atomic
def turn_back(*, course_id: int, number: int, by: Person, at: datetime) -> Course:
    """Make the plan what it was in a kept version; activities keep what learners did in them.

    What stands now and did not then is taken out, and can be brought back; what was taken out since comes back.

    Raises:
        Refused: ``by`` does not teach the course, or it is finished.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    version = course.plan_versions.get(number=number)
    zone, start = zone_of_course(course), course.start_date
    known = {one.pk: one for one in Activity.everything.filter(course=course)}
    stays = {plain["activity"] for plain in version.steps}
    _take_out(
        course, [one for one in known.values() if one.pk not in stays and not one.removed_at], by=by, at=at
    )
    fields = [
        *SAID,
        *MOMENTS,
        "position",
        "removed_by",
        "removed_at",
        "version",
        "text_version",
        "changed_by",
        "changed_at",
    ]
    for place, plain in enumerate(version.steps, start=1):
        activity = known.get(plain["activity"])
        if activity is None:
            continue
        step = step_from(plain)
        moments, _changes = moments_of(step, start=start, zone=zone)
        for name, value in {**said_of(step), **moments}.items():
            setattr(activity, name, value)
        activity.position = place
        activity.removed_by, activity.removed_at = None, None
        activity.version += 1
        activity.text_version += 1
        activity.changed_by, activity.changed_at = by, at
        activity.save(update_fields=fields)
    put_in_order(course)
    log(course, PlanVerb.TURNED_BACK, title=version.name, by=by, at=at)
    return course


# Copies


@transaction.atomic
def copy_course(
    *, course_id: int, title: str, start_date: date, with_dates: bool, by: Person, at: datetime
) -> Course:
    """Begin a new course with the description and the plan of one that the person teaches.

    Learners, teams, places, marks and other teachers do not come along.

    Args:
        start_date: the first day of the new course; every other day keeps its distance from it.
        with_dates: place the activities on the same days of the course; otherwise they have no dates.

    Raises:
        Refused: ``by`` does not teach the course, or teaches nowhere any more.
    """
    source = Course.objects.select_related("host").get(pk=course_id)
    require(may_copy(by, source))
    distance = start_date - source.start_date
    at_home = by.institutions_as(*TEACHING_OFFICES)
    host = (
        source.host
        if source.host_id in at_home
        else Institution.objects.filter(pk__in=at_home).order_by("name").first() or source.host
    )
    course = create_course(
        host=host,
        by=by,
        at=at,
        title=title,
        summary=source.summary,
        language=source.language,
        level=source.level,
        ects=source.ects,
        workload_hours=source.workload_hours,
        pass_mark=source.pass_mark,
        outcomes=source.outcomes,
        start_date=start_date,
        end_date=source.end_date + distance,
        apply_until_date=source.apply_until_date + distance,
        product_due_date=source.product_due_date + distance if source.product_due_date else None,
    )
    zone = zone_of_course(source)
    activities = list(source.activities.all())
    steps = [step_of(one, start=source.start_date, zone=zone) for one in activities]
    _place(course, steps if with_dates else map(_undated, steps), title=source.title, by=by, at=at)
    # Placed in the order of the source, so their keys rise in its order.
    for original, fresh in zip(activities, course.activities.order_by("pk"), strict=True):
        fresh.settings = settings_of_copy(original, fresh, by=by)
        fresh.save(update_fields=["settings"])
        copy_materials(original, fresh, by=by, at=at)
    for owed in source.plan_sources.all():
        PlanSource.objects.create(course=course, template=owed.template, taken_at=at)
    return course


def _undated(step: Step) -> Step:
    return step_from({**step.as_json(), **dict.fromkeys(MOMENTS)})


# Open templates


@transaction.atomic
def give_away(
    *,
    course_id: int,
    title: str,
    summary: str,
    licence: str,
    key: UUID | None = None,
    by: Person,
    at: datetime,
) -> OpenTemplate:
    """Publish the plan as it stands as an open template. Its authors are the teachers of the course.

    What only this course has (files, question banks, rubrics: the settings of kinds) stays behind.

    Raises:
        Refused: ``by`` does not teach the course, or a template on which it builds asks for another licence.
        NothingToShare: the plan is empty.
    """
    course = locked(course_id)
    owed = [source.template for source in course.plan_sources.select_related("template")]
    require(may_give_away(by, course, licence, owed=frozenset(one.licence for one in owed)))
    if key and (sent := OpenTemplate.objects.filter(key=key).first()):
        return sent
    zone = zone_of_course(course)
    activities = list(course.activities.filter(is_hidden=False))
    if not activities:
        raise NothingToShare(_("The plan is empty. Add activities, or show hidden ones, then share it."))
    steps = [
        {**step_of(one, start=course.start_date, zone=zone).as_json(), "settings": {}} for one in activities
    ]
    template = OpenTemplate.objects.create(
        slug=_free_slug(title),
        title=title,
        summary=summary,
        language=course.language,
        weeks=week_count(course.start_date, course.end_date),
        hours=sum(one.hours for one in activities),
        licence=licence,
        authors=[
            {"name": str(teaching.person), "institution": teaching.institution.name}
            for teaching in course.teachings.select_related("person", "institution")
            if teaching.accepted_at
        ],
        builds_on=_attributions(owed),
        outcomes=course.outcomes,
        steps=steps,
        course=course,
        published_by=by,
        published_at=at,
        key=key or uuid4(),
    )
    audit.record("exchange.template.published", template, by=by, at=at, licence=licence)
    return template


def _attributions(owed: Iterable[OpenTemplate]) -> list[Mapping[str, Any]]:
    """Return whom a plan owes thanks: the templates it took over, and those on which they were built."""
    found: dict[str, Mapping[str, Any]] = {}
    for template in owed:
        found[template.slug] = {
            "title": template.title,
            "authors": template.authors,
            "licence": template.licence,
            "slug": template.slug,
        }
        for earlier in template.builds_on:
            found.setdefault(earlier["slug"], earlier)
    return list(found.values())


def _free_slug(title: str) -> str:
    word = slugify(in_latin(title))[:80].strip("-") or "plan"
    taken = set(OpenTemplate.objects.filter(slug__startswith=word).values_list("slug", flat=True))
    free, number = word, 1
    while free in taken:
        number += 1
        free = f"{word}-{number}"
    return free


@transaction.atomic
def withdraw_template(*, template_id: int, by: Person, at: datetime) -> OpenTemplate:
    """Take an open template off the public list. Courses that took it over keep it, and whom they owe it to.

    Raises:
        Refused: ``by`` does not teach the course it came from, or it is withdrawn already.
    """
    template = OpenTemplate.objects.select_for_update(of=["self"]).get(pk=template_id)
    require(may_withdraw_template(by, template))
    template.withdrawn_by, template.withdrawn_at = by, at
    template.save(update_fields=["withdrawn_by", "withdrawn_at"])
    audit.record("exchange.template.withdrawn", template, by=by, at=at)
    return template
