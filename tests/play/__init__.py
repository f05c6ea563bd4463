"""Tests of the playground: the stand-ins, the linter, the page. `browser.py` is for other browser tests too."""
