"""Owns universities and faculties, their place on the map and their languages.

It does not own who works there (people) or partnerships (consortium).
"""
