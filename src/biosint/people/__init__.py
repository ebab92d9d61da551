"""Owns accounts, profiles, affiliations to institutions, offices held there, guests and consents.

It does not own what people do in courses or projects.
"""
