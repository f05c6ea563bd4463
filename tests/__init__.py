"""The tests. A package, so that no other package called `tests` on the machine can stand in its place."""
