"""Addresses of polls, below the page of their activity."""

from django.urls import path

from biosint.exchange.web import polls

urlpatterns = [path("<slug:slug>/pages/<int:activity_id>/vote/", polls.vote, name="vote")]
