"""The CONFIG file: read, checked whole, refused with line and reason, and written from what was set up in chat."""
