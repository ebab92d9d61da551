"""Owns texts that several people write at once: the text, every change with its author, and who is here now.

It does not decide who may read or write one; the app that refers to it registers that rule.
"""
