"""Owns mail and in-app messages to people.

It does not decide what is worth telling; the app with the news does.
"""
