from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.outreach import operations, queries, rules
from biosint.outreach.models import News
from biosint.outreach.web.forms import NewsForm
from biosint.shared.languages import page_tag
from biosint.shared.prose import cleaned
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import Refused
from biosint.shared.words import in_language

IN_FEED = 20


def index(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    page = Paginator(queries.news_shown(), 20).get_page(request.GET.get("page"))
    return render(
        request,
        "outreach/news.html",
        {"page": page, "may_write": bool(person and rules.may_write_news(person))},
    )


def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    person = person_of(request)
    news = get_object_or_404(queries.news_shown(), public_id=public_id)
    return render(
        request,
        "outreach/news_item.html",
        {
            "news": news,
            "text": in_language(news.text),
            "may_change": person and rules.may_change_news(person, news),
        },
    )


def feed(request: HttpRequest) -> HttpResponse:
    """The news for feed readers, in the language that is asked for (``?language=sr``) or the reader's."""
    atom = Atom1Feed(
        title=str(_("News of the consortium")),
        link=settings.SITE_URL + reverse("outreach:news"),
        description="",
        language=page_tag(),
        feed_url=settings.SITE_URL + reverse("outreach:news_feed"),
    )
    for news in queries.news_shown()[:IN_FEED]:
        address = settings.SITE_URL + news.get_absolute_url()
        atom.add_item(
            title=str(news),
            link=address,
            unique_id=f"urn:uuid:{news.public_id}",
            description=cleaned(in_language(news.text).text),
            pubdate=news.published_at,
            updateddate=news.corrected_at or news.published_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@login_required
def new(request: SignedIn) -> HttpResponse:
    return _written(request, None)


@login_required
def correct(request: SignedIn, public_id: UUID) -> HttpResponse:
    return _written(request, get_object_or_404(queries.news_shown(), public_id=public_id))


def _written(request: SignedIn, news: News | None) -> HttpResponse:
    verdict = rules.may_change_news(request.user, news) if news else rules.may_write_news(request.user)
    if not verdict:
        raise Refused(verdict)
    form = NewsForm(request.POST or None, news=news)
    if form.is_valid():
        try:
            kept = _save(form, news, by=request, at=timezone.now())
        except operations.NothingSaid as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("The news is published."))
            return redirect(kept)
    return render(
        request,
        "outreach/write_news.html",
        {"form": form, "news": news},
        status=422 if form.is_bound else 200,
    )


def _save(form: NewsForm, news: News | None, *, by: SignedIn, at: datetime) -> News:
    if news is None:
        return operations.publish_news(**form.words, by=by.user, at=at)
    return operations.correct_news(news_id=news.pk, **form.words, by=by.user, at=at)


@login_required
@require_POST
def take_down(request: SignedIn, public_id: UUID) -> HttpResponse:
    news = get_object_or_404(queries.news_shown(), public_id=public_id)
    operations.take_down_news(news_id=news.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The news is taken down."))
    return redirect("outreach:news")
