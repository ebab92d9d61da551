from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.exchange.mentions import mentioned
from biosint.exchange.models import Course, Post, Product, Team
from biosint.exchange.rules import may_hand_in, may_post
from biosint.files import api as files
from biosint.notices import api as notices
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.people.api import Person


PRODUCT_FILE = "exchange.product"


class NothingHandedIn(Fault):
    """Neither a text nor a link nor a file was given."""


def locked_team(team_id: int) -> Team:
    """Return a team, locked until the transaction ends. Inside a transaction only."""
    team = Team.objects.select_for_update(of=["self"]).get(pk=team_id)
    # Read after the lock is ours: a joined row would still show the course from before the wait.
    team.course = Course.objects.get(pk=team.course_id)
    return team


@transaction.atomic
def post(*, team_id: int, text: str, key: UUID, by: Person, at: datetime) -> Post:
    """Write to the team. ``key`` comes with the empty form: the same form sent twice is one post."""
    team = locked_team(team_id)
    require(may_post(by, team))
    written, is_new = Post.objects.get_or_create(
        key=key, defaults={"team": team, "author": by, "text": text, "posted_at": at}
    )
    if is_new:
        _tell_mentioned(team, text, by=by, at=at)
    return written


def _tell_mentioned(team: Team, text: str, *, by: Person, at: datetime) -> None:
    if "@" not in text:
        return
    people = [one.application.learner for one in team.members.select_related("application__learner")]
    for person in mentioned(text, {one: one.name for one in people}):
        if person.pk != by.pk:
            notices.tell(
                person,
                title=format_lazy(gettext_lazy("{person} wrote to you in your team"), person=str(by)),
                text=text[:500],
                url=reverse("exchange:team", args=[team.course.slug, team.number]),
                kind="exchange.team",
                bundle=f"exchange.mention-{team.pk}",
                at=at,
            )


@transaction.atomic
def hand_in(
    *,
    team_id: int,
    text: str,
    link: str,
    key: UUID,
    by: Person,
    at: datetime,
    upload: File[bytes] | None = None,
) -> Product:
    """Hand in a version of the team's work; earlier versions stay. The same form sent twice is one version.

    Raises:
        NothingHandedIn: neither text nor link nor file.
        Fault: the file cannot be kept; see ``files.store``.
    """
    team = locked_team(team_id)
    require(may_hand_in(by, team))
    if not text.strip() and not link and upload is None:
        raise NothingHandedIn(_("Write your work, give a link to it or add a file, then hand it in."))
    earlier = team.products.filter(activity=None, key=key).first()
    if earlier is not None:
        return earlier
    number = (team.products.filter(activity=None).aggregate(last=Max("number"))["last"] or 0) + 1
    stored = files.store(upload, kind=PRODUCT_FILE, by=by, at=at) if upload is not None else None
    product = Product.objects.create(
        team=team,
        number=number,
        text=text,
        link=link,
        handed_in_by=by,
        handed_in_at=at,
        key=key,
    )
    if stored is not None:
        product.files.add(stored)
    audit.record("exchange.product.handed_in", product, by=by, at=at, version=number)
    return product
