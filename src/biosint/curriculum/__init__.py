"""Owns programmes, course units, their syllabi in versions, learning outcomes and their internationalisation.

It does not own the running of courses (exchange).
"""
