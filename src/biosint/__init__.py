"""BIOSINT, the platform: one evidence chain from situation analysis to report.

Each folder is an app; the layer list in ``.importlinter`` says which may know which.
"""

__version__ = "0.1.0"
