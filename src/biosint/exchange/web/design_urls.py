"""Addresses of the course designer."""

from django.urls import path

from biosint.exchange.web import (
    calendar,
    design,
    design_activity,
    design_changes,
    design_checks,
    design_templates,
)

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
    path("feeds/<str:word>.ics", calendar.file, name="calendar_file"),
    path("<slug:slug>/calendar/", calendar.feed, name="calendar_feed"),
    path("<slug:slug>/design/calendar/", calendar.calendar, name="design_calendar"),
    path("<slug:slug>/design/checks/", design_checks.checks, name="design_checks"),
    path("<slug:slug>/design/outcomes/", design_checks.alignment, name="design_alignment"),
    path("<slug:slug>/design/workload/", design_checks.workload, name="design_workload"),
    path("<slug:slug>/pages/new/", design_activity.choose_kind, name="new_activity"),
    path("<slug:slug>/pages/<int:activity_id>/edit/", design_activity.write, name="edit_activity"),
]
