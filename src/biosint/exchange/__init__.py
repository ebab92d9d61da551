"""Owns international courses run from home: applications, teams, team work, marks, completion.

It does not own credentials (credentials), recognition (recognition) or syllabi (curriculum).
"""
