"""Addresses of the coding desk."""

from django.urls import path

from biosint.situation.web import coding

urlpatterns = [
    path("answers/<int:answer_set_id>/texts/<str:code>/coding/", coding.begin, name="coding"),
    path("coding/<int:codebook_id>/", coding.codebook, name="codebook"),
    path("coding/<int:codebook_id>/codes/", coding.add_code, name="add_code"),
    path("coding/<int:codebook_id>/codes/<int:code_id>/remove/", coding.remove_code, name="remove_code"),
    path("coding/<int:codebook_id>/codes/<int:code_id>/quotes/", coding.quotes, name="quotes"),
    path("coding/<int:codebook_id>/quotes/<int:quote_id>/", coding.withdraw_quote, name="withdraw_quote"),
    path("coding/<int:codebook_id>/coders/", coding.name_coder, name="name_coder"),
    path("coding/<int:codebook_id>/read/", coding.read, name="read_answers"),
    path("coding/<int:codebook_id>/suggestions/", coding.suggest, name="suggest_codes"),
    path("coding/<int:codebook_id>/compare/", coding.compare, name="compare_codings"),
    path("coding/<int:codebook_id>/decide/", coding.decide, name="decide_coding"),
    path("coding/<int:codebook_id>/close/", coding.close, name="close_codebook"),
]
