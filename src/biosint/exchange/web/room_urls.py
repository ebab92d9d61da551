"""Addresses of team rooms and of the facilitators' desk."""

from django.urls import path

from biosint.exchange.web import facilitate, room, room_work
from biosint.exchange.web.views import learn

ROOM = "<slug:slug>/teams/<int:number>/"
DESK = "<slug:slug>/facilitate/"

urlpatterns = [
    path(ROOM, room.talk, name="team"),
    path(f"{ROOM}news/", room.news, name="room_news"),
    path(f"{ROOM}notes/", room.notes, name="room_notes"),
    path(f"{ROOM}agreement/", room.agreement, name="room_agreement"),
    path(f"{ROOM}about/", room.about, name="room_about"),
    path(f"{ROOM}contributions/", room.who_did_what, name="room_contributions"),
    path(f"{ROOM}pulse/", room.pulse, name="room_pulse"),
    path(f"{ROOM}work/", learn.product, name="room_product"),
    path(f"{ROOM}files/", room_work.files, name="room_files"),
    path(f"{ROOM}files/<int:file_id>/remove/", room_work.remove_file, name="remove_room_file"),
    path(f"{ROOM}tasks/", room_work.tasks, name="room_tasks"),
    path(f"{ROOM}tasks/<int:task_id>/", room_work.change_task, name="change_task"),
    path(f"{ROOM}meetings/", room_work.meetings, name="room_meetings"),
    path(f"{ROOM}meetings/<uuid:public_id>/vote/", room_work.vote, name="vote_meeting"),
    path(f"{ROOM}meetings/<uuid:public_id>/close/", room_work.close, name="close_meeting"),
    path(f"{ROOM}meetings/<uuid:public_id>/presence/", room_work.presence, name="meeting_presence"),
    path(f"{ROOM}meetings/<uuid:public_id>/meeting.ics", room_work.calendar, name="meeting_calendar"),
    path(DESK, facilitate.desk, name="facilitate"),
    path(f"{DESK}people/", facilitate.people, name="facilitators"),
    path(f"{DESK}people/<int:facilitation_id>/end/", facilitate.end, name="end_facilitation"),
    path(f"{DESK}<int:number>/", facilitate.team, name="facilitate_team"),
    path(f"{DESK}<int:number>/nudge/<int:person_id>/", facilitate.nudge, name="nudge"),
    path(
        f"{DESK}<int:number>/interventions/<int:intervention_id>/close/",
        facilitate.close,
        name="close_intervention",
    ),
]
