"""Notes that people type: what may not stand in them, and what is asked about once."""
