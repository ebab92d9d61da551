"""Owns the pages that put several apps on one page: home, search, the public front, the demonstration.

It owns no records of its own; facts live in the apps below.
"""
