"""Owns foreign learning packages (H5P, SCORM): intake, versions, playing from another origin, state and results.

It does not know where a package is used or who may use it: the app above names a *place* and asks its own rules.
"""
