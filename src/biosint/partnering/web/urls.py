"""Addresses of finding partners. An offer's address is handed on: it never moves."""

from django.urls import path

from biosint.partnering.web import contacts, events, offers

app_name = "partnering"
urlpatterns = [
    path("", offers.offers, name="offers"),
    path("mine/", offers.mine, name="mine"),
    path("new/", offers.new, name="new"),
    path("events/", events.events, name="events"),
    path("events/new/", events.new, name="new_event"),
    path("events/<uuid:public_id>/", events.event, name="event"),
    path("events/<uuid:public_id>/leave/", events.leave, name="leave_event"),
    path("events/<uuid:public_id>/plan/", events.plan, name="plan_event"),
    path("events/<uuid:public_id>/talks/<int:meeting_id>/", events.note, name="note_meeting"),
    path("reports/", offers.reports, name="reports"),
    path("unblock/", contacts.unblock, name="unblock"),
    path("messages/<uuid:public_id>/", contacts.contact, name="contact"),
    path("messages/<uuid:public_id>/begin/", contacts.begin, name="begin"),
    path("messages/<uuid:public_id>/accept/", contacts.accept, name="accept"),
    path("messages/<uuid:public_id>/block/", contacts.block, name="block"),
    path("<uuid:public_id>/", offers.offer, name="offer"),
    path("<uuid:public_id>/change/", offers.change, name="change"),
    path("<uuid:public_id>/move/", offers.move, name="move"),
    path("<uuid:public_id>/ask/", contacts.ask, name="ask"),
    path("<uuid:public_id>/report/", contacts.report, name="report"),
]
