"""Owns signed credentials, certificates and their public check.

It does not decide who deserves one; the app that issues does.
"""
