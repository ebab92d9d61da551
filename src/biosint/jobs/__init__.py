"""Owns work that takes longer than a page may: progress, retry, recovery after a killed process.

It does not know what a job does; the app that registers the task does.
"""
