"""What the platforms are asked, and what is remembered of their answers: people, groups, names, rooms."""
