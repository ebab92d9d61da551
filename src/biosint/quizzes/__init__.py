"""Owns questions with their keys, quizzes made of them, and what people answered.

It does not know where a quiz stands: courses attach theirs and tell it who may answer until when.
"""
