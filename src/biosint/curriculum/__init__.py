"""Owns course units, learning outcomes and their internationalisation.

It does not own the running of courses (exchange).
"""
