"""The translation desk: side by side, nothing overwritten in silence, words corrected without new questions."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.shared.verdicts import Refused
from biosint.surveys import operations
from biosint.surveys.models import Version, WordingChange
from biosint.surveys.translations import (
    Pair,
    Standing,
    fingerprint,
    pairs_of,
    progress_of,
    skeleton,
    sources_after,
    texts_of,
    with_words,
)
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import AdministratorFactory, CoordinatorFactory, StudentFactory, TeacherFactory
from factories.surveys import SMALL, AnswerSetFactory, QuestionnaireFactory, SubmissionFactory, VersionFactory

pytestmark = pytest.mark.django_db

SignedInClient = Callable[[Any], Client]


def draft(**more: Any) -> Version:
    return VersionFactory(published_by=None, published_at=None, **more)


def keeper(version: Version) -> Any:
    return CoordinatorFactory(at=version.questionnaire.institution)


def pair(version: Version, address: str, *, source: str = "en", target: str = "ro") -> Pair:
    found = pairs_of(version.content, version.sources, source=source, target=target)
    return next(entry for entry in found if entry.address == address)


def wish(version: Version, address: str, text: str, **more: Any) -> operations.Wish:
    now = pair(version, address)
    return operations.Wish(text, fingerprint(now.target), fingerprint(now.source), **more)


def translate(version: Version, address: str, text: str, wished: operations.Wish | None = None) -> Any:
    return operations.translate(
        version_id=version.pk,
        source="en",
        target="ro",
        wishes={address: wished or wish(version, address, text)},
        by=keeper(version),
        at=NOON,
    )


def reworded(version: Version, text: str) -> dict[str, Any]:
    return with_words(version.content, "en", {"mobility/text": text})


def test_a_translation_is_written_and_counts() -> None:
    version = draft()

    saved = translate(version, "mobility/text", " În străinătate? ")

    version = Version.objects.get()
    assert saved.written == 1
    assert pair(version, "mobility/text").target == "În străinătate?"
    assert pair(version, "mobility/text").standing == Standing.DONE
    romanian = next(
        entry for entry in progress_of(version.content, version.sources) if entry.language == "ro"
    )
    assert (romanian.written, romanian.missing) == (1, len(texts_of(SMALL)) - 1)


def test_when_the_source_changes_the_translation_is_marked_until_somebody_looks() -> None:
    version = draft()
    translate(version, "mobility/text", "În străinătate?")
    version.refresh_from_db()

    operations.change_draft(
        version_id=version.pk, content=reworded(version, "Have you been abroad?"), by=keeper(version), at=NOON
    )
    changed = Version.objects.get()
    translate(
        changed, "mobility/text", "", wish(changed, "mobility/text", "În străinătate?", is_checked=True)
    )
    looked_at = Version.objects.get()

    assert pair(changed, "mobility/text").standing == Standing.CHANGED
    assert pair(looked_at, "mobility/text").standing == Standing.DONE
    assert pair(looked_at, "mobility/text").target == "În străinătate?"


def test_translations_that_came_with_the_questionnaire_are_marked_too() -> None:
    after = with_words(SMALL, "en", {"mobility/text": "Have you been abroad?"})

    sources = sources_after(SMALL, after, {})

    standing = {entry.address: entry.standing for entry in pairs_of(after, sources, source="en", target="sr")}
    assert standing["mobility/text"] == Standing.CHANGED
    assert standing["title"] == Standing.DONE


def test_both_languages_changed_together_are_not_marked() -> None:
    both = with_words(SMALL, "en", {"mobility/text": "Have you been abroad?"})
    both = with_words(both, "sr", {"mobility/text": "Да ли сте били у иностранству?"})

    sources = sources_after(SMALL, both, {})

    standing = {entry.address: entry.standing for entry in pairs_of(both, sources, source="en", target="sr")}
    assert standing["mobility/text"] == Standing.DONE


def test_two_people_never_overwrite_each_other_in_silence() -> None:
    version = draft()
    seen_by_both = wish(version, "mobility/text", "A doua versiune")
    translate(version, "mobility/text", "Prima versiune")

    saved = translate(version, "mobility/text", "", seen_by_both)

    assert saved.written == 0
    assert saved.conflicts == {"mobility/text": "Prima versiune"}
    assert pair(Version.objects.get(), "mobility/text").target == "Prima versiune"


def test_two_people_at_different_texts_do_not_disturb_each_other() -> None:
    version = draft()
    mine, theirs = wish(version, "mobility/text", "Unu"), wish(version, "wish/text", "Doi")

    translate(version, "mobility/text", "", mine)
    translate(version, "wish/text", "", theirs)

    now = Version.objects.get()
    assert (pair(now, "mobility/text").target, pair(now, "wish/text").target) == ("Unu", "Doi")


def test_a_translation_of_words_that_changed_meanwhile_stays_marked() -> None:
    version = draft()
    before = wish(version, "mobility/text", "În străinătate?")
    operations.change_draft(
        version_id=version.pk, content=reworded(version, "Have you been abroad?"), by=keeper(version), at=NOON
    )

    saved = translate(version, "mobility/text", "", before)

    assert saved.source_changed == {"mobility/text"}
    assert pair(Version.objects.get(), "mobility/text").standing == Standing.CHANGED


@pytest.mark.parametrize("who", [AdministratorFactory, StudentFactory, TeacherFactory])
def test_who_does_not_keep_the_questionnaire_does_not_translate_it(who: Any) -> None:
    version = draft()

    with pytest.raises(Refused):
        operations.translate(
            version_id=version.pk,
            source="en",
            target="ro",
            wishes={"title": wish(version, "title", "Titlu")},
            by=who(at=InstitutionFactory()),
            at=NOON,
        )


def test_a_text_that_is_too_long_is_not_written() -> None:
    with pytest.raises(operations.TextTooLong, match="longer than 4000"):
        translate(draft(), "title", "x" * 4001)


def test_a_published_version_is_corrected_in_a_version_of_words_alone() -> None:
    published = VersionFactory()
    person = keeper(published)

    version = operations.correct_words(version_id=published.pk, by=person, at=NOON)
    translate(version, "mobility/text", "În străinătate?")
    with pytest.raises(operations.OnlyWords):
        operations.change_draft(
            version_id=version.pk,
            content={**version.content, "sections": without_last(version.content)},
            by=person,
            at=NOON,
        )
    operations.change_draft(
        version_id=version.pk, content=reworded(version, "Have you been abroad?"), by=person, at=NOON
    )

    published.refresh_from_db()
    version.refresh_from_db()
    assert published.content == SMALL
    assert version.number == 2
    assert skeleton(version.content) == skeleton(SMALL)


def without_last(content: dict[str, Any]) -> list[dict[str, Any]]:
    sections = copy.deepcopy(content["sections"])
    del sections[-1]["questions"][-1]
    return list(sections)


def test_a_second_draft_is_not_begun() -> None:
    published = VersionFactory()
    VersionFactory(questionnaire=published.questionnaire, number=2, published_by=None, published_at=None)

    with pytest.raises(operations.DraftExists):
        operations.correct_words(version_id=published.pk, by=keeper(published), at=NOON)


def test_a_running_collection_takes_up_corrected_words_and_keeps_its_answers_together() -> None:
    answer_set = AnswerSetFactory()
    SubmissionFactory(answer_set=answer_set)
    first = answer_set.version
    person = keeper(first)
    second = operations.correct_words(version_id=first.pk, by=person, at=NOON)
    operations.publish(version_id=second.pk, by=person, at=NOON)

    operations.take_up_words(answer_set_id=answer_set.pk, version_id=second.pk, by=person, at=NOON)

    answer_set.refresh_from_db()
    assert answer_set.version == second
    assert answer_set.submissions.count() == 1
    assert [(change.before, change.after) for change in WordingChange.objects.all()] == [(first, second)]


def test_a_collection_never_takes_up_other_questions() -> None:
    answer_set = AnswerSetFactory()
    first = answer_set.version
    other = VersionFactory(
        questionnaire=first.questionnaire,
        number=2,
        content={**SMALL, "sections": without_last(SMALL)},
        published_by=first.published_by,
    )

    with pytest.raises(Refused):
        operations.take_up_words(answer_set_id=answer_set.pk, version_id=other.pk, by=keeper(first), at=NOON)


def test_the_desk_saves_a_section_without_script(client_of: SignedInClient) -> None:
    version = draft()
    client = client_of(keeper(version))
    address = f"/surveys/versions/{version.pk}/translations/?from=en&to=ro&show=all"
    page = client.get(address).content.decode()

    response = client.post(
        address,
        {
            "section": "1",
            "text:mobility/text": "În străinătate?",
            "target:mobility/text": fingerprint(""),
            "source:mobility/text": fingerprint("Abroad?"),
        },
    )

    assert 'name="text:mobility/text"' in page
    assert response.headers["Location"].endswith("&to=ro&show=all#section-1")
    assert pair(Version.objects.get(), "mobility/text").target == "În străinătate?"


def test_a_conflict_shows_both_texts_and_the_second_try_is_meant(client_of: SignedInClient) -> None:
    version = draft()
    translate(version, "mobility/text", "Prima")
    client = client_of(keeper(version))
    address = f"/surveys/versions/{version.pk}/translations/?from=en&to=ro&show=all"
    form = {"text:mobility/text": "A doua", "source:mobility/text": fingerprint("Abroad?")}

    clash = client.post(address, {**form, "target:mobility/text": fingerprint("")})
    again = client.post(address, {**form, "target:mobility/text": fingerprint("Prima")})

    assert clash.status_code == 409
    assert "Prima" in clash.content.decode()
    assert ">A doua</textarea>" in clash.content.decode()
    assert again.status_code == 302
    assert pair(Version.objects.get(), "mobility/text").target == "A doua"


def test_serbian_shows_both_scripts_from_one_text(client_of: SignedInClient) -> None:
    version = draft()

    page = client_of(keeper(version)).get(f"/surveys/versions/{version.pk}/translations/?from=en&to=sr")

    assert "У иностранство?" in page.content.decode()
    assert '<span lang="sr-Latn">U inostranstvo?</span>' in page.content.decode()


def test_the_filter_shows_only_what_is_missing_or_changed(client_of: SignedInClient) -> None:
    version = draft()
    translate(version, "mobility/text", "În străinătate?")
    client = client_of(keeper(version))
    address = f"/surveys/versions/{version.pk}/translations/?from=en&to=ro&show="

    missing = client.get(f"{address}missing").content.decode()
    changed = client.get(f"{address}changed").content.decode()

    assert 'name="text:mobility/text"' not in missing
    assert 'name="text:wish/text"' in missing
    assert "Nothing to do here" in changed


def test_the_desk_of_a_published_version_is_read_only_and_offers_to_correct(
    client_of: SignedInClient,
) -> None:
    now = timezone.now()
    answer_set = AnswerSetFactory(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    first = answer_set.version
    client = client_of(keeper(first))

    page = client.get(f"/surveys/versions/{first.pk}/translations/").content.decode()
    client.post(f"/surveys/versions/{first.pk}/translations/correct/")
    second = Version.objects.get(number=2)
    client.post(f"/surveys/versions/{second.pk}/publish/")
    offer = client.get(f"/surveys/versions/{second.pk}/translations/").content.decode()
    client.post(f"/surveys/versions/{second.pk}/translations/take-up/", {"collection": answer_set.pk})

    answer_set.refresh_from_db()
    assert "<textarea" not in page
    assert "Correct the words" in page
    assert "Take up these words" in offer
    assert answer_set.version == second


def test_a_stranger_does_not_find_the_desk(client_of: SignedInClient) -> None:
    version = draft()
    teacher = TeacherFactory(at=InstitutionFactory())

    assert client_of(teacher).get(f"/surveys/versions/{version.pk}/translations/").status_code == 404


def test_the_desk_costs_the_same_for_few_and_many_texts(
    client_of: SignedInClient, count_queries: Any
) -> None:
    version = draft()
    many = copy.deepcopy(SMALL)
    many["sections"][0]["questions"] += [
        {"code": f"more_{number}", "kind": "text", "text": {"en": f"Question {number}"}}
        for number in range(200)
    ]
    long = draft(
        questionnaire=QuestionnaireFactory(institution=version.questionnaire.institution), content=many
    )
    client = client_of(keeper(version))

    for shown in (version, long):
        with count_queries(3):
            client.get(f"/surveys/versions/{shown.pk}/translations/?from=en&to=ro")
