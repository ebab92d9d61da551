"""Owns the dissemination log, the consortium's news, enquiries from outside, and the public results page.

It does not own the evidence and the results it shows; it asks for them.
"""
