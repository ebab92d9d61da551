"""Owns the doors to the outside world: typesetting, later object storage and video.

It knows nothing of any app's records.
"""
