"""Offers from the first word to the partner found."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.notices import api as notices
from biosint.partnering.models import Block, Contact, Message, Offer, OfferWord, Report
from biosint.partnering.rules import offers as rules
from biosint.partnering.states import OfferState
from biosint.shared.blocks import plain_text
from biosint.shared.folding import folded_words
from biosint.shared.subjects import subject_name
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

NOTICE = "partnering.news"
MOST_WORDS = 400
REMINDED_BEFORE = timedelta(days=7)
AT_ONCE = 500


class ChangedMeanwhile(Fault):
    """The same offer was changed in another window."""


@transaction.atomic
def make_offer(
    *, key: uuid.UUID, institution: Institution, by: Person, at: datetime, **description: Any
) -> Offer:
    """Publish an offer. The key came with the empty form: pressed twice, the first one is returned."""
    require(rules.may_offer(by, institution))
    known = Offer.objects.filter(key=key, teacher=by).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            offer = Offer.objects.create(
                key=key, institution=institution, teacher=by, created_at=at, changed_at=at, **description
            )
    except IntegrityError:
        return Offer.objects.get(key=key, teacher=by)
    index_words(offer)
    audit.record("partnering.offer.made", offer, by=by, at=at, kind=offer.kind)
    return offer


@transaction.atomic
def change_offer(*, offer_id: int, seen_version: int, by: Person, at: datetime, **description: Any) -> Offer:
    """Change what an offer says.

    Raises:
        ChangedMeanwhile: it is no longer the version that the form showed.
    """
    offer = _locked(offer_id)
    require(rules.may_change(by, offer))
    if offer.version != seen_version:
        raise ChangedMeanwhile(_("The offer was changed in another window. Look at it and change it again."))
    for name, value in description.items():
        setattr(offer, name, value)
    offer.version += 1
    offer.changed_at = at
    offer.save()
    index_words(offer)
    audit.record("partnering.offer.changed", offer, by=by, at=at, fields=sorted(description))
    return offer


@transaction.atomic
def move_offer(*, offer_id: int, to: OfferState, by: Person, at: datetime) -> Offer:
    """Pause, open again, mark as found, close. Pressing twice is once."""
    offer = _locked(offer_id)
    if offer.state != to:
        require(rules.may_move(by, offer, to, today=timezone.localdate(at)))
        move(offer, to)
        audit.record(f"partnering.offer.{to.value}", offer, by=by, at=at)
    return offer


def move(offer: Offer, to: OfferState) -> None:
    offer.state = to
    offer.save(update_fields=["state"])


def _locked(offer_id: int) -> Offer:
    return Offer.objects.select_for_update(of=["self"]).get(pk=offer_id)


def index_words(offer: Offer) -> None:
    """Bring the words under which an offer is found up to date: title, keywords, subject, institution, text."""
    parts = [offer.title, *offer.keywords]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            parts.append(subject_name(offer.subject))
    parts += [offer.institution.name, offer.institution.short_name, offer.institution.city]
    parts.append(plain_text(offer.text))
    wanted = set(folded_words(" ".join(parts))[:MOST_WORDS])
    known = set(offer.words.values_list("word", flat=True))
    offer.words.filter(word__in=known - wanted).delete()
    OfferWord.objects.bulk_create(
        [OfferWord(offer=offer, stem=word[:3], word=word) for word in sorted(wanted - known)],
        ignore_conflicts=True,
    )


@transaction.atomic
def remind_of_ends(*, today: date, at: datetime) -> int:
    """Tell teachers whose open offers are about to end, once for each last day; return how many."""
    ending = (
        Offer.objects.select_for_update(of=["self"])
        .select_related("teacher")
        .filter(rules.shown(today), until_date__lte=today + REMINDED_BEFORE)
    )
    told = 0
    for offer in ending.order_by("pk")[:AT_ONCE]:
        if offer.reminded_of_date == offer.until_date:
            continue
        offer.reminded_of_date = offer.until_date
        offer.save(update_fields=["reminded_of_date"])
        notices.tell(
            offer.teacher,
            title=format_lazy(gettext_lazy("“{offer}” is shown only a few more days"), offer=offer.title),
            text=gettext_lazy("Set a new last day if you still seek, or say that you found somebody."),
            url=offer.get_absolute_url(),
            kind=NOTICE,
            at=at,
        )
        audit.record("partnering.offer.reminded", offer, by=None, at=at)
        told += 1
    return told


def forget(person: Person) -> None:
    """Erase what a person who closes the account offered and wrote, and what was written about those offers."""
    Offer.objects.filter(teacher=person).delete()
    Contact.objects.filter(asker=person).delete()
    Message.objects.filter(author=person).delete()
    Block.objects.filter(person=person).delete()
    Block.objects.filter(blocked=person).delete()
    Report.objects.filter(reported_by=person).delete()
