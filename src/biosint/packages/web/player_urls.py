"""Addresses of the packages' host. The site's own host knows none of them."""

from django.urls import path

from biosint.packages.web import player, serving

urlpatterns = [
    path("play/<str:ticket>/", player.play),
    path("play/<str:ticket>/open/", player.open_player),
    path("play/<str:ticket>/report/", player.report),
    path("files/<str:mark>/<path:path>", serving.serve),
]
