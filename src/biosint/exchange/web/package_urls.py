"""Addresses of packages in activities."""

from django.urls import path

from biosint.exchange.web import package, package_results

_HERE = "<slug:slug>/pages/<int:activity_id>/package/"

urlpatterns = [
    path(_HERE, package.manage, name="package"),
    path(f"{_HERE}begin/", package.begin, name="begin_package"),
    path(f"{_HERE}play/", package.play, name="play_package"),
    path(f"{_HERE}try/", package.try_out, name="try_package"),
    path(f"{_HERE}trial/", package.trial, name="trial_of_package"),
    path(f"{_HERE}ticket/", package.ticket, name="ticket_of_package"),
    path(f"{_HERE}results/", package_results.results, name="package_results"),
    path(f"{_HERE}results/points.csv", package_results.as_csv, name="package_results_csv"),
    path(f"{_HERE}results/statements.jsonl", package_results.as_statements, name="package_statements"),
    path(f"{_HERE}versions/<int:number>/", package_results.archive, name="package_archive"),
]
