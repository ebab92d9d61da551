"""What the rounds of the index hand to the registries below: evidence, menu, what waits, search."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.evidence import api as evidence
from biosint.files import api as files
from biosint.files.api import StoredFile
from biosint.people.api import Person
from biosint.shared import registries
from biosint.situation.operations.closing import CLOSED
from biosint.situation.operations.filling import EVIDENCE_FILE
from biosint.situation.queries import formulas, reviews, rounds, standing
from biosint.situation.rules import rounds as rules
from biosint.situation.rules.rounds import FILLERS


def waiting(person: Person) -> Iterable[registries.Waiting]:
    """Values of open rounds that an institution of the person has still to give."""
    homes = person.institutions_as(*FILLERS)
    if not homes:
        return
    for part, filled, asked in rounds.open_participations_at(homes):
        if filled < asked:
            yield registries.Waiting(
                title=_("Fill in “%(round)s” for %(institution)s")
                % {"round": part.round, "institution": part.institution.short_name},
                url=reverse("situation:participation", args=[part.round_id, part.institution.slug]),
                why=_("Given so far: %(filled)s of %(asked)s values.") % {"filled": filled, "asked": asked},
                icon="gauge",
            )


def reviews_waiting(person: Person) -> Iterable[registries.Waiting]:
    """Values of another institution that one of the person's reviews, and questions to their own."""
    homes = person.institutions_as(*FILLERS)
    if not homes:
        return
    for review in reviews.open_reviews_at(homes):
        part = review.participation
        yield registries.Waiting(
            title=_("Review the values of %(institution)s in “%(round)s”")
            % {"institution": part.institution.short_name, "round": part.round},
            url=reverse("situation:participation", args=[part.round_id, part.institution.slug]),
            why=_("%(institution)s has handed its values in.") % {"institution": part.institution.short_name},
            icon="list-checks",
        )
    for part, questions in reviews.questions_to(homes):
        yield registries.Waiting(
            title=_("Answer the reviewer of %(institution)s in “%(round)s”")
            % {"institution": part.institution.short_name, "round": part.round},
            url=reverse("situation:answers", args=[part.round_id, part.institution.slug]),
            why=_("Values with an open question or disagreement: %(count)s.") % {"count": questions},
            icon="list-checks",
        )


def search(words: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    if person is None:
        return
    for one in rounds.rounds_visible_to(person).filter(title__icontains=words)[:limit]:
        yield registries.Found(
            title=one.title,
            url=reverse("situation:round", args=[one.pk]),
            kind=_("Round of the index"),
            text=str(one.consortium),
        )


def _reads_proof(person: Person | None, stored: StoredFile) -> bool:
    """Whoever reads the values of an institution's part opens the proofs behind them."""
    return person is not None and any(
        rules.may_read_values(person, part) for part in rounds.participations_proved_by(stored)
    )


def _filled(person: Person) -> Iterable[dict[str, object]]:
    """Values that the person gave."""
    for value in rounds.values_given_by(person):
        yield {
            "round": str(value.participation.round),
            "institution": str(value.participation.institution),
            "indicator": value.indicator.code,
            "note": value.note,
            "filled_at": value.filled_at.isoformat(),
        }


def _held(person: Person) -> Iterable[dict[str, object]]:
    """Rounds that the person planned, opened or closed."""
    for one in rounds.rounds_held_by(person):
        yield {
            "round": str(one),
            "planned_by_you": one.created_by_id == person.pk,
            "opened_by_you": one.opened_by_id == person.pk,
            "closed_by_you": one.closed_by_id == person.pk,
        }


def _said(person: Person) -> Iterable[dict[str, object]]:
    """What the person said in reviews."""
    for one in reviews.remarks_said_by(person):
        yield {
            "round": str(one.review.participation.round),
            "indicator": one.indicator.code,
            "opinion": one.opinion,
            "words": one.words,
            "said_at": one.said_at.isoformat(),
        }


def _filled_before(person: Person) -> Iterable[dict[str, object]]:
    """Values that the person gave and that somebody replaced since."""
    for one in reviews.former_values_given_by(person):
        yield {
            "round": str(one.value.participation.round),
            "indicator": one.value.indicator.code,
            "note": one.note,
            "filled_at": one.filled_at.isoformat(),
        }


def _disclosed(person: Person) -> Iterable[dict[str, object]]:
    """Indices that the person allowed to be shown beside a name."""
    for one in rounds.disclosures_by(person):
        yield {"part": str(one.participation), "agreed_at": one.agreed_at.isoformat()}


def _entered(person: Person) -> Iterable[dict[str, object]]:
    """Figures from outside that the person entered."""
    for one in standing.outside_indices_added_by(person):
        yield {"institution": one.name, "year": one.year, "index": one.index, "source": one.source}


def _added(person: Person) -> Iterable[dict[str, object]]:
    """Formulas that the person put in use for a consortium."""
    for one in formulas.formulas_added_by(person):
        yield {"formula": one.code, "title": str(one), "added_at": one.added_at.isoformat()}


def register() -> None:
    evidence.declare(
        evidence.Kind(
            code=CLOSED, label=gettext_lazy("Index measured in a closed round"), unit="round", public=False
        )
    )
    registries.DESTINATIONS.append(
        registries.Destination(
            area=registries.Area.INSTITUTION,
            label=gettext_lazy("Index"),
            url_name="situation:index",
            meaning=gettext_lazy("See how far your institution has come, and what moved it."),
            icon="gauge",
            visible=lambda person: bool(person.offices) or person.is_staff,
            order=20,
        )
    )
    files.register_reader(EVIDENCE_FILE, _reads_proof)
    registries.WAITING.extend([waiting, reviews_waiting])
    registries.SEARCHERS.append(search)
    registries.EXPORTERS.extend(
        [
            ("situation.value", _filled),
            ("situation.round", _held),
            ("situation.formulaversion", _added),
            ("situation.remark", _said),
            ("situation.disclosure", _disclosed),
            ("situation.outsideindex", _entered),
            ("situation.formervalue", _filled_before),
        ]
    )
