"""Addresses of campaigns, results and analyses."""

from django.urls import path

from biosint.situation.web import (
    analyses,
    campaigns,
    exports,
    groups,
    invitations,
    overviews,
    posters,
    results,
    slips,
    weightings,
)

urlpatterns = [
    path("", campaigns.index, name="list"),
    path("campaigns/new/", campaigns.start, name="start"),
    path("campaigns/<int:campaign_id>/", campaigns.detail, name="campaign"),
    path("campaigns/<int:campaign_id>/close/", campaigns.close, name="close"),
    path("campaigns/<int:campaign_id>/edit/", campaigns.edit, name="campaign-edit"),
    path("campaigns/<int:campaign_id>/groups/<slug:slug>/", groups.groups, name="groups"),
    path("campaigns/<int:campaign_id>/invitations/", invitations.invitations, name="invitations"),
    path("campaigns/<int:campaign_id>/invitations/remind/", invitations.remind, name="remind"),
    path("campaigns/<int:campaign_id>/tickets/", slips.slips, name="slips"),
    path("campaigns/<int:campaign_id>/posters/", posters.index, name="posters"),
    path("campaigns/<int:campaign_id>/poster.pdf", posters.poster, name="poster"),
    path("campaigns/<int:campaign_id>/qr.<slug:kind>", posters.square, name="qr"),
    path("no-more-mail/<str:token>/", invitations.no_more_mail, name="no-more-mail"),
    path("answers/<int:answer_set_id>/", results.overview, name="results"),
    path("answers/<int:answer_set_id>/ask/", results.ask, name="ask"),
    path("answers/<int:answer_set_id>/weights/", weightings.weights, name="weights"),
    path("answers/<int:answer_set_id>/weights/stop/", weightings.stop, name="weights-stop"),
    path("answers/<int:answer_set_id>/overviews/", overviews.index, name="overviews"),
    path("overviews/<uuid:public_id>/", overviews.detail, name="overview"),
    path("overviews/<uuid:public_id>/figures.xlsx", overviews.as_xlsx, name="overview-xlsx"),
    path("overviews/<uuid:public_id>/figures.json", overviews.as_json, name="overview-json"),
    path("answers/<int:answer_set_id>/keep/", analyses.keep, name="keep"),
    path("answers/<int:answer_set_id>/texts/<str:code>/", results.written, name="texts"),
    path("answers/<int:answer_set_id>/answers.csv", exports.as_csv, name="csv"),
    path("answers/<int:answer_set_id>/answers.xlsx", exports.as_xlsx, name="xlsx"),
    path("analyses/", analyses.index, name="analyses"),
    path("analyses/<uuid:public_id>/", analyses.detail, name="analysis"),
    path("analyses/<uuid:public_id>/edit/", analyses.edit, name="analysis-edit"),
    path("analyses/<uuid:public_id>/drop/", analyses.drop, name="analysis-drop"),
    path("analyses/<uuid:public_id>/publish/", analyses.publish, name="analysis-publish"),
]
