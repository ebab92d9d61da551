"""Owns the indicator bank and the values of indicators.

It does not own rounds of the index (situation).
"""
