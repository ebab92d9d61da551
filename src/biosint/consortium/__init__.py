"""Owns consortia, their partners, invitations and requests to join.

It does not own the institutions themselves.
"""
