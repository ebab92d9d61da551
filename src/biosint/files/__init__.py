"""Owns stored files: content, checksum, type, licence.

It does not decide who may read one; the app that refers to it does.
"""
