"""Owns the situation analysis of a consortium: campaigns of questionnaires, their analysis, rounds of the IaH index.

It does not own questionnaires (surveys) or indicators (indicators).
"""
