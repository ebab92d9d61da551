"""Owns international courses run from home: applications, teams, team work, marks, completion, recognition.

It does not own credentials (credentials) or syllabi (curriculum).
"""
