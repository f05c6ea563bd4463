"""Stands before the real `rich`, which the image does not hold: only tools for development bring it.

structlog loads it wherever it finds it, which would add a tenth of a second and some megabytes to Signpost alone.
"""

raise ImportError("what is measured runs with what is in the image")
