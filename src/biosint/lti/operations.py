"""Writes of external tools."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.gateways import keysets
from biosint.lti import keys
from biosint.lti.homes import HOMES, home_of
from biosint.lti.models import Acquaintance, Choice, Link, PlatformKey, Result, SpentToken, Tool
from biosint.lti.rules import may_keep
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

KEYS_ARE_FRESH = timedelta(minutes=2)
FINISHED = frozenset({"Submitted", "Completed"})


class TokenSpent(Fault):
    """The same signed word came twice."""


class SaidBefore(Fault):
    """An older message about a result arrived after a newer one."""


@transaction.atomic
def keep_tool(
    *, tool_id: int | None = None, institution: Institution | None, by: Person, at: datetime, **described: Any
) -> Tool:
    """Register a tool, or change it. ``described``: fields of the form."""
    require(may_keep(by, institution))
    tool = Tool(registered_by=by, registered_at=at)
    if tool_id is not None:
        tool = Tool.objects.select_for_update(of=["self"]).get(pk=tool_id)
        require(may_keep(by, tool.institution_id))
    tool.institution = institution
    for name, value in described.items():
        setattr(tool, name, value)
    if tool.keyset_url:
        # Keys that were read from the old address say nothing about the new one.
        tool.keys, tool.keys_read_at = {}, None
    tool.save()
    audit.record("lti.tool.kept", tool, by=by, at=at, name=tool.name, active=tool.is_active)
    return tool


@transaction.atomic
def place_link(
    *,
    home: str,
    key: str,
    tool: Tool,
    title: str,
    takes_results: bool,
    by: Person,
    at: datetime,
    url: str = "",
    custom: Mapping[str, str] | None = None,
) -> Link:
    """Put a tool at a place, or change what stands there. The calling operation has asked its own rule."""
    link, _fresh = Link.objects.update_or_create(
        home=home,
        key=key,
        defaults={
            "tool": tool,
            "title": title[:200],
            "url": url,
            "custom": dict(custom or {}),
            "takes_results": takes_results,
        },
        create_defaults={
            "tool": tool,
            "title": title[:200],
            "url": url,
            "custom": dict(custom or {}),
            "takes_results": takes_results,
            "created_by": by,
            "created_at": at,
        },
    )
    audit.record("lti.link.placed", link, by=by, at=at, tool=tool.name)
    return link


def known_as(person: Person, tool: Tool) -> Acquaintance | None:
    """Return under which name a tool knows a person, once they have agreed to be known."""
    return (
        Acquaintance.objects.select_related("tool", "person")
        .filter(tool=tool, person=person, agreed_at__isnull=False)
        .first()
    )


@transaction.atomic
def agree(*, tool: Tool, by: Person, at: datetime) -> Acquaintance:
    """Let a tool learn what it was registered for about the person. Pressing twice is once."""
    known, _fresh = Acquaintance.objects.select_related("tool", "person").get_or_create(tool=tool, person=by)
    if known.agreed_at is None:
        known.agreed_at = at
        known.save(update_fields=["agreed_at"])
        audit.record("lti.tool.agreed", tool, by=by, at=at)
    return known


def signing_key(*, at: datetime) -> PlatformKey:
    """Return the key that signs now; the first one is made when it is first needed."""
    newest = PlatformKey.objects.first()
    if newest is not None:
        return newest
    kid, public, sealed = keys.new_key()
    return PlatformKey.objects.create(kid=kid, public=public, sealed=sealed, created_at=at)


def signed(claims: Mapping[str, Any], *, at: datetime) -> str:
    key = signing_key(at=at)
    return keys.sign(claims, kid=key.kid, sealed=key.sealed)


def read_of_tool(token: str, tool: Tool, *, at: datetime, **demanded: Any) -> dict[str, Any]:
    """Return the claims of a token that a tool signed; its keys are read again where one is new.

    Raises:
        keys.NotSigned: as ``keys.read``, also where the tool's keys cannot be read.
    """
    shown = tool.keys or {}
    known = {str(one.get("kid", "")) for one in shown.get("keys", [])}
    is_fresh = tool.keys_read_at is not None and at - tool.keys_read_at < KEYS_ARE_FRESH
    if tool.keyset_url and not is_fresh and (not known or keys.kid_of(token) not in known):
        try:
            shown = keysets.fetch(tool.keyset_url)
        except keysets.KeysUnread as unread:
            raise keys.NotSigned(f"the keys of the tool cannot be read: {unread}") from unread
        Tool.objects.filter(pk=tool.pk).update(keys=shown, keys_read_at=at)
    return keys.read(token, shown, now=at.timestamp(), **demanded)


def spend(token: str, tool: Tool, *, claims: Mapping[str, Any], at: datetime) -> None:
    """Use a token of a tool up.

    Raises:
        TokenSpent: it was used before.
    """
    SpentToken.objects.filter(valid_until__lt=at - timedelta(minutes=10)).delete()
    unique = f"{claims.get('jti') or claims.get('nonce') or token}"
    try:
        with transaction.atomic():
            SpentToken.objects.create(
                tool=tool,
                digest=hashlib.sha256(unique.encode()).hexdigest(),
                valid_until=datetime.fromtimestamp(float(claims["exp"]), tz=UTC),
            )
    except IntegrityError as twice:
        raise TokenSpent("this token was used before") from twice


@transaction.atomic
def take_result(
    *,
    link: Link,
    person: Person,
    given: Decimal | None,
    maximum: Decimal | None,
    activity_progress: str,
    grading_progress: str,
    comment: str,
    said_at: datetime,
    at: datetime,
) -> Result:
    """Keep what a tool says of a person's work, and hand it to the home of the link.

    Args:
        given, maximum: points and their most; None where the tool gives none. More than the most counts as the most.

    Raises:
        SaidBefore: a newer message is here already. The same message twice is one.
    """
    Link.objects.select_for_update(of=["self"]).get(pk=link.pk)
    known = Result.objects.filter(link=link, person=person).first()
    if known is not None and said_at < known.said_at:
        raise SaidBefore(_("A newer result is here already."))
    if known is not None and (said_at, given, maximum, activity_progress, grading_progress) == (
        known.said_at,
        known.given,
        known.maximum,
        known.activity_progress,
        known.grading_progress,
    ):
        return known
    result = known or Result(link=link, person=person)
    result.given, result.maximum = given, maximum
    result.activity_progress, result.grading_progress = activity_progress, grading_progress
    result.comment, result.said_at, result.received_at = comment[:5000], said_at, at
    result.save()
    is_final = grading_progress == "FullyGraded"
    percent = None
    if link.takes_results and is_final and given is not None and maximum:
        percent = min(given / maximum, Decimal(1)) * 100
    home_of(link).take_result(
        link, person, percent=percent, is_done=activity_progress in FINISHED, comment=result.comment, at=at
    )
    audit.record("lti.result.taken", result, by=None, at=at, tool=link.tool.name)
    return result


@transaction.atomic
def begin_choice(*, tool: Tool, home: str, key: str, by: Person, at: datetime) -> Choice:
    """Begin choosing content in a tool for a place."""
    if not HOMES[home].may_choose(by, key):
        raise PermissionError(home)
    Choice.objects.filter(begun_at__lt=at - timedelta(days=1)).delete()
    return Choice.objects.create(tool=tool, home=home, key=key, person=by, begun_at=at)


@transaction.atomic
def take_choice(
    *, public_id: UUID, tool: Tool, title: str, url: str, custom: Mapping[str, str], at: datetime
) -> Choice:
    """Keep what a person has chosen in a tool, for the form that asked for it."""
    choice = Choice.objects.select_for_update(of=["self"]).get(
        public_id=public_id, tool=tool, begun_at__gte=at - timedelta(hours=6)
    )
    choice.chosen = {"title": title[:200], "url": url, "custom": dict(custom)}
    choice.save(update_fields=["chosen"])
    return choice
