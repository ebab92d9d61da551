"""It owns how teachers find each other: offers and requests, suggestions, first messages, matching events.

It does not own courses: two who agree begin one in ``exchange``.
"""
