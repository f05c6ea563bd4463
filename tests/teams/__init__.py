"""Tests of the Teams side: real requests over TLS against the stand-in for Teams, with a small desk behind the bot."""
