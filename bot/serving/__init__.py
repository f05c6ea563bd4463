"""A process that serves: its ports, its parts, how it begins and ends, and whether each part works."""
