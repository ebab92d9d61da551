"""The short address of a questionnaire, as it stands on posters."""

from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [
    path(
        "<slug:token>",
        RedirectView.as_view(pattern_name="surveys:answer", query_string=True),
        name="short-answer",
    ),
]
