from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.outreach.models import News
from biosint.outreach.rules import may_change_news, may_write_news
from biosint.outreach.states import WRITTEN_LANGUAGES
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require


class NothingSaid(Fault):
    """News in no language, or a title without its text."""


def _written(title: Mapping[str, str], text: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    titles = {code: title[code].strip() for code in WRITTEN_LANGUAGES if title.get(code, "").strip()}
    texts = {code: text[code].strip() for code in WRITTEN_LANGUAGES if text.get(code, "").strip()}
    if not titles:
        raise NothingSaid(_("Write a title and a text in one language at least."))
    if titles.keys() != texts.keys():
        raise NothingSaid(_("Each language needs both a title and a text."))
    return titles, texts


@transaction.atomic
def publish_news(*, title: Mapping[str, str], text: Mapping[str, str], by: Person, at: datetime) -> News:
    """Publish a message to everybody.

    Args:
        title, text: language code (en, sr, sq) to words; the text is Markdown.

    Raises:
        Refused: ``by`` does not speak for an institution.
        NothingSaid: no language is complete.
    """
    require(may_write_news(by))
    titles, texts = _written(title, text)
    news = News.objects.create(title=titles, text=texts, published_by=by, published_at=at)
    audit.record("outreach.news.published", news, by=by, at=at)
    return news


@transaction.atomic
def correct_news(
    *, news_id: int, title: Mapping[str, str], text: Mapping[str, str], by: Person, at: datetime
) -> News:
    """Correct the words, or add a language. Readers see that and when it was corrected.

    Raises:
        Refused, NothingSaid: as for ``publish_news``.
    """
    news = News.objects.select_for_update(of=["self"]).get(pk=news_id)
    require(may_change_news(by, news))
    news.title, news.text = _written(title, text)
    news.corrected_at = at
    news.save(update_fields=["title", "text", "corrected_at"])
    audit.record("outreach.news.corrected", news, by=by, at=at)
    return news


@transaction.atomic
def take_down_news(*, news_id: int, by: Person, at: datetime) -> News:
    """Stop showing a message. It stays on record."""
    news = News.objects.select_for_update(of=["self"]).get(pk=news_id)
    require(may_change_news(by, news))
    news.taken_down_by, news.taken_down_at = by, at
    news.save(update_fields=["taken_down_by", "taken_down_at"])
    audit.record("outreach.news.taken_down", news, by=by, at=at)
    return news
