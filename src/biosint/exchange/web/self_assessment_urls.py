"""Addresses of self-assessments, below the page of their activity."""

from django.urls import path

from biosint.exchange.web import self_assessment

urlpatterns = [path("<slug:slug>/pages/<int:activity_id>/rate/", self_assessment.rate, name="rate_oneself")]
