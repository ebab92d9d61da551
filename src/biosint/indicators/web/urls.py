"""Addresses of indicators."""

from django.urls import path

from biosint.indicators.web import drafts, editing, views

app_name = "indicators"
urlpatterns = [
    path("", views.bank, name="bank"),
    path("load/", views.load, name="load"),
    path("drafts/new/", drafts.start, name="start_draft"),
    path("drafts/upload/", drafts.upload, name="upload_draft"),
    path("drafts/<int:bank_id>/", drafts.draft, name="draft"),
    path("drafts/<int:bank_id>/publish/", drafts.publish, name="publish"),
    path("drafts/<int:bank_id>/discard/", drafts.discard, name="discard"),
    path("drafts/<int:bank_id>/dimensions/new/", editing.dimension, name="new_dimension"),
    path("drafts/<int:bank_id>/dimensions/<int:dimension_id>/", editing.dimension, name="edit_dimension"),
    path(
        "drafts/<int:bank_id>/dimensions/<int:dimension_id>/remove/",
        editing.remove_dimension,
        name="remove_dimension",
    ),
    path("drafts/<int:bank_id>/indicators/new/", editing.indicator, name="new_indicator"),
    path("drafts/<int:bank_id>/indicators/<int:indicator_id>/", editing.indicator, name="edit_indicator"),
    path(
        "drafts/<int:bank_id>/indicators/<int:indicator_id>/remove/",
        editing.remove_indicator,
        name="remove_indicator",
    ),
    path("drafts/<int:bank_id>/in/<str:language>/", editing.translate, name="translate"),
    path("versions/<str:bank_code>/changes/", drafts.changes, name="changes"),
    path("versions/<str:bank_code>/frameworks/", views.frameworks, name="frameworks"),
    path("versions/<str:bank_code>/bank.yaml", drafts.bank_file, name="file"),
    path("<str:bank_code>/<str:code>/", views.detail, name="detail"),
]
