"""A lead decides: refer, do not refer, or ask; and who hears of it."""
