"""Documents for people to read away from the chat."""
