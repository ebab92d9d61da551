"""Owns work packages, deliverables, milestones and their readiness.

It does not own the evidence that shows a deliverable is done.
"""
