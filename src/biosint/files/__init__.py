"""Owns stored files: content, checksum, type, and the door through which they are downloaded.

It does not decide who may read one; the app that refers to it registers that rule.
"""
