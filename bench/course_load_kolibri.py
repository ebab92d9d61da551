"""Fills a Kolibri with one class, one lesson of many resources and many learners. Run by course_load.py.

    KOLIBRI_HOME=FOLDER path/to/kolibri/bin/python bench/course_load_kolibri.py RESOURCES LEARNERS

Prints the address of the lesson's data, and the learner's name and facility for signing in.
"""

from __future__ import annotations

import sys
import uuid

from kolibri.main import initialize  # type: ignore[import-not-found]

initialize()

from django.utils import timezone  # noqa: E402 -- Kolibri is initialised first
from kolibri.core.auth.models import Classroom, Facility, FacilityUser, Membership  # type: ignore[import-not-found] # noqa: E402
from kolibri.core.content.models import ChannelMetadata, ContentNode, File, LocalFile  # type: ignore[import-not-found] # noqa: E402
from kolibri.core.device.utils import provision_device  # type: ignore[import-not-found] # noqa: E402
from kolibri.core.lessons.models import Lesson, LessonAssignment  # type: ignore[import-not-found] # noqa: E402
from kolibri.core.logger.models import ContentSummaryLog  # type: ignore[import-not-found] # noqa: E402


def main() -> None:
    resources, learners = int(sys.argv[1]), int(sys.argv[2])
    facility = Facility.objects.create(name="Faculty")
    provision_device(device_name="bench", default_facility=facility, allow_guest_access=False)
    facility.dataset.learner_can_edit_password = False
    facility.dataset.learner_can_login_with_no_password = True
    facility.dataset.save()
    teacher = FacilityUser.objects.create(username="teacher", facility=facility, password="unused")  # noqa: S106 -- nobody signs in with it
    facility.add_admin(teacher)
    room = Classroom.objects.create(name="Class", parent=facility)
    for number in range(learners):
        person = FacilityUser(username=f"learner{number}", facility=facility, password="NOT_SPECIFIED")  # noqa: S106 -- Kolibri's word for none
        person.save()
        Membership(user=person, collection=room).save()
        if number == 0:
            first = person
    channel, root = uuid.uuid4().hex, uuid.uuid4().hex
    ContentNode.objects.create(
        id=root, title="Channel", content_id=root, channel_id=channel, kind="topic", available=True
    )
    ChannelMetadata.objects.create(id=channel, name="Channel", root_id=root)
    nodes = []
    for number in range(resources):
        node = ContentNode.objects.create(
            id=uuid.uuid4().hex,
            parent_id=root,
            title=f"Step {number + 1}: look at the patient",
            description="A page of some words, as teachers write them.",
            content_id=uuid.uuid4().hex,
            channel_id=channel,
            kind="html5",
            available=True,
        )
        local = LocalFile.objects.create(id=uuid.uuid4().hex, extension="zip", available=True, file_size=1000)
        File.objects.create(id=uuid.uuid4().hex, local_file=local, contentnode=node, preset="html5_zip")
        nodes.append(node)
    lesson = Lesson.objects.create(
        title="Course",
        is_active=True,
        created_by=teacher,
        collection=room,
        resources=[
            {"contentnode_id": node.id, "content_id": node.content_id, "channel_id": channel}
            for node in nodes
        ],
    )
    LessonAssignment.objects.create(lesson=lesson, collection=room, assigned_by=teacher)
    for node in nodes[: resources // 2]:
        ContentSummaryLog.objects.create(
            user=first,
            content_id=node.content_id,
            channel_id=channel,
            kind="html5",
            progress=1,
            start_timestamp=timezone.now(),
            completion_timestamp=timezone.now(),
        )
    print("seeded", f"/learn/api/learnerlesson/{lesson.id}/", first.username, facility.id)


main()
