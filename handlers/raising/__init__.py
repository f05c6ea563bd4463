"""Raising an incident: from the first click over the pages of facts to the recommendation."""
