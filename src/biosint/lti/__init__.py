"""Owns external tools that follow LTI 1.3: which are known, what each is told, and the results they send.

It does not know courses; the app that places a tool registers a home, which says who is there and takes results.
"""
