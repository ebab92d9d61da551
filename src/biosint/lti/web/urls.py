"""Addresses of external tools. Tools keep some of them: they must not change."""

from django.urls import path

from biosint.lti.web import launching, services, tools

app_name = "lti"
urlpatterns = [
    path("tools/", tools.tools, name="tools"),
    path("tools/new/", tools.write, name="new_tool"),
    path("tools/<int:tool_id>/", tools.write, name="tool"),
    path("keys/", services.keyset, name="keyset"),
    path("token/", services.token, name="token"),
    path("authorize/", launching.authorize, name="authorize"),
    path("choices/<uuid:public_id>/", launching.choose, name="choose"),
    path("choices/<uuid:public_id>/chosen/", launching.chosen, name="chosen"),
    path("<uuid:public_id>/open/", launching.open_link, name="open"),
    path("<uuid:public_id>/members/", services.members, name="members"),
    path("<uuid:public_id>/items/", services.items, name="items"),
    path("<uuid:public_id>/items/1/", services.item, name="item"),
    path("<uuid:public_id>/items/1/scores", services.scores, name="scores"),
    path("<uuid:public_id>/items/1/results", services.results, name="results"),
]
