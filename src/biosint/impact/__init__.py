"""Owns the comparison of a course at home with physical mobility: money, hours, CO2.

It does not own the arithmetic (``iahcalc.costs``) or the courses.
"""
