from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.shared.verdicts import Fault, require
from biosint.surveys.definitions import parse
from biosint.surveys.models import Questionnaire, Version
from biosint.surveys.queries import supplied_templates
from biosint.surveys.rules import may_change, may_keep
from biosint.surveys.states import Audience
from biosint.surveys.translations import skeleton, sources_after

if TYPE_CHECKING:
    from biosint.institutions.models import Institution
    from biosint.people.models import Person


class DraftExists(Fault):
    """A new version is being written already."""


class OnlyWords(Fault):
    """A version that corrects words would ask something else."""


@transaction.atomic
def adopt_template(*, template: str, institution: Institution, by: Person, at: datetime) -> Questionnaire:
    """Take a supplied questionnaire into the institution's hands, as a draft that may still be changed."""
    require(may_keep(by, institution))
    content = supplied_templates()[template]
    definition = parse(content)
    questionnaire = Questionnaire.objects.create(
        title=dict(definition.title),
        audience=definition.audience,
        institution=institution,
        template=template,
        created_by=by,
        created_at=at,
    )
    Version.objects.create(questionnaire=questionnaire, number=1, content=content)
    audit.record("surveys.questionnaire.adopted", questionnaire, by=by, at=at, template=template)
    return questionnaire


@transaction.atomic
def bring_in(*, content: dict[str, Any], institution: Institution, by: Person, at: datetime) -> Questionnaire:
    """Keep a questionnaire that was made elsewhere, as a draft.

    Raises:
        DefinitionFault: the content is not a questionnaire; the sentence says where.
    """
    require(may_keep(by, institution))
    definition = parse(content)
    questionnaire = Questionnaire.objects.create(
        title=dict(definition.title),
        audience=definition.audience if definition.audience in Audience else Audience.OTHERS,
        institution=institution,
        created_by=by,
        created_at=at,
    )
    Version.objects.create(questionnaire=questionnaire, number=1, content=content)
    audit.record("surveys.questionnaire.brought_in", questionnaire, by=by, at=at)
    return questionnaire


def locked_version(version_id: int) -> Version:
    """Return a version that nobody else changes until the transaction ends."""
    return (
        Version.objects.select_for_update(of=["self"])
        .select_related("questionnaire", "questionnaire__institution")
        .get(pk=version_id)
    )


@transaction.atomic
def change_draft(*, version_id: int, content: dict[str, Any], by: Person, at: datetime) -> Version:
    """Replace the content of a draft.

    Raises:
        DefinitionFault: the content is not a questionnaire; the sentence says where.
        OnlyWords: the draft corrects the words of a published version, and the content asks something else.
    """
    version = locked_version(version_id)
    require(may_change(by, version))
    definition = parse(content)
    if version.words_of is not None and skeleton(content) != skeleton(version.words_of.content):
        raise OnlyWords(
            _("This draft corrects words only. To change what is asked, publish it and start a new version.")
        )
    version.sources = sources_after(version.content, content, version.sources)
    version.content = content
    version.__dict__.pop("definition", None)
    version.save(update_fields=["content", "sources"])
    version.questionnaire.title = dict(definition.title)
    version.questionnaire.save(update_fields=["title"])
    audit.record("surveys.version.changed", version, by=by, at=at)
    return version


@transaction.atomic
def publish(*, version_id: int, by: Person, at: datetime) -> Version:
    """Publish a draft. From now on it never changes, because answers are read by it."""
    version = locked_version(version_id)
    require(may_change(by, version))
    parse(version.content)
    version.published_by = by
    version.published_at = at
    version.save(update_fields=["published_by", "published_at"])
    audit.record("surveys.version.published", version, by=by, at=at)
    return version


@transaction.atomic
def revise(*, questionnaire_id: int, by: Person, at: datetime) -> Version:
    """Start a new version from the latest one.

    Raises:
        DraftExists: a draft waits already.
    """
    questionnaire = (
        Questionnaire.objects.select_for_update(of=["self"])
        .select_related("institution")
        .get(pk=questionnaire_id)
    )
    require(may_keep(by, questionnaire.institution))
    latest = questionnaire.versions.order_by("-number")[0]
    if not latest.is_published:
        raise DraftExists(
            _("Version %(number)s is a draft. Change that one, or publish it first.")
            % {"number": latest.number}
        )
    version = Version.objects.create(
        questionnaire=questionnaire,
        number=latest.number + 1,
        content=latest.content,
        sources=latest.sources,
    )
    audit.record("surveys.version.started", version, by=by, at=at)
    return version
