"""Owns strategy documents: templates, versions, review, adoption by an institution's body.

It does not own the evidence of adoption, which it records in evidence.
"""
