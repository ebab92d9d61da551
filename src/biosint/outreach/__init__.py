"""Owns the dissemination log and the public results page.

It does not own the evidence it shows; it asks for it.
"""
