"""Addresses of the work plan."""

from django.urls import path

from biosint.workplan.web import views

app_name = "workplan"
urlpatterns = [
    path("", views.first, name="first"),
    path("<slug:project>/", views.plan, name="plan"),
    path("<slug:project>/template/", views.take_template, name="template"),
    path("<slug:project>/packages/new/", views.new_package, name="new_package"),
    path("<slug:project>/WP<int:number>/", views.package, name="package"),
    path("<slug:project>/WP<int:number>/deliverables/new/", views.new_deliverable, name="new_deliverable"),
    path("<slug:project>/WP<int:number>/milestones/new/", views.new_milestone, name="new_milestone"),
    path("<slug:project>/D<int:package_number>.<int:number>/", views.deliverable, name="deliverable"),
    path("<slug:project>/D<int:package_number>.<int:number>/submit/", views.submit, name="submit"),
    path("<slug:project>/D<int:package_number>.<int:number>/review/", views.review, name="review"),
    path("<slug:project>/milestones/<int:milestone_id>/reach/", views.reach, name="reach"),
]
