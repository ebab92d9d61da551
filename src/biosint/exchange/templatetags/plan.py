"""The rows of a course's plan: written here, because a long plan has hundreds of them on one page."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from biosint.exchange.models import Course
from biosint.exchange.web.plan_weeks import Row
from biosint.shared.templatetags.ui_inline import badge, icon, moment

register = template.Library()


@register.simple_tag
def plan_rows(rows: list[Row], course: Course, *, reads_pages: bool) -> SafeString:
    """The activities of a phase for those who look at the course; ``reads_pages``: with a way into each."""
    before, _zero, after = reverse("exchange:activity", args=[course.slug, 0]).rpartition("0")
    title = (
        f'<a class="plan-title" lang="{{}}" href="{before}{{}}{after}">{{}}</a>'
        if reads_pages
        else '<span class="plan-title" lang="{0}">{2}</span>'
    )
    done, many_hours = _("done"), _("%(hours)s h")
    return format_html_join(
        "",
        '<li class="plan-row"{}><span class="plan-icon">{}</span>'
        '<div class="plan-words">{} <span class="plan-said">{}</span></div></li>',
        (
            (
                SafeString(" data-done" if row.is_done else ""),
                icon("circle-check", label=done) if row.is_done else icon(row.icon, label=row.kind),
                format_html(title, course.language, row.activity.pk, row.activity.title),
                format_html_join(
                    "",
                    "<span>{}</span>",
                    (
                        (part,)
                        for part in (
                            many_hours % {"hours": floatformat(row.activity.hours, -1)},
                            _("team") if row.activity.for_teams else "",
                            _asks(row) if reads_pages else "",
                            badge(_("hidden")) if row.activity.is_hidden else "",
                        )
                        if part
                    ),
                ),
            )
            for row in rows
        ),
    )


def _asks(row: Row) -> SafeString | str:
    """When it opens, else when it meets or is due."""
    if row.is_done:
        return ""
    if not row.is_open:
        return format_html("{} {}", _("opens"), moment(row.activity.opens_at))
    if row.asks_at is None:
        return ""
    return format_html("{} {}", _("meets") if row.is_meeting else _("due"), moment(row.asks_at))
