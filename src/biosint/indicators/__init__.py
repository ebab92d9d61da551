"""Owns the indicator bank: what can be asked of an institution, how it is read, and which evidence counts for it.

It does not own the values that institutions give, nor rounds of the index (situation).
"""
