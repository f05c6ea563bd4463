"""What Signpost is compared with: the same libraries with nothing built on them, and other rule engines."""
