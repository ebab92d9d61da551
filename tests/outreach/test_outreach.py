from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from biosint.audit.api import Line
from biosint.evidence import api as evidence
from biosint.files import api as files
from biosint.notices.api import Notice
from biosint.outreach import operations, queries, rules
from biosint.outreach.models import Activity, Enquiry
from biosint.outreach.states import ENQUIRY_MOVES, EnquiryState
from biosint.people.api import Office
from biosint.shared.verdicts import Refused
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    InstitutionFactory,
    OfficeHeldFactory,
    PersonFactory,
    SiteAdministratorFactory,
    TeacherFactory,
)
from factories.consortium import ConsortiumFactory
from factories.outreach import ActivityEntryFactory, EnquiryFactory, NewsFactory

pytestmark = pytest.mark.django_db


def log(**fields: Any) -> Activity:
    project = fields.pop("project", None) or ConsortiumFactory()
    institution = fields.pop("institution", project.coordinator)
    told = {
        "title": "Talk at the chamber",
        "held_date": NOON.date(),
        "kind": "talk",
        "place": "Čačak",
        "language": "sr",
        "target_groups": ["teachers", "hospitals"],
        "reached": 40,
        "reached_how": "list of attendance",
        "proof_link": "https://example.org/programme",
        "at": NOON,
        **fields,
    }
    by = told.pop("by", None) or TeacherFactory(at=institution)
    return operations.log_activity(project=project, institution=institution, by=by, **told)


def test_an_entry_counts_as_evidence_with_its_reach() -> None:
    activity = log()

    assert evidence.total("outreach.activity_held", institution=activity.institution) == 1
    assert evidence.total("outreach.people_reached", institution=activity.institution) == 40
    assert evidence.items(kinds=["outreach.activity_held"]).get().proof_url == activity.get_absolute_url()
    assert Line.objects.filter(action="outreach.activity.entered").exists()


def test_the_same_entry_sent_twice_counts_once() -> None:
    project = ConsortiumFactory()
    by = TeacherFactory(at=project.coordinator)

    assert log(project=project, by=by) == log(project=project, by=by)
    assert evidence.total("outreach.people_reached") == 40


def test_where_nobody_counted_no_people_are_claimed() -> None:
    log(reached=None, reached_how="")

    assert not evidence.items(kinds=["outreach.people_reached"]).exists()


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"held_date": (NOON + DAY).date()}, operations.NotYetHeld),
        ({"proof_link": ""}, operations.ProofMissing),
        ({"reached_how": " "}, operations.UncountedReach),
    ],
)
def test_what_cannot_be_true_or_proved_is_not_entered(fields: dict[str, Any], fault: type) -> None:
    with pytest.raises(fault):
        log(**fields)

    assert not Activity.objects.exists()


def test_a_withdrawn_entry_counts_no_longer_and_stays_with_its_reason() -> None:
    activity = log()
    keeper = AdministratorFactory(at=activity.institution)

    operations.withdraw_activity(activity_id=activity.pk, reason="Entered twice", by=keeper, at=NOON)

    activity.refresh_from_db()
    assert activity.withdrawn_because == "Entered twice"
    assert not evidence.items(kinds=["outreach.activity_held", "outreach.people_reached"]).exists()
    with pytest.raises(Refused, match="withdrawn before"):
        operations.withdraw_activity(activity_id=activity.pk, reason="Again", by=keeper, at=NOON)


def test_nothing_is_withdrawn_without_a_reason() -> None:
    activity = log()

    with pytest.raises(operations.ReasonMissing):
        operations.withdraw_activity(activity_id=activity.pk, reason=" ", by=activity.entered_by, at=NOON)


@pytest.mark.parametrize("office", list(Office))
def test_coordinators_administrators_and_teachers_of_a_member_log(office: Office) -> None:
    project = ConsortiumFactory()
    person = OfficeHeldFactory(office=office, institution=project.coordinator).person

    assert bool(rules.may_log(person, project.coordinator, project)) == (office in rules.LOGGERS)
    assert not rules.may_log(person, InstitutionFactory(), project)


def test_an_institution_outside_the_consortium_logs_nothing() -> None:
    outsider = InstitutionFactory()

    with pytest.raises(Refused, match="is not a member"):
        log(institution=outsider)


def test_may_view_equals_viewable_by() -> None:
    project = ConsortiumFactory()
    standing = ActivityEntryFactory(consortium=project)
    withdrawn = ActivityEntryFactory(
        consortium=project, withdrawn_by=PersonFactory(), withdrawn_at=NOON, withdrawn_because="twice"
    )
    people = [
        None,
        withdrawn.entered_by,
        SiteAdministratorFactory(),
        *[OfficeHeldFactory(office=office, institution=project.coordinator).person for office in Office],
        CoordinatorFactory(at=InstitutionFactory()),
    ]

    for person in people:
        seen = set(Activity.objects.filter(rules.viewable_by(person)))
        assert seen == {each for each in (standing, withdrawn) if rules.may_view(person, each)}


@pytest.mark.parametrize(
    "fields",
    [
        {"proof_link": "", "proof_file": None},
        {"reached": 5, "reached_how": ""},
        {"withdrawn_at": NOON},
    ],
)
def test_the_database_refuses_entries_that_claim_too_much(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityEntryFactory(**fields)


def test_a_proof_file_is_for_staff_of_the_partners() -> None:
    activity = log(
        proof_link="", proof_upload=SimpleUploadedFile("list.pdf", b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF")
    )
    assert activity.proof_file is not None

    assert files.may_read(TeacherFactory(at=InstitutionFactory()), activity.proof_file)
    assert not files.may_read(None, activity.proof_file)
    assert not files.may_read(PersonFactory(), activity.proof_file)


def test_the_log_is_narrowed_by_everything_its_filter_offers() -> None:
    project = ConsortiumFactory()
    talk = ActivityEntryFactory(consortium=project, target_groups=["hospitals"])
    article = ActivityEntryFactory(
        consortium=project, kind="publication", held_date=(NOON - 40 * DAY).date(), target_groups=["teachers"]
    )

    assert list(queries.activities_for(None, kind="publication")) == [article]
    assert list(queries.activities_for(None, group="hospitals")) == [talk]
    assert list(queries.activities_for(None, since=NOON.date())) == [talk]
    assert list(queries.activities_for(None, until=(NOON - DAY).date())) == [article]
    assert not queries.activities_for(None, institution=InstitutionFactory())


def test_reach_leaves_out_what_was_withdrawn_and_says_what_was_not_counted() -> None:
    project = ConsortiumFactory()
    ActivityEntryFactory(consortium=project, reached=60)
    ActivityEntryFactory(consortium=project, reached=None, reached_how="", shows_funding=False)
    ActivityEntryFactory(consortium=project, reached=900, withdrawn_by=PersonFactory(), withdrawn_at=NOON)

    found = queries.reach_of(queries.activities_for(SiteAdministratorFactory()))

    assert found == queries.Reach(activities=2, people=60, uncounted=1, without_emblem=1)


def test_news_needs_title_and_text_of_each_language() -> None:
    writer = CoordinatorFactory(at=InstitutionFactory())

    with pytest.raises(operations.NothingSaid, match="both a title and a text"):
        operations.publish_news(title={"en": "A", "sr": "Б"}, text={"en": "a"}, by=writer, at=NOON)
    with pytest.raises(operations.NothingSaid, match="one language"):
        operations.publish_news(title={"en": " "}, text={}, by=writer, at=NOON)

    news = operations.publish_news(title={"sr": "Б"}, text={"sr": "б"}, by=writer, at=NOON)
    assert str(news) == "Б"


def test_news_is_corrected_and_taken_down_by_who_may_write_it() -> None:
    news = NewsFactory()
    writer = AdministratorFactory(at=InstitutionFactory())
    with pytest.raises(Refused):
        operations.take_down_news(news_id=news.pk, by=TeacherFactory(at=InstitutionFactory()), at=NOON)

    operations.correct_news(news_id=news.pk, title={"en": "Better"}, text={"en": "b"}, by=writer, at=NOON)
    operations.take_down_news(news_id=news.pk, by=writer, at=NOON)

    assert not queries.news_shown().exists()
    with pytest.raises(Refused, match="taken down"):
        operations.correct_news(news_id=news.pk, title={"en": "C"}, text={"en": "c"}, by=writer, at=NOON)


def test_an_enquiry_is_told_to_those_who_lead() -> None:
    project = ConsortiumFactory()
    leader = CoordinatorFactory(at=project.coordinator)
    CoordinatorFactory(at=InstitutionFactory())

    operations.enquire(name="Mira", email="mira@example.org", purpose="To learn", at=NOON)

    assert Notice.objects.get().person == leader


def test_an_enquiry_pressed_twice_is_one() -> None:
    SiteAdministratorFactory()
    for purpose in ("To learn", "To learn", "To teach"):
        operations.enquire(name="Mira", email="mira@example.org", purpose=purpose, at=NOON)

    assert Enquiry.objects.count() == 2
    assert Notice.objects.count() == 2


def test_without_a_consortium_the_administrator_of_the_site_is_told() -> None:
    administrator = SiteAdministratorFactory()

    operations.enquire(name="Mira", email="mira@example.org", purpose="To learn", at=NOON)

    assert Notice.objects.get().person == administrator


def test_an_enquiry_is_answered_once_and_by_a_coordinator() -> None:
    enquiry = EnquiryFactory()
    coordinator = CoordinatorFactory(at=InstitutionFactory())
    with pytest.raises(Refused, match="Only coordinators"):
        operations.note_answer(
            enquiry_id=enquiry.pk, outcome="", by=TeacherFactory(at=InstitutionFactory()), at=NOON
        )

    operations.note_answer(enquiry_id=enquiry.pk, outcome="Syllabus sent", by=coordinator, at=NOON)

    assert Enquiry.objects.get().outcome == "Syllabus sent"
    with pytest.raises(Refused, match="answered before"):
        operations.note_answer(enquiry_id=enquiry.pk, outcome="", by=coordinator, at=NOON)


def test_every_state_of_an_enquiry_has_its_moves() -> None:
    assert ENQUIRY_MOVES.keys() == set(EnquiryState)


def test_who_asked_is_erased_once_answered_and_the_trail_never_knew_the_name() -> None:
    coordinator = CoordinatorFactory(at=InstitutionFactory())
    enquiry = operations.enquire(name="Mira Kos", email="mira@example.org", purpose="To learn", at=NOON)
    with pytest.raises(Refused, match="Answer the enquiry first"):
        operations.forget_enquirer(enquiry_id=enquiry.pk, by=coordinator, at=NOON)
    operations.note_answer(enquiry_id=enquiry.pk, outcome="Sent", by=coordinator, at=NOON)

    operations.forget_enquirer(enquiry_id=enquiry.pk, by=coordinator, at=NOON)

    enquiry.refresh_from_db()
    assert (enquiry.name, enquiry.email, enquiry.outcome) == ("", "", "Sent")
    assert not Line.objects.filter(subject_label__contains="Mira").exists()
    with pytest.raises(Refused, match="erased already"):
        operations.forget_enquirer(enquiry_id=enquiry.pk, by=coordinator, at=NOON)
