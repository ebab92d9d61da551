"""Owns learning agreements, the recognition of credits by the home institution, and transcripts of records.

It does not give marks or credentials: what a learner completed is a fact of ``exchange``.
"""
