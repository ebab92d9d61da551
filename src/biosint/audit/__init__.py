"""Owns the trail: who did what, when. It has no foreign keys, so that it never hinders live records.

It does not own the records it names.
"""
