"""Owns what every app is made of: verdicts, components, base templates, registries.

It knows no app.
"""
