"""The desk research: who may do what, and what becomes of sources, findings and grades."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from biosint.audit.api import Line
from biosint.evidence import api as evidence
from biosint.people.api import Office, Person
from biosint.shared.verdicts import Refused
from biosint.situation.models import Finding, Grading, Source
from biosint.situation.operations import research as operations
from biosint.situation.operations.research import FindingFacts, SourceFacts
from biosint.situation.providers import research as provided
from biosint.situation.queries import research as queries
from biosint.situation.references import Reference
from biosint.situation.rules import research as rules
from biosint.situation.states import GRADE_MEANINGS, Bearing, Grade
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    OfficeHeldFactory,
    PersonFactory,
    QualityBoardFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
    consortium_of,
)
from factories.research import FindingFactory, GradingFactory, PublishedFindingFactory, SourceFactory

pytestmark = pytest.mark.django_db

FACTS = SourceFacts(Reference(title="Seen from home", kind="report", doi="10.1234/abc"), country="NL")
FOUND = FindingFacts(
    text="Nine in ten programmes have an international module.",
    theme="curriculum",
    countries=("NL", "BE"),
    bearing=Bearing.OPPORTUNITY,
)


@pytest.fixture
def scene() -> dict[str, Any]:
    one, other, stranger = InstitutionFactory(), InstitutionFactory(), InstitutionFactory()
    return {
        "one": one,
        "consortium": consortium_of([one, other]),
        "teacher": TeacherFactory(at=other),
        "office": AdministratorFactory(at=one),
        "stranger": CoordinatorFactory(at=stranger),
    }


def add(scene: dict[str, Any], facts: SourceFacts = FACTS) -> Source:
    return operations.add_source(consortium=scene["consortium"], facts=facts, by=scene["teacher"], at=NOON)


def find(scene: dict[str, Any]) -> Finding:
    return operations.write_finding(source_id=add(scene).pk, facts=FOUND, by=scene["teacher"], at=NOON)


def give(finding: Finding, grade: Grade, by: Person) -> Grading:
    return operations.grade(finding_id=finding.pk, grade=grade, because="As told", by=by, at=NOON)


@pytest.mark.parametrize(
    ("office", "reads", "writes", "keeps"),
    [
        (Office.STUDENT, False, False, False),
        (Office.TEACHER, True, True, False),
        (Office.ADMINISTRATOR, True, True, True),
        (Office.COORDINATOR, True, True, True),
        (Office.QUALITY_BOARD, True, True, True),
        (Office.DEAN, True, False, False),
    ],
)
def test_each_office_reads_writes_and_keeps_as_told(
    scene: dict[str, Any], office: Office, reads: bool, writes: bool, keeps: bool
) -> None:
    person = PersonFactory()
    OfficeHeldFactory(person=person, institution=scene["one"], office=office)
    consortium = scene["consortium"]

    assert bool(rules.may_read(person, consortium)) is reads
    assert bool(rules.may_write(person, consortium)) is writes
    assert bool(rules.may_keep(person, consortium)) is keeps


def test_may_read_and_the_list_say_the_same(scene: dict[str, Any]) -> None:
    source = add(scene)
    people = [
        scene["teacher"],
        scene["office"],
        scene["stranger"],
        StudentFactory(at=scene["one"]),
        DeanFactory(at=scene["one"]),
        SiteAdministratorFactory(),
    ]

    for person in people:
        listed = queries.sources_for(person).filter(pk=source.pk).exists()
        assert listed is bool(rules.may_read(person, source.consortium)), person
        assert (scene["consortium"] in queries.consortia_read_by(person)) is listed, person


def test_a_source_leaves_a_line_and_its_doi_stands_once(scene: dict[str, Any]) -> None:
    source = add(scene)

    assert source.title_key == "seenfromhome"
    assert Line.objects.filter(action="situation.source.added", subject_id=str(source.pk)).count() == 1
    with pytest.raises(operations.SourceKnown, match=r"10\.1234/abc is here already"):
        add(scene)
    assert Source.objects.count() == 1


def test_another_consortium_may_hold_the_same_source(scene: dict[str, Any]) -> None:
    add(scene)
    elsewhere = consortium_of([InstitutionFactory()])

    operations.add_source(
        consortium=elsewhere, facts=FACTS, by=TeacherFactory(at=elsewhere.coordinator), at=NOON
    )

    assert Source.objects.count() == 2


def test_strangers_and_deans_write_nothing(scene: dict[str, Any]) -> None:
    source = add(scene)

    for person in (scene["stranger"], DeanFactory(at=scene["one"])):
        with pytest.raises(Refused, match="write the desk research"):
            operations.add_source(consortium=scene["consortium"], facts=FACTS, by=person, at=NOON)
        with pytest.raises(Refused):
            operations.write_finding(source_id=source.pk, facts=FOUND, by=person, at=NOON)


def test_a_source_with_findings_stays_and_an_empty_one_goes(scene: dict[str, Any]) -> None:
    finding = find(scene)

    with pytest.raises(Refused, match="Findings rest on this source"):
        operations.remove_source(source_id=finding.source_id, by=scene["teacher"], at=NOON)
    operations.remove_finding(finding_id=finding.pk, by=scene["teacher"], at=NOON)
    operations.remove_source(source_id=finding.source_id, by=scene["teacher"], at=NOON)

    assert not Source.objects.exists()
    assert Line.objects.filter(action="situation.source.removed").count() == 1


def test_of_two_grades_the_more_careful_one_counts(scene: dict[str, Any]) -> None:
    finding = find(scene)

    give(finding, Grade.B, scene["teacher"])
    give(finding, Grade.C, scene["office"])

    finding.refresh_from_db()
    assert finding.grade == "C"
    apart = queries.agreement(scene["consortium"])
    assert apart is not None
    assert (apart.n, apart.equal, apart.share) == (1, 0, 0)
    give(finding, Grade.B, scene["office"])
    finding.refresh_from_db()
    assert finding.grade == "B"
    agreement = queries.agreement(scene["consortium"])
    assert agreement is not None
    assert agreement.share == 100


def test_two_readers_are_compared_beyond_chance(scene: dict[str, Any]) -> None:
    for first, second in (("A", "A"), ("B", "B"), ("B", "C"), ("D", "D")):
        finding = FindingFactory(source__consortium=scene["consortium"])
        GradingFactory(finding=finding, grade=first, graded_by=scene["teacher"])
        GradingFactory(finding=finding, grade=second, graded_by=scene["office"], graded_at=NOON + DAY)

    found = queries.agreement(scene["consortium"])

    assert found is not None
    assert found.share == 75
    # Disagreement seen: one step of three in one of four. By chance: 20 steps of three over 16 pairs.
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx(1 - (1 / 3 / 4) / (20 / 3 / 16))


def test_two_people_grade_and_no_third(scene: dict[str, Any]) -> None:
    finding = find(scene)
    give(finding, Grade.A, scene["teacher"])
    assert queries.agreement(scene["consortium"]) is None
    give(finding, Grade.A, scene["office"])

    with pytest.raises(Refused, match="Two people have graded"):
        give(finding, Grade.D, QualityBoardFactory(at=scene["one"]))


def test_publishing_needs_a_grade_counts_as_evidence_and_freezes_the_finding(scene: dict[str, Any]) -> None:
    finding = find(scene)
    with pytest.raises(Refused, match="Grade it first"):
        operations.publish_finding(finding_id=finding.pk, by=scene["office"], at=NOON)
    give(finding, Grade.B, scene["teacher"])
    with pytest.raises(Refused, match="Only a coordinator, an administrator or a quality board"):
        operations.publish_finding(finding_id=finding.pk, by=scene["teacher"], at=NOON)

    operations.publish_finding(finding_id=finding.pk, by=scene["office"], at=NOON)

    item = evidence.items(kinds=[operations.FINDING_PUBLISHED]).get()
    # It counts for who found it, not for who pressed the button.
    assert item.institution_id in scene["teacher"].institution_ids
    assert item.proof_url == finding.source.get_absolute_url()
    with pytest.raises(Refused, match="Take it back to change it"):
        operations.write_finding(
            source_id=finding.source_id, finding_id=finding.pk, facts=FOUND, by=scene["teacher"], at=NOON
        )
    with pytest.raises(Refused):
        give(finding, Grade.A, scene["office"])
    assert [one.pk for one in queries.published_findings_of(scene["consortium"])] == [finding.pk]


def test_a_finding_taken_back_no_longer_counts_and_can_be_mended(scene: dict[str, Any]) -> None:
    finding = find(scene)
    give(finding, Grade.B, scene["teacher"])
    operations.publish_finding(finding_id=finding.pk, by=scene["office"], at=NOON)

    operations.take_back_finding(finding_id=finding.pk, by=scene["office"], at=NOON + DAY)

    assert not evidence.items(kinds=[operations.FINDING_PUBLISHED]).exists()
    operations.write_finding(
        source_id=finding.source_id, finding_id=finding.pk, facts=FOUND, by=scene["teacher"], at=NOON
    )
    with pytest.raises(Refused, match="not published"):
        operations.take_back_finding(finding_id=finding.pk, by=scene["office"], at=NOON)


def test_the_table_is_limited_by_country_theme_grade_and_words(scene: dict[str, Any]) -> None:
    consortium = scene["consortium"]
    dutch = FindingFactory(source__consortium=consortium, grade="A")
    belgian = FindingFactory(
        source__consortium=consortium,
        countries_written=" BE NL ",
        theme="own words",
        text="Half do.",
        grade="C",
    )
    FindingFactory()  # of another consortium

    def rows(**wanted: Any) -> list[Finding]:
        return list(queries.findings_of(consortium, queries.Wanted(**wanted)))

    assert {one.pk for one in rows()} == {dutch.pk, belgian.pk}
    assert rows(country="be") == [belgian]
    assert {one.pk for one in rows(country="NL")} == {dutch.pk, belgian.pk}
    assert rows(theme="own words") == [belgian]
    assert rows(grade="A") == [dutch]
    assert rows(words="half") == [belgian]
    assert rows(words="half nothing") == []
    assert rows(order="grade") == [dutch, belgian]
    assert rows(only_published=True) == []
    assert queries.countries_of(consortium) == [("BE", "Belgium"), ("NL", "Netherlands")]
    assert [theme.code for theme in queries.themes_of(consortium)] == ["curriculum", "own words"]


def test_a_file_is_previewed_entry_by_entry(scene: dict[str, Any]) -> None:
    consortium = scene["consortium"]
    known = add(scene)
    listed = [
        Reference(title="Other words", doi="10.1234/abc"),
        Reference(title="Seen from Home!"),
        Reference(title="New", doi="10.1234/new"),
        Reference(title="New again", doi="10.1234/new"),
        Reference(title="", faults=("no_title",)),
    ]

    rows = queries.preview(consortium, listed)

    assert [(row.is_new, row.can_be_added, row.known) for row in rows] == [
        (False, False, known),
        (False, True, known),
        (True, True, None),
        (False, False, None),
        (False, False, None),
    ]
    assert rows[3].report == ("It stands twice in the file (also as number 3).",)


def test_an_import_adds_what_is_new_and_tells_what_is_known(scene: dict[str, Any]) -> None:
    add(scene)
    listed = [Reference(title="Known", doi="10.1234/abc"), Reference(title="New")]

    done = operations.import_sources(
        consortium=scene["consortium"], references=listed, by=scene["teacher"], at=NOON
    )

    assert [source.title for source in done.added] == ["New"]
    assert [reference.title for reference in done.known] == ["Known"]


def test_every_grade_says_what_it_means() -> None:
    assert set(GRADE_MEANINGS) == set(Grade)


def test_a_published_finding_without_a_grade_cannot_be_stored() -> None:
    with pytest.raises(IntegrityError, match="finding_published_with_a_grade"), transaction.atomic():
        PublishedFindingFactory(grade="")


def test_a_person_grades_a_finding_once() -> None:
    grading = GradingFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        GradingFactory(finding=grading.finding, graded_by=grading.graded_by)


def test_search_finds_sources_for_those_who_read_them(scene: dict[str, Any]) -> None:
    source = add(scene)

    assert [one.url for one in provided.search("seen", person=scene["teacher"], limit=5)] == [
        source.get_absolute_url()
    ]
    assert list(provided.search("seen", person=scene["stranger"], limit=5)) == []
    assert list(provided.search("seen", person=None, limit=5)) == []


def test_a_person_takes_their_own_records_along(scene: dict[str, Any]) -> None:
    finding = find(scene)
    give(finding, Grade.B, scene["teacher"])

    assert [row["source"] for row in provided._added(scene["teacher"])] == ["Seen from home"]
    assert [row["finding"] for row in provided._written(scene["teacher"])] == [FOUND.text]
    assert [row["grade"] for row in provided._graded(scene["teacher"])] == ["B"]


def test_a_source_is_named_in_passing_by_its_first_author() -> None:
    assert SourceFactory.build(consortium=None, added_by=None).short == "Visser et al. 2024"
    assert SourceFactory.build(consortium=None, added_by=None, authors="", title="Law").short == "Law 2024"
