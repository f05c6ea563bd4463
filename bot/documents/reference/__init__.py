"""The reference pages, made from the very data that the program runs: `signpost docs`."""
