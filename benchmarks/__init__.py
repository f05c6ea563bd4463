"""Speed, side by side with bare peers in the same run: `python -m benchmarks` (see docs/reference/performance.md)."""
