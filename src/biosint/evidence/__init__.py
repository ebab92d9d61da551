"""Owns the evidence chain: what happened, how much, where, with which proof.

It does not know why something was done; the recording app does.
"""
