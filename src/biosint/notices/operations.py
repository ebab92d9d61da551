from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.jobs import api as jobs
from biosint.notices import hours, letters, queries
from biosint.notices.kinds import GENERAL, KindUnknown, kind_of, kinds
from biosint.notices.links import DIGEST
from biosint.notices.models import Notice, Preferences
from biosint.notices.states import DIGESTS, Delivery
from biosint.shared import kept
from biosint.shared.verdicts import Fault, Sentence

if TYPE_CHECKING:
    from biosint.people.models import Person

# Names reserved for examples (RFC 2606): the invented people of the demonstration have no post box.
UNREACHABLE = (".example", ".invalid")
# The mail of a bundle waits a little: what follows within these minutes is told in the same one.
PAUSE = timedelta(minutes=5)
MOST_IN_DIGEST = 50


class HoursMissing(Fault):
    """Quiet hours need a beginning and an end."""


@transaction.atomic
def tell(
    person: Person,
    *,
    title: Sentence,
    text: Sentence,
    url: str = "",
    kind: str = GENERAL.code,
    bundle: str = "",
    at: datetime,
) -> Notice | None:
    """Tell a person something, in the way they chose for this kind; None: they want to hear nothing of it.

    Args:
        title, text: plain text. Lazy translations are kept as message and parameters, so that the notice is
            read in whatever language the person has then.
        url: path on this site that the notice leads to, e.g. ``/courses/12/``.
        kind: code of a registered kind.
        bundle: news of one bundle (``exchange.team-12``) is one notice until it is read. Its title may be
            ``format_lazy(ngettext_lazy("{count} new …", "{count} new …", "count"), …)``.

    Raises:
        KindUnknown: no app registers ``kind``.
    """
    preferences = queries.preferences_of(person)
    delivery = preferences.delivery_of(kind, kind_of(kind).default)
    if delivery is Delivery.NONE:
        return None
    words = {"title": kept.keep(title), "text": kept.keep(text)}
    notice, is_new = _written(person, kind=kind, bundle=bundle, words=words, url=url, at=at)
    if is_new and delivery is not Delivery.APP and not person.email.endswith(UNREACHABLE):
        _plan_mail(notice, delivery, preferences, at=at)
    return notice


def _written(
    person: Person, *, kind: str, bundle: str, words: dict[str, kept.Kept], url: str, at: datetime
) -> tuple[Notice, bool]:
    """Return the notice and whether it is a new one: further news of an unread bundle joins it."""
    if bundle:
        joined = Notice.objects.filter(person=person, bundle=bundle, read_at=None)
        # The second of two at once finds nothing, fails at the constraint, and joins the first then.
        for last in (False, True):
            if joined.update(count=F("count") + 1, words=words, url=url, created_at=at):
                return joined.select_related("person").get(), False
            try:
                with transaction.atomic():
                    return _new(person, kind=kind, bundle=bundle, words=words, url=url, at=at), True
            except IntegrityError:
                if last:
                    raise
    return _new(person, kind=kind, bundle=bundle, words=words, url=url, at=at), True


def _new(
    person: Person, *, kind: str, bundle: str, words: dict[str, kept.Kept], url: str, at: datetime
) -> Notice:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        return Notice.objects.create(
            person=person,
            kind=kind,
            bundle=bundle,
            words=words,
            title=kept.read(words["title"])[:200],
            text=kept.read(words["text"]),
            url=url,
            created_at=at,
        )


def _plan_mail(notice: Notice, delivery: Delivery, preferences: Preferences, *, at: datetime) -> None:
    if delivery in DIGESTS:
        notice.digest_at = _digest_moment(notice.person, delivery, preferences, at=at)
        notice.save(update_fields=["digest_at"])
        return
    due_at = hours.after_quiet(
        at + PAUSE if notice.bundle else at,
        zone=zone_of(notice.person),
        quiet_from=preferences.quiet_from,
        quiet_until=preferences.quiet_until,
    )
    # The mail is a job in the same transaction: it is neither lost nor sent for something rolled back.
    jobs.enqueue("notices.send_mail", by=None, at=at, due_at=due_at, key=str(notice.pk), notice_id=notice.pk)


def _digest_moment(person: Person, delivery: Delivery, preferences: Preferences, *, at: datetime) -> datetime:
    weekday = preferences.digest_weekday if delivery is Delivery.WEEKLY else None
    return hours.next_at(at, zone=zone_of(person), clock=preferences.digest_time, weekday=weekday)


def zone_of(person: Person) -> ZoneInfo:
    """Return the person's time zone, or the site's where they have none that is known."""
    try:
        return ZoneInfo(person.time_zone or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


@transaction.atomic
def read(*, notice_ids: list[int] | None = None, by: Person, at: datetime) -> int:
    """Mark a person's own notices as read (all of them where none is named) and return how many."""
    unread = Notice.objects.filter(person=by, read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    return unread.update(read_at=at)


def send_mail(*, notice_id: int, at: datetime) -> bool:
    """Send the mail of a notice. False: sent before, read meanwhile, no longer wanted, or the account is closed.

    No transaction is held while the mail server answers. A worker killed between sending and
    noting sends twice, which is better than never.
    """
    notice = (
        Notice.objects.select_related("person")
        .filter(pk=notice_id, mailed_at=None, read_at=None, person__is_active=True)
        .first()
    )
    if notice is None:
        return False
    preferences = queries.preferences_of(notice.person)
    try:
        default = kind_of(notice.kind).default
    except KindUnknown:
        default = Delivery.AT_ONCE
    delivery = preferences.delivery_of(notice.kind, default)
    if delivery in DIGESTS:
        # Chosen while this mail waited for the end of quiet hours.
        _plan_mail(notice, delivery, preferences, at=at)
    if delivery is not Delivery.AT_ONCE:
        return False
    letters.letter(notice).send()
    Notice.objects.filter(pk=notice.pk).update(mailed_at=at)
    return True


def plan_digests(*, at: datetime) -> int:
    """Enqueue the collected mail of everybody whose hour has come and return how many that are."""
    people = queries.people_with_digest(at=at)
    for person_id in people:
        jobs.enqueue("notices.send_digest", by=None, at=at, key=str(person_id), person_id=person_id)
    return len(people)


def send_digest(*, person_id: int, at: datetime) -> int:
    """Send one person's collected mail and return how many notices it tells of.

    As with single mails, a worker killed between sending and noting sends twice.
    """
    due = list(queries.digest_of(person_id, at=at))
    if not due:
        return 0
    shown = sorted(due[:MOST_IN_DIGEST], key=lambda notice: (notice.kind, notice.created_at))
    letters.digest_letter(due[0].person, shown, more=len(due) - len(shown)).send()
    Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(mailed_at=at)
    return len(due)


@transaction.atomic
def set_preferences(
    *,
    deliveries: Mapping[str, Delivery],
    quiet_from: time | None,
    quiet_until: time | None,
    digest_time: time,
    digest_weekday: int,
    by: Person,
    at: datetime,
) -> Preferences:
    """Keep how a person wants to hear of each kind, and when mail may come.

    Raises:
        HoursMissing: only one end of the quiet hours is given.
    """
    if (quiet_from is None) != (quiet_until is None):
        raise HoursMissing(_("Quiet hours need a beginning and an end. Give both, or leave both empty."))
    chosen = {code: Delivery(delivery).value for code, delivery in deliveries.items() if kind_of(code)}
    preferences, _new_row = Preferences.objects.update_or_create(
        person=by,
        defaults={
            "deliveries": chosen,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "digest_time": digest_time,
            "digest_weekday": digest_weekday,
        },
    )
    audit.record("notices.preferences.changed", preferences, by=by, at=at)
    return preferences


@transaction.atomic
def stop_mails(*, kind: str, by: Person, at: datetime) -> Preferences:
    """End the mails of one kind (or the collected ones); its news still stands on the page of notices."""
    preferences, _new_row = Preferences.objects.select_for_update(of=["self"]).get_or_create(person=by)
    stopped = (
        [each.code for each in kinds() if preferences.delivery_of(each.code, each.default) in DIGESTS]
        if kind == DIGEST
        else [kind]
    )
    quiet = dict.fromkeys(stopped, Delivery.APP.value)
    preferences.deliveries = {**preferences.deliveries, **quiet}
    preferences.save(update_fields=["deliveries"])
    Notice.objects.filter(person=by, kind__in=stopped, mailed_at=None).update(digest_at=None)
    audit.record("notices.mails.stopped", preferences, by=by, at=at, kind=kind)
    return preferences
