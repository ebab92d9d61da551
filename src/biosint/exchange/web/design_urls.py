"""Addresses of the course designer."""

from django.urls import path

from biosint.exchange.web import (
    calendar,
    design,
    design_activity,
    design_changes,
    design_checks,
    design_templates,
    design_versions,
    open_templates,
)

# Stand before those of courses: no course may have these words as its address.
without_course = [
    path("feeds/<str:word>.ics", calendar.file, name="calendar_file"),
    path("templates/", open_templates.open_templates, name="open_templates"),
    path("templates/<slug:slug>/", open_templates.open_template, name="open_template"),
    path("templates/<slug:slug>/withdraw/", design_versions.withdraw, name="withdraw_template"),
]
urlpatterns = [
    path("<slug:slug>/design/", design.plan, name="design"),
    path("<slug:slug>/design/newer/", design.newer, name="design_newer"),
    path("<slug:slug>/design/move/", design.move, name="design_move"),
    path("<slug:slug>/design/dates/", design.shift, name="design_shift"),
    path("<slug:slug>/design/<int:activity_id>/place/", design.place, name="design_place"),
    path("<slug:slug>/design/<int:activity_id>/remove/", design.remove, name="design_remove"),
    path("<slug:slug>/design/<int:activity_id>/restore/", design.restore, name="design_restore"),
    path("<slug:slug>/design/changes/", design_changes.changes, name="design_changes"),
    path("<slug:slug>/design/templates/", design_templates.choose, name="design_templates"),
    path("<slug:slug>/design/templates/<slug:code>/", design_templates.preview, name="design_template"),
    path("<slug:slug>/design/versions/", design_versions.versions, name="design_versions"),
    path("<slug:slug>/design/versions/compare/", design_versions.compare, name="design_compare"),
    path(
        "<slug:slug>/design/versions/<int:number>/back/", design_versions.turn_back, name="design_turn_back"
    ),
    path("<slug:slug>/design/copy/", design_versions.copy, name="design_copy"),
    path("<slug:slug>/design/share/", design_versions.share, name="design_share"),
    path("<slug:slug>/calendar/", calendar.feed, name="calendar_feed"),
    path("<slug:slug>/design/calendar/", calendar.calendar, name="design_calendar"),
    path("<slug:slug>/design/checks/", design_checks.checks, name="design_checks"),
    path("<slug:slug>/design/outcomes/", design_checks.alignment, name="design_alignment"),
    path("<slug:slug>/design/workload/", design_checks.workload, name="design_workload"),
    path("<slug:slug>/pages/new/", design_activity.choose_kind, name="new_activity"),
    path("<slug:slug>/pages/<int:activity_id>/edit/", design_activity.write, name="edit_activity"),
]
