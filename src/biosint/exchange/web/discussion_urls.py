"""Addresses of discussions, below the page of their activity."""

from django.urls import path

from biosint.exchange.web import discussion

BASE = "<slug:slug>/pages/<int:activity_id>"

urlpatterns = [
    path(f"{BASE}/threads/new/", discussion.new_thread, name="new_thread"),
    path(f"{BASE}/threads/<int:thread_id>/", discussion.thread, name="thread"),
    path(f"{BASE}/threads/<int:thread_id>/answer/", discussion.answer, name="answer_thread"),
    path(f"{BASE}/threads/<int:thread_id>/pin/", discussion.pin, name="pin_thread"),
    path(f"{BASE}/threads/<int:thread_id>/close/", discussion.close, name="close_thread"),
    path(f"{BASE}/contributions/<int:contribution_id>/", discussion.former, name="former_words"),
    path(
        f"{BASE}/contributions/<int:contribution_id>/change/", discussion.change, name="change_contribution"
    ),
    path(f"{BASE}/contributions/<int:contribution_id>/hide/", discussion.hide, name="hide_contribution"),
    path(f"{BASE}/contributions/<int:contribution_id>/show/", discussion.show, name="show_contribution"),
]
