"""Addresses of the desk research."""

from django.urls import path

from biosint.situation.web import research, research_files

urlpatterns = [
    path("research/", research.table, name="research"),
    path("research/import/", research.receive, name="research_import"),
    path("research/literature.csv", research_files.as_csv, name="research_csv"),
    path("research/literature.xlsx", research_files.as_xlsx, name="research_xlsx"),
    path("research/references.txt", research_files.as_list, name="research_list"),
    path("research/references.ris", research_files.as_ris, name="research_ris"),
    path("research/sources/new/", research.new_source, name="new_source"),
    path("research/sources/<int:source_id>/", research.source, name="source"),
    path("research/sources/<int:source_id>/edit/", research.edit_source, name="edit_source"),
    path("research/sources/<int:source_id>/remove/", research.remove_source, name="remove_source"),
    path("research/sources/<int:source_id>/findings/new/", research.new_finding, name="new_finding"),
    path("research/findings/<int:finding_id>/edit/", research.edit_finding, name="edit_finding"),
    path("research/findings/<int:finding_id>/grade/", research.grade, name="grade_finding"),
    path("research/findings/<int:finding_id>/publish/", research.publish, name="publish_finding"),
    path("research/findings/<int:finding_id>/take-back/", research.take_back, name="take_back_finding"),
    path("research/findings/<int:finding_id>/remove/", research.remove_finding, name="remove_finding"),
]
