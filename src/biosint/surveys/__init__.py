"""Owns questionnaires, their links and their answers.

It does not interpret answers; situation does.
"""
